import type { OperationContext } from './operations.ts'

/**
 * Takes money back that a lot has and nobody has used or set aside, in whole minor units. At the rating scale.
 * @param origin of the lot; nothing is taken where there is none
 * @returns what was taken: no more than was asked for
 */
export function takeFromLot(
  { balances, period, sink }: OperationContext,
  origin: string,
  amount: bigint,
  minorUnit: bigint,
): bigint {
  const lot = balances.lots.find((one) => one.origin === origin && one.unit === null)
  if (lot === undefined) return 0n
  const free = lot.remaining - lot.held
  const most = free < amount ? free : amount
  const taken = most - (most % minorUnit)
  if (taken <= 0n) return 0n
  const { account } = balances
  const { number, source } = lot
  sink.move({
    account,
    member: account,
    period,
    lot: number,
    unit: null,
    source,
    kind: 'reversal',
    remaining: -taken,
    held: 0n,
  })
  return taken
}
