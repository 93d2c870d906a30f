import { divideRounded } from '../../base/rounding.ts'
import type { Tax } from '../tax.ts'
import { creditByUnits } from './credit-by-units.ts'
import { grossOf, type LineAmounts } from './credit-notes.ts'
import { sumOf, taxKey } from './document-taxes.ts'
import { roundedShares } from './shares.ts'

/** A line of an issued document, or a part of one that has a tax of its own, and what was credited of it so far. */
export interface CreditableLine {
  readonly taxes: readonly Tax[]
  readonly billed: LineAmounts
  readonly credited: LineAmounts
}

/** What is taken of a line: nothing, all that is left, or an amount with or without tax; of levies what their units come to. */
export type Taking = null | 'rest' | { readonly amountMinor: bigint; readonly leviesMinor?: readonly (bigint | null)[] }

/** Amounts of a credit note are without tax, or with it. */
export type TakenIn = 'net' | 'gross'

/** What is left of a line. */
export function leftOfLine({ billed, credited }: CreditableLine): LineAmounts {
  return {
    netMinor: billed.netMinor - credited.netMinor,
    taxMinor: billed.taxMinor.map((tax, slot) => tax - (credited.taxMinor[slot] ?? 0n)),
  }
}

export function sizeOf(line: LineAmounts, of: TakenIn): bigint {
  return of === 'net' ? line.netMinor : grossOf(line)
}

/**
 * What a credit note says of the lines of a document. Each tax follows from all that is credited of it on the document by then, rounded
 * once, so that a note has the tax of its net; a line of which nothing is left gives all of its tax. So a document comes to exactly
 * nothing, for each rate and each line, however it is chopped. Example (TX-7): 25.00 of 60 + 15 and 40 + 10 is 12 + 3 and 8 + 2.
 */
export function creditDocument(
  lines: readonly CreditableLine[],
  takings: readonly Taking[],
  of: TakenIn,
  minorDigits: number,
): LineAmounts[] {
  const notes = lines.map((line, at) => wholeOrLevied(line, takings[at] ?? null, of, minorDigits))
  const open = new Set([...lines.keys()].filter((at) => notes[at] === null))
  /** Of each tax of a line; null as long as it is not known. */
  const taken: (bigint | null)[][] = lines.map(({ taxes }) => taxes.map(() => null))
  const places = lines.flatMap(({ taxes }, line) => taxes.map((tax, slot) => ({ line, slot, key: taxKey(tax) })))
  for (const group of Map.groupBy(places, ({ key }) => key).values()) {
    const own = group.filter(({ line }) => open.has(line))
    if (own.length === 0) continue
    const shares = own.map(({ line, slot }) =>
      shareOf(lines[line] as CreditableLine, amountOf(takings[line]), slot, of, taken[line] ?? []),
    )
    const total = totalOf(group, lines, takings, of) ?? sumOf(shares.map(({ top, bottom }) => half(top, bottom)))
    const given = sumOf(group.map(({ line, slot }) => notes[line]?.taxMinor[slot] ?? 0n))
    const amounts = withinBounds(total - given, shares)
    for (const [index, { line, slot }] of own.entries())
      (taken[line] as (bigint | null)[])[slot] = amounts[index] as bigint
  }
  return lines.map((_, at) => {
    const taxMinor = (taken[at] ?? []).map((tax) => tax ?? 0n)
    const amount = amountOf(takings[at])
    return notes[at] ?? { netMinor: of === 'net' ? amount : amount - sumOf(taxMinor), taxMinor }
  })
}

/** An amount spread over lines in proportion to what is left of them, by largest remainder; all of it is all that is left. */
export function spreadTaking(amountMinor: bigint, left: readonly bigint[]): Taking[] {
  const total = sumOf(left)
  if (amountMinor === total) return left.map(() => 'rest')
  const shares = roundedShares(
    left.map((one) => one * amountMinor),
    total,
    amountMinor,
  )
  return shares.map((share) => (share === 0n ? null : { amountMinor: share }))
}

function amountOf(taking: Taking | undefined): bigint {
  return taking === undefined || taking === null || taking === 'rest' ? 0n : taking.amountMinor
}

/** Lines of which nothing, or all, is taken, and those with levies, follow from themselves; null of others. */
function wholeOrLevied(line: CreditableLine, taking: Taking, of: TakenIn, minorDigits: number): LineAmounts | null {
  const left = leftOfLine(line)
  if (taking === null || (taking !== 'rest' && taking.amountMinor === 0n && !hasLevies(taking)))
    return { netMinor: 0n, taxMinor: line.taxes.map(() => 0n) }
  const isLevied = line.taxes.some(({ perUnit }) => perUnit !== null)
  if (taking === 'rest' || (!isLevied && taking.amountMinor === sizeOf(left, of))) return left
  if (!isLevied) return null
  const levies = line.taxes.map(({ perUnit }, slot) => (perUnit === null ? null : (taking.leviesMinor?.[slot] ?? 0n)))
  const part = of === 'net' ? { netMinor: taking.amountMinor } : { grossMinor: taking.amountMinor }
  return creditByUnits(line.taxes, line, part, levies, minorDigits)
}

