import { assert } from '../../base/assert.ts'
import { divideRounded } from '../../base/rounding.ts'
import { sumOf } from './document-taxes.ts'
import { roundedShares } from './shares.ts'

/** A line of an issued document: its net and its taxes, as the document has them. Of what was credited the same. */
export interface LineAmounts {
  readonly netMinor: bigint
  readonly taxMinor: readonly bigint[]
}

/** What a credit note takes of a line: so much of its net, so much with tax, or all that is left. */
export type CreditRequest = { readonly netMinor: bigint } | { readonly grossMinor: bigint } | 'rest'

export function grossOf({ netMinor, taxMinor }: LineAmounts): bigint {
  return netMinor + sumOf(taxMinor)
}

/**
 * What a credit note says of a line. Amounts follow from all that is credited of the line by then, so that no rounding adds up: however an
 * invoice is chopped, its credit notes come to exactly the invoice, and the last one takes the remainder. Example (CN-4): of a line of
 * 68.33 + 13.66 the net 68.33 is credited: with it all of its tax.
 * @param credited by earlier notes
 */
export function creditLine(line: LineAmounts, credited: LineAmounts, request: CreditRequest): LineAmounts {
  const after = request === 'rest' ? line : creditedBy(line, credited, request)
  return {
    netMinor: after.netMinor - credited.netMinor,
    taxMinor: after.taxMinor.map((tax, slot) => tax - (credited.taxMinor[slot] ?? 0n)),
  }
}

function creditedBy(line: LineAmounts, credited: LineAmounts, request: Exclude<CreditRequest, 'rest'>): LineAmounts {
  if ('netMinor' in request) {
    const netMinor = credited.netMinor + request.netMinor
    assertWithin(netMinor, line.netMinor)
    const share = (tax: bigint): bigint => fraction(tax * netMinor, line.netMinor)
    return { netMinor, taxMinor: line.netMinor === 0n ? credited.taxMinor : line.taxMinor.map(share) }
  }
  const gross = grossOf(line)
  const grossMinor = grossOf(credited) + request.grossMinor
  assertWithin(grossMinor, gross)
  if (gross === 0n) return credited
  const sign = gross < 0n ? -1n : 1n
  const parts = [line.netMinor, ...line.taxMinor].map((part) => part * grossMinor * sign)
  const [netMinor = 0n, ...taxMinor] = roundedShares(parts, gross * sign, grossMinor)
  return { netMinor, taxMinor }
}

function fraction(numerator: bigint, denominator: bigint): bigint {
  return denominator < 0n
    ? divideRounded(-numerator, -denominator, 'half_up')
    : divideRounded(numerator, denominator, 'half_up')
}

/** No more is credited than was billed, and nothing is billed by a credit note. */
function assertWithin(amount: bigint, whole: bigint): void {
  const isWithin = whole < 0n ? amount <= 0n && amount >= whole : amount >= 0n && amount <= whole
  assert(isWithin, 'no more is credited of a line than was billed')
}
