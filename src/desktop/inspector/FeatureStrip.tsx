import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import type { Feature } from '../../meaning/types.ts'
import type { Node } from '../../state/nodes.ts'
import { divergingCss } from '../../wall/colours.ts'
import { dropPull, landPull, pullBy } from '../pulling.ts'
import { useTheme } from '../theme.ts'
import { fineSigmas, leaning, sigmas } from '../words.ts'

/** The strip reaches this many σ to either side. */
const REACH = 4
const STEP = 0.25

const place = (sigma: number) => `${((Math.max(-REACH, Math.min(REACH, sigma)) + REACH) / (2 * REACH)) * 100}%`

interface Props {
  node: Node
  feature: Feature
  value: number
}

/**
 * One feature as a strip of σ: where texts usually lie, where this one stands, its natural steps to either side, and a
 * handle to pull it. By key: arrows by ¼ σ, Enter lets it land, Escape puts it back.
 */
export function FeatureStrip({ node, feature, value }: Props) {
  const theme = useTheme()
  const strip = useRef<HTMLDivElement>(null)
  const dragging = useRef(false)
  const [asked, setAsked] = useState(0)
  const { quantiles, mean, sigma, naturalStep, name } = feature
  const usual = [quantiles.p05, quantiles.p95].map((raw) => (raw - mean) / sigma) as [number, number]

  const ask = (change: number) => {
    const clear = Math.abs(change) < 0.05 ? 0 : change
    if (pullBy(node.id, feature.id, clear)) setAsked(clear)
  }
  const land = () => {
    setAsked(0)
    void landPull()
  }
  const putBack = () => {
    setAsked(0)
    dropPull()
  }

  const sigmaAt = ({ clientX }: PointerEvent) => {
    const { left, width } = strip.current!.getBoundingClientRect()
    const sigma = ((clientX - left) / width) * 2 * REACH - REACH
    return Math.max(-REACH, Math.min(REACH, sigma)) - value
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const keys = new Map<string, () => void>([
      ['ArrowRight', () => ask(asked + STEP)],
      ['ArrowUp', () => ask(asked + STEP)],
      ['ArrowLeft', () => ask(asked - STEP)],
      ['ArrowDown', () => ask(asked - STEP)],
      ['PageUp', () => ask(asked + naturalStep)],
      ['PageDown', () => ask(asked - naturalStep)],
      ['Enter', land],
      ['Escape', putBack],
    ])
    if (event.key === 'Escape' && asked === 0) return
    const run = keys.get(event.key)
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  const now = value + asked
  return (
    <div
      ref={strip}
      className="strip"
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={-REACH}
      aria-valuemax={REACH}
      aria-valuenow={Number(now.toFixed(2))}
      aria-valuetext={
        asked === 0
          ? `${sigmas(value)}, ${leaning(feature, value)}`
          : `pulled ${fineSigmas(asked)} to ${sigmas(now)}; Enter lets it land`
      }
      onKeyDown={onKeyDown}
      onBlur={() => asked !== 0 && !dragging.current && putBack()}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        dragging.current = true
        ask(sigmaAt(event))
      }}
      onPointerMove={(event) => dragging.current && ask(sigmaAt(event))}
      onPointerUp={() => {
        if (!dragging.current) return
        dragging.current = false
        land()
      }}
      onPointerCancel={() => {
        dragging.current = false
        putBack()
      }}
    >
      <i className="strip-usual" style={{ left: place(usual[0]), right: `calc(100% - ${place(usual[1])})` }} />
      <i className="strip-middle" />
      <i className="strip-step" style={{ left: place(value - naturalStep) }} />
      <i className="strip-step" style={{ left: place(value + naturalStep) }} />
      {asked !== 0 && (
        <i
          className="strip-way"
          style={{ left: place(Math.min(value, now)), right: `calc(100% - ${place(Math.max(value, now))})` }}
        />
      )}
      <i className="strip-value" style={{ left: place(value), background: divergingCss(theme, value) }} />
      {asked !== 0 && <i className="strip-asked" style={{ left: place(now) }} />}
    </div>
  )
}
