import { DropdownMenu } from 'radix-ui'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import { Icon } from '../desktop/icons.tsx'
import { useTheme } from '../desktop/theme.ts'
import { useView } from '../desktop/use.ts'
import { counted, fineSigmas, shortened, sigmas } from '../desktop/words.ts'
import type { StripOrder } from '../meaning/spectrogram.ts'
import type { Feature } from '../meaning/types.ts'
import { equaliseSpan } from '../state/actions.ts'
import { nodes } from '../state/nodes.ts'
import { viewStore } from '../state/view.ts'
import { gradientCss, RANGE_SIGMA } from './colours.ts'
import { readingsStore } from './readings.ts'
import { clearGains, GAIN_STEP, setGain, wallStore } from './wallStore.ts'

const orders: [StripOrder, string][] = [
  ['liveliest', 'Liveliest first'],
  ['alike', 'Alike together'],
  ['given', 'As listed'],
]
const smoothings: [number, string][] = [
  [0, 'Each passage'],
  [1.5, 'A little smoothed'],
  [5, 'In broad lines'],
]

/** What the pointer or the cursor is on: the feature, the passage and its σ. */
function Cell({ bands }: { bands: Feature[] }) {
  const cell = useStore(wallStore, (wall) => wall.cell)
  const readings = useStore(readingsStore)
  const feature = cell ? bands[cell.band] : undefined
  const node = cell ? nodes()[cell.passage] : undefined
  if (!cell || !feature || !node) return <span className="soft">Features across the text; drag to brush a span.</span>
  const column = readings.features.indexOf(feature)
  const value = readings.values[cell.passage * readings.features.length + column] ?? Number.NaN
  const pole = feature.poles[value < 0 ? 0 : 1]
  return (
    <>
      <strong>{feature.name}</strong>
      <span className="figure">{sigmas(value)}</span>
      <span className="soft">{pole}</span>
      <span className="wall-says soft">{`${cell.passage + 1}: ${shortened(node.text, 120)}`}</span>
    </>
  )
}

/** The brushed span: its bands' gains, and the wish to have it rewritten. */
function Span({ bands }: { bands: Feature[] }) {
  const brush = useView((view) => view.brush)
  const gains = useStore(wallStore, (wall) => wall.gains)
  const band = useStore(wallStore, (wall) => wall.cell?.band)
  useEffect(() => {
    if (!brush) clearGains()
  }, [brush])
  if (!brush) return null
  const length = brush.last - brush.first + 1
  const moved = bands.filter(({ id }) => gains[id])
  const offered = moved.length > 0 ? moved : [bands[band ?? 0]].filter((feature) => feature !== undefined)
  return (
    <div className="wall-span">
      <span className="figure">{counted(length, 'passage')}</span>
      {offered.map(({ id, name }) => (
        <span key={id} className="wall-gain" data-moved={gains[id] ? '' : undefined}>
          {name}
          <button
            type="button"
            className="sign small"
            onClick={() => setGain(id, (gains[id] ?? 0) - GAIN_STEP)}
            aria-label={`${name} down by ¼ σ`}
          >
            <Icon name="minus" size={14} />
          </button>
          <span className="figure">{fineSigmas(gains[id] ?? 0)}</span>
          <button
            type="button"
            className="sign small"
            onClick={() => setGain(id, (gains[id] ?? 0) + GAIN_STEP)}
            aria-label={`${name} up by ¼ σ`}
          >
            <Icon name="plus" size={14} />
          </button>
        </span>
      ))}
      <button
        type="button"
        className="word small yours"
        disabled={moved.length === 0}
        onClick={() => {
          void equaliseSpan(brush.first, brush.last, gains)
          clearGains()
        }}
      >
        Rewrite the span
      </button>
      <button
        type="button"
        className="sign small"
        onClick={() => {
          clearGains()
          viewStore.setState({ brush: null })
        }}
        aria-label="Let go of the span"
        title="Let go of the span"
      >
        <Icon name="close" size={14} />
      </button>
    </div>
  )
}

function Choices<T>({
  label,
  choices,
  value,
  onChoose,
}: {
  label: string
  choices: [T, string][]
  value: T
  onChoose: (value: T) => void
}) {
  return (
    <>
      <DropdownMenu.Label className="menu-label">{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        value={String(value)}
        onValueChange={(text) => onChoose(choices.find(([choice]) => String(choice) === text)![0])}
      >
        {choices.map(([choice, words]) => (
          <DropdownMenu.RadioItem key={words} className="menu-item" value={String(choice)}>
            {words}
            <DropdownMenu.ItemIndicator className="aside">
              <Icon name="check" size={14} />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  )
}

/** The line over the bands: what is under the pointer, the span in hand, the scale, and how the wall is ordered. */
export function BandHead({ bands }: { bands: Feature[] }) {
  const theme = useTheme()
  const order = useStore(wallStore, (wall) => wall.order)
  const smoothing = useStore(wallStore, (wall) => wall.smoothing)
  return (
    <div className="wall-head">
      <div className="wall-cell" aria-live="polite">
        <Cell bands={bands} />
      </div>
      <Span bands={bands} />
      <div className="legend-scale wall-scale" aria-hidden="true">
        <span className="figure">{`−${RANGE_SIGMA} σ`}</span>
        <div className="legend-bar" style={{ background: gradientCss(theme) }} />
        <span className="figure">{`+${RANGE_SIGMA} σ`}</span>
      </div>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          className="sign small"
          aria-label="How the wall is ordered"
          title="How the wall is ordered"
        >
          <Icon name="sliders" size={16} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="lifted menu" align="end" side="top" sideOffset={6}>
            <Choices
              label="Order"
              choices={orders}
              value={order}
              onChoose={(next) => wallStore.setState({ order: next })}
            />
            <DropdownMenu.Separator className="menu-rule" />
            <Choices
              label="Detail"
              choices={smoothings}
              value={smoothing}
              onChoose={(next) => wallStore.setState({ smoothing: next })}
            />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}
