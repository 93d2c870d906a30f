import { allocate } from '../base/allocate.ts'
import type { DayPeriod } from '../base/period.ts'
import type { LineTax } from '../invoicing/line-tax.ts'
import { creditByUnits } from '../tax/arithmetic/credit-by-units.ts'
import { creditLine, grossOf, type LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { sumOf, taxKey } from '../tax/arithmetic/document-taxes.ts'
import type { TaxDecision } from '../tax/decide-tax.ts'
import type { Tax } from '../tax/tax.ts'
import { untaxed } from '../tax/tax-document.ts'

/** What documents billed of a billable with one tax, and what of it was credited. */
export interface KeptTax {
  readonly key: string
  readonly decision: TaxDecision
  readonly billed: LineAmounts
  readonly credited: LineAmounts
  /** Of its taxes, what was credited on request; absent where nothing was. */
  readonly conceded?: readonly bigint[]
  /** Of parts of lines: their days. */
  readonly days: readonly NonNullable<LineTax['days']>[]
}

/** Supplies that take money, and those that give it, such as discounts, are kept apart: each is credited by itself. */
export function keptKey(decision: TaxDecision, isNegative: boolean): string {
  return `${isNegative ? '-' : '+'} ${taxedAs(decision)}`
}

/** The same of what is taxed alike: by one rule, with the same taxes. */
export function taxedAs({ rule, taxes }: TaxDecision): string {
  return `${rule} ${taxes.map(taxKey).join(' ')}`
}

/** Adds what a line billed or credited. @param onRequest the line credits one of before, because somebody asked for it */
export function addKept(kept: readonly KeptTax[], parts: readonly LineTax[], onRequest = false): KeptTax[] {
  const all = new Map(kept.map((one) => [one.key, one]))
  for (const part of parts) {
    const { decision, isCredit, netMinor, taxMinor } = part
    const own = keptKey(decision, grossOf(part) < 0n !== isCredit)
    // A void of a document that took something back gives back what that had credited: there is nothing else that it could be about.
    const opposite = keptKey(decision, grossOf(part) < 0n)
    const key = isCredit && !all.has(own) && all.has(opposite) ? opposite : own
    const nothing = { netMinor: 0n, taxMinor: taxMinor.map(() => 0n) }
    const known: Omit<KeptTax, 'key' | 'decision'> = all.get(key) ?? { billed: nothing, credited: nothing, days: [] }
    const { billed, credited, days, conceded } = known
    const sign = isCredit ? -1n : 1n
    const to = isCredit ? credited : billed
    const sum = {
      netMinor: to.netMinor + sign * netMinor,
      taxMinor: taxMinor.map((tax, slot) => (to.taxMinor[slot] ?? 0n) + sign * tax),
    }
    const ofDays = part.days === null || isCredit ? days : [...days, part.days]
    const sums = isCredit ? { billed, credited: sum } : { billed: sum, credited }
    const asked = onRequest ? taxMinor.map((tax, slot) => (conceded?.[slot] ?? 0n) - tax) : conceded
    all.set(key, { key, decision, days: ofDays, ...sums, ...(asked === undefined ? {} : { conceded: asked }) })
  }
  return [...all.values()]
}

/** What an amount is compared in: prices have tax in them, or not. */
export type Measure = 'net' | 'gross'

function sizeOf(line: LineAmounts, of: Measure): bigint {
  return of === 'net' ? line.netMinor : grossOf(line)
}

/** What is left of what was billed. */
export function leftOf({ billed, credited }: KeptTax, of: Measure): bigint {
  return sizeOf(billed, of) - sizeOf(credited, of)
}

/** An amount of a line, split into what takes back kept amounts, with their taxes, and what is supplied anew. */
export interface SplitAmount {
  readonly credits: readonly LineTax[]
  readonly suppliedMinor: bigint
}

/**
 * An amount against what is left of a billable takes of that, in proportion to its parts, with the tax that they were billed with; so
 * that however a billable is credited, nothing is left of its tax when nothing is left of it. Example: 100.00 was billed with 20.00; −30.00
 * takes back 6.00, and −70.00 after it 14.00, whatever the rate is today.
 * @param amountMinor with tax in it where prices include it (`of` is `gross`)
 * @param more.credited the days that it is for: parts that have these days give it, by how many they have of them
 * @param more.levyLeft where units are taken back: what is to be left of levies on them (`creditOf`)
 */
export function splitAmount(
  amountMinor: bigint,
  kept: readonly KeptTax[],
  of: Measure,
  { credited = null, levyLeft = null }: { credited?: DayPeriod | null; levyLeft?: LevyLeft | null } = {},
): SplitAmount {
  const total = sumOf(kept.map((one) => leftOf(one, of)))
  const isAgainst = amountMinor < 0n ? total > 0n : amountMinor > 0n && total < 0n
  if (!isAgainst) {
    const credits = levyLeft === null ? [] : kept.flatMap((one) => creditOf(one, 0n, of, levyLeft))
    return { credits, suppliedMinor: amountMinor }
  }
  const open = kept.filter((one) => (total > 0n ? leftOf(one, of) > 0n : leftOf(one, of) < 0n))
  const most = sumOf(open.map((one) => leftOf(one, of)))
  const taken = magnitude(amountMinor) < magnitude(most) ? -amountMinor : most
  const shares = creditSharesOf(open, taken, of, credited)
  const credits = [
    ...open.flatMap((one, at) => creditOf(one, shares[at] as bigint, of, levyLeft)),
    ...(levyLeft === null
      ? []
      : kept.filter((one) => !open.includes(one)).flatMap((one) => creditOf(one, 0n, of, levyLeft))),
  ]
  return { credits, suppliedMinor: amountMinor + taken }
}

/** What each part gives of a credit: by its days as far as it has them, and the rest in proportion to what is left. */
function creditSharesOf(
  open: readonly KeptTax[],
  taken: bigint,
  of: Measure,
  credited: DayPeriod | null,
): readonly bigint[] {
  const left = open.map((one) => magnitude(leftOf(one, of)))
  const sign = taken < 0n ? -1n : 1n
  const days = open.map((one) => (credited === null ? 0n : daysWithin(one, credited)))
  const wanted = days.some((count) => count > 0n) ? allocate(taken * sign, days) : left.map(() => 0n)
  const first = wanted.map((amount, at) => (amount < (left[at] as bigint) ? amount : (left[at] as bigint)))
  const rest = taken * sign - sumOf(first)
  const others = left.map((amount, at) => amount - (first[at] as bigint))
  const more = rest === 0n ? first.map(() => 0n) : allocate(rest, others)
  return first.map((amount, at) => (amount + (more[at] as bigint)) * sign)
}

function daysWithin({ days }: KeptTax, { start, end }: DayPeriod): bigint {
  const counts = days.map(({ from, until }) => {
    const first = from > start ? from : start
    const last = Temporal.PlainDate.from(until).add({ days: 1 }).toString()
    const behind = last < end ? last : end
    return behind <= first ? 0 : Temporal.PlainDate.from(first).until(behind).days
  })
  return BigInt(counts.reduce((sum, count) => sum + count, 0))
}

/**
 * Takes an amount back, of one tax; nothing of nothing.
 * @param levyLeft where units are taken back, too: levies on them go by units, not by the amount. Example: 200 minutes at 1.00 for the
 * first 100 and 0.10 beyond are 110.00 with a levy of 100.00; without the last 100 of them 10.00 comes back, and 50.00 of the levy.
 */
export function creditOf(kept: KeptTax, amountMinor: bigint, of: Measure, levyLeft: LevyLeft | null = null): LineTax[] {
  const { billed, credited, decision } = kept
  const levies = levyLeft === null ? [] : leviesTaken(kept, levyLeft)
  if (amountMinor === 0n && levies.every((taken) => (taken ?? 0n) === 0n)) return []
  const isRest = amountMinor === sizeOf(billed, of) - sizeOf(credited, of)
  const part = of === 'net' ? { netMinor: amountMinor } : { grossMinor: amountMinor }
  const { netMinor, taxMinor } = levies.some((taken) => taken !== null)
    ? creditByUnits(decision.taxes, { billed, credited }, part, levies, levyLeft?.minorDigits ?? 0)
    : creditLine(billed, credited, isRest ? 'rest' : part)
  const taken = { netMinor: -netMinor, taxMinor: taxMinor.map((tax) => -tax) }
  return [{ ...taken, decision, days: null, isCredit: true }]
}

/** What is to be left of an amount per unit that was billed with one tax, in minor units. */
export interface LevyLeft {
  readonly minorDigits: number
  readonly leftOf: (levy: {
    readonly tax: Tax
    readonly slot: number
    readonly kept: KeptTax
    readonly leftMinor: bigint
  }) => bigint
}

/** Of each tax that is an amount per unit what is taken back of it; null of others. */
function leviesTaken(kept: KeptTax, levyLeft: LevyLeft): (bigint | null)[] {
  return kept.decision.taxes.map((tax, slot) => {
    if (tax.perUnit === null) return null
    const left = (kept.billed.taxMinor[slot] ?? 0n) - (kept.credited.taxMinor[slot] ?? 0n)
    const after = levyLeft.leftOf({ tax, slot, kept, leftMinor: left })
    return left > 0n && after < left ? left - (after > 0n ? after : 0n) : 0n
  })
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

/** A line that nobody asked about: so that what is credited of it has no tax either. */
export function asUntaxed(amountMinor: bigint): LineTax {
  return { netMinor: amountMinor, taxMinor: [0n], decision: UNTAXED, days: null, isCredit: false }
}

const UNTAXED = untaxed({ country: '' })
