/** Rows as a table with aligned columns; numbers to the right. */
export function formatTable(rows: readonly Readonly<Record<string, unknown>>[], columns?: readonly string[]): string {
  if (rows.length === 0) return '(none)'
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cells = rows.map((row) => names.map((name) => toText(row[name])))
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

  constructor(label: string, total: number) {
    this.label = label
    this.total = total
  }

  update(done: number): void {
    if (!process.stderr.isTTY || this.total === 0) return
    const percent = Math.floor((done / this.total) * 100)
    if (percent === this.lastPercent) return
    this.lastPercent = percent
    const filled = Math.floor(percent / 4)
    process.stderr.write(`\r${this.label} [${'█'.repeat(filled)}${' '.repeat(25 - filled)}] ${percent}%`)
  }

  end(): void {
    if (process.stderr.isTTY && this.lastPercent >= 0) process.stderr.write('\n')
  }
}
