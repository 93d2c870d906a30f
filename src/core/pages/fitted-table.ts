import type { Cell, TableBlock } from './page.ts'

/** Characters that a line of a table has, by and large: 174 mm of a sans-serif of 8.5 points. */
const LINE_CHARACTERS = 88
/** What a cell has on both sides, in characters. */
const INSET_CHARACTERS = 2
/** What a wide column needs to be read. */
const LEAST_CHARACTERS = 26

/**
 * A table whose other columns leave its wide one no room, such as amounts of 12 digits beside units of 40 characters, has the wide cell
 * of each row above the others, and the widest of these takes what is left. What a row has nothing for there, such as a subtotal in a
 * column of days, stands in its place: `Subtotal … 40.00` is one line. The columns of a table that
 * was fitted stay: rows may be added to it, and be fitted again.
 */
export function fitted(table: TableBlock): TableBlock {
  const { columns, rows } = table
  if (columns.some(({ isAbove }) => isAbove === true)) return inOneLine(table)
  const taken = columns.map(({ label = '', isWide }, index) => {
    if (isWide === true) return 0
    const widths = rows.filter(({ style }) => style !== 'group').map(({ cells }) => widthOf(cells[index] ?? ''))
    return widths.reduce((most, width) => Math.max(most, width), label.length) + INSET_CHARACTERS
  })
  const left = LINE_CHARACTERS - taken.reduce((sum, width) => sum + width, 0)
  if (left >= LEAST_CHARACTERS) return table
  const widest = taken.indexOf(Math.max(...taken))
  const placed = columns.map(({ isWide, ...column }, index) => ({
    ...column,
    ...(isWide === true ? { isAbove: true as const } : index === widest ? { isWide: true as const } : {}),
  }))
  return inOneLine({ ...table, columns: placed })
}

/** What would stand above the others goes to the wide column in rows that have nothing there, if texts begin at its left. */
function inOneLine({ columns, rows, ...table }: TableBlock): TableBlock {
  const above = columns.findIndex(({ isAbove }) => isAbove === true)
  const wide = columns.findIndex(({ isWide, align }) => isWide === true && align === 'left')
  const cellsOf = (cells: readonly Cell[]): readonly Cell[] => {
    const cell = cells[above]
    if (cell === undefined || cells[wide] !== '') return cells
    return cells.map((one, index) => (index === above ? '' : index === wide ? cell : one))
  }
  return { ...table, columns, rows: rows.map((row) => ({ ...row, cells: cellsOf(row.cells) })) }
}

function widthOf(cell: Cell): number {
  if (typeof cell === 'string') return cell.length
  const { text, beside = '', below = [] } = cell
  return Math.max(text.length + beside.length, ...below.map((line) => line.length))
}
