import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo, useState } from 'react'
import type { Vector3 } from 'three'
import { useStore } from 'zustand'
import { adopt, chooseCandidate, nextUnkept, pinCandidate } from '../gestures/branch.ts'
import { amountLabel, moveLabel } from '../gestures/words.ts'
import type { Branch } from '../meaning/types.ts'
import { positionsBuffer } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import { type Node, nodeById } from '../state/nodes.ts'
import { projectStore } from '../state/project.ts'
import { pullStore } from '../state/pull.ts'
import { select, viewStore } from '../state/view.ts'
import { wallStore } from '../wall/wallStore.ts'
import { Panel } from './Panel.tsx'
import { Stand } from './Stand.tsx'
import { joiningStore, joins, toggleJoining } from './selecting.ts'
import type { Line, Sheet } from './sheet.ts'
import { toWorld } from './world.ts'

const WIDTH = 540

/** A ray that only passes over a node does not mean to read it. Milliseconds. */
const DWELL = 90

const writers: Record<Branch['writer'], string> = {
  inverter: '',
  search: 'found by searching wordings',
  source: 'nothing said it better: unchanged',
  hand: 'your own wording',
  echo: 'a passage of this text',
}

function ofBranch(branch: Branch): Line[] {
  const { move, confidence, figures, writer, adopted, parent } = branch
  const asked = Object.entries(figures).filter(([, { asked, before }]) => Math.abs(asked - before) > 0.3)
  const strongest = asked
    .sort(([, a], [, b]) => Math.abs(b.asked - b.before) - Math.abs(a.asked - a.before))
    .slice(0, 3)
  const lines: Line[] = [{ kind: 'plain', tone: 'accent', text: moveLabel(move) }]
  lines.push({ kind: 'book', text: branch.text })
  for (const [feature, { before, asked, achieved }] of strongest) {
    const reached = amountLabel(feature, achieved - before)
    lines.push({ kind: 'plain', text: `asked ${amountLabel(feature, asked - before)}, reached ${reached}` })
  }
  const sureness = `${confidence.word}, ${Math.round(confidence.value * 100)} % sure`
  lines.push({
    kind: 'plain',
    tone: confidence.word === 'off the map' ? 'accent' : 'soft',
    text: [sureness, writers[writer], adopted ? 'stands in the text' : ''].filter(Boolean).join(' · '),
  })
  const from = nodeById(parent)
  if (from) lines.push({ kind: 'rule' }, { kind: 'plain', tone: 'soft', most: 3, text: `It was: ${from.text}` })
  return lines
}

function ofNode(node: Node): Line[] {
  if (node.branch) return ofBranch(node.branch)
  const { documents } = projectStore.getState().project
  const document = documents.find(({ passages }) => passages.some(({ id }) => id === node.id))
  const number = document ? document.passages.findIndex(({ id }) => id === node.id) + 1 : node.row + 1
  const section = node.passage && document?.sections[node.passage.section]?.title
  return [
    { kind: 'plain', tone: 'soft', text: [`${number}`, section ?? document?.title].filter(Boolean).join(' · ') },
    { kind: 'book', text: node.text },
  ]
}

/** What else is selected: a blend or a point between takes it along. */
function besides(selection: string[]): Line[] {
  const texts = selection.slice(1).flatMap((id) => nodeById(id)?.text ?? [])
  if (texts.length === 0) return []
  // By its number it is called on the palette and on a sheet.
  const listed = texts.length > 1 ? texts.map((text, i) => `${i + 2}: ${text}`) : texts
  return [{ kind: 'rule' }, { kind: 'plain', tone: 'soft', most: 4, text: `With it: ${listed.join(' / ')}` }]
}

function actionsOf({ branch }: Node): Line[] {
  const choosing: Line = {
    kind: 'buttons',
    buttons: [
      { label: 'Add to selection', on: joins(), press: toggleJoining },
      { label: 'Close', press: () => select([]) },
    ],
  }
  if (!branch) return [choosing]
  const { id, adopted, candidates, text } = branch
  const unkept = nextUnkept(branch)
  const next = (candidates.findIndex((candidate) => candidate.text === text) + 1) % Math.max(1, candidates.length)
  return [
    {
      kind: 'buttons',
      buttons: [
        { label: adopted ? 'Take out' : 'Put into text', on: adopted, press: () => adopt(id, !adopted) },
        { label: 'Other wording', idle: candidates.length < 2, press: () => chooseCandidate(id, next) },
        { label: 'Another beside', idle: unkept < 0, press: () => pinCandidate(id, unkept) },
      ],
    },
    choosing,
  ]
}

/** Where a node stands, or will stand when it has come to rest, metres; null before it has a place. */
function placeOf(id: string): Vector3 | null {
  const row = currentScene().rowOf.get(id)
  const { target, rows } = positionsBuffer
  if (row === undefined || rows !== currentScene().rows) return null
  const [x, y, z] = target.subarray(row * 3, row * 3 + 3)
  return Number.isNaN(x) ? null : toWorld([x, y, z])
}

/** The place of a node as it was when it was first read: what is read stays where it is. */
function usePlace(id: string): Vector3 | null {
  const [at, setAt] = useState(() => placeOf(id))
  useFrame(() => {
    // A branch that has just grown finds its place a frame later.
    if (!at) setAt(placeOf(id))
  })
  return at
}

function Reader({ name, id, actions }: { name: string; id: string; actions?: boolean }) {
  const project = useStore(projectStore, (state) => state.project)
  const selection = useStore(viewStore, (view) => view.selection)
  const { to: joining } = useStore(joiningStore)
  const at = usePlace(id)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the buttons ask whether the selection is being joined
  const sheet = useMemo<Sheet | null>(() => {
    const node = project && nodeById(id)
    if (!node) return null
    const below = actions ? [...besides(selection), ...actionsOf(node)] : []
    return { width: WIDTH, lines: [...ofNode(node), ...below] }
  }, [project, selection, joining, id, actions])
  if (!sheet || !at) return null
  return (
    <Stand at={at} aside={[WIDTH / 2 + 60, 0]}>
      {/* What only shows must not stand in the way of the ray that called it. */}
      <group pointerEvents={actions ? 'auto' : 'none'}>
        <Panel name={name} sheet={sheet} />
      </group>
    </Stand>
  )
}

/** The text of what a hand points at, and the text of what is selected, each beside its node. */
export function Reading() {
  const hovered = useStore(viewStore, (view) => view.hovered)
  const selected = useStore(viewStore, (view) => view.selection[0])
  const pulling = useStore(pullStore, ({ pull }) => pull !== null)
  // What the wall's cell says stands at the wall.
  const atWall = useStore(wallStore, ({ cell }) => cell !== null)
  const [read, setRead] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setRead(hovered), DWELL)
    return () => clearTimeout(timer)
  }, [hovered])
  return (
    <>
      {selected && !pulling && <Reader key={selected} name="selected" id={selected} actions />}
      {read && read !== selected && !pulling && !atWall && <Reader key={read} name="hovered" id={read} />}
    </>
  )
}
