import { Slider } from 'radix-ui'
import { useState } from 'react'
import { gridWeights } from '../../gestures/sheetGrid.ts'
import { keepSheetPoint, leaveSheet, readSheet } from '../../gestures/sheetPoint.ts'
import { applyMove } from '../../state/actions.ts'
import type { Node } from '../../state/nodes.ts'
import { openLayer } from '../layers.ts'
import { shortened } from '../words.ts'

function Ends({ nodes }: { nodes: Node[] }) {
  return (
    <ol className="ends">
      {nodes.map(({ id, text }) => (
        <li key={id}>{shortened(text, 160)}</li>
      ))}
    </ol>
  )
}

/** A point between two passages, or beyond one of them, where the difference is exaggerated. */
function Blend({ nodes: [from, to] }: { nodes: [Node, Node] }) {
  const [amount, setAmount] = useState(0.5)
  const words =
    amount < 0
      ? 'away from the second'
      : amount > 1
        ? 'beyond the second'
        : `${Math.round(amount * 100)} % of the second`
  return (
    <section className="stretch" aria-label="Blend">
      <h3>Between the two</h3>
      <div className="stretch-line">
        <span className="soft">first</span>
        <Slider.Root
          className="slider"
          min={-0.5}
          max={1.5}
          step={0.05}
          value={[amount]}
          onValueChange={([next]) => setAmount(next ?? 0)}
        >
          <Slider.Track className="slider-track">
            <i className="blend-end" style={{ left: '25%' }} />
            <i className="blend-end" style={{ left: '75%' }} />
          </Slider.Track>
          <Slider.Thumb className="slider-thumb" aria-label="Blend" aria-valuetext={words} />
        </Slider.Root>
        <span className="soft">second</span>
      </div>
      <div className="deeds">
        <button
          type="button"
          className="word plain"
          onClick={() => void applyMove(from.id, { kind: 'blend', other: to.id, amount })}
        >
          Find the words
        </button>
        <span className="soft">{words}</span>
      </div>
    </section>
  )
}

/** Points along an edge of the sheet. */
const POINTS = 5

/** Points on the sheet through three or four passages, sampled on a grid that keys can walk. */
function Sheet({ nodes }: { nodes: Node[] }) {
  const points = gridWeights(nodes.length, POINTS)
  const anchors = nodes.map(({ id }) => id)
  return (
    <section className="stretch" aria-label="Sheet">
      <h3>On the sheet between them</h3>
      <div className="sheet">
        {points.map(({ weights, column, row }) => {
          const near = weights.indexOf(Math.max(...weights))
          return (
            <button
              key={`${column}-${row}`}
              type="button"
              className="sheet-point"
              style={{ gridColumn: column + 1, gridRow: row + 1 }}
              onClick={() => void keepSheetPoint(anchors, weights)}
              onFocus={() => readSheet(anchors, weights)}
              onMouseEnter={() => readSheet(anchors, weights)}
              onBlur={leaveSheet}
              onMouseLeave={leaveSheet}
              aria-label={weights.map((weight, index) => `${Math.round(weight * 100)} % of ${index + 1}`).join(', ')}
              title={weights.map((weight, index) => `${index + 1}: ${Math.round(weight * 100)} %`).join('   ')}
            >
              {weights[near]! > 0.99 ? near + 1 : <i />}
            </button>
          )
        })}
      </div>
    </section>
  )
}

/** What can be made between several passages. */
export function Between({ nodes }: { nodes: Node[] }) {
  const [first, second] = nodes
  return (
    <>
      <Ends nodes={nodes.slice(0, 8)} />
      {nodes.length === 2 && <Blend nodes={[first!, second!]} />}
      {(nodes.length === 3 || nodes.length === 4) && <Sheet nodes={nodes} />}
      {nodes.length > 4 && <p className="soft">Choose two to blend them, or three or four for a sheet between them.</p>}
      <div className="deeds">
        <button type="button" className="word" onClick={() => openLayer('contrast')}>
          Make a feature from them
        </button>
      </div>
    </>
  )
}
