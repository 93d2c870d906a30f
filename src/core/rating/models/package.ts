import { assert } from '../../base/assert.ts'
import { compare, decimal, toScale, ZERO } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'
import type { PackageTerms } from '../../catalog/rate-terms.ts'
import { addQuantity, type PriceModel, quantityOf } from './price-model.ts'

interface CompiledPackage {
  readonly size: bigint
  /** Of one package, at the price's amount scale. */
  readonly amount: bigint
  readonly terms: PackageTerms
  readonly oneUnit: bigint
}

function packagesIn(compiled: CompiledPackage, quantity: bigint): bigint {
  assert(quantity >= 0n, 'a period aggregate is never negative')
  if (quantity === 0n && compiled.terms.flatOnZero === true) return 1n
  return divideRounded(quantity, compiled.size, 'ceiling')
}

/** Packages: every started block of `size` units costs `amount`. 5 per 100: 101 units cost 10. `flatOnZero` charges the first without usage. */
export const packagePrice: PriceModel<PackageTerms, CompiledPackage> = {
  measures: 1,
  check: (terms) =>
    compare(decimal(terms.size), ZERO) > 0 ? [] : [{ path: ['size'], message: 'a package has more than 0 units' }],
  amounts: (terms) => [terms.amount],
  quantities: (terms) => [terms.size],
  compile: (terms, scales) => ({
    size: toScale(decimal(terms.size), scales.quantityScale),
    amount: toScale(decimal(terms.amount), scales.priceScale) * powerOfTen(scales.quantityScale) * scales.per,
    terms,
    oneUnit: powerOfTen(scales.quantityScale),
  }),
  accumulate: addQuantity,
  amountFor: (compiled, aggregate) => packagesIn(compiled, quantityOf(aggregate)) * compiled.amount,
  breakpoints: () => [],
  explain(compiled, aggregate) {
    const packages = packagesIn(compiled, quantityOf(aggregate))
    return [
      {
        label: `packages of ${compiled.terms.size}`,
        units: packages * compiled.oneUnit,
        isCounted: true,
        unitAmount: compiled.terms.amount,
        flatAmount: null,
        amount: packages * compiled.amount,
      },
    ]
  },
}
