import { dot } from '../meaning/vector.ts'
import { modelClient } from '../model/client.ts'
import { nodes } from './nodes.ts'
import { notify } from './notices.ts'
import { viewStore } from './view.ts'

/** Passages shown for a search by meaning. */
const HITS = 24

/** Light every node that has the words of the query, in any case. Nothing found lights nothing. */
export function searchWords(query: string): string[] {
  const wanted = query.trim().toLocaleLowerCase()
  if (wanted === '') {
    viewStore.setState({ search: null })
    return []
  }
  const hits = nodes()
    .filter(({ text }) => text.toLocaleLowerCase().includes(wanted))
    .map(({ id }) => id)
  viewStore.setState({ search: { query, hits } })
  return hits
}

let latest = 0

/** Light the nodes nearest in meaning to the query, nearest first. Only the latest search counts. */
export async function searchMeaning(query: string): Promise<string[]> {
  const turn = ++latest
  if (query.trim() === '') {
    viewStore.setState({ search: null })
    return []
  }
  try {
    const { vectors } = await modelClient.embed([query])
    if (turn !== latest) return []
    const hits = nodes()
      .map(({ id, vector }) => ({ id, cosine: dot(vector, vectors) }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, HITS)
      .map(({ id }) => id)
    viewStore.setState({ search: { query, hits } })
    return hits
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error), 'trouble')
    return []
  }
}
