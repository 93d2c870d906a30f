import { ApiError, type Json } from './client.ts'
import { tellWhenInterrupted } from './interrupts.ts'
import { forTerminal } from './plain-text.ts'

/** Answers that have a form of their own for people, and another one with `--json`. */
export abstract class Printed {
  abstract toString(): string
  abstract toJSON(): unknown
}

/** Answers that are shown as a JSON object a line, and with `--json` as a list. */
export class JsonLines extends Printed {
  private readonly rows: readonly Json[]

  constructor(rows: readonly Json[]) {
    super()
    this.rows = rows
  }

  override toString(): string {
    return this.rows.map((row) => JSON.stringify(row)).join('\n')
  }

  override toJSON(): readonly Json[] {
    return this.rows
  }
}

/** Shows what a command came to: as JSON, or a table, or names with their values. */
export function show(result: unknown, asJson: boolean): void {
  if (result === undefined) return
  if (asJson) console.log(forTerminal(JSON.stringify(result, null, 2)))
  else if (typeof result === 'string' || result instanceof Printed) console.log(forTerminal(String(result)))
  else if (Array.isArray(result)) console.log(formatTable(result as Json[]))
  else
    console.log(
      Object.entries(result as Json)
        .map(([name, value]) => `${forTerminal(name).padEnd(20)} ${forTerminal(toText(value))}`)
        .join('\n'),
    )
}

export function showError(error: unknown, asJson: boolean): void {
  if (error instanceof ApiError && asJson) console.error(forTerminal(JSON.stringify(error.problem, null, 2)))
  else console.error(forTerminal(`kvit: ${error instanceof Error ? error.message : String(error)}`))
}

/** Rows as a table with aligned columns; numbers to the right. */
export function formatTable(rows: readonly Readonly<Record<string, unknown>>[], columns?: readonly string[]): string {
  if (rows.length === 0) return '(none)'
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => forTerminal(toText(row[name])).replaceAll('\n', '\\u000a')))
  const widths = names.map((name, at) => Math.max(name.length, ...cells.map((row) => (row[at] as string).length)))
  const isNumeric = names.map((_, at) => cells.every((row) => /^-?[\d.,]*$/.test(row[at] as string)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        isNumeric[at] === true ? cell.padStart(widths[at] as number) : cell.padEnd(widths[at] as number),
      )
      .join('  ')
      .trimEnd()
  return [line(names), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n')
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A progress bar on a terminal; nothing where nobody watches. */
export class Progress {
  private readonly label: string
  private readonly total: number
  private lastPercent = -1
  private done = 0
  private readonly forget: () => void

  /** @param goesOn what an interrupt says of the rest */
  constructor(label: string, total: number, goesOn = 'the same command goes on from there') {
    this.label = label
    this.total = total
    this.forget = tellWhenInterrupted(() => `interrupted; ${label}: ${this.done} of ${total} are done, and ${goesOn}`)
  }

  update(done: number): void {
    this.done = done
    if (!process.stderr.isTTY || this.total === 0) return
    const percent = Math.floor((done / this.total) * 100)
    if (percent === this.lastPercent) return
    this.lastPercent = percent
    const filled = Math.floor(percent / 4)
    process.stderr.write(`\r${this.label} [${'█'.repeat(filled)}${' '.repeat(25 - filled)}] ${percent}%`)
  }

  end(): void {
    this.forget()
    if (process.stderr.isTTY && this.lastPercent >= 0) process.stderr.write('\n')
  }
}
