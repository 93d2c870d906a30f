/** The text of a row's cell without the blanks around it; `none` are texts that stand for nothing, as an empty cell does. */
export function cellText(cells: readonly string[], at: number, none: readonly string[]): string {
  const text = (cells[at] ?? '').trim()
  return none.includes(text) ? '' : text
}
