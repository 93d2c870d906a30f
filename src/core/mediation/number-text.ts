import { type Decimal, parseDecimal } from '../base/decimal.ts'

/** How a file writes numbers. */
export interface NumberStyle {
  /** `either`: one separator at most, which is a decimal sign, whichever it is. */
  readonly decimal: 'point' | 'comma' | 'either'
  /** What stands between groups of three digits; without it a separator that is no decimal sign makes a number unreadable. */
  readonly grouping?: '.' | ',' | ' ' | "'" | undefined
}

/** Blanks that stand between digits: the plain one, and those that do not break a line. */
const BLANKS = /[ \u00a0\u202f]/g
const EXPONENT = /^(.+)[eE]([+-]?\d{1,2})$/
/** Powers of ten beyond this are no usage and no price. */
const MAX_EXPONENT = 30

/**
 * The number that a text of a file stands for, exactly; null where it stands for none, or could stand for two. With a decimal
 * comma, `1,5` is 1.5; `1.234` is 1234 where groups are marked by points, and nothing otherwise: it may as well be 1.234.
 */
export function readNumber(text: string, { decimal, grouping }: NumberStyle): Decimal | null {
  const [, mantissa = text, power = '0'] = EXPONENT.exec(text) ?? []
  const exponent = Number(power)
  if (Math.abs(exponent) > MAX_EXPONENT) return null
  const value = readPlain(mantissa, decimal, grouping)
  if (value === null) return null
  const scale = value.scale - exponent
  return scale >= 0 ? { ...value, scale } : { coefficient: value.coefficient * 10n ** BigInt(-scale), scale: 0 }
}

function readPlain(text: string, sign: NumberStyle['decimal'], grouping: NumberStyle['grouping']): Decimal | null {
  const ungrouped = grouping === undefined ? text : withoutGroups(text, sign, grouping)
  if (ungrouped === null) return null
  if (sign === 'point') return parseDecimal(ungrouped)
  if (sign === 'comma') return ungrouped.includes('.') ? null : parseDecimal(ungrouped.replace(',', '.'))
  return parseDecimal(ungrouped.replace(/,(?=[^,.]*$)/, '.'))
}

/** Groups are of three digits each, but for the first, and come before the decimal sign. */
function withoutGroups(text: string, sign: NumberStyle['decimal'], grouping: string): string | null {
  const at = sign === 'comma' ? text.indexOf(',') : text.indexOf('.')
  const [whole, rest] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)]
  const marked = grouping === ' ' ? whole.replace(BLANKS, ' ') : whole
  const groups = marked.replace(/^-/, '').split(grouping)
  const isRight = groups.length === 1 || groups.every((group, index) => /^\d+$/.test(group) && isGroup(group, index))
  return isRight ? marked.replaceAll(grouping, '') + rest : null
}

function isGroup(group: string, index: number): boolean {
  return index === 0 ? group.length <= 3 : group.length === 3
}
