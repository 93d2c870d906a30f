import { allocate } from '../base/allocate.ts'
import type { DayPeriod } from '../base/period.ts'
import type { LineTax } from '../invoicing/line-tax.ts'
import { creditLine, grossOf, type LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { sumOf, taxKey } from '../tax/arithmetic/document-taxes.ts'
import type { TaxDecision } from '../tax/decide-tax.ts'
import { untaxed } from '../tax/tax-document.ts'

/** What documents billed of a billable with one tax, and what of it was credited. */
export interface KeptTax {
  readonly key: string
  readonly decision: TaxDecision
  readonly billed: LineAmounts
  readonly credited: LineAmounts
  /** Of parts of lines: their days. */
  readonly days: readonly NonNullable<LineTax['days']>[]
}

/** Supplies that take money, and those that give it, such as discounts, are kept apart: each is credited by itself. */
export function keptKey({ rule, taxes }: TaxDecision, isNegative: boolean): string {
  return `${isNegative ? '-' : '+'} ${rule} ${taxes.map(taxKey).join(' ')}`
}

/** Adds what a line billed or credited. */
export function addKept(kept: readonly KeptTax[], parts: readonly LineTax[]): KeptTax[] {
  const all = new Map(kept.map((one) => [one.key, one]))
  for (const part of parts) {
    const { decision, isCredit, netMinor, taxMinor } = part
    const key = keptKey(decision, grossOf(part) < 0n !== isCredit)
    const nothing = { netMinor: 0n, taxMinor: taxMinor.map(() => 0n) }
    const { billed, credited, days } = all.get(key) ?? { billed: nothing, credited: nothing, days: [] }
    const sign = isCredit ? -1n : 1n
    const to = isCredit ? credited : billed
    const sum = {
      netMinor: to.netMinor + sign * netMinor,
      taxMinor: taxMinor.map((tax, slot) => (to.taxMinor[slot] ?? 0n) + sign * tax),
    }
    const ofDays = part.days === null ? days : [...days, part.days]
    all.set(key, { key, decision, days: ofDays, ...(isCredit ? { billed, credited: sum } : { billed: sum, credited }) })
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
 * @param credited the days that it is for: parts that have these days give it, by how many they have of them
 */
export function splitAmount(
  amountMinor: bigint,
  kept: readonly KeptTax[],
  of: Measure,
  credited: DayPeriod | null = null,
): SplitAmount {
  const total = sumOf(kept.map((one) => leftOf(one, of)))
  const isAgainst = amountMinor < 0n ? total > 0n : amountMinor > 0n && total < 0n
  if (!isAgainst) return { credits: [], suppliedMinor: amountMinor }
  const open = kept.filter((one) => (total > 0n ? leftOf(one, of) > 0n : leftOf(one, of) < 0n))
  const most = sumOf(open.map((one) => leftOf(one, of)))
  const taken = magnitude(amountMinor) < magnitude(most) ? -amountMinor : most
  const shares = creditSharesOf(open, taken, of, credited)
  const credits = open.flatMap((one, at) => creditOf(one, shares[at] as bigint, of))
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

/** Takes an amount back, of one tax; nothing of nothing. */
export function creditOf({ billed, credited, decision }: KeptTax, amountMinor: bigint, of: Measure): LineTax[] {
  if (amountMinor === 0n) return []
  const isRest = amountMinor === sizeOf(billed, of) - sizeOf(credited, of)
  const part = of === 'net' ? { netMinor: amountMinor } : { grossMinor: amountMinor }
  const { netMinor, taxMinor } = creditLine(billed, credited, isRest ? 'rest' : part)
  const taken = { netMinor: -netMinor, taxMinor: taxMinor.map((tax) => -tax) }
  return [{ ...taken, decision, days: null, isCredit: true }]
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

/** A line that nobody asked about: so that what is credited of it has no tax either. */
export function asUntaxed(amountMinor: bigint): LineTax {
  return { netMinor: amountMinor, taxMinor: [0n], decision: UNTAXED, days: null, isCredit: false }
}

const UNTAXED = untaxed({ country: '' })
