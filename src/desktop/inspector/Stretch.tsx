import { Slider } from 'radix-ui'
import { useState } from 'react'
import { applyMove } from '../../state/actions.ts'
import type { Node } from '../../state/nodes.ts'

/** The widest angle along the arc from the document's mean, in radians (see `gestures/pull.ts`). */
const CAP = 0.6

/** More, or less, of what sets this passage apart from the whole text. */
export function Stretch({ node }: { node: Node }) {
  const [angle, setAngle] = useState(0)
  const words = angle === 0 ? 'as it is' : angle > 0 ? 'more of its own' : 'more like the rest'
  const apply = () => {
    void applyMove(node.id, { kind: 'stretch', angle })
    setAngle(0)
  }
  return (
    <section className="stretch" aria-label="Stretch">
      <h3>Stretch</h3>
      <div className="stretch-line">
        <span className="soft">like the rest</span>
        <Slider.Root
          className="slider"
          min={-CAP}
          max={CAP}
          step={0.05}
          value={[angle]}
          onValueChange={([next]) => setAngle(next ?? 0)}
        >
          <Slider.Track className="slider-track" />
          <Slider.Thumb className="slider-thumb" aria-label="Stretch" aria-valuetext={words} />
        </Slider.Root>
        <span className="soft">its own</span>
        <button type="button" className="word small plain" disabled={angle === 0} onClick={apply}>
          Apply
        </button>
      </div>
    </section>
  )
}
