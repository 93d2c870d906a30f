import type { Allowance, Meter, UsagePrice } from '../../src/core/catalog/plan.ts'
import type { RateTerms } from '../../src/core/catalog/rate-terms.ts'
import { compilePrice } from '../../src/core/rating/compile-price.ts'
import type { CompiledCatalog, CompiledPlan } from '../../src/engine/index.ts'
import type { Chance } from './chance.ts'

export const CURRENCY = 'EUR'

const meter = (code: string, eventType: string, unit: string, scale: number, property?: string): Meter => ({
  code,
  name: code,
  eventType,
  unit,
  scale,
  ...(property === undefined ? { aggregator: 'count' } : { aggregator: 'sum', property }),
})

export const METERS: readonly Meter[] = [
  meter('calls', 'call', 'call', 0),
  meter('seconds', 'voice', 's', 0, 'seconds'),
  meter('megabytes', 'data', 'MB', 3, 'mb'),
  meter('setups', 'voice', 'call', 0),
]
/** The last meter comes with a later version of the catalogue. */
const FIRST_METERS = 3

/** What is published: everything that decides prices, as it would stand in rows. */
export interface Published {
  meters: number
  readonly plans: { readonly versionId: string; readonly prices: UsagePrice[]; readonly allowances: Allowance[] }[]
}

export const newPublished = (): Published => ({ meters: FIRST_METERS, plans: [] })

function modifiers(
  chance: Chance,
  isTime: boolean,
): Pick<RateTerms, 'freeUnits' | 'increments' | 'connectionFee' | 'freePerSession'> {
  return {
    ...(chance.is(0.2) ? { freeUnits: String(chance.int(1, 40)) } : {}),
    ...(isTime && chance.is(0.5)
      ? {
          increments: chance.pick([
            { first: '60', next: '1' },
            { first: '30', next: '30' },
            { first: '1', next: '60' },
          ]),
        }
      : {}),
    ...(isTime && chance.is(0.4) ? { connectionFee: chance.pick(['0.05', '0.1']) } : {}),
    ...(isTime && chance.is(0.2) ? { freePerSession: chance.pick(['30', '60']) } : {}),
  }
}

function randomRate(chance: Chance, isTime: boolean): RateTerms {
  const extra = modifiers(chance, isTime)
  const amount = (): string => chance.pick(['0.01', '0.013', '0.02', '0.1', '0', '0.000001'])
  switch (chance.weighted({ per_unit: 3, graduated: 2, volume: 2, package: 1 })) {
    case 'per_unit':
      return { model: 'per_unit', unitAmount: amount(), ...extra }
    case 'package':
      return { model: 'package', amount: chance.pick(['0.5', '0.33']), size: chance.pick(['10', '60']), ...extra }
    case 'graduated':
      return { model: 'graduated', tiers: randomTiers(chance, amount), ...extra }
    default:
      return { model: 'volume', tiers: randomTiers(chance, amount), ...extra }
  }
}

function randomTiers(
  chance: Chance,
  amount: () => string,
): { upTo: string | null; unitAmount: string; flatAmount?: string }[] {
  const first = chance.int(5, 60)
  return [
    { upTo: String(first), unitAmount: chance.pick(['0.1', '0.05', '0.02']) },
    {
      upTo: String(first + chance.int(10, 200)),
      unitAmount: amount(),
      ...(chance.is(0.3) ? { flatAmount: '0.25' } : {}),
    },
    { upTo: null, unitAmount: amount() },
  ]
}

function usagePrice(chance: Chance, code: string, { code: meterCode, unit }: Meter): UsagePrice {
  const isTime = unit === 's'
  const named = { kind: 'usage' as const, code, name: code, meter: meterCode }
  const rate = (): RateTerms => randomRate(chance, isTime)
  if (chance.is(0.65)) return { ...named, rate: rate(), ...(chance.is(0.2) ? { per: '10' } : {}) }
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
  const bands = [{ name: 'day', days, from: '08:00', to: '20:00', rate: rate() }]
  return { ...named, bands, ...(chance.is(0.9) ? { otherwise: { name: 'night', rate: rate() } } : {}) }
}

function randomAllowance(chance: Chance, code: string, unit: string): Allowance {
  return {
    kind: 'allowance',
    code,
    name: code,
    unit,
    amount: String(chance.int(5, 200)),
    priority: chance.pick([10, 50]),
    ...(chance.is(0.4) ? { rollOver: chance.is(0.5) ? { limit: '20' } : {} } : {}),
    ...(chance.is(0.2) ? { scope: { cells: ['day', ''] } } : {}),
  }
}

/** Publishes a plan of random prices: each type of usage has one, some have two. @returns its version's id. */
export function publishPlan(chance: Chance, published: Published, hasAllowances: boolean): string {
  const versionId = chance.uuid()
  const meters = METERS.slice(0, published.meters)
  const prices = meters.flatMap((one) => {
    const first = usagePrice(chance, one.code, one)
    return chance.is(0.3) ? [first, usagePrice(chance, `${one.code}-2`, one)] : [first]
  })
  const allowances = hasAllowances
    ? [randomAllowance(chance, 'time', 's'), ...(chance.is(0.7) ? [randomAllowance(chance, 'data', 'MB')] : [])]
    : []
  published.plans.push({ versionId, prices, allowances })
  return versionId
}

export function compilePublished({ meters, plans }: Published): CompiledCatalog {
  const known = METERS.slice(0, meters)
  const compiled = plans.map(({ versionId, prices, allowances }): CompiledPlan => {
    const ready = prices.map((price) =>
      compilePrice(price, CURRENCY, METERS.find(({ code }) => code === price.meter) as Meter),
    )
    return { versionId, prices: ready, allowances }
  })
  return {
    metersByType: Map.groupBy(known, ({ eventType }) => eventType),
    plans: new Map(compiled.map((plan) => [plan.versionId, plan])),
  }
}
