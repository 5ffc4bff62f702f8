import type { Branch, Candidate, Move, Vec3 } from '../meaning/types.ts'
import type { Settled } from '../model/api.ts'
import { modelClient } from '../model/client.ts'
import { beginStep, change } from '../state/history.ts'
import { beginJob, beginWork } from '../state/jobs.ts'
import { type Node, nodeById } from '../state/nodes.ts'
import { notify } from '../state/notices.ts'
import { projectStore } from '../state/project.ts'
import { select } from '../state/view.ts'
import { nearestPassages, placeBeside, readFeatures, type Target, target, withAmounts } from './target.ts'
import { moveLabel } from './words.ts'

/** Fixed, so that the same move of the same passage finds the same words. */
const SEED = 1

const ECHOES = 3

type Choice = Pick<Branch, 'candidates' | 'confidence' | 'timing'>

/** Branch record for a chosen text; pure bookkeeping over what was asked and what was reached. */
function makeBranch(node: Node, move: Move, asked: Float32Array, chosen: Candidate, choice: Choice): Branch {
  const before = readFeatures(node.vector)
  const wanted = readFeatures(asked)
  const achieved = readFeatures(chosen.vector)
  const askedAt: Vec3 = move.kind === 'free' ? move.to : placeBeside(node, asked)
  return {
    id: crypto.randomUUID(),
    parent: node.id,
    move,
    text: chosen.text,
    writer: chosen.writer,
    asked,
    landing: chosen.vector,
    askedAt,
    landedAt: placeBeside(node, chosen.vector),
    candidates: choice.candidates,
    confidence: choice.confidence,
    echoes: nearestPassages(asked, ECHOES, [node.id]),
    figures: Object.fromEntries(
      Object.keys(before).map((id) => [id, { before: before[id]!, asked: wanted[id]!, achieved: achieved[id]! }]),
    ),
    timing: choice.timing,
    made: new Date().toISOString(),
    adopted: false,
  }
}

const textOf = ({ text, vector }: Node) => ({ text, vector })

/** @param found what was settled for this very move already */
async function settle(node: Node, move: Move, to: Target, signal?: AbortSignal, found?: Settled): Promise<Branch> {
  const { asked, along } = to
  const request = {
    source: textOf(to.source ?? node),
    asked,
    along,
    move,
    between: to.between?.map(textOf),
    seed: SEED,
  }
  const { candidates, confidence, timing } = found ?? (await modelClient.settle(request, signal))
  return makeBranch(node, move, asked, candidates[0]!, { candidates, confidence, timing })
}

/** Say where a branch landed, in words that can be heard. */
function announce(branch: Branch): void {
  if (branch.writer === 'source') {
    notify('Nothing here says that better: the passage stays as it was.')
    return
  }
  notify(`Landed ${branch.confidence.word}: “${branch.text}”`)
}

const aborted = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

/** Add a branch to the project as one undoable step, and select it. */
export function grow(branch: Branch, label: string): void {
  change(label, (project) => ({ ...project, branches: [...project.branches, branch] }))
  select([branch.id])
}

/**
 * Move a node and let the inverter say what that place means: the one path of every hand, key and command.
 * @param found where the person has read already what is there: that very sentence is kept
 * @returns the new branch's id, or null where it was cancelled or failed (and then the person has been told).
 */
export async function applyMove(nodeId: string, move: Move, found?: Settled): Promise<string | null> {
  const node = nodeById(nodeId)
  if (!node) return null
  const job = beginJob('Finding the words', 1, 'sentence')
  const { id: projectId } = projectStore.getState().project
  try {
    const to = target(node, move)
    const branch = await settle(node, withAmounts(move, to.sigmas), to, job.signal, found)
    // The person may have opened another project meanwhile: a branch belongs to its own.
    if (projectStore.getState().project.id !== projectId || job.signal.aborted) return null
    grow(branch, moveLabel(branch.move))
    announce(branch)
    return branch.id
  } catch (error) {
    if (!aborted(error)) {
      const again = { label: 'Try again', run: () => void applyMove(nodeId, move) }
      notify(error instanceof Error ? error.message : String(error), 'trouble', again)
    }
    return null
  } finally {
    job.end()
  }
}

/**
 * The same gains over every passage of a span of the document: one step, one progress bar, cancellable. Each branch is
 * kept as soon as it is found.
 */
export async function equaliseSpan(first: number, last: number, gains: Record<string, number>): Promise<string[]> {
  const { project } = projectStore.getState()
  const rows = project.vectors.ids.slice(Math.min(first, last), Math.max(first, last) + 1)
  const move: Move = { kind: 'equalise', gains, span: [Math.min(first, last), Math.max(first, last)] }
  const job = beginWork('Rewriting the span', rows.length, 'passages')
  const step = beginStep(moveLabel(move))
  const grown: string[] = []
  let read = 0
  try {
    for (const id of rows) {
      // Undone while it goes on: the rest is not wanted either.
      if (!step.stands()) break
      const node = nodeById(id)
      const branch = node && (await settle(node, move, target(node, move), job.signal))
      job.signal.throwIfAborted()
      if (branch && branch.writer !== 'source') {
        if (!step.add((now) => ({ ...now, branches: [...now.branches, branch] }))) break
        grown.push(branch.id)
      }
      job.progress(++read)
    }
  } catch (error) {
    if (!aborted(error)) notify(error instanceof Error ? error.message : String(error), 'trouble')
  } finally {
    job.end()
  }
  const left = projectStore.getState().project.id !== project.id
  const stands = !left && step.stands()
  if (stands && grown.length > 0) select(grown.filter((id) => nodeById(id)))
  const found = `${grown.length} of ${rows.length} passages found new words`
  if (!left && !stands) notify('Rewriting the span was undone.')
  else if (read === rows.length) notify(`${found}.`)
  else notify(`Rewriting the span stopped. ${found}${left && grown.length > 0 ? `, kept in “${project.name}”` : ''}.`)
  return stands || left ? grown : []
}

