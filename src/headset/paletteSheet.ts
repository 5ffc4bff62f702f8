import type { Vector3 } from 'three'
import { createStore } from 'zustand/vanilla'
import { applyMove } from '../gestures/branch.ts'
import { gridWeights } from '../gestures/sheetGrid.ts'
import { amountLabel } from '../gestures/words.ts'
import { BEYOND } from '../meaning/moves.ts'
import type { Feature } from '../meaning/types.ts'
import { allFeatures } from '../state/features.ts'
import { historyStore } from '../state/history.ts'
import { type AxisName, select, viewStore } from '../state/view.ts'
import { head, headYaw } from './hands.ts'
import { preferenceButtons } from './preferenceButtons.ts'
import { joins, toggleJoining } from './selecting.ts'
import { leaveVR } from './session.ts'
import type { Button, Line, Sheet } from './sheet.ts'
import { redoAndSay, undoAndSay } from './undoing.ts'
import { aboutPoint, homePlacement, placementStore } from './world.ts'

const leaves = ['Meanings', 'Moves', 'Room'] as const

interface PaletteState {
  /** Where it was opened, or null while it is closed. */
  at: Vector3 | null
  leaf: (typeof leaves)[number]
  /** Page of the features. */
  page: number
}

export const paletteStore = createStore<PaletteState>(() => ({ at: null, leaf: 'Meanings', page: 0 }))

export function togglePalette(at: Vector3): void {
  paletteStore.setState((state) => ({ at: state.at ? null : at.clone() }))
}

const WIDTH = 560

/** Features on one page: with the rows around them the palette spans under 40° from top to bottom. */
const PAGE = 6

/** One press makes the world half as large again; one press turns it by 30° (Meta: 30 or 45). */
const GROW = 1.5
const TURN = Math.PI / 6

/** A stretch or its opposite by one press, radians along the arc. */
const STRETCH = 0.15

/** The way between map and axes in five steps: no fine gesture is needed to mix them. */
const shares: [label: string, share: number][] = [
  ['Map', 0],
  ['¼', 0.25],
  ['½', 0.5],
  ['¾', 0.75],
  ['Axes', 1],
]

const axisWords: Record<AxisName, string> = { x: 'Across', y: 'Up', z: 'Away' }

function change(ratio: number, turn: number): void {
  // About the space's own middle: what one looks at stays where it is.
  const start = placementStore.getState()
  placementStore.setState(aboutPoint(start, head.at.clone().set(...start.position), ratio, turn))
}

const goHome = (): void => placementStore.setState(homePlacement([head.at.x, head.at.y, head.at.z], headYaw()))

const toggleWall = (): void => viewStore.setState(({ panels }) => ({ panels: { ...panels, wall: !panels.wall } }))

function holdFeature(id: string): void {
  viewStore.setState(({ heldFeature }) => ({ heldFeature: heldFeature === id ? null : id }))
}

/** Show the held meaning along an axis; on the axis it stands on already, or with none held, clear the axis. */
function setAxis(name: AxisName): void {
  viewStore.setState(({ axes, heldFeature }) => ({
    axes: { ...axes, [name]: axes[name] === heldFeature ? null : heldFeature },
  }))
}

const row = (...buttons: Button[]): Line => ({ kind: 'buttons', buttons })

const pairs = (buttons: Button[]): Line[] =>
  Array.from({ length: Math.ceil(buttons.length / 2) }, (_, index) => row(...buttons.slice(index * 2, index * 2 + 2)))

function meanings(features: Feature[]): Line[] {
  const { heldFeature, axes, blend } = viewStore.getState()
  const { page } = paletteStore.getState()
  const pages = Math.max(1, Math.ceil(features.length / PAGE))
  const turn = (by: number) => () => paletteStore.setState({ page: (page + by + pages) % pages })
  const nameOf = (id: string | null) => features.find((feature) => feature.id === id)?.name
  const named = Object.values(axes).some((id) => id !== null)
  return [
    { kind: 'plain', tone: 'soft', text: 'Hold a meaning: pulls follow it' },
    ...pairs(
      features
        .slice(page * PAGE, page * PAGE + PAGE)
        .map(({ id, name }) => ({ label: name, on: id === heldFeature, press: () => holdFeature(id) })),
    ),
    row(
      { label: '‹ Before', idle: pages < 2, press: turn(-1) },
      { label: `${page + 1} of ${pages}`, idle: true, press: () => undefined },
      { label: 'More ›', idle: pages < 2, press: turn(1) },
    ),
    { kind: 'plain', tone: 'soft', text: 'Lay it along an axis; from the map to the axes' },
    row(
      ...(Object.keys(axisWords) as AxisName[]).map((name) => ({
        label: `${axisWords[name]}: ${nameOf(axes[name]) ?? '–'}`,
        on: axes[name] !== null && axes[name] === heldFeature,
        idle: !heldFeature && axes[name] === null,
        press: () => setAxis(name),
      })),
    ),
    row(
      ...shares.map(([label, share]) => ({
        label,
        on: Math.abs(blend - share) < 0.125,
        idle: !named && share > 0,
        press: () => viewStore.setState({ blend: share }),
      })),
    ),
  ]
}

