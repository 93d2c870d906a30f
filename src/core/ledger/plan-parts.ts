import { allocate } from '../base/allocate.ts'
import { assert } from '../base/assert.ts'
import { periodStart } from '../base/period.ts'

/** One part of what is paid later. */
export interface PlanPart {
  readonly dueOn: string
  readonly amountMinor: bigint
}

/**
 * Equal parts of a sum, a week or a month apart; what does not divide goes to the first ones: 100.00 in 3 is 33.34, 33.33 and 33.33. From
 * 31 January on the second one is due on 28 February and the third one on 31 March.
 * @param count no more than there are minor units
 */
export function equalParts(totalMinor: bigint, count: number, firstOn: string, unit: 'week' | 'month'): PlanPart[] {
  assert(count > 0 && totalMinor >= BigInt(count), 'every part has something')
  const amounts = allocate(
    totalMinor,
    Array.from({ length: count }, () => 1n),
  )
  return amounts.map((amountMinor, at) => ({ amountMinor, dueOn: periodStart(firstOn, { unit, count: 1 }, at) }))
}

export interface PartStanding extends PlanPart {
  readonly paidMinor: bigint
}

/** What of each part is paid: money pays the first ones first. @param paidMinor of all of them, what is beyond them is of no account */
export function standingOfParts(parts: readonly PlanPart[], paidMinor: bigint): PartStanding[] {
  let left = paidMinor > 0n ? paidMinor : 0n
  return parts.map((part) => {
    const paid = left < part.amountMinor ? left : part.amountMinor
    left -= paid
    return { ...part, paidMinor: paid }
  })
}

/** How a plan stands on a day: broken once the day of a part is over that is not paid whole. */
export function planStateOn(parts: readonly PartStanding[], today: string): 'open' | 'kept' | 'broken' {
  const unpaid = parts.find(({ paidMinor, amountMinor }) => paidMinor < amountMinor)
  if (unpaid === undefined) return 'kept'
  return unpaid.dueOn < today ? 'broken' : 'open'
}