/** The person's own wording: a branch like any other, embedded like any other. */
export async function handEdit(nodeId: string, text: string): Promise<string | null> {
  const node = nodeById(nodeId)
  if (!node || text.trim() === '' || text === node.text) return null
  const began = performance.now()
  const { vectors: vector } = await modelClient.embed([text])
  const candidate: Candidate = {
    text,
    vector,
    writer: 'hand',
    cosine: 1,
    progress: 1,
    kept: 1,
    fluency: 0,
    closeness: 1,
    score: 1,
  }
  const took = performance.now() - began
  const branch = makeBranch(node, { kind: 'hand' }, vector, candidate, {
    candidates: [candidate],
    confidence: { value: 1, word: 'close' },
    timing: { first: took, settled: took },
  })
  grow(branch, 'Your own wording')
  return branch.id
}

function edit(id: string, label: string, recipe: (branch: Branch) => Branch): void {
  change(label, (project) => ({
    ...project,
    branches: project.branches.map((branch) => (branch.id === id ? recipe(branch) : branch)),
  }))
}

/** A branch with another of its candidates for its text; null where there is no such candidate. */
function reworded(id: string, index: number): Branch | null {
  const branch = nodeById(id)?.branch
  const parent = branch && nodeById(branch.parent)
  const candidate = branch?.candidates[index]
  if (!parent || !candidate) return null
  const achieved = readFeatures(candidate.vector)
  return {
    ...branch,
    text: candidate.text,
    writer: candidate.writer,
    landing: candidate.vector,
    landedAt: placeBeside(parent, candidate.vector),
    confidence: candidate.confidence ?? branch.confidence,
    figures: Object.fromEntries(
      Object.entries(branch.figures).map(([feature, figure]) => [feature, { ...figure, achieved: achieved[feature]! }]),
    ),
  }
}

/** Take another of a branch's candidates. */
export function chooseCandidate(id: string, index: number): void {
  const branch = reworded(id, index)
  if (branch) edit(id, 'Choose another wording', () => branch)
}

/** The next of a branch's candidates that neither it nor a branch of the same move says already; -1 for none. */
export function nextUnkept({ parent, move, candidates, text }: Branch): number {
  const { branches } = projectStore.getState().project
  const same = JSON.stringify(move)
  const beside = branches.filter((other) => other.parent === parent && JSON.stringify(other.move) === same)
  const said = new Set([text, ...beside.map((other) => other.text)])
  const chosen = candidates.findIndex((candidate) => candidate.text === text)
  const order = candidates.map((_, index) => (chosen + 1 + index) % candidates.length)
  return order.find((index) => !said.has(candidates[index]!.text)) ?? -1
}

/** Pin another of a branch's candidates: it becomes a branch of its own, of the same move, beside the one there is. */
export function pinCandidate(id: string, index: number): void {
  const branch = reworded(id, index)
  if (!branch) return
  notify(`Kept beside: “${branch.text}”`)
  const own = { id: crypto.randomUUID(), name: undefined, adopted: false, made: new Date().toISOString() }
  grow({ ...branch, ...own }, 'Keep another wording beside it')
}

export const renameBranch = (id: string, name: string): void =>
  edit(id, 'Rename a branch', (branch) => ({ ...branch, name: name.trim() || undefined }))

/** The passage a branch grew from, through any branches between. */
export function rootPassage(id: string): string {
  let node = nodeById(id)
  while (node?.branch) node = nodeById(node.branch.parent)
  return node?.id ?? id
}

/** Let a branch's text stand in the document in place of its passage (or no longer). One at a time for a passage. */
export function adopt(id: string, adopted = true): void {
  const root = rootPassage(id)
  change(adopted ? 'Put the branch into the document' : 'Take the branch out of the document', (project) => ({
    ...project,
    branches: project.branches.map((branch) => {
      if (branch.id === id) return { ...branch, adopted }
      return adopted && branch.adopted && rootPassage(branch.id) === root ? { ...branch, adopted: false } : branch
    }),
  }))
}

/** Delete a branch and what grew from it. */
export function deleteBranch(id: string): void {
  const gone = new Set([id])
  const { branches } = projectStore.getState().project
  // Branches stand in the order they were made, so a child always follows its parent.
  for (const branch of branches) if (gone.has(branch.parent)) gone.add(branch.id)
  change('Delete a branch', (project) => ({
    ...project,
    branches: project.branches.filter((branch) => !gone.has(branch.id)),
  }))
  select([])
}
