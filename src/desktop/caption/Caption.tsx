import { Slider } from 'radix-ui'
import { featureById } from '../../state/features.ts'
import { type AxisName, viewStore } from '../../state/view.ts'
import { Icon } from '../icons.tsx'
import { setAxis, setBlend, setColour } from '../looking.ts'
import { useFeatures, useView } from '../use.ts'
import { FeatureChooser } from './FeatureChooser.tsx'
import { Legend } from './Legend.tsx'

const axisNames: AxisName[] = ['x', 'y', 'z']

function Blend() {
  const blend = useView((view) => view.blend)
  const words = blend === 0 ? 'the map' : blend === 1 ? 'the axes' : `${Math.round(blend * 100)} % axes`
  return (
    <div className="blend">
      <button type="button" className="word" aria-pressed={blend === 0} onClick={() => setBlend(0)}>
        Map
      </button>
      <Slider.Root
        className="slider"
        min={0}
        max={1}
        step={0.05}
        value={[blend]}
        onValueChange={([value]) => setBlend(value ?? 0)}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label="From map to axes" aria-valuetext={words} />
      </Slider.Root>
      <button type="button" className="word" aria-pressed={blend === 1} onClick={() => setBlend(1)}>
        Axes
      </button>
    </div>
  )
}

function Axis({ name }: { name: AxisName }) {
  const id = useView((view) => view.axes[name])
  useFeatures()
  const feature = id ? featureById(id) : undefined
  return (
    <FeatureChooser
      label={`${name} axis: ${feature?.name ?? 'nothing'}`}
      chosen={id}
      none="Nothing"
      onChoose={(chosen) => setAxis(name, chosen)}
      className="word axis"
    >
      <span className="name">{name}</span> <span className="value">{feature?.name ?? '–'}</span>
      <span className="unseen">, axis</span>
    </FeatureChooser>
  )
}

/** The feature that pulls follow now, and the way to let it go. */
function InHand() {
  const held = useView((view) => view.heldFeature)
  const feature = held ? featureById(held) : undefined
  if (!feature) return null
  return (
    <button
      type="button"
      className="word yours"
      onClick={() => viewStore.setState({ heldFeature: null })}
      title={`Pulls follow ${feature.name}. Let it go`}
    >
      {`${feature.name} in hand`}
      <Icon name="close" size={14} />
    </button>
  )
}

/** One line under the picture: which places it shows, along which axes, and what its colour means. */
export function Caption() {
  const onMap = useView((view) => view.blend === 0)
  const colour = useView((view) => view.colour)
  useFeatures()
  const coloured = colour.by === 'feature' ? featureById(colour.feature) : undefined
  return (
    <section className="caption" aria-label="What the space shows">
      <div className="caption-line">
        <Blend />
        <div className="axes" data-faint={onMap ? '' : undefined}>
          {axisNames.map((name) => (
            <Axis key={name} name={name} />
          ))}
        </div>
        <InHand />
        <div className="legend">
          <FeatureChooser
            label={`Colour: ${coloured?.name ?? 'groups'}`}
            chosen={coloured?.id ?? null}
            none="Sections or documents"
            onChoose={setColour}
          >
            <span className="soft">Colour</span> {coloured && <span className="value">{coloured.name}</span>}
          </FeatureChooser>
          <Legend />
        </div>
      </div>
    </section>
  )
}
