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

/** Rows of a list: some columns for people, and with `--json` all that the API tells. */
export class Listing extends Printed {
  private readonly rows: readonly Json[]
  private readonly columns: (row: Json) => Json

  constructor(rows: readonly Json[], columns: (row: Json) => Json) {
    super()
    this.rows = rows
    this.columns = columns
  }

  override toString(): string {
    return formatTable(this.rows.map(this.columns))
  }

  override toJSON(): readonly Json[] {
    return this.rows
  }
}

/** What people read, and with `--json` what the API tells. */
export class Worded extends Printed {
  private readonly value: unknown
  private readonly text: () => string

  constructor(value: unknown, text: () => string) {
    super()
    this.value = value
    this.text = text
  }

  override toString(): string {
    return this.text()
  }

  override toJSON(): unknown {
    return this.value
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

/** What is wrong with a file that was named, by the code of the system. */
const OF_FILES: Readonly<Record<string, string>> = {
  ENOENT: 'there is no file or folder',
  EISDIR: 'a file is wanted, and this is a folder:',
  EACCES: 'this file may not be read or written:',
  ENOTDIR: 'there is no such folder on the way to',
}

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code = '', path } = error as NodeJS.ErrnoException
  const words = OF_FILES[code]
  return words === undefined || path === undefined ? error.message : `${words} ${path}`
}

export function showError(error: unknown, asJson: boolean): void {
  if (error instanceof ApiError && asJson) console.error(forTerminal(JSON.stringify(error.problem, null, 2)))
  else console.error(forTerminal(`kvit: ${inWords(error)}`))
}

/** Narrower than this, no column becomes readable by being cut. */
const MIN_CUT = 8

/**
 * Widths of columns that fit into a line: the widest are cut until they do. Where nobody watches, a program may read on,
 * and nothing is cut. Ids, keys and numbers stay whole, since people copy them.
 */
function fitted(widths: readonly number[], isKept: readonly boolean[], line: number | undefined): number[] {
  const fit = [...widths]
  if (line === undefined) return fit
  for (let over = fit.reduce((sum, width) => sum + width + 2, -2) - line; over > 0; over--) {
    let widest = -1
    for (const [at, width] of fit.entries())
      if (isKept[at] !== true && width > MIN_CUT && width > (fit[widest] ?? 0)) widest = at
    if (widest === -1) break
    fit[widest] = (fit[widest] as number) - 1
  }
  return fit
}

/** Columns that people copy from. */
const COPIED = /^(id|key|number|account|customer|line|change)$/

/** Rows as a table with aligned columns, cut to the terminal; numbers to the right. */
export function formatTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns?: readonly string[],
  lineWidth: number | undefined = process.stdout.isTTY ? process.stdout.columns || undefined : undefined,
): string {
  if (rows.length === 0) return '(none)'
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => forTerminal(toText(row[name])).replaceAll('\n', '\\u000a')))
  const whole = names.map((name, at) =>
    cells.reduce((most, row) => Math.max(most, (row[at] as string).length), name.length),
  )
  const isNumeric = names.map((_, at) => cells.every((row) => /^-?[\d.,]*$/.test(row[at] as string)))
  const isKept = names.map((name, at) => COPIED.test(name) || isNumeric[at] === true)
  const widths = fitted(whole, isKept, lineWidth)
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) =>
        cell.length > (widths[at] as number) ? `${cell.slice(0, (widths[at] as number) - 1)}…` : cell,
      )
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

const REDRAWN_EVERY_MS = 1_000

/** How fast it goes and what is left: ` · 1,250/s · 3 min 20 s left`; nothing before there is anything to go by. */
export function paceOf(done: number, total: number, elapsedMs: number): string {
  if (done <= 0 || done > total || elapsedMs < REDRAWN_EVERY_MS) return ''
  const perSecond = (done * 1_000) / elapsedMs
  const rate = perSecond >= 10 ? Math.round(perSecond).toLocaleString('en') : perSecond.toFixed(1)
  const seconds = Math.ceil((total - done) / perSecond)
  const minutes = Math.floor(seconds / 60)
  const left = minutes === 0 ? `${seconds} s` : minutes < 60 ? `${minutes} min ${seconds % 60} s` : hoursOf(minutes)
  return ` · ${rate}/s · ${left} left`
}

function hoursOf(minutes: number): string {
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A progress bar on a terminal; nothing where nobody watches, nor with `--json`. */
export class Progress {
  private readonly label: string
  private readonly total: number
  private readonly isWatched = process.stderr.isTTY && !process.argv.includes('--json')
  private readonly startedMs = performance.now()
  private drawnMs = 0
  private lastPercent = -1
  private done = 0
  private readonly forget: () => void

  /** @param goesOn what an interrupt says of the rest */
  constructor(label: string, total: number, goesOn = 'the same command goes on from there') {
    this.label = label
    this.total = total
    const told = (): string => (total === 0 ? label : `${label}: ${this.done} of ${total} are done`)
    this.forget = tellWhenInterrupted(() => `interrupted; ${told()}, and ${goesOn}`)
  }

  update(done: number): void {
    this.done = done
    if (!this.isWatched || this.total === 0) return
    // More than there was to do is done where it became more meanwhile, such as a database that is backed up.
    const percent = Math.min(100, Math.floor((done / this.total) * 100))
    const elapsedMs = performance.now() - this.startedMs
    if (percent === this.lastPercent && elapsedMs - this.drawnMs < REDRAWN_EVERY_MS) return
    this.lastPercent = percent
    this.drawnMs = elapsedMs
    const filled = Math.floor(percent / 4)
    const bar = `${'█'.repeat(filled)}${' '.repeat(25 - filled)}`
    process.stderr.write(`\r${this.label} [${bar}] ${percent}%${paceOf(done, this.total, elapsedMs)}\x1b[K`)
  }

  end(): void {
    this.forget()
    if (this.isWatched && this.lastPercent >= 0) process.stderr.write('\n')
  }
}
