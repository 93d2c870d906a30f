import type { Rate, Tier } from '../history.ts'
import { Fraction, ONE, sumOf, ZERO } from './fraction.ts'

const HUNDRED = new Fraction(100n)

/** What a quantity of a whole period costs by a model, before and without anything that looks at single records. */
export function modelAmount(rate: Rate, quantity: Fraction, per: Fraction): Fraction {
  const ofUnits = (text: string | undefined, units: Fraction): Fraction =>
    Fraction.of(text ?? '0')
      .times(units)
      .dividedBy(per)
  switch (rate.model) {
    case 'per_unit':
      return ofUnits(rate.unitAmount, quantity)
    case 'package':
      return Fraction.of(rate.amount ?? '0').times(started(quantity, rate.size ?? '1'))
    case 'dynamic':
      return quantity.times(Fraction.of(rate.factor ?? '1'))
    case 'cost_plus':
      return quantity.times(ONE.plus(Fraction.of(rate.markupPercent ?? '0').dividedBy(HUNDRED)))
    case 'graduated':
    case 'graduated_percentage':
      return sumOf(
        slices(rate.tiers ?? [], quantity).map(({ tier, units, isEntered }, at) => {
          const flat = isEntered || (at === 0 && rate.flatOnZero === true) ? Fraction.of(tier.flatAmount ?? '0') : ZERO
          if (tier.percent !== undefined) return flat.plus(units.times(Fraction.of(tier.percent)).dividedBy(HUNDRED))
          // A block has a price of its own, whatever number of units other amounts are for.
          if (tier.size !== undefined)
            return flat.plus(Fraction.of(tier.unitAmount ?? '0').times(started(units, tier.size)))
          return flat.plus(ofUnits(tier.unitAmount, units))
        }),
      )
    case 'volume':
    case 'stairstep': {
      const tier = (rate.tiers ?? []).find(({ upTo }) => upTo === null || !quantity.isAbove(Fraction.of(upTo)))
      if (tier === undefined) throw new Error('no open tier')
      if (quantity.isZero) return rate.flatOnZero === true ? Fraction.of(tier.flatAmount ?? '0') : ZERO
      if (rate.model === 'stairstep') return Fraction.of(tier.amount ?? '0')
      return Fraction.of(tier.flatAmount ?? '0').plus(ofUnits(tier.unitAmount, quantity))
    }
    case 'percentage':
      throw new Error('percentage prices single records')
  }
}

/** How many blocks of a size are begun. */
function started(units: Fraction, size: string): Fraction {
  return new Fraction(units.dividedBy(Fraction.of(size)).ceiling())
}

function slices(tiers: readonly Tier[], quantity: Fraction): { tier: Tier; units: Fraction; isEntered: boolean }[] {
  let low = ZERO
  return tiers.map((tier) => {
    const high = tier.upTo === null ? quantity : Fraction.of(tier.upTo)
    const units = quantity.least(high).minus(low).most(ZERO)
    const isEntered = quantity.isAbove(low)
    low = high
    return { tier, units, isEntered }
  })
}
