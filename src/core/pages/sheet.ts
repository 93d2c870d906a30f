import type { Page } from './page.ts'

/** Letters of one width that a line of a sheet has, and its lines: landscape A4 or Letter, letters of 6 points. */
export const [SHEET_CHARACTERS, SHEET_LINES] = [188, 60]
/** Between two columns. */
const GUTTER = 2
/** A column is not made narrower than this for the others. */
const LEAST_CHARACTERS = 8
/** Lines that the heading of a group takes, with what is free above it. */
const HEADING_LINES = 2
/** What has to follow a heading on its sheet: it does not stand alone at the foot. */
const LEAST_FOLLOWING = 3

/** A page of rows in letters of one width, for lists that are too long to be tables: every row is one line. */
interface Sheet {
  readonly parts: readonly SheetPart[]
}

type SheetPart =
  | { readonly kind: 'heading'; readonly text: string }
  /** Columns from the left to the right, a line for each row. */
  | { readonly kind: 'rows'; readonly columns: readonly string[] }
  | { readonly kind: 'sum'; readonly text: string }

/** A list on paper: a page that says what it is, and sheets behind it. */
export interface SheetList {
  readonly cover: Page
  readonly columns: readonly SheetColumn[]
  readonly sheets: readonly Sheet[]
}

interface SheetColumn {
  readonly label: string
  readonly align: 'left' | 'right'
  /** In letters, what is free behind it included. */
  readonly width: number
}

/** Rows that belong together, and what they come to. */
export interface SheetGroup {
  readonly heading: string
  readonly rows: readonly (readonly string[])[]
  readonly sum: string
}

/**
 * Rows in columns as wide as their longest text. Where all of them are more than a line has, the widest give way, and what is longer than
 * its column ends with an ellipsis. A column that is empty in all rows is left out.
 */
export function sheetsOf(
  labels: readonly { readonly label: string; readonly align: 'left' | 'right' }[],
  groups: readonly SheetGroup[],
): Pick<SheetList, 'columns' | 'sheets'> {
  const longest = labels.map(({ label }, at) => {
    let most = 0
    for (const { rows } of groups) for (const row of rows) most = Math.max(most, lengthOf(row[at] ?? ''))
    return most === 0 ? 0 : Math.max(most, lengthOf(label))
  })
  const widths = fittedWidths(longest)
  const shown = labels.map((column, at) => ({ ...column, at, own: widths[at] ?? 0 })).filter(({ own }) => own > 0)
  const linesOf = (rows: SheetGroup['rows']): string[] =>
    shown.map(({ at, own }) => rows.map((row) => cut(row[at] ?? '', own)).join('\n'))
  // What the texts leave free stands between them.
  const taken = shown.reduce((sum, { own }) => sum + own + GUTTER, 0)
  const gutter = GUTTER + Math.floor((SHEET_CHARACTERS - taken) / Math.max(shown.length, 1))
  return {
    columns: shown.map(({ label, align, own }) => ({ label, align, width: own + gutter })),
    sheets: placed(groups, linesOf),
  }
}

/** Groups one below the other; one that goes on overleaf has its heading again there. */
function placed(groups: readonly SheetGroup[], linesOf: (rows: SheetGroup['rows']) => string[]): Sheet[] {
  const sheets: SheetPart[][] = [[]]
  let left = SHEET_LINES
  const turn = (): void => {
    sheets.push([])
    left = SHEET_LINES
  }
  for (const { heading, rows, sum } of groups) {
    for (let from = 0; from < rows.length; ) {
      if (left < HEADING_LINES + LEAST_FOLLOWING) turn()
      // The sum stands below the last row, and not by itself on a sheet.
      const room = left - HEADING_LINES - 1
      const own = rows.slice(from, from + room)
      const parts: SheetPart[] = [
        { kind: 'heading', text: cut(heading, SHEET_CHARACTERS) },
        { kind: 'rows', columns: linesOf(own) },
      ]
      from += own.length
      left -= HEADING_LINES + own.length
      sheets.at(-1)?.push(...parts)
      if (from < rows.length) turn()
    }
    sheets.at(-1)?.push({ kind: 'sum', text: cut(sum, SHEET_CHARACTERS) })
    left -= 1
  }
  return sheets.filter((parts) => parts.length > 0).map((parts) => ({ parts }))
}

/** The widest columns give a letter after another until all have room. */
function fittedWidths(longest: readonly number[]): number[] {
  const widths = longest.map((width) => Math.min(width, SHEET_CHARACTERS))
  const taken = (): number => widths.reduce((sum, width) => (width === 0 ? sum : sum + width + GUTTER), 0)
  for (let over = taken() - SHEET_CHARACTERS; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths))
    const width = widths[widest] ?? 0
    if (width <= LEAST_CHARACTERS) break
    widths[widest] = width - 1
  }
  return widths
}

function lengthOf(text: string): number {
  let length = 0
  for (const _letter of text) length++
  return length
}

/** One line, of at most so many letters; a blank that is no break where there is nothing, so that the line is there. */
function cut(text: string, width: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]/gu, '\u00a0')
  if (line === '') return '\u00a0'
  if (line.length <= width) return line
  const letters = Array.from(line)
  return letters.length <= width ? line : `${letters.slice(0, width - 1).join('')}…`
}
