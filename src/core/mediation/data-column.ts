import { type Decimal, decimal, formatDecimal, multiply, toScale } from '../base/decimal.ts'
import type { RoundingMode } from '../base/rounding.ts'
import { cellText } from './cell-text.ts'
import { parseExpression } from './expression.ts'
import { type NumberStyle, readNumber } from './number-text.ts'
import { parseTime } from './record-time.ts'
import { compileTime, type TimeColumn } from './time-column.ts'

/** Where a property of `data` comes from: a column, or an expression of several. */
export interface DataColumn {
  readonly column?: string | undefined
  readonly expression?: string | undefined
  /** Columns that the expression reads as times, beside those of the record's own time and end. */
  readonly times?: readonly TimeColumn[] | undefined
  readonly kind: 'number' | 'text'
  /** Texts that stand for nothing, in place of those of the mapping. */
  readonly none?: readonly string[] | undefined
  /** Exact decimal that a number is multiplied by: `0.001` from Wh to kWh. */
  readonly factor?: string | undefined
  /** How a number of more digits than the meters keep is rounded; without it, it goes to suspense. */
  readonly round?: RoundingMode | undefined
  readonly decimalComma: boolean
  /** What stands between groups of three digits. */
  readonly grouping?: NumberStyle['grouping']
}

/** Digits that the meters keep of a property of records of a type; undefined where none reads it. */
export type ScaleOf = (type: string, property: string) => number | undefined

/** What a column takes from its mapping. */
interface Surroundings {
  readonly none: readonly string[]
  /** Columns that are times wherever an expression names them. */
  readonly times: readonly TimeColumn[]
  readonly digits: (type: string) => number | undefined
}

/** The value of a row's cell as text; '' where it stands for nothing. */
type ReadData = (cells: readonly string[], type: string | undefined) => string
/** A number; null where the cell stands for nothing, or why it is none. */
type ReadNumber = (cells: readonly string[]) => Decimal | string | null

export function columnsOfData({ column, expression, times = [] }: DataColumn): string[] {
  if (expression === undefined) return [column as string]
  return [...parseExpression(expression).columns, ...times.map((time) => time.column)]
}

export function compileData(column: DataColumn, columns: readonly string[], around: Surroundings): ReadData {
  const { factor: factorText, round, decimalComma, grouping, kind, expression } = column
  const none = column.none ?? around.none
  const factor = factorText === undefined ? undefined : decimal(factorText)
  const isPlain = factor === undefined && !decimalComma && grouping === undefined && round === undefined
  if (expression === undefined && (kind === 'text' || isPlain)) {
    const at = columns.indexOf(column.column as string)
    return (cells) => cellText(cells, at, none)
  }
  const number =
    expression === undefined
      ? numberIn(column, column.column as string, columns, none)
      : numberOf(column, columns, none, around.times)
  return (cells, type) => {
    const value = number(cells)
    if (value === null) return ''
    // What cannot be read must not pass as it is, unscaled or in another reading: validation is to name it.
    if (typeof value === 'string') return `no number that has one reading: ${value}`
    const scaled = factor === undefined ? value : multiply(value, factor)
    const digits = round === undefined || type === undefined ? undefined : around.digits(type)
    if (round === undefined || digits === undefined || scaled.scale <= digits) return formatDecimal(scaled)
    return formatDecimal({ coefficient: toScale(scaled, digits, round), scale: digits })
  }
}

function numberIn(
  { decimalComma, grouping }: DataColumn,
  column: string,
  columns: readonly string[],
  none: readonly string[],
): ReadNumber {
  const at = columns.indexOf(column)
  const style: NumberStyle = { decimal: decimalComma ? 'comma' : 'point', grouping }
  return (cells) => {
    const text = cellText(cells, at, none)
    return text === '' ? null : (readNumber(text, style) ?? text)
  }
}

/** Seconds since 1970, to the millisecond: the difference of two is a duration in seconds. */
function secondsIn(time: TimeColumn, columns: readonly string[], none: readonly string[]): ReadNumber {
  const read = compileTime(time, columns, none)
  return (cells) => {
    const text = read(cells)
    if (text === undefined) return null
    const timeMs = parseTime(text)
    return Number.isNaN(timeMs) ? text : { coefficient: BigInt(timeMs), scale: 3 }
  }
}

/** The value of an expression. Where one of its columns stands for nothing, it does. */
function numberOf(
  column: DataColumn,
  columns: readonly string[],
  none: readonly string[],
  timesOfMapping: readonly TimeColumn[],
): ReadNumber {
  const expression = parseExpression(column.expression as string)
  const times = [...(column.times ?? []), ...timesOfMapping]
  const readers = expression.columns.map((name) => {
    const time = times.find((one) => one.column === name)
    return time === undefined ? numberIn(column, name, columns, none) : secondsIn(time, columns, none)
  })
  return (cells) => {
    const values: Decimal[] = []
    for (const read of readers) {
      const value = read(cells)
      if (value === null || typeof value === 'string') return value
      values.push(value)
    }
    return expression.evaluate(values)
  }
}
