import type { LineTax } from '../invoicing/line-tax.ts'
import { creditSpread, grossOf, type LineAmounts } from '../tax/arithmetic/credit-notes.ts'
import { sumOf } from '../tax/arithmetic/document-taxes.ts'
import type { TaxDecision } from '../tax/decide-tax.ts'
import { untaxed } from '../tax/tax-document.ts'

/** What documents billed of a billable with one tax, and what of it was credited. */
export interface KeptTax {
  readonly key: string
  readonly decision: TaxDecision
  readonly billed: LineAmounts
  readonly credited: LineAmounts
}

/** Supplies that take money, and those that give it, such as discounts, are kept apart: each is credited by itself. */
function keyOf({ decision: { rule, taxes } }: Pick<LineTax, 'decision'>, isNegative: boolean): string {
  return `${isNegative ? '-' : '+'} ${rule} ${JSON.stringify(taxes)}`
}

/** Adds what a line billed or credited. */
export function addKept(kept: readonly KeptTax[], parts: readonly LineTax[]): KeptTax[] {
  const all = new Map(kept.map((one) => [one.key, one]))
  for (const part of parts) {
    const { decision, isCredit, netMinor, taxMinor } = part
    const key = keyOf(part, grossOf(part) < 0n !== isCredit)
    const nothing = { netMinor: 0n, taxMinor: taxMinor.map(() => 0n) }
    const { billed, credited } = all.get(key) ?? { billed: nothing, credited: nothing }
    const sign = isCredit ? -1n : 1n
    const to = isCredit ? credited : billed
    const sum = {
      netMinor: to.netMinor + sign * netMinor,
      taxMinor: taxMinor.map((tax, slot) => (to.taxMinor[slot] ?? 0n) + sign * tax),
    }
    all.set(key, isCredit ? { key, decision, billed, credited: sum } : { key, decision, billed: sum, credited })
  }
  return [...all.values()]
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
 */
export function splitAmount(amountMinor: bigint, kept: readonly KeptTax[], of: 'net' | 'gross'): SplitAmount {
  const size = (line: LineAmounts): bigint => (of === 'net' ? line.netMinor : grossOf(line))
  const left = kept.map(({ billed, credited }) => size(billed) - size(credited))
  const total = sumOf(left)
  const isAgainst = amountMinor < 0n ? total > 0n : amountMinor > 0n && total < 0n
  if (!isAgainst) return { credits: [], suppliedMinor: amountMinor }
  const open = kept.filter((_, at) => (total > 0n ? (left[at] as bigint) > 0n : (left[at] as bigint) < 0n))
  const most = sumOf(open.map(({ billed, credited }) => size(billed) - size(credited)))
  const taken = magnitude(amountMinor) < magnitude(most) ? -amountMinor : most
  const amounts = creditSpread(
    open.map(({ billed }) => billed),
    open.map(({ credited }) => credited),
    taken,
    of,
  )
  const credits = amounts.map(({ netMinor, taxMinor }, at) => ({
    ...{ netMinor: -netMinor, taxMinor: taxMinor.map((tax) => -tax) },
    ...{ decision: (open[at] as KeptTax).decision, days: null, isCredit: true },
  }))
  return { credits, suppliedMinor: amountMinor + taken }
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}

/** A line that nobody asked about: so that what is credited of it has no tax either. */
export function asUntaxed(amountMinor: bigint): LineTax {
  return { netMinor: amountMinor, taxMinor: [0n], decision: UNTAXED, days: null, isCredit: false }
}

const UNTAXED = untaxed({ country: '' })
