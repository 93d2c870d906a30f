import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import { valueAt } from '../../core/mediation/text-column.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { PlanInPhase } from '../definitions/definitions.ts'
import { copyGround } from '../memory/copy-ground.ts'
import type { Ground } from '../memory/ground.ts'
import { type Fault, isFault } from '../rating/fault.ts'
import { findService, noPriceFor } from '../rating/find-service.ts'
import { type Acceptance, locateRecord, locateUses } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'
import { bookTried } from './book-changes.ts'
import type { Folds } from './read-folds.ts'
import { carryFault, Reversals } from './reverse.ts'
import type { StandingRecord } from './standing-records.ts'
import { type StandingUse, standingUses } from './standing-uses.ts'

/** A record to be corrected, and the rows of the batch that have it as it stands and as it shall be. */
export interface CorrectionItem {
  readonly standing: StandingRecord
  readonly row: number
  /** Null retracts. A plan prices anew what was rated; without one the record is charged as if it came today. */
  readonly replacement: Replacement | null
  /** The segment in which memory has its refund, as it was looked at before; absent where refunds are corrected, too. */
  readonly refundSeq?: number | null
}

interface Replacement {
  readonly row: number
  readonly plan: PlanInPhase | null
}

/** Where a record is charged anew. */
export interface Place {
  readonly service: number
  readonly subscription: number
  readonly account: number
  readonly uses: readonly LocatedUse[]
  readonly startMs: number
}

export type Refused = readonly [reason: string, detail: string]

export interface Located {
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  readonly folds: Folds
}

/** Where the replacement would be charged; tried without the record, where it is part of a series. */
export function tryReplacement(
  ground: Ground,
  { batch, acceptance, folds }: Located,
  item: CorrectionItem,
  replacement: Replacement,
  old: readonly StandingUse[],
): Place | Refused {
  const found = locateReplacement(ground, { batch, acceptance }, item, replacement)
  const uses = isFault(found) ? [] : found.uses
  if (!hasSeries(old, uses)) return found
  if (replacement.plan !== null) return carryFault([...old.map(({ use }) => use), ...uses]) ?? found
  const { subscriptionId } = item.standing
  const target = subscriptionOf(ground, batch, replacement.row) ?? subscriptionId
  // Where the record goes to another subscription, taking it out of this one mends nothing.
  if (target !== subscriptionId && isFault(found)) return found
  const copy = copyGround(ground, new Set([subscriptionId, target]))
  const standing = standingUses(copy, batch, item.row, item.standing)
  bookTried(copy, new Reversals(copy, folds).reverse(subscriptionId, standing, false))
  return locateReplacement(copy, { batch, acceptance }, item, replacement)
}

/** The subscription that the record of a row goes to; null where there is none. */
function subscriptionOf({ definitions }: Ground, batch: UsageBatch, row: number): string | null {
  const found = findService(
    definitions,
    batch.serviceHash,
    row * 4,
    valueAt(batch.type, row),
    batch.startMs[row] as number,
  )
  return isFault(found) ? null : definitions.subscriptions.idOf(found.subscription)
}

/** Where the replacement will be charged. */
export function locateReplacement(
  ground: Ground,
  { batch, acceptance }: Pick<Located, 'batch' | 'acceptance'>,
  { row, standing }: CorrectionItem,
  { row: newRow, plan }: Replacement,
): Place | Fault {
  const { definitions } = ground
  const startMs = batch.startMs[newRow] as number
  if (plan === null) {
    const found = locateRecord({ state: ground, batch, acceptance }, newRow, startMs)
    return isFault(found) ? found : { ...found, account: definitions.services.accountOf(found.service), startMs }
  }
  const service = definitions.services.find(batch.serviceHash, row * 4, startMs)
  if (service < 0) return ['unknown_service', `service: ${standing.service}`]
  const subscription = definitions.subscriptions.numberOf(standing.subscriptionId)
  const uses = usesUnder(ground, batch, newRow, { standing, service, subscription, plan })
  const account = present(definitions.subscriptions.accountOf(subscription), 'an account')
  return isFault(uses) ? uses : { service, subscription, uses, account, startMs }
}

/** The prices of another plan for a record, in the subscription and the period that it is charged to. */
export function usesUnder(
  ground: Ground,
  batch: UsageBatch,
  row: number,
  to: { standing: StandingRecord; service: number; subscription: number; plan: PlanInPhase },
): readonly LocatedUse[] | Fault {
  const { standing, service, subscription, plan } = to
  const { definitions } = ground
  const prices = definitions.pricesFor(definitions.numberOfPlan(plan.planVersionId, plan.phase), standing.type)
  if (prices === undefined) return noPriceFor(standing.type)
  const period = toDayNumber(present(standing.charges[0], 'a charge').periodStart)
  const { startMs, endMs } = standing
  return locateUses(ground, batch, row, { service, subscription, prices, period, startMs, endMs, before: [] })
}

export function hasSeries(old: readonly StandingUse[], anew: readonly LocatedUse[]): boolean {
  return [...old.map(({ use }) => use), ...anew].some(({ meter }) => !meter.price.isAdditive)
}