function hasLevies({ leviesMinor = [] }: Exclude<Taking, null | 'rest'>): boolean {
  return leviesMinor.some((levy) => (levy ?? 0n) !== 0n)
}

/** The exact part of a tax of a line, and the least and most that may be taken of it. */
interface Share {
  readonly top: bigint
  readonly bottom: bigint
  readonly least: bigint
  readonly most: bigint
}

/**
 * No more of a tax is taken than is left of it, nor more than the amount that it is in; and with amounts that include tax so much at
 * least that what remains is no more than the net that is left. Example: of 0.01 with 19 % in it the tax is 0.00 or 0.01, not 0.02.
 * @param taken of the taxes of the line, where they are known
 */
function shareOf(
  line: CreditableLine,
  amountMinor: bigint,
  slot: number,
  of: TakenIn,
  taken: readonly (bigint | null)[],
): Share {
  const size = sizeOf(line.billed, of)
  const [tax, before] = [line.billed.taxMinor[slot] ?? 0n, line.credited.taxMinor[slot] ?? 0n]
  const after = sizeOf(line.credited, of) + amountMinor
  const share = { top: tax * after - before * size, bottom: size }
  const left = leftOfLine(line)
  const own = left.taxMinor[slot] ?? 0n
  const bounds = own < 0n ? { least: own, most: 0n } : { least: 0n, most: own }
  if (of === 'net') return { ...share, ...bounds }
  const others = left.taxMinor.map((rest, at) => (at === slot ? 0n : (taken[at] ?? rest)))
  const known = taken.map((one, at) => (at === slot ? 0n : (one ?? 0n)))
  // What the tax is with the least and the most of a net, the more taken from those that are not known yet.
  const ends = [amountMinor - sumOf(known), amountMinor - left.netMinor - sumOf(others)]
  const [low, high] = amountMinor < 0n ? [ends[0], ends[1]] : [ends[1], ends[0]]
  return { ...share, least: larger(bounds.least, low as bigint), most: smaller(bounds.most, high as bigint) }
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

/** What is credited of one tax on the document with this note, less what was before; null where it was on nothing. */
function totalOf(
  group: readonly { readonly line: number; readonly slot: number }[],
  lines: readonly CreditableLine[],
  takings: readonly Taking[],
  of: TakenIn,
): bigint | null {
  let [size, after, tax, before] = [0n, 0n, 0n, 0n]
  for (const { line, slot } of group) {
    const one = lines[line] as CreditableLine
    const taking = takings[line] ?? null
    size += sizeOf(one.billed, of)
    after += taking === 'rest' ? sizeOf(one.billed, of) : sizeOf(one.credited, of) + amountOf(taking)
    tax += one.billed.taxMinor[slot] ?? 0n
    before += one.credited.taxMinor[slot] ?? 0n
  }
  return size === 0n ? null : half(tax * after, size) - before
}

/** Whole amounts next to their shares that come as near to a total as their bounds let them. */
function withinBounds(total: bigint, shares: readonly Share[]): bigint[] {
  const amounts = shares.map(({ top, bottom, least, most }) => {
    const amount = bottom === 0n ? 0n : half(top, bottom)
    return amount < least ? least : amount > most ? most : amount
  })
  for (let rest = total - sumOf(amounts); rest !== 0n; ) {
    const step = rest > 0n ? 1n : -1n
    const at = nextOf(shares, amounts, step)
    if (at === -1) return amounts
    amounts[at] = (amounts[at] as bigint) + step
    rest -= step
  }
  return amounts
}

/** The line whose amount is furthest below its share (or above it), and may still be moved. */
function nextOf(shares: readonly Share[], amounts: readonly bigint[], step: bigint): number {
  let [best, top, bottom] = [-1, 0n, 1n]
  for (const [at, share] of shares.entries()) {
    const amount = (amounts[at] as bigint) + step
    if (amount < share.least || amount > share.most || share.bottom === 0n) continue
    const sign = share.bottom < 0n ? -step : step
    const lack = (share.top - (amounts[at] as bigint) * share.bottom) * sign
    const size = share.bottom < 0n ? -share.bottom : share.bottom
    if (best === -1 || lack * bottom > top * size) [best, top, bottom] = [at, lack, size]
  }
  return best
}

function half(numerator: bigint, denominator: bigint): bigint {
  if (denominator === 0n) return 0n
  const sign = denominator < 0n ? -1n : 1n
  return divideRounded(numerator * sign, denominator * sign, 'half_up')
}
