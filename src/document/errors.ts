export type DocumentTrouble = 'empty' | 'too large' | 'not text' | 'unreadable'

/** A file that cannot become a document. `message` is written for the person, and says what to do. */
export class DocumentError extends Error {
  readonly trouble: DocumentTrouble

  constructor(trouble: DocumentTrouble, message: string) {
    super(message)
    this.name = 'DocumentError'
    this.trouble = trouble
  }
}
