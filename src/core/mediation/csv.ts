/**
 * Rows of a CSV text (RFC 4180: quotes, doubled quotes, quoted line ends), each with its raw text and the line
 * that it begins in, counted from 1. The text must end
 * at a row's end; blank rows are left out. A quote that never closes makes one last row of what is left.
 * @param longest characters of a row that is divided; a longer one is a single cell
 */
export function* csvRows(
  text: string,
  delimiter: string,
  longest = Number.POSITIVE_INFINITY,
): Generator<{ raw: string; cells: string[]; line: number }> {
  const hasQuotes = text.includes('"')
  let [start, line] = [0, 1]
  while (start < text.length) {
    const end = hasQuotes ? endOfRow(text, start) : lineEnd(text, start)
    const raw = text.slice(start, text.charCodeAt(end - 1) === 13 ? end - 1 : end)
    if (raw !== '') yield { raw, cells: raw.length > longest ? [raw] : elementsOf(raw, delimiter, hasQuotes), line }
    line += hasQuotes ? linesIn(raw) : 1
    start = end + 1
  }
}

function elementsOf(raw: string, delimiter: string, hasQuotes: boolean): string[] {
  return hasQuotes && raw.includes('"') ? splitQuoted(raw, delimiter) : raw.split(delimiter)
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function endOfRow(text: string, from: number): number {
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 34) quoted = !quoted
    else if (code === 10 && !quoted) return at
  }
  return text.length
}

function splitQuoted(row: string, delimiter: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < row.length; at++) {
    const char = row[at] as string
    if (char === '"') {
      if (quoted && row[at + 1] === '"') {
        cell += '"'
        at++
      } else quoted = !quoted
    } else if (char === delimiter && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += char
  }
  cells.push(cell)
  return cells
}

function linesIn(raw: string): number {
  let lines = 1
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) lines++
  return lines
}
