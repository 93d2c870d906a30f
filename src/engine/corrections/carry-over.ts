import { present } from '../../core/base/assert.ts'
import type { RateElement } from '../../core/rating/compiled-price.ts'
import { isRatedUse } from '../../core/rating/record-use.ts'
import { type LocatedUse, ratedCut } from '../rating/located-use.ts'
import type { RatedUse } from './counter-change.ts'
import type { EffectiveUse } from './effective-uses.ts'

/**
 * What was rated of a record under one plan version, for the prices of another one. What balances of units covered stays
 * covered, and a refund stays one. Only where the rules of sessions differ, the quantity is rounded up anew.
 * @returns for each of the uses.
 */
export function carryOver(effective: readonly EffectiveUse[], uses: readonly LocatedUse[]): RatedUse[] {
  const rated: RatedUse[] = []
  while (rated.length < uses.length) {
    const { meter } = present(uses[rated.length], 'a use')
    const parts = uses.slice(rated.length).filter((use) => use.meter === meter)
    const first = effective.find(({ use }) => use.meter.price.meter.code === meter.price.meter.code)
    const before = effective.filter(({ use }) => use.meter === first?.use.meter)
    rated.push(...carryPrice(effective, before, parts))
  }
  return rated
}

/** Of one price, which may have charged a record at several rates, for another one. */
function carryPrice(
  effective: readonly EffectiveUse[],
  before: readonly EffectiveUse[],
  parts: readonly LocatedUse[],
): RatedUse[] {
  // What a series adds was found without the record, and nothing of it is covered yet.
  if (parts.some(({ meter }) => !meter.price.isAdditive))
    return parts.map(({ billed }) => ({ quantity: billed, sessions: 0n, cut: 0n }))
  const isRefund = effective.some(({ charge }) => (charge.measures[0] as bigint) < 0n)
  const anew = sumOf(parts.map(({ billed }) => billed))
  if (before.length === 0) return isRefund ? shares(-anew, -1n, parts) : shares(anew, 1n, parts)
  const rated = sumOf(before.map(({ charge }) => charge.measures[0] as bigint))
  const sessions = sumOf(before.map(sessionsOf))
  const { element: next } = parts[0] as LocatedUse
  const covered = sumOf(before.map(({ billed }) => billed)) - rated
  const isCovered = rated === 0n && covered > 0n
  if (isCovered || before.every(({ use }) => hasSameRules(use.element, next)))
    return withCut(shares(rated, sessions, parts), sumOf(before.map(cutIn)))
  if (isRefund) return shares(-anew, sessions, parts)
  const left = covered > 0n ? (anew > covered ? anew - covered : 0n) : anew
  // What was free by itself under the old price may open a session under the new one.
  const opens = isRatedUse(next, sumOf(parts.map(({ quantity }) => quantity)), left)
  return shares(left, sessions === 0n && opens ? 1n : sessions, parts)
}

function sumOf(numbers: readonly bigint[]): bigint {
  return numbers.reduce((sum, one) => sum + one, 0n)
}

/** What was taken off a charge's last unit; a report of a session says it by what its session had cost before. */
function cutIn({ use, charge }: EffectiveUse): bigint {
  const { perRecord, adjustedAt } = use.element
  const [rated] = charge.measures as [bigint, ...bigint[]]
  return perRecord === null ? -(charge.measures[adjustedAt] ?? 0n) : ratedCut(use, rated)
}

/** It belongs to the last part that costs anything. */
function withCut(rated: RatedUse[], cut: bigint): RatedUse[] {
  const last = rated.findLastIndex(({ quantity }) => quantity !== 0n)
  return rated.map((part, index) => ({ ...part, cut: index === last ? cut : 0n }))
}

function sessionsOf({ use, charge }: EffectiveUse): bigint {
  const { element } = use
  const [rated] = charge.measures as [bigint, ...bigint[]]
  if (element.sessionsAt >= 0) return charge.measures[element.sessionsAt] ?? 0n
  if (use.isContinued) return 0n
  // One that is free by itself is a session, too: another price may ask its fee.
  return rated < 0n ? -1n : isRatedUse(element, use.quantity, rated) ? 1n : 0n
}

/** Shares a quantity out: balances of units cover what is used first, so the last part is rated first. */
function shares(quantity: bigint, sessions: bigint, parts: readonly LocatedUse[]): RatedUse[] {
  const rated: RatedUse[] = []
  let left = quantity
  for (const part of parts.slice(1).toReversed()) {
    const { billed } = part
    const most = quantity < 0n ? -billed : billed
    const isWhole = quantity < 0n ? left <= most : left >= most
    const share = isWhole ? most : left
    rated.unshift({ quantity: share, sessions: 0n, cut: ratedCut(part, share) })
    left -= share
  }
  return [{ quantity: left, sessions, cut: ratedCut(parts[0] as LocatedUse, left) }, ...rated]
}

function hasSameRules({ sessionRules: a }: RateElement, { sessionRules: b }: RateElement): boolean {
  if (a === null || b === null) return a === b
  const { increments: one, most: top } = a
  const { increments: other, most: end } = b
  const isSameIncrement = one?.first === other?.first && one?.next === other?.next
  return (
    isSameIncrement &&
    a.free === b.free &&
    top?.amount === end?.amount &&
    top?.fee === end?.fee &&
    top?.unit === end?.unit &&
    top?.afterwards === end?.afterwards
  )
}
