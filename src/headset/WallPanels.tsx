import { useMemo } from 'react'
import { useStore } from 'zustand'
import { equaliseSpan } from '../gestures/branch.ts'
import { amountLabel } from '../gestures/words.ts'
import type { Strips } from '../meaning/spectrogram.ts'
import type { Feature } from '../meaning/types.ts'
import { featureById } from '../state/features.ts'
import { nodes } from '../state/nodes.ts'
import { viewStore } from '../state/view.ts'
import { clearGains, setGain, wallStore } from '../wall/wallStore.ts'
import { Panel } from './Panel.tsx'
import { Stand } from './Stand.tsx'
import type { Button, Sheet } from './sheet.ts'
import { spanShares } from './wallHand.ts'
import type { WallMesh } from './wallMesh.ts'

/** Between the wall and a panel above or below it, metres. */
const APART = 0.05

interface CellPanelProps {
  mesh: WallMesh
  bands: Feature[]
  strips: Strips
}

/** Over the wall: the passage under the hand, and how much of the band's meaning it carries. */
export function CellPanel({ mesh, bands, strips: { values, count } }: CellPanelProps) {
  const cell = useStore(wallStore, (wall) => wall.cell)
  const at = useMemo(() => {
    if (!cell) return null
    const [left, right] = spanShares(cell.passage, cell.passage, count)
    return mesh.placeAt((left + right) / 2, mesh.height / 2 + APART)
  }, [cell, count, mesh])
  const feature = cell && bands[cell.band]
  const node = cell && nodes()[cell.passage]
  if (!cell || !at || !feature || !node) return null
  const value = values[cell.band * count + cell.passage]
  const sheet: Sheet = {
    width: 480,
    lines: [
      { kind: 'plain', tone: 'accent', text: `${feature.name}: ${amountLabel(feature.id, value)}` },
      { kind: 'book', most: 6, text: node.text },
    ],
  }
  return (
    <Stand at={at}>
      <group pointerEvents="none">
        <Panel name="wall" sheet={sheet} anchor="bottom" />
      </group>
    </Stand>
  )
}

/** Under the wall: what is to be done with the brushed span. */
export function SpanPanel({ mesh, count }: { mesh: WallMesh; count: number }) {
  const brush = useStore(viewStore, (view) => view.brush)
  const held = useStore(viewStore, (view) => view.heldFeature)
  const gains = useStore(wallStore, (wall) => wall.gains)
  // It stays where the first brush put it: a panel that runs along under the hand cannot be pressed.
  const open = brush !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: placed once, when it opens
  const at = useMemo(() => {
    if (!brush) return null
    const [left, right] = spanShares(brush.first, brush.last, count)
    return mesh.placeAt((left + right) / 2, -mesh.height / 2 - APART)
  }, [open, mesh, count])
  if (!brush || !at) return null
  const asked = Object.entries(gains)
  const lift = (by: number): Button => ({
    label: held ? amountLabel(held, by) : by < 0 ? 'Lower' : 'Raise',
    idle: !held,
    press: () => held && setGain(held, (wallStore.getState().gains[held] ?? 0) + by),
  })
  const sheet: Sheet = {
    width: 560,
    lines: [
      { kind: 'plain', text: `Passages ${brush.first + 1} to ${brush.last + 1}` },
      {
        kind: 'plain',
        tone: asked.length > 0 ? 'accent' : 'soft',
        most: 3,
        text:
          asked.map(([feature, sigma]) => amountLabel(feature, sigma)).join('   ') ||
          `Drag a band up or down${held ? `, or lift ${featureById(held)?.name ?? 'it'} here` : ''}.`,
      },
      { kind: 'buttons', buttons: [lift(-0.5), lift(0.5)] },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Rewrite the span',
            idle: asked.length === 0,
            press: () => {
              void equaliseSpan(brush.first, brush.last, gains)
              clearGains()
            },
          },
          {
            label: 'Let it be',
            press: () => {
              clearGains()
              viewStore.setState({ brush: null })
            },
          },
        ],
      },
    ],
  }
  return (
    <Stand at={at}>
      <Panel name="span" sheet={sheet} anchor="top" />
    </Stand>
  )
}