/** What the moves act on, in words. */
function chosen(selection: string[], held: Feature | undefined): string {
  if (joins()) return 'What you point out now joins the selection'
  if (selection.length === 0) return 'Select a passage, by ray and trigger or by touch'
  if (selection.length === 2) return 'Blend the two: how much of the second'
  if (POINTS[selection.length]) return `${selection.length} are selected: a point of the sheet between them`
  if (selection.length > 1) return `${selection.length} are selected; pulls move the first`
  return held ? `Pull the selected passage: ${held.name}` : 'Pull the selected passage: hold a meaning first'
}

/** Amounts of a blend by one press: beyond both ends, and the quarters between. */
const amounts: [label: string, amount: number][] = [
  ['‹ Away', -BEYOND],
  ['¼', 0.25],
  ['½', 0.5],
  ['¾', 0.75],
  ['Beyond ›', 1 + BEYOND],
]

/** Points along an edge of a sheet by its anchors: few enough for large buttons, and its middle among them. */
const POINTS: Record<number, number> = { 3: 4, 4: 3 }

/** Which anchors a point of the sheet is made of, the weightiest first: “1”, “2 · 1”, or all. */
function pointLabel(weights: number[]): string {
  const order = weights.map((_, index) => index).sort((a, b) => weights[b] - weights[a])
  const counted = order.filter((index) => weights[index] > 0)
  return counted.length > 2 ? 'all' : counted.map((index) => index + 1).join(' · ')
}

/** What lies between the selected passages, at chosen shares: two make a filament, three or four a sheet. */
function between(selection: string[]): Line[] {
  const [node, other] = selection
  const side = POINTS[selection.length]
  if (side) {
    const points = gridWeights(selection.length, side)
    const press = (weights: number[]) => () => void applyMove(node, { kind: 'slice', anchors: selection, weights })
    return Array.from({ length: side }, (_, index) =>
      row(
        ...points
          .filter((point) => point.row === index)
          .map(({ weights }) => {
            const label = pointLabel(weights)
            // At a corner stands the passage itself.
            return { label, idle: weights.includes(1), press: press(weights) }
          }),
      ),
    )
  }
  return [
    row(
      ...amounts.map(([label, amount]) => ({
        label,
        idle: selection.length !== 2,
        press: () => void applyMove(node, { kind: 'blend', other, amount }),
      })),
    ),
  ]
}

/** Every move without a fine gesture: what is selected moves by one press. */
function moves(features: Feature[]): Line[] {
  const { selection, heldFeature } = viewStore.getState()
  const held = features.find(({ id }) => id === heldFeature)
  const [node] = selection
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
  return [
    { kind: 'plain', tone: 'soft', text: chosen(selection, held) },
    row(pull(-step), pull(step)),
    // A sheet's points need the height; to stretch one of several nobody selects three.
    ...(POINTS[selection.length] ? [] : [row(stretch(-STRETCH), stretch(STRETCH))]),
    ...between(selection),
    row(
      { label: 'Add to selection', on: joins(), idle: !node && !joins(), press: toggleJoining },
      { label: 'Select nothing', idle: !node, press: () => select([]) },
    ),
  ]
}

function room(): Line[] {
  return [
    row({ label: 'Larger', press: () => change(GROW, 0) }, { label: 'Smaller', press: () => change(1 / GROW, 0) }),
    row({ label: 'Turn ‹', press: () => change(1, TURN) }, { label: 'Turn ›', press: () => change(1, -TURN) }),
    row({ label: 'Home', press: goHome }, { label: 'Wall', on: viewStore.getState().panels.wall, press: toggleWall }),
    ...pairs(preferenceButtons()),
    row({ label: 'Leave the headset', press: () => void leaveVR() }),
  ]
}

/** The palette as it is now: three leaves, and what is always wanted under them. */
export function paletteSheet(): Sheet {
  const { leaf } = paletteStore.getState()
  const { past, future } = historyStore.getState()
  const features = allFeatures()
  const lines = leaf === 'Meanings' ? meanings(features) : leaf === 'Moves' ? moves(features) : room()
  const tabs = leaves.map((label) => ({
    label,
    open: label === leaf,
    press: () => paletteStore.setState({ leaf: label }),
  }))
  const always = [
    { label: 'Undo', idle: past.length === 0, press: undoAndSay },
    { label: 'Redo', idle: future.length === 0, press: redoAndSay },
    { label: 'Close', press: () => paletteStore.setState({ at: null }) },
  ]
  return { width: WIDTH, lines: [row(...tabs), { kind: 'rule' }, ...lines, { kind: 'rule' }, row(...always)] }
}
