import type { Meter, Rate, UsagePrice } from '../history.ts'
import { Fraction, ONE, ZERO } from './fraction.ts'
import { modelAmount } from './models.ts'

/** What one record brings to a price: a number, or a text that is counted once. */
export interface Use {
  readonly id: string
  readonly time: string
  readonly value: string
  /** What an allowance left of it, after increments; absent where none covered anything. */
  readonly rated?: Fraction
}

const HUNDRED = new Fraction(100n)

/**
 * What all uses of one rate in one period cost, in the order in which they arrived. Everything is computed anew from them.
 */
export function amountOfUses(price: UsagePrice, rate: Rate, meter: Meter, uses: readonly Use[]): Fraction {
  let amount = ZERO
  if (rate.perRecord !== undefined) {
    const { scale, mode = 'half_up', minimum, maximum } = rate.perRecord
    uses.forEach((_, at) => {
      const increase = bare(price, rate, meter, uses.slice(0, at + 1)).minus(
        bare(price, rate, meter, uses.slice(0, at)),
      )
      let own = scale === undefined ? increase : increase.rounded(scale, mode)
      if (minimum !== undefined) own = own.most(Fraction.of(minimum))
      if (maximum !== undefined) own = own.least(Fraction.of(maximum))
      amount = amount.plus(own)
    })
  } else amount = bare(price, rate, meter, uses)
  if (rate.discountPercent !== undefined)
    amount = amount.times(ONE.minus(Fraction.of(rate.discountPercent).dividedBy(HUNDRED)))
  return rate.maximum === undefined ? amount : amount.least(Fraction.of(rate.maximum))
}

/** Before rounding by record, discount and maximum. */
function bare(price: UsagePrice, rate: Rate, meter: Meter, uses: readonly Use[]): Fraction {
  if (rate.model === 'percentage') return percentageOf(rate, uses)
  const per = Fraction.of(price.per ?? '1')
  const fee = Fraction.of(rate.connectionFee ?? '0')
  if (rate.maximumCost?.afterwards === 'free') {
    const most = Fraction.of(rate.maximumCost.amount)
    return uses
      .map((use) =>
        modelAmount(rate, sessionUnits(rate, numberOf(meter, use)), per)
          .plus(fee)
          .least(most),
      )
      .reduce((sum, one) => sum.plus(one), ZERO)
  }
  const used = rate.model === 'dynamic' || rate.model === 'cost_plus' ? uses.length : 0
  const fees = fee.times(new Fraction(BigInt(uses.filter((use) => !(use.rated ?? numberOf(meter, use)).isZero).length)))
  const quantity = converted(price, quantityOf(rate, meter, uses))
    .minus(Fraction.of(rate.freeUnits ?? '0'))
    .most(ZERO)
  return modelAmount(rate, quantity, used === 0 ? per : ONE).plus(fees)
}

/** The quantity of a period before conversion and free units. */
export function quantityOf(rate: Rate, meter: Meter, uses: readonly Use[]): Fraction {
  const values = uses.map((use) => numberOf(meter, use))
  switch (meter.aggregator) {
    case 'sum':
    case 'count':
      return uses.reduce((sum, use) => sum.plus(use.rated ?? sessionUnits(rate, numberOf(meter, use))), ZERO)
    case 'max':
      return values.reduce((most, value) => most.most(value), ZERO)
    case 'unique_count':
      return new Fraction(BigInt(new Set(uses.map(({ value }) => value)).size))
    case 'latest': {
      const latest = uses
        .map(({ time }) => time)
        .sort()
        .at(-1)
      return uses
        .filter(({ time }) => time === latest)
        .map((use) => numberOf(meter, use))
        .reduce((most, value) => most.most(value), ZERO)
    }
  }
}

export function numberOf(meter: Meter, { value }: Use): Fraction {
  return meter.aggregator === 'count' || meter.aggregator === 'unique_count' ? ONE : Fraction.of(value)
}

/** A record rounded up to its increments, less what is free of each. */
export function sessionUnits({ increments, freePerSession = '0' }: Rate, units: Fraction): Fraction {
  let rounded = units
  if (increments !== undefined && !units.isZero) {
    const [first, next] = [Fraction.of(increments.first), Fraction.of(increments.next)]
    const beyond = units.minus(first).most(ZERO).dividedBy(next).ceiling()
    rounded = first.plus(next.times(new Fraction(beyond)))
  }
  return rounded.minus(Fraction.of(freePerSession)).most(ZERO)
}

function converted({ convert }: UsagePrice, quantity: Fraction): Fraction {
  if (convert === undefined) return quantity
  const { divideBy = '1', multiplyBy = '1', round, scale } = convert
  return quantity.times(Fraction.of(multiplyBy)).dividedBy(Fraction.of(divideBy)).rounded(scale, round)
}

function percentageOf(rate: Rate, uses: readonly Use[]): Fraction {
  let [total, amount] = [ZERO, ZERO]
  uses.forEach(({ value }, at) => {
    const before = total
    const money = Fraction.of(value)
    total = total.plus(money)
    let charged = money
    const isNumberFree = rate.freeEvents === undefined || at < rate.freeEvents
    const isTotalFree = rate.freeAmount === undefined || !total.isAbove(Fraction.of(rate.freeAmount))
    const hasFree = rate.freeEvents !== undefined || rate.freeAmount !== undefined
    if (hasFree && isNumberFree && isTotalFree) return
    if (hasFree && isNumberFree && rate.freeAmount !== undefined)
      charged = money.minus(Fraction.of(rate.freeAmount).minus(before).most(ZERO))
    let own = charged
      .times(Fraction.of(rate.percent ?? '0'))
      .dividedBy(HUNDRED)
      .plus(Fraction.of(rate.fixedPerEvent ?? '0'))
    if (rate.minimumPerEvent !== undefined) own = own.most(Fraction.of(rate.minimumPerEvent))
    if (rate.maximumPerEvent !== undefined) own = own.least(Fraction.of(rate.maximumPerEvent))
    amount = amount.plus(own)
  })
  return amount
}
