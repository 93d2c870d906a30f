import { compare, decimal, toScale, ZERO } from '../../base/decimal.ts'
import { divideRounded, powerOfTen } from '../../base/rounding.ts'
import type { CatalogIssue } from '../../catalog/plan.ts'
import type { TieredTerms, TierTerms } from '../../catalog/rate-terms.ts'
import { addQuantity, type PricedPart, type PriceModel, type PriceScales } from './price-model.ts'

/** A tier with integers: units in (after, upTo] belong to it. */
export interface Tier {
  readonly after: bigint
  readonly upTo: bigint | null
  readonly unitAmount: bigint
  /** At the price's amount scale. */
  readonly flatAmount: bigint
  /** Units in a block; null where units are charged one by one. */
  readonly size: bigint | null
  readonly terms: TierTerms
}

export interface CompiledTiers {
  readonly tiers: readonly Tier[]
  readonly flatOnZero: boolean
  /** One unit at the scale of quantities, times `per`: what the price of a block is multiplied by. */
  readonly oneUnit: bigint
  readonly per: bigint
}

/** What units of a tier cost; of blocks, started ones whole. */
export function amountOfUnits({ size, unitAmount }: Tier, units: bigint, oneUnit: bigint): bigint {
  return size === null ? units * unitAmount : divideRounded(units, size, 'ceiling') * unitAmount * oneUnit
}

export function compileTiers(terms: TieredTerms, scales: PriceScales): CompiledTiers {
  let after = 0n
  const tiers = terms.tiers.map((tier) => {
    const upTo = tier.upTo === null ? null : toScale(decimal(tier.upTo), scales.quantityScale)
    const flat = toScale(decimal(tier.flatAmount ?? '0'), scales.priceScale)
    const compiled = {
      after,
      upTo,
      unitAmount: toScale(decimal(tier.unitAmount ?? '0'), scales.priceScale),
      flatAmount: flat * powerOfTen(scales.quantityScale) * scales.per,
      size: tier.size === undefined ? null : toScale(decimal(tier.size), scales.quantityScale),
      terms: tier,
    }
    after = upTo ?? after
    return compiled
  })
  const oneUnit = powerOfTen(scales.quantityScale) * scales.per
  return { tiers, flatOnZero: terms.flatOnZero === true, oneUnit, per: scales.per }
}

/** Tiers rise, only the last one is open, and each says what it costs. */
export function checkTiers(terms: TieredTerms): CatalogIssue[] {
  const issues: CatalogIssue[] = []
  let previous: string | null = null
  terms.tiers.forEach((tier, index) => {
    const path = ['tiers', index]
    const last = index === terms.tiers.length - 1
    if (tier.unitAmount === undefined && tier.flatAmount === undefined) {
      issues.push({ path, message: 'a tier needs a unitAmount, a flatAmount, or both' })
    }
    if (tier.size !== undefined && compare(decimal(tier.size), ZERO) <= 0)
      issues.push({ path: [...path, 'size'], message: 'a block has more than 0 units' })
    if (tier.upTo === null && !last) {
      issues.push({ path: [...path, 'upTo'], message: 'only the last tier is open (upTo: null)' })
    } else if (tier.upTo !== null && last && terms.beyond === undefined) {
      const message =
        'the last tier must be open: write upTo: null, or "beyond: no_price" beside the tiers where no more is sold'
      issues.push({ path: [...path, 'upTo'], message })
    } else if (tier.upTo === null && last && terms.beyond !== undefined) {
      issues.push({
        path: ['beyond'],
        message: 'the last tier is open, so nothing is beyond it: leave "beyond" out, or write its upTo',
      })
    }
    if (tier.upTo !== null) {
      const floor: string = previous ?? '0'
      if (compare(decimal(tier.upTo), decimal(floor)) <= 0) {
        const message = `tiers must rise: upTo is ${tier.upTo}, it should be more than ${floor}`
        issues.push({ path: [...path, 'upTo'], message })
      }
      previous = tier.upTo
    }
  })
  return issues
}

/** Where the last tier ends; null where it does not. */
function lastPriced({ tiers }: CompiledTiers): bigint | null {
  return tiers.at(-1)?.upTo ?? null
}

export function tierAmounts(terms: TieredTerms): string[] {
  return terms.tiers.flatMap((tier) => [tier.unitAmount ?? '0', tier.flatAmount ?? '0'])
}

export function tierQuantities(terms: TieredTerms): string[] {
  return terms.tiers.flatMap(({ upTo, size }) => [upTo ?? [], size ?? []].flat())
}

/** The last quantity of each tier; the next one begins after it. */
function tierBreakpoints({ tiers }: CompiledTiers): bigint[] {
  return tiers.flatMap(({ upTo }) => (upTo === null ? [] : [upTo]))
}

/** The step of an explanation for units that are priced in a tier: of blocks, how many were started. */
export function explainTier({ oneUnit, per }: CompiledTiers, tier: Tier, units: bigint): PricedPart {
  const { terms, size } = tier
  const name = terms.upTo === null ? 'last tier' : `tier up to ${terms.upTo}`
  return {
    label: size === null ? name : `${name}, blocks of ${terms.size}`,
    units: size === null ? units : divideRounded(units, size, 'ceiling') * (oneUnit / per),
    isCounted: size !== null,
    unitAmount: terms.unitAmount ?? null,
    flatAmount: terms.flatAmount ?? null,
    amount: amountOfUnits(tier, units, oneUnit) + tier.flatAmount,
  }
}

/** What models with tiers have in common: all but what units cost, and how that is explained. */
export const TIERED = {
  measures: 1,
  check: checkTiers,
  amounts: tierAmounts,
  quantities: tierQuantities,
  compile: compileTiers,
  accumulate: addQuantity,
  lastPriced,
  breakpoints: tierBreakpoints,
} satisfies Partial<PriceModel<TieredTerms, CompiledTiers>>
