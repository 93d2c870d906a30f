import { present } from '../../core/base/assert.ts'
import { toDayNumber } from '../../core/base/period.ts'
import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import { runsOn } from '../../core/metering/series.ts'
import { billedCut, billedQuantity } from '../../core/rating/record-use.ts'
import { splitUse } from '../../core/rating/split-use.ts'
import type { CounterMemory } from '../memory/counter-memory.ts'
import { type CountedRate, rateOf } from '../rating/find-rate.ts'
import { attributesAt } from '../rating/locate-record.ts'
import type { LocatedUse } from '../rating/located-use.ts'
import { type EffectiveCharge, type EffectiveRecord, isOwn } from './effective-records.ts'

/** A charge that is effective, with the counter that it is in. */
export interface EffectiveUse {
  readonly use: LocatedUse
  readonly charge: EffectiveCharge
  /** Of the record at this rate, with units that balances cover; nothing where the record does not say so. */
  readonly billed: bigint
}

/** The counters that a record's charges are in. */
export function effectiveUses(
  counterMemory: CounterMemory,
  batch: UsageBatch,
  row: number,
  { subscriptionId, charges, startMs, endMs }: EffectiveRecord,
): EffectiveUse[] {
  const { counters, definitions } = counterMemory
  const subscription = definitions.parties.subscriptions.numberOf(subscriptionId)
  // The service of the record may be known by its key alone.
  const account = present(definitions.parties.subscriptions.accountOf(subscription), 'an account')
  const clock = definitions.parties.clockOfAccount(account)
  const billedAt = ({ meter, element }: CountedRate, quantity: bigint): { billed: bigint; cut: bigint } => {
    const parts = splitUse(meter.price, { startMs, endMs, quantity }, clock, attributesAt(batch, row, meter))
    const part = parts?.find((one) => meter.price.elements[one.elementAt] === element)
    if (part !== undefined) return { billed: part.billed, cut: part.cut }
    const billed = billedQuantity(element, quantity)
    return { billed, cut: billedCut(element, billed) }
  }
  // A meter that runs on is charged under the plan before, too, for the time until the change.
  const isCounted = (charge: EffectiveCharge): boolean =>
    isOwn(charges, charge) ||
    (!charge.isCarriedOn &&
      runsOn(present(definitions.catalog.meterOf(charge.planVersionId, charge.priceCode), 'a price').price.meter))
  return charges.filter(isCounted).map((charge, index, own) => {
    const number = definitions.names.numberOfRateElement([charge.planVersionId, charge.priceCode, charge.cell])
    const period = toDayNumber(charge.periodStart)
    const place = counters.place(subscription, number, period)
    const rate = rateOf(counterMemory, place)
    const { meter } = rate
    const used = meter.slot < batch.width ? (batch.quantities[row * batch.width + meter.slot] as bigint) : 0n
    const { billed, cut } = billedAt(rate, used)
    const [after, amountAfter] = [counters.aggregate(place), counters.amount(place)]
    const isContinued = own[index - 1]?.priceCode === charge.priceCode
    const part = { quantity: used, billed, cut, isContinued, observed: null }
    return { charge, billed, use: { ...rate, ...part, after, amountAfter } }
  })
}
