import { formatMinor } from '../base/money.ts'

/** What was billed of what a line corrects, or what it should be; without tax and with it, in minor units. */
export interface CorrectedAmounts {
  readonly netMinor: bigint
  readonly taxMinor: bigint
}

/** The same as it is printed, with their sum. */
export interface PrintedAmounts {
  readonly net: string
  readonly tax: string
  readonly total: string
}

/** A line in the form "was, should be": the line itself is the difference. */
export interface CorrectedLine {
  readonly was: PrintedAmounts
  readonly shouldBe: PrintedAmounts
}

/** @param was before the document @param change what its line bills, or takes back */
export function correctedLine(was: CorrectedAmounts, change: CorrectedAmounts, currency: string): CorrectedLine {
  const printed = ({ netMinor, taxMinor }: CorrectedAmounts): PrintedAmounts => ({
    net: formatMinor(netMinor, currency),
    tax: formatMinor(taxMinor, currency),
    total: formatMinor(netMinor + taxMinor, currency),
  })
  const after = { netMinor: was.netMinor + change.netMinor, taxMinor: was.taxMinor + change.taxMinor }
  return { was: printed(was), shouldBe: printed(after) }
}
