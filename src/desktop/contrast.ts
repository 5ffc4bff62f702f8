import { contrastFeature } from '../meaning/features.ts'
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

export function deleteContrast(id: string): void {
  change('Delete a feature', (project) => ({
    ...project,
    contrasts: project.contrasts.filter((feature) => feature.id !== id),
  }))
}
