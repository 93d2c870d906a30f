import type { Cell, TableBlock } from './page.ts'

/** Characters that a line of a table has, by and large: 174 mm of a sans-serif of 8.5 points. */
const LINE_CHARACTERS = 88
/** What a cell has on both sides, in characters. */
const INSET_CHARACTERS = 2
/** What a wide column needs to be read. */
const LEAST_CHARACTERS = 26

/**
 * A table whose other columns leave its wide one no room, such as amounts of 12 digits beside units of 40 characters, has the wide cell
 * of each row above the others, and the widest of these takes what is left.
 */
export function fitted(table: TableBlock): TableBlock {
  const { columns, rows } = table
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
  return { ...table, columns: placed }
}

function widthOf(cell: Cell): number {
  if (typeof cell === 'string') return cell.length
  const { text, beside = '', below = [] } = cell
  return Math.max(text.length + beside.length, ...below.map((line) => line.length))
}
