import { BalancePoster, planDeductions, type UseContext } from './deductions.ts'
import type { OperationContext } from './operations.ts'

/** A fee of one day that a plan takes from the balance. At the rating scale. */
export interface DailyFee {
  readonly amount: bigint
  readonly subscription: string
  readonly price: string
  readonly whenShort: 'block' | 'owe'
}

const UNPAID = 'unpaid-fee:'

/** Among the codes of crossed thresholds: the fee of the day is not paid, and blocks what is used under the subscription. */
function unpaidCode({ subscription, price }: Pick<DailyFee, 'subscription' | 'price'>): string {
  return `${UNPAID}${subscription}:${price}`
}

export function isUnpaidFee(code: string): boolean {
  return code.startsWith(UNPAID)
}

/** The price whose unpaid fee blocks a subscription; null where none does. */
export function unpaidFeeOf(crossed: readonly string[], subscription: string): string | null {
  const start = `${UNPAID}${subscription}:`
  return crossed.find((code) => code.startsWith(start))?.slice(start.length) ?? null
}

/**
 * Takes the fee of a day: from lots, then from the credit limit. What they do not cover is owed beyond it, or, where the
 * plan blocks, nothing is taken: the day is not paid, and not provided.
 * @param times at which it is tried, the earliest first: as the day begins, and when it is looked at, for money that came
 * in the course of the day.
 * @returns whether it is paid.
 */
export function takeDailyFee(operation: OperationContext, fee: DailyFee, times: readonly number[]): boolean {
  const { balances, creditLimit, period, sink } = operation
  const { subscription, price } = fee
  const payers = [{ balances, creditLimit, caps: null }]
  const contexts = times.map(
    (nowMs): UseContext => ({
      ...{ nowMs, usedMs: nowMs, meter: '', price, cell: '', subscription },
      ...{ member: balances, period },
    }),
  )
  const tried = contexts.map((context) => ({ context, ...planDeductions(payers, null, fee.amount, context) }))
  const found = tried.find(({ short }) => short === 0n) ?? (fee.whenShort === 'owe' ? tried.at(-1) : undefined)
  const code = unpaidCode(fee)
  const others = balances.crossed.filter((one) => one !== code)
  if (found === undefined) {
    balances.crossed = [...others, code]
    return false
  }
  if (others.length < balances.crossed.length) balances.crossed = others
  new BalancePoster(sink, found.context).pay(found.takes, 'daily_fee')
  const own = {
    account: balances.account,
    member: balances.account,
    period,
    lot: 0,
    unit: null,
    source: null,
    held: 0n,
  }
  if (found.short > 0n) sink.move({ ...own, kind: 'document_overrun', remaining: -found.short })
  return true
}
