import { useMemo, useState } from 'react'
import type { Vector3 } from 'three'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { applyMove } from '../gestures/branch.ts'
import { amountLabel } from '../gestures/words.ts'
import type { Feature } from '../meaning/types.ts'
import { allFeatures, featuresStore } from '../state/features.ts'
import { historyStore, redo, undo } from '../state/history.ts'
import { projectStore } from '../state/project.ts'
import { type AxisName, viewStore } from '../state/view.ts'
import { head, headYaw } from './hands.ts'
import { Panel } from './Panel.tsx'
import { Stand } from './Stand.tsx'
import { leaveVR } from './session.ts'
import type { Button, Line, Sheet } from './sheet.ts'
import { aboutPoint, homePlacement, placementStore } from './world.ts'

/** Where the palette was opened, or null while it is closed. */
export const paletteStore = createStore<{ at: Vector3 | null }>(() => ({ at: null }))

export function togglePalette(at: Vector3): void {
  paletteStore.setState((state) => ({ at: state.at ? null : at.clone() }))
}

const WIDTH = 560

/** Features on one page: more would need smaller buttons. */
const PAGE = 6

/** One press makes the world half as large again; one press turns it by 30° (Meta: 30 or 45). */
const GROW = 1.5
const TURN = Math.PI / 6

function change(ratio: number, turn: number): void {
  // About the space's own middle: what one looks at stays where it is.
  const start = placementStore.getState()
  placementStore.setState(aboutPoint(start, head.at.clone().set(...start.position), ratio, turn))
}

export const goHome = (): void => placementStore.setState(homePlacement([head.at.x, head.at.y, head.at.z], headYaw()))

const toggleWall = (): void => viewStore.setState(({ panels }) => ({ panels: { ...panels, wall: !panels.wall } }))

function holdFeature(id: string): void {
  viewStore.setState(({ heldFeature }) => ({ heldFeature: heldFeature === id ? null : id }))
}

/** Show the held feature along the first free axis, or stop showing it. */
function toggleAxis(feature: string): void {
  viewStore.setState(({ axes }) => {
    const names = Object.keys(axes) as AxisName[]
    const shown = names.find((name) => axes[name] === feature)
    if (shown) return { axes: { ...axes, [shown]: null } }
    const free = names.find((name) => axes[name] === null) ?? 'x'
    return { axes: { ...axes, [free]: feature } }
  })
}

const pairs = (buttons: Button[]): Line[] =>
  Array.from({ length: Math.ceil(buttons.length / 2) }, (_, row) => ({
    kind: 'buttons',
    buttons: buttons.slice(row * 2, row * 2 + 2),
  }))

function featureLines(features: Feature[], page: number, turnPage: (page: number) => void): Line[] {
  const { heldFeature } = viewStore.getState()
  const pages = Math.max(1, Math.ceil(features.length / PAGE))
  const shown = features.slice(page * PAGE, page * PAGE + PAGE)
  return [
    { kind: 'plain', tone: 'soft', text: 'Hold a meaning: pulls follow it' },
    ...pairs(shown.map(({ id, name }) => ({ label: name, on: id === heldFeature, press: () => holdFeature(id) }))),
    {
      kind: 'buttons',
      buttons: [
        { label: '‹ Before', idle: pages < 2, press: () => turnPage((page + pages - 1) % pages) },
        { label: `${page + 1} of ${pages}`, idle: true, press: () => undefined },
        { label: 'More ›', idle: pages < 2, press: () => turnPage((page + 1) % pages) },
      ],
    },
  ]
}

/** Every move without a fine gesture: what is selected moves by one press. */
function moveLines(held: Feature | undefined): Line[] {
  const { selection, axes } = viewStore.getState()
  const [node, other, ...more] = selection
  const step = held?.naturalStep ?? 1
  const pull = (sigma: number): Button => ({
    label: held ? amountLabel(held.id, sigma) : sigma < 0 ? 'Pull −' : 'Pull +',
    idle: !node || !held,
    press: () => void (node && held && applyMove(node, { kind: 'translate', feature: held.id, sigma })),
  })
  const stretch = (angle: number): Button => ({
    label: angle < 0 ? 'Calm it' : 'Stretch it',
    idle: !node,
    press: () => void (node && applyMove(node, { kind: 'stretch', angle })),
  })
  const blend: Button =
    more.length > 0
      ? {
          label: 'Point between',
          press: () => {
            const anchors = selection.slice(0, 4)
            void applyMove(node, { kind: 'slice', anchors, weights: anchors.map(() => 1 / anchors.length) })
          },
        }
      : {
          label: 'Blend two',
          idle: !other,
          press: () => void (other && applyMove(node, { kind: 'blend', other, amount: 0.5 })),
        }
  const shown = held && Object.values(axes).includes(held.id)
  return [
    { kind: 'rule' },
    { kind: 'buttons', buttons: [pull(-step), pull(step)] },
    { kind: 'buttons', buttons: [stretch(-0.15), stretch(0.15), blend] },
    {
      kind: 'buttons',
      buttons: [
        {
          label: shown ? 'Off the axis' : 'Onto an axis',
          idle: !held,
          press: () => held && toggleAxis(held.id),
        },
        {
          label: viewStore.getState().blend > 0.5 ? 'Show the map' : 'Show the axes',
          press: () => viewStore.setState(({ blend }) => ({ blend: blend > 0.5 ? 0 : 1 })),
        },
      ],
    },
  ]
}

function placeLines(): Line[] {
  const { past, future } = historyStore.getState()
  return [
    { kind: 'rule' },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Larger', press: () => change(GROW, 0) },
        { label: 'Smaller', press: () => change(1 / GROW, 0) },
        { label: 'Turn ‹', press: () => change(1, TURN) },
        { label: 'Turn ›', press: () => change(1, -TURN) },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Undo', idle: past.length === 0, press: () => void undo() },
        { label: 'Redo', idle: future.length === 0, press: () => void redo() },
        { label: 'Home', press: goHome },
        { label: 'Wall', on: viewStore.getState().panels.wall, press: toggleWall },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Close', press: () => paletteStore.setState({ at: null }) },
        { label: 'Leave the headset', press: () => void leaveVR() },
      ],
    },
  ]
}

/** All verbs as buttons, for one hand, by ray or by touch. Opens where it is asked for and stays there. */
export function Palette() {
  const at = useStore(paletteStore, (state) => state.at)
  const view = useStore(viewStore)
  const history = useStore(historyStore)
  const shipped = useStore(featuresStore)
  const contrasts = useStore(projectStore, ({ project }) => project.contrasts)
  const [page, turnPage] = useState(0)
  const { heldFeature, selection, axes, blend, panels } = view
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lines read these stores; they are drawn anew when one changes
  const sheet = useMemo<Sheet>(() => {
    const features = allFeatures()
    const held = features.find(({ id }) => id === heldFeature)
    return { width: WIDTH, lines: [...featureLines(features, page, turnPage), ...moveLines(held), ...placeLines()] }
  }, [heldFeature, selection, axes, blend, panels, history, shipped, contrasts, page])
  if (!at) return null
  return (
    <Stand at={at}>
      <Panel name="palette" sheet={sheet} />
    </Stand>
  )
}
