import { measure } from '../meaning/moves.ts'
import type { Candidate, Writer } from '../meaning/types.ts'
import { row } from '../meaning/vector.ts'
import type { Desk, Task } from './desk.ts'
import type { Attempt } from './inverter.ts'
import { closeness, dress } from './style.ts'

/** A text of a task, measured. @param fluency NaN where nobody wrote it token by token */
export function asCandidate(
  task: Pick<Task, 'source' | 'asked' | 'along'>,
  text: string,
  vector: Float32Array,
  writer: Writer,
  fluency: number,
): Candidate {
  return {
    text,
    vector,
    writer,
    ...measure(task.asked, task.source?.vector ?? null, vector, task.along),
    fluency,
    closeness: task.source ? closeness(text, task.source.text) : 0,
    score: 0,
  }
}

/** The candidates of one task: dressed like the source, each wording once, embedded as they come. */
export class Book {
  private readonly found = new Map<string, Candidate>()

  constructor(
    private readonly desk: Desk,
    private readonly task: Task,
  ) {}

  /** @returns the candidate of each attempt, undefined where it was not fit to be shown or is the source */
  async add(attempts: Attempt[]): Promise<(Candidate | undefined)[]> {
    const texts = attempts.map(({ text, ended }) => (ended ? text : ''))
    return this.enter(texts, 'inverter', (i) => attempts[i].fluency)
  }

  /** Texts that were put together, not written. */
  async put(texts: string[]): Promise<(Candidate | undefined)[]> {
    return this.enter(texts, 'search', () => Number.NaN)
  }

  private async enter(written: string[], writer: Writer, fluency: (i: number) => number) {
    const own = this.task.source?.text ?? null
    const texts = written.map((text) => text && dress(text, own))
    const fresh = [...new Set(texts)].filter((text): text is string => !!text && text !== own && !this.found.has(text))
    const vectors = fresh.length ? await this.desk.embed(fresh) : new Float32Array()
    fresh.forEach((text, i) => {
      const vector = row(vectors, i).slice()
      this.found.set(text, asCandidate(this.task, text, vector, writer, fluency(texts.indexOf(text))))
    })
    return texts.map((text) => (text ? this.found.get(text) : undefined))
  }

  /** Only these are gone on with. */
  keep(candidates: Candidate[]): void {
    this.found.clear()
    for (const one of candidates) this.found.set(one.text, one)
  }

  all(): Candidate[] {
    return [...this.found.values()]
  }
}
