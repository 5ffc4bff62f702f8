import { type FormEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Feature } from '../../meaning/types.ts'
import { featureById } from '../../state/features.ts'
import { notify } from '../../state/notices.ts'
import { commandById, keyWords } from '../commands.ts'
import { deleteContrast, renameContrast } from '../contrast.ts'
import { closeLayer, layersStore } from '../layers.ts'
import { setAxis, setColour } from '../looking.ts'
import { useFeatures } from '../use.ts'
import { count, poleWords } from '../words.ts'
import { Layer } from './Layer.tsx'

const percent = (share: number) => `${Math.round(share * 100)} %`

function Measures({ feature: { reliability, purity, naturalStep } }: { feature: Feature }) {
  const { auc, shuffledAuc, selectivity, n, split } = reliability
  const rows: [string, string, string][] = [
    ['Tells the poles apart', percent(auc), `Area under the curve on held-out texts (${split}, ${count(n)} texts)`],
    ['With shuffled labels', percent(shuffledAuc), 'The same measure where there is nothing to find: 50 % is chance'],
    ['Selectivity', selectivity.toFixed(2), 'What remains of the first after the second is taken away'],
    ['Purity of a pull', purity.toFixed(2), 'How much of what real pairs differ by lies along this direction'],
    ['Natural step', `${naturalStep.toFixed(1)} σ`, 'What real pairs of sentences move along it'],
  ]
  return (
    <dl className="measures">
      {rows.map(([name, value, meaning]) => (
        <div key={name} title={meaning}>
          <dt>{name}</dt>
          <dd className="figure">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Evidence({ pole, texts }: { pole: string; texts: string[] }) {
  return (
    <div>
      <h3>{pole}</h3>
      <ul>
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  )
}

/** What one may do with a feature of one's own. Both can be undone. */
function Own({ feature: { id, name } }: { feature: Feature }) {
  const [naming, setNaming] = useState(false)
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    renameContrast(id, String(new FormData(event.currentTarget).get('name') ?? ''))
    setNaming(false)
  }
  const remove = () => {
    closeLayer()
    deleteContrast(id)
    notify(`“${name}” is deleted. ${keyWords(commandById('undo').keys!)} brings it back.`)
  }
  if (naming)
    return (
      <form className="projects-form" onSubmit={rename}>
        <input
          className="field"
          name="name"
          defaultValue={name}
          aria-label="Name of the feature"
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
          autoFocus
        />
        <button type="submit" className="word plain">
          Rename
        </button>
      </form>
    )
  return (
    <div className="deeds">
      <button type="button" className="word" onClick={() => setNaming(true)}>
        Rename
      </button>
      <button type="button" className="word" onClick={remove}>
        Delete
      </button>
    </div>
  )
}

const kinds: Record<Feature['kind'], string> = {
  probe: 'learnt from labelled texts',
  learned: 'found in the model without labels',
  contrast: 'made by you',
}

/** What a feature is, how far it can be trusted, and texts from its two ends. */
export function FeatureSheet() {
  const id = useStore(layersStore, (layers) => layers.feature)
  useFeatures()
  const feature = id ? featureById(id) : undefined
  if (!feature) return null
  const then = (run: () => void) => () => {
    run()
    closeLayer()
  }
  return (
    <Layer
      name="feature"
      title={feature.name}
      wide
      foot={
        <>
          {(['x', 'y', 'z'] as const).map((axis) => (
            <button key={axis} type="button" className="word plain" onClick={then(() => setAxis(axis, feature.id))}>
              {`Show along ${axis}`}
            </button>
          ))}
          <button type="button" className="word plain" onClick={then(() => setColour(feature.id))}>
            Colour by it
          </button>
        </>
      }
    >
      <p className="soft">{`${poleWords(feature)}; ${kinds[feature.kind]}. ${feature.source}`}</p>
      {feature.kind === 'contrast' && <Own key={feature.id} feature={feature} />}
      <Measures feature={feature} />
      <div className="evidence">
        <Evidence pole={feature.poles[0]} texts={feature.evidence.low} />
        <Evidence pole={feature.poles[1]} texts={feature.evidence.high} />
      </div>
    </Layer>
  )
}
