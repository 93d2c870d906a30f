import type { GatewayRefusal, GatewayRefused } from '../../modules/payment-gateways/ports.ts'

/** What the words of a provider for a decline mean, and whether another attempt may go through. */
export type Refusals = Readonly<Record<string, readonly [GatewayRefusal, boolean]>>

/** The meaning of the first word that is known: a provider often has a precise one and a general one. Others are `declined`, and may go through later. */
export function refusalBy(table: Refusals, ...words: readonly unknown[]): GatewayRefused {
  for (const word of words) {
    const known = typeof word === 'string' && Object.hasOwn(table, word) ? table[word] : undefined
    if (known !== undefined) return { reason: known[0], mayRetry: known[1] }
  }
  return { reason: 'declined', mayRetry: true }
}
