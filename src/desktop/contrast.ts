import { moveLabel } from '../gestures/words.ts'
import { contrastFeature } from '../meaning/features.ts'
import type { Branch } from '../meaning/types.ts'
import { modelClient } from '../model/client.ts'
import { change } from '../state/history.ts'
import { beginJob } from '../state/jobs.ts'
import { projectStore } from '../state/project.ts'

export interface Ends {
  name: string
  low: { pole: string; texts: string[] }
  high: { pole: string; texts: string[] }
}

/**
 * A feature of the person's own, from examples of its two ends, measured against the open project's passages.
 * @returns its id.
 * @throws Error in plain words where the ends mean the same or there is too little to measure against.
 */
export async function makeContrast({ name, low, high }: Ends): Promise<string> {
  const job = beginJob('Reading your examples', low.texts.length + high.texts.length, 'texts')
  try {
    const ends = await Promise.all(
      [low.texts, high.texts].map((texts) => modelClient.embed(texts, { signal: job.signal })),
    )
    const id = crypto.randomUUID()
    const feature = contrastFeature({
      id,
      name,
      poles: [low.pole, high.pole],
      low: ends[0]!.vectors,
      high: ends[1]!.vectors,
      lowTexts: low.texts,
      highTexts: high.texts,
      reference: projectStore.getState().project.vectors.vectors,
    })
    change(`Make the feature ${name}`, (project) => ({ ...project, contrasts: [...project.contrasts, feature] }))
    return id
  } finally {
    job.end()
  }
}

export function renameContrast(id: string, wanted: string): void {
  const name = wanted.trim()
  const known = projectStore.getState().project.contrasts.find((feature) => feature.id === id)
  if (!known || name === '' || name === known.name) return
  change(`Rename the feature ${known.name}`, (project) => ({
    ...project,
    contrasts: project.contrasts.map((feature) => (feature.id === id ? { ...feature, name } : feature)),
  }))
}

/** Whether the label of a branch names a feature. */
const isNamedAfter = ({ name, move }: Branch, id: string): boolean =>
  !name &&
  (('feature' in move && move.feature === id) ||
    ('sigmas' in move && id in move.sigmas) ||
    ('gains' in move && id in move.gains))

/** Delete a feature of one's own. Branches that were pulled along it stay, and keep the words for what was done. */
export function deleteContrast(id: string): void {
  const known = projectStore.getState().project.contrasts.find((feature) => feature.id === id)
  if (!known) return
  change(`Delete the feature ${known.name}`, (project) => ({
    ...project,
    contrasts: project.contrasts.filter((feature) => feature.id !== id),
    branches: project.branches.map((branch) =>
      isNamedAfter(branch, id) ? { ...branch, name: moveLabel(branch.move) } : branch,
    ),
  }))
}
