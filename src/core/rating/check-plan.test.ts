import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Band, Meter, Plan, Price, UsagePrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { checkPlan, type KnownNames } from './check-plan.ts'

const energy: Meter = {
  code: 'energy',
  name: 'Energy',
  eventType: 'reading',
  aggregator: 'sum',
  property: 'kwh',
  unit: 'kWh',
  scale: 3,
}
const calls: Meter = { code: 'calls', name: 'Calls', eventType: 'call', aggregator: 'count', unit: 'call', scale: 0 }
const known: KnownNames = {
  meters: new Map([energy, calls].map((meter) => [meter.code, meter])),
  schedules: new Map([['tide', { code: 'tide', stepMinutes: 30, starts: [0, 1_800_000], values: ['low', 'high'] }]]),
}
const rate: RateTerms = { model: 'per_unit', unitAmount: '0.14228' }
const day: Band = {
  name: 'day',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  from: '07:00',
  to: '23:00',
  rate,
}
const night: Band = { ...day, name: 'night', from: '23:00', to: '07:00' }

function usage(more: Partial<UsagePrice>): UsagePrice {
  return { kind: 'usage', code: 'energy', name: 'Energy', meter: 'energy', ...more }
}

function planOf(...prices: readonly Price[]): Plan {
  return { code: 'home', name: 'Home', currency: 'GBP', prices }
}

const RIGHT: readonly (readonly [string, Plan])[] = [
  ['one rate', planOf(usage({ rate }))],
  ['bands that cover the week', planOf(usage({ bands: [day, night], zone: 'Europe/London' }))],
  ['a band and the rest', planOf(usage({ bands: [day], otherwise: { name: 'rest', rate } }))],
  [
    'a schedule with a rate for each value',
    planOf(usage({ schedule: { code: 'tide', rates: { low: rate, high: rate } } })),
  ],
  ['a standing charge', planOf({ kind: 'one_off', code: 'setup', name: 'Set-up', amount: '10' }, usage({ rate }))],
]

for (const [title, plan] of RIGHT) {
  test(`${title} is right`, () => {
    assert.deepEqual(checkPlan(plan, known), [])
  })
}

const graduated = (...limits: readonly (string | null)[]): RateTerms => ({
  model: 'graduated',
  tiers: limits.map((upTo) => ({ upTo, unitAmount: '1' })),
})

const WRONG: readonly (readonly [string, Plan, string, RegExp])[] = [
  [
    'an unknown currency',
    { ...planOf(usage({ rate })), currency: 'XBX' },
    'currency',
    /unknown currency "XBX"; use an ISO 4217 code/,
  ],
  [
    'a currency in small letters',
    { ...planOf(usage({ rate })), currency: 'gbp' },
    'currency',
    /unknown currency "gbp"; write GBP/,
  ],
  [
    'a mistyped meter',
    planOf(usage({ meter: 'enery', rate })),
    'prices.0.meter',
    /unknown meter "enery"; did you mean "energy"\?/,
  ],
  [
    'a meter unlike any',
    planOf(usage({ meter: 'water-flow', rate })),
    'prices.0.meter',
    /unknown meter "water-flow"; known here: energy, calls/,
  ],
  ['a price code used twice', planOf(usage({ rate }), usage({ rate })), 'prices.1.code', /"energy" is used twice/],
  [
    'a usage price without a rate',
    planOf(usage({})),
    'prices.0',
    /exactly one of rate, bands, schedule, matrix and deck/,
  ],
  [
    'a usage price with two',
    planOf(usage({ rate, bands: [day, night] })),
    'prices.0',
    /exactly one of rate, bands, schedule, matrix and deck/,
  ],
  [
    'an unknown zone',
    planOf(usage({ bands: [day, night], zone: 'Europe/Kiew' })),
    'prices.0.zone',
    /unknown time zone "Europe\/Kiew"/,
  ],
  [
    'tiers that fall',
    planOf(usage({ rate: graduated('100', '50', null) })),
    'prices.0.rate.tiers.1.upTo',
    /tiers must rise/,
  ],
  [
    'tiers without an end',
    planOf(usage({ rate: graduated('100') })),
    'prices.0.rate.tiers.0.upTo',
    /last tier must be open/,
  ],
  [
    'a wrong rate inside a band',
    planOf(usage({ bands: [day, { ...night, rate: graduated('1') }] })),
    'prices.0.bands.1.rate.tiers.0.upTo',
    /must be open/,
  ],
  [
    'a wrong rate of the rest',
    planOf(usage({ bands: [day], otherwise: { name: 'rest', rate: graduated('1') } })),
    'prices.0.otherwise.rate.tiers.0.upTo',
    /must be open/,
  ],
  [
    'overlapping bands',
    planOf(usage({ bands: [day, { ...night, from: '22:00' }] })),
    'prices.0.bands.1',
    /"night" overlaps band "day" at mon 22:00/,
  ],
  [
    'a gap between bands',
    planOf(usage({ bands: [day, { ...night, to: '06:00' }] })),
    'prices.0.bands',
    /no band covers mon 06:00/,
  ],
  [
    'a package of nothing',
    planOf(usage({ rate: { model: 'package', amount: '5', size: '0' } })),
    'prices.0.rate.size',
    /more than 0 units/,
  ],
  [
    'a limit finer than the meter',
    planOf(usage({ rate: graduated('0.0005', null) })),
    'prices.0.rate',
    /0\.0005 has more digits than meter "energy"/,
  ],
  [
    'free units finer than the meter',
    planOf(usage({ meter: 'calls', rate: { ...rate, freeUnits: '0.5' } })),
    'prices.0.rate',
    /0\.5 has more digits than meter "calls"/,
  ],
  [
    'an unknown schedule',
    planOf(usage({ schedule: { code: 'tides', rates: { low: rate } } })),
    'prices.0.schedule.code',
    /unknown schedule "tides"; did you mean "tide"\?/,
  ],
  [
    'a schedule value without a rate',
    planOf(usage({ schedule: { code: 'tide', rates: { low: rate } } })),
    'prices.0.schedule.rates',
    /also has "high": add a rate/,
  ],
  [
    'a wrong scheduled rate',
    planOf(usage({ schedule: { code: 'tide', rates: { low: rate, high: graduated('1') } } })),
    'prices.0.schedule.rates.high.tiers.0.upTo',
    /must be open/,
  ],
]

for (const [title, plan, path, message] of WRONG) {
  test(`${title} is refused at ${path}`, () => {
    const issues = checkPlan(plan, known)
    assert.deepEqual(
      issues.map((issue) => issue.path.join('.')),
      [path],
    )
    assert.match(issues[0]?.message ?? '', message)
  })
}

test('all that is wrong with a plan is said at once', () => {
  const plan = { ...planOf(usage({ meter: 'enery', rate }), usage({ rate: graduated('1') })), currency: 'eur' }
  const paths = checkPlan(plan, known).map((issue) => issue.path.join('.'))
  assert.deepEqual(paths, ['currency', 'prices.0.meter', 'prices.1.code', 'prices.1.rate.tiers.0.upTo'])
})
