/**
 * A wallet that is restored looks for money along its addresses and stops after so many without any (BIP 44: 20). An address further
 * behind the last one that was paid is watched by us, but the wallet does not show what comes to it until its own limit is raised.
 */
const USUAL_GAP_LIMIT = 20

export interface NextAddress {
  readonly index: number
  /** How many more can be given before one would lie behind the gap. */
  readonly left: number
  /** Whether a wallet with this limit would not find it: whoever gives it out must tell the owner. */
  readonly isBeyondGap: boolean
}

/**
 * The next address to give out: the one behind the last that was given, since no address is used twice, not even one that nobody paid.
 * @param given how many were given out @param lastPaid the greatest index that money came to; null where none did
 */
export function nextAddress(given: number, lastPaid: number | null, limit = USUAL_GAP_LIMIT): NextAddress {
  // After a loss of data, what the chain knows counts, too.
  const index = Math.max(given, (lastPaid ?? -1) + 1)
  const unpaidBefore = index - (lastPaid ?? -1) - 1
  return { index, left: Math.max(0, limit - unpaidBefore - 1), isBeyondGap: unpaidBefore >= limit }
}
