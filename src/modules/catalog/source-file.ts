/** A file as it was sent: its name for messages and references, and its text. */
export interface SourceFile {
  readonly name: string
  readonly text: string
}
