/** One field of a SWIFT message: `:61:…` is the tag 61 with what follows, over several lines. */
export interface MtField {
  readonly tag: string
  readonly lines: readonly string[]
  /** Of the file, from 1. */
  readonly line: number
}

/** One message of a file. */
export interface MtMessage {
  /** `940`, `942`; null where no header says it. */
  readonly type: string | null
  readonly fields: readonly MtField[]
  readonly line: number
}

const FIELD = /^:(\d{2}[A-Z]?|NS):(.*)$/
const HEADER = /\{2:[IO](\d{3})/

/**
 * Divides a file into messages: each in blocks of SWIFT (`{4:` … `-}`), ended by a line of `-`, or beginning with a new `:20:`.
 * What stands outside of fields is of no account.
 */
export function mtMessages(text: string): MtMessage[] {
  const messages: MtMessage[] = []
  let type: string | null = null
  let fields: { tag: string; lines: string[]; line: number }[] = []
  const end = (): void => {
    if (fields.length > 0) messages.push({ type, fields, line: fields[0]?.line ?? 1 })
    fields = []
    type = null
  }
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    let line = raw
    if (line === '-' || line.startsWith('-}')) {
      end()
      line = line.startsWith('-}') ? line.slice(2) : ''
    }
    type = HEADER.exec(line)?.[1] ?? type
    const body = /\{4:(.*)$/.exec(line)
    if (body !== null) line = body[1] as string
    else if (line.startsWith('{')) continue
    const field = FIELD.exec(line)
    if (field !== null) {
      if (field[1] === '20') {
        const kept = type
        end()
        type = kept
      }
      fields.push({ tag: field[1] as string, lines: [field[2] as string], line: index + 1 })
    } else if (line.trim() !== '') fields.at(-1)?.lines.push(line)
  }
  end()
  return messages
}
