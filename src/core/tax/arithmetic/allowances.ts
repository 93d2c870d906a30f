import { allocate } from '../../base/allocate.ts'

/**
 * Spreads an allowance over lines in proportion to their amounts, by largest remainder, so that each tax is on what is left of its lines.
 * Example (TX-1): 10.00 off 100.00, 50.00, 30.00 and 20.00 is 5.00, 2.50, 1.50 and 1.00 off. Lines that give money back bear nothing.
 * @returns what each line loses; all zero where there is nothing to take from
 */
export function spreadAllowance(allowanceMinor: bigint, netMinor: readonly bigint[]): bigint[] {
  const weights = netMinor.map((net) => (net > 0n ? net : 0n))
  return weights.some((weight) => weight > 0n) ? allocate(allowanceMinor, weights) : weights
}
