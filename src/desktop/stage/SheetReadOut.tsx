import { useEffect } from 'react'
import { useStore } from 'zustand'
import { dropSheetPoint } from '../../gestures/sheetPoint.ts'
import { pointLabel, shareLabel, sharesOf } from '../../gestures/sheetWords.ts'
import { nodeById } from '../../state/nodes.ts'
import { sheetPointStore } from '../../state/sheetPoint.ts'
import { useMakingWay } from './makeWay.ts'

/** While a point of the sheet is read: what lies there, in a sentence and in words, and how much of each passage it has. */
export function SheetReadOut() {
  const verb = matchMedia('(hover: none)').matches ? 'Tap again' : 'Click'
  const point = useStore(sheetPointStore, (state) => state.point)
  const reads = point !== null
  const panel = useMakingWay()

  useEffect(() => {
    if (!reads) return
    // The first Escape ends the reading; the selection, and with it the sheet, goes with another.
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || (event.target as Element).closest?.('[role="dialog"]')) return
      event.stopPropagation()
      dropSheetPoint()
    }
    window.addEventListener('keydown', key, { capture: true })
    return () => window.removeEventListener('keydown', key, { capture: true })
  }, [reads])

  return (
    <>
      {point && (
        <div ref={panel} className="readout" aria-hidden="true">
          <ul className="readout-shares figure">
            {sharesOf(point.weights).map((share) => (
              <li key={share.anchor}>
                <span>{shareLabel(share)}</span>
                <span className="soft">{nodeById(point.anchors[share.anchor]!)?.text}</span>
              </li>
            ))}
          </ul>
          <p className="book">{point.text ?? '…'}</p>
          <div className="readout-words">
            {point.words.map(([word]) => (
              <span key={word}>{word}</span>
            ))}
          </div>
          <p className="readout-after soft">{pointLabel(point, verb)}</p>
        </div>
      )}
      {/* Heard once it stands: the sentences on the way to it would only be in its way. */}
      <p className="unseen" aria-live="polite">
        {point?.phase === 'found' ? [point.text ?? '', pointLabel(point, verb)].join(' ') : ''}
      </p>
    </>
  )
}
