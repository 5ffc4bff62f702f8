import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { showFeature } from '../desktop/layers.ts'
import { useTheme } from '../desktop/theme.ts'
import { useProject } from '../desktop/use.ts'
import { poleWords } from '../desktop/words.ts'
import { spectrogram } from '../meaning/spectrogram.ts'
import { projectStore } from '../state/project.ts'
import { select, viewStore } from '../state/view.ts'
import { BandHead } from './BandHead.tsx'
import { brushGesture } from './brushGesture.ts'
import { drawWall, markWall } from './draw.ts'
import { readingsStore } from './readings.ts'
import { wallKeys } from './wallKeys.ts'
import { wallStore } from './wallStore.ts'

/** Height of a band in pixels: its name is 12 px type. */
const BAND = 16

/** First rows of documents, where smoothing stops and a fine line stands. */
function useBreaks(): number[] {
  const documents = useProject((project) => project.documents)
  return useMemo(() => {
    let row = 0
    return documents.slice(0, -1).map(({ passages }) => (row += passages.length))
  }, [documents])
}

/** The document as bands: features from top to bottom, passages from left to right. */
export function Wall() {
  const readings = useStore(readingsStore)
  const order = useStore(wallStore, (wall) => wall.order)
  const smoothing = useStore(wallStore, (wall) => wall.smoothing)
  const theme = useTheme()
  const breaks = useBreaks()
  const picture = useRef<HTMLCanvasElement>(null)
  const marks = useRef<HTMLDivElement>(null)
  const surface = useRef<HTMLDivElement>(null)

  const strips = useMemo(
    () => spectrogram(readings.values, readings.features.length, { order, smoothing, breaks }),
    [readings, order, smoothing, breaks],
  )
  const bands = strips.order.map((index) => readings.features[index]!)

  useEffect(() => {
    const canvas = picture.current
    const board = marks.current
    if (!canvas || !board) return
    const window = { first: 0, last: strips.count - 1 }
    const draw = () => drawWall(canvas, { strips, window, theme, lit: viewStore.getState().brush })
    const mark = () => markWall(board, { window, bands: bands.map(({ id }) => id) })
    draw()
    mark()
    const sized = new ResizeObserver(() => {
      draw()
      mark()
    })
    sized.observe(canvas)
    const stops = [
      viewStore.subscribe((view, before) => {
        if (view.brush !== before.brush) draw()
        mark()
      }),
      wallStore.subscribe(mark),
    ]
    return () => {
      sized.disconnect()
      for (const stop of stops) stop()
    }
  }, [strips, theme, bands])

  useEffect(() => {
    const element = surface.current
    if (!element) return
    return brushGesture(element, { count: strips.count, bands: bands.map(({ id }) => id) })
  }, [strips, bands])

  const empty = strips.count === 0 || bands.length === 0
  return (
    <section className="wall" aria-label="The wall: features across the text">
      <BandHead bands={bands} />
      <div className="wall-body">
        <div className="wall-rows" style={{ height: bands.length * BAND }}>
          <ul className="wall-names">
            {bands.map((feature) => (
              <li key={feature.id} data-band={feature.id}>
                <button
                  type="button"
                  onClick={() => showFeature(feature.id)}
                  title={`${feature.name}: ${poleWords(feature)}`}
                  tabIndex={-1}
                >
                  {feature.name}
                </button>
              </li>
            ))}
          </ul>
          <div
            ref={surface}
            className="wall-surface"
            role="application"
            aria-roledescription="wall of features"
            aria-label="Features across the text. Arrows walk over passages and features, Shift and arrows brush a span, plus and minus move the band of the span, Enter selects the passage."
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the wall is worked by keys (role application)
            tabIndex={0}
            onKeyDown={(event) => wallKeys(event, strips.count, bands)}
            onFocus={() => {
              if (wallStore.getState().cell || strips.count === 0) return
              const [first] = viewStore.getState().selection
              const row = projectStore.getState().project.vectors.ids.indexOf(first ?? '')
              wallStore.setState({ cell: { band: 0, passage: Math.max(0, row) } })
            }}
            onBlur={() => wallStore.setState({ cell: null })}
            onDoubleClick={() => select([])}
          >
            <canvas ref={picture} />
            <div ref={marks} className="wall-marks" aria-hidden="true" />
          </div>
        </div>
        {empty && <p className="wall-empty">The wall fills as a text is read.</p>}
      </div>
    </section>
  )
}
