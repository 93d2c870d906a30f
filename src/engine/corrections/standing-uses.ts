import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { runsOn } from '../../core/metering/series.ts'
import { billedCut, billedQuantity } from '../../core/rating/record-use.ts'
import { splitUse } from '../../core/rating/split-use.ts'
import type { Ground } from '../memory/ground.ts'
import { type CountedRate, rateOf } from '../rating/find-rate.ts'
import { attributesAt } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'
import { isOwn, type StandingCharge, type StandingRecord } from './standing-records.ts'

/** A charge that stands, with the counter that it is in. */
export interface StandingUse {
  readonly use: LocatedUse
  readonly charge: StandingCharge
  /** Of the record at this rate, with units that balances cover; nothing where the record does not say so. */
  readonly billed: bigint
}

/** The counters that a record's charges are in. */
export function standingUses(
  ground: Ground,
  batch: UsageBatch,
  row: number,
  { subscriptionId, charges, startMs, endMs }: StandingRecord,
): StandingUse[] {
  const { counters, definitions } = ground
  const subscription = definitions.subscriptions.numberOf(subscriptionId)
  // The service of the record may be known by its key alone.
  const account = present(definitions.subscriptions.accountOf(subscription), 'an account')
  const clock = definitions.clockOfAccount(account)
  const billedAt = ({ meter, cell }: CountedRate, quantity: bigint): { billed: bigint; cut: bigint } => {
    const parts = splitUse(meter.price, { startMs, endMs, quantity }, clock, attributesAt(batch, row, meter))
    const part = parts?.find((one) => meter.price.cells[one.cellAt] === cell)
    if (part !== undefined) return { billed: part.billed, cut: part.cut }
    const billed = billedQuantity(cell, quantity)
    return { billed, cut: billedCut(cell, billed) }
  }
  // A meter that runs on is charged under the plan before, too, for the time until the change.
  const isCounted = (charge: StandingCharge): boolean =>
    isOwn(charges, charge) ||
    (!charge.isCarriedOn &&
      runsOn(present(definitions.meterOf(charge.planVersionId, charge.priceCode), 'a price').price.meter))
  return charges.filter(isCounted).map((charge, index, own) => {
    const number = definitions.numberOfCell([charge.planVersionId, charge.priceCode, charge.cell])
    const period = toDayNumber(charge.periodStart)
    const place = counters.place(subscription, number, period)
    const rate = rateOf(ground, place)
    const { meter } = rate
    const used = meter.slot < batch.width ? (batch.quantities[row * batch.width + meter.slot] as bigint) : 0n
    const { billed, cut } = billedAt(rate, used)
    const [after, amountAfter] = [counters.aggregate(place), counters.amount(place)]
    const isContinued = own[index - 1]?.priceCode === charge.priceCode
    const part = { quantity: used, billed, cut, isContinued, observed: null }
    return { charge, billed, use: { ...rate, ...part, after, amountAfter } }
  })
}
