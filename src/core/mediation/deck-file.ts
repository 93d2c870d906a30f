import { suggestSpelling } from '../base/suggest-spelling.ts'
import type { DeckRow } from '../catalog/rate-deck.ts'
import { csvRows } from './csv.ts'
import { type DeckFields, type DeckMapping, deckFields, type RowFault, readDeckRow } from './deck-row.ts'

/** Something in a deck's file that is wrong: the line, counted from 1, the text in it, and what would be right. */
interface DeckProblem {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly message: string
}

export interface DeckFile {
  readonly rows: readonly DeckRow[]
  /** Rows that say what another one says. */
  readonly repeated: number
  /** Rows that the mapping leaves out. */
  readonly skipped: number
  readonly problems: readonly DeckProblem[]
}

/** Reads the CSV file of a rate deck. All that is wrong with it is returned at once; a deck is imported whole or not at all. */
export function readDeckFile(content: string, mapping: DeckMapping): DeckFile {
  const text = content.startsWith('\uFEFF') ? content.slice(1) : content
  const delimiter = mapping.delimiter ?? guessDelimiter(text, mapping.skipRows)
  const problems: DeckProblem[] = []
  const kept = new KeptRows()
  let fields: DeckFields | null = null
  let skipped = 0
  for (const { cells, line } of csvRows(text, delimiter)) {
    if (line <= mapping.skipRows) continue
    if (fields === null) {
      const columns = mapping.header ? cells.map((cell) => cell.trim()) : cells.map((_, at) => String(at + 1))
      fields = deckFields(mapping, columns)
      if (fields.missing.length > 0) return { rows: [], repeated: 0, skipped, problems: missingColumns(fields, line) }
      if (mapping.header) continue
    }
    if (cells.every((cell) => cell.trim() === '') || isSkipped(fields, cells)) {
      skipped++
      continue
    }
    const found = readDeckRow(fields, cells)
    const faults = Array.isArray(found) ? kept.add(found, line) : [found]
    for (const { column, value, message } of faults) problems.push({ line, column, value, message })
  }
  if (kept.rows.length === 0 && problems.length === 0)
    problems.push({ line: 1, column: '', value: '', message: 'the file has no rows of rates' })
  return { rows: kept.rows, repeated: kept.repeated, skipped, problems }
}

/** Of comma, semicolon, tab and bar, the one that the first row has most of. */
function guessDelimiter(text: string, skipRows: number): string {
  const row = text.split('\n', skipRows + 1)[skipRows] ?? ''
  const unquoted = row.replaceAll(/"[^"]*"/g, '')
  const count = (sign: string): number => unquoted.split(sign).length
  return [',', ';', '\t', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

function missingColumns({ missing, columns }: DeckFields, line: number): DeckProblem[] {
  return missing.map((column) => ({
    line,
    column,
    value: '',
    message: `the file has no column "${column}"${suggestSpelling(column, columns)}`,
  }))
}

function isSkipped({ skip }: DeckFields, cells: readonly string[]): boolean {
  return skip.some(({ at, values }) => values.includes((cells[at] ?? '').trim()))
}

/** Rows by prefix: one prefix may have several, at different times. */
class KeptRows {
  readonly rows: DeckRow[] = []
  repeated = 0
  private readonly byPrefix = new Map<string, { row: DeckRow; line: number }[]>()

  add(rows: readonly DeckRow[], line: number): RowFault[] {
    return rows.flatMap((row) => {
      const known = this.byPrefix.get(row.prefix) ?? []
      const other = known.find(({ row: before }) => overlap(before, row))
      if (other === undefined) {
        if (known.length === 0) this.byPrefix.set(row.prefix, known)
        known.push({ row, line })
        this.rows.push(row)
        return []
      }
      if (JSON.stringify(other.row) === JSON.stringify(row)) {
        this.repeated++
        return []
      }
      const message = `line ${other.line} has this prefix with other rates; leave one out, or give them days that do not overlap`
      return [{ column: 'prefix', value: row.prefix, message }]
    })
  }
}

function overlap(a: DeckRow, b: DeckRow): boolean {
  const begins = (row: DeckRow): string => row.from ?? ''
  const ends = (row: DeckRow): string => row.until ?? '~'
  return begins(a) < ends(b) && begins(b) < ends(a)
}
