import encode from 'qr'
import type { PaymentCode } from '../../core/payment-codes/payment-order.ts'

/** The picture of a Swiss code has 46 millimetres, of which the cross in its middle has seven. */
const [SWISS_SIDE, SWISS_MARK] = [46, 7]

/** The modules of a code, row by row; true is dark. */
export function modulesOf({ text, correction }: PaymentCode): boolean[][] {
  // The library draws a border of one module at least.
  const rows = encode(text, 'raw', { ecc: correction === 'L' ? 'low' : 'medium', border: 1 })
  return rows.slice(1, -1).map((row) => row.slice(1, -1))
}

/**
 * A code as SVG: a unit is a module, dark ones are one path of runs, without a border. The page leaves four modules free around it.
 */
export function drawCode(code: PaymentCode): string {
  const rows = modulesOf(code)
  const runs = rows.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
  const mark = code.mark === 'swiss_cross' ? swissCross(rows.length) : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${rows.length} ${rows.length}" shape-rendering="crispEdges"><path d="${runs.join('')}"/>${mark}</svg>`
}

/** Where dark modules of a row begin, and how many follow each other. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const starts = row.flatMap((isDark, x) => (isDark && row[x - 1] !== true ? [x] : []))
  return starts.map((start) => {
    const end = row.indexOf(false, start)
    return [start, (end < 0 ? row.length : end) - start]
  })
}

/** A white cross on black with a white rim, by its measures in millimetres. */
function swissCross(modules: number): string {
  const mm = modules / SWISS_SIDE
  const box = (side: number, height: number, fill: string): string => {
    const [width, tall] = [side * mm, height * mm]
    return `<rect x="${(modules - width) / 2}" y="${(modules - tall) / 2}" width="${width}" height="${tall}" fill="${fill}"/>`
  }
  return [box(SWISS_MARK, SWISS_MARK, '#fff'), box(6, 6, '#000'), box(3.9, 1.17, '#fff'), box(1.17, 3.9, '#fff')].join(
    '',
  )
}
