import { useState } from 'react'
import { useStore } from 'zustand'
import { activation } from '../../meaning/features.ts'
import type { Feature } from '../../meaning/types.ts'
import { applyMove } from '../../state/actions.ts'
import type { Node } from '../../state/nodes.ts'
import { pullStore } from '../../state/pull.ts'
import { Digit } from '../Digit.tsx'
import { Icon } from '../icons.tsx'
import { showFeature } from '../layers.ts'
import { useFeatures, useView } from '../use.ts'
import { poleWords, sigmas } from '../words.ts'
import { FeatureStrip } from './FeatureStrip.tsx'

/** Features shown before one asks for all of them. */
const FIRST = 8

function FeatureLine({ node, feature, value }: { node: Node; feature: Feature; value: number }) {
  const busy = useStore(pullStore, ({ pull }) => pull?.phase === 'settling')
  const pulled = useStore(pullStore, ({ pull }) => (pull?.node === node.id ? (pull.sigmas[feature.id] ?? 0) : 0))
  const step = (way: -1 | 1) =>
    void applyMove(node.id, { kind: 'translate', feature: feature.id, sigma: way * feature.naturalStep })
  const [low, high] = feature.poles
  return (
    <li className="feature">
      <span className="feature-head">
        <button
          type="button"
          className="feature-name"
          onClick={() => showFeature(feature.id)}
          title={`${poleWords(feature)}. What it rests on`}
        >
          {feature.name}
        </button>
        <Digit feature={feature.id} />
      </span>
      <span className="feature-value figure" data-pulled={pulled ? '' : undefined}>
        {sigmas(value + pulled)}
      </span>
      <button
        type="button"
        className="sign small"
        disabled={busy}
        onClick={() => step(-1)}
        aria-label={`More ${low}`}
        title={`More ${low} (${sigmas(-feature.naturalStep)})`}
      >
        <Icon name="minus" size={14} />
      </button>
      <FeatureStrip node={node} feature={feature} value={value} />
      <button
        type="button"
        className="sign small"
        disabled={busy}
        onClick={() => step(1)}
        aria-label={`More ${high}`}
        title={`More ${high} (${sigmas(feature.naturalStep)})`}
      >
        <Icon name="plus" size={14} />
      </button>
    </li>
  )
}

/** Where the node stands on each feature: what is on the axes first, then what is most unusual about it. */
export function Features({ node }: { node: Node }) {
  const features = useFeatures()
  const axes = useView((view) => view.axes)
  const [all, setAll] = useState(false)
  const shown = [axes.x, axes.y, axes.z]
  const rank = (feature: Feature) => (shown.includes(feature.id) ? -10 + shown.indexOf(feature.id) : 0)
  const standing = features
    .map((feature) => ({ feature, value: activation(node.vector, feature) }))
    .sort((a, b) => rank(a.feature) - rank(b.feature) || Math.abs(b.value) - Math.abs(a.value))
  if (standing.length === 0) return null
  return (
    <section className="features" aria-label="Where it stands">
      <h3>Where it stands</h3>
      <ul>
        {(all ? standing : standing.slice(0, FIRST)).map(({ feature, value }) => (
          <FeatureLine key={feature.id} node={node} feature={feature} value={value} />
        ))}
      </ul>
      {standing.length > FIRST && (
        <button type="button" className="word small" onClick={() => setAll(!all)}>
          {all ? 'The most telling ones' : `All ${standing.length}`}
        </button>
      )}
    </section>
  )
}
