/** A project file that cannot be opened. `message` is written for the person. */
export class ProjectFileError extends Error {
  readonly trouble: 'not a project' | 'newer' | 'missing' | 'damaged'

  constructor(trouble: ProjectFileError['trouble'], message: string) {
    super(message)
    this.name = 'ProjectFileError'
    this.trouble = trouble
  }
}

const damaged = () => new ProjectFileError('damaged', 'This project is damaged: its description cannot be read.')

/** JSON that keeps NaN and the infinities, which a fluency without a model may be. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, entry) =>
    typeof entry === 'number' && !Number.isFinite(entry) ? { $number: String(entry) } : entry,
  )
}

/** @throws ProjectFileError when the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, entry) =>
      entry !== null && typeof entry === 'object' && typeof entry.$number === 'string' ? Number(entry.$number) : entry,
    )
  } catch {
    throw damaged()
  }
}

/** A record whose fields are checked as they are taken; a wrong one is a damaged project. */
export interface Fields {
  value: Record<string, unknown>
  string(name: string): string
  number(name: string): number
  record(name: string): Record<string, unknown>
  list(name: string): Fields[]
}

export function fields(value: unknown): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw damaged()
  const record = value as Record<string, unknown>
  const checked = <T>(entry: unknown, right: boolean): T => {
    if (!right) throw damaged()
    return entry as T
  }
  return {
    value: record,
    string: (name) => checked(record[name], typeof record[name] === 'string'),
    number: (name) => checked(record[name], typeof record[name] === 'number'),
    record: (name) => fields(record[name]).value,
    list: (name) => checked<unknown[]>(record[name], Array.isArray(record[name])).map(fields),
  }
}
