import { rateOn } from '../tax-rate.ts'
import { isRegistered, type TaxRule } from '../tax-rule.ts'

/**
 * Seller and buyer in one country, where the seller is registered: the country's rate of the class on the day of supply. It holds for
 * businesses and consumers alike. Source: Directive 2006/112/EC, art. 2(1) and 93; category S, or Z where the rate is nought.
 */
export const domestic: TaxRule = {
  code: 'domestic',
  decide: (supply, rates) => {
    const { buyer, taxClass, suppliedOn } = supply
    const { country } = buyer
    if (!isRegistered(supply, country)) return null
    const rate = rateOn(rates, { country, taxClass }, suppliedOn)
    if (rate === null) return null
    const { percent, from } = rate
    return {
      rule: 'domestic',
      country,
      category: /^0+(\.0+)?$/.test(percent) ? 'Z' : 'S',
      percent,
      reason: `sold within ${country}: ${percent} % for ${taxClass} since ${from}`,
    }
  },
}
