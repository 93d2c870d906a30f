import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, RecurringPrice } from '../catalog/plan.ts'
import type { RateTerms } from '../catalog/rate-terms.ts'
import { checkPlan } from './check-plan.ts'

const FEE: RecurringPrice = {
  ...{ kind: 'recurring', code: 'fee', name: 'Fee', amount: '10' },
  ...{ every: { unit: 'month', count: 1 }, timing: 'advance', proration: 'day' },
}
const planOf = (more: Partial<Plan>, fee: Partial<RecurringPrice> = {}): Plan => {
  return { code: 'plan', name: 'Plan', currency: 'EUR', prices: [{ ...FEE, ...fee }], ...more }
}
const seats = (rate: RateTerms): Plan => planOf({}, { amount: undefined, rate })
const week = { unit: 'week', count: 1 } as const
const trial = { code: 'trial', lasts: week }
const forGood = { code: 'evergreen', lasts: null }
const tiers = [
  { upTo: '5', unitAmount: '10' },
  { upTo: null, unitAmount: '8' },
]

for (const [title, plan] of [
  ['phases of which the last one stays', planOf({ phases: [trial, forGood] }, { phases: ['trial'] })],
  ['an add-on', planOf({ kind: 'add_on', fits: ['plan'] })],
  ['seats in tiers', seats({ model: 'volume', tiers })],
] as const) {
  test(`${title}: right`, () => assert.deepEqual(checkPlan(plan, { meters: new Map(), schedules: new Map() }), []))
}

const WRONG: readonly (readonly [string, Plan, RegExp])[] = [
  ['phases.0.lasts', planOf({ phases: [trial] }), /the last phase has no end: write lasts: null/],
  ['phases.0.lasts', planOf({ phases: [{ ...trial, lasts: null }, forGood] }), /only the last phase has no end/],
  ['phases.1.code', planOf({ phases: [trial, { ...forGood, code: 'trial' }] }), /"trial" stands here twice/],
  ['prices.0.phases.0', planOf({ phases: [trial, forGood] }, { phases: ['trail'] }), /did you mean "trial"\?/],
  ['kind', planOf({ kind: 'add_on' }), /fits: \[codes\]/],
  ['fits', planOf({ fits: ['other'] }), /only an add-on/],
  ['prices.0', planOf({}, { amount: undefined }), /an amount or a rate, and not both/],
  ['prices.0', planOf({}, { rate: { model: 'volume', tiers } }), /an amount or a rate, and not both/],
  [
    'prices.0.rate.tiers.0.upTo',
    seats({ model: 'graduated', tiers: [{ upTo: '5', unitAmount: '1' }] }),
    /must be open/,
  ],
  ...(['percentage', 'dynamic', 'cost_plus', 'graduated_percentage'] as const).map(
    (model) =>
      [
        'prices.0.rate',
        seats({ model, percent: '1', factor: '1', markupPercent: '1', tiers: [{ upTo: null, percent: '1' }] } as never),
        /seats are priced by per_unit, (\w+, )*package, not by /,
      ] as const,
  ),
  ['prices.0.rate', seats({ model: 'per_unit', unitAmount: '1', freeUnits: '2' }), /seats have no freeUnits/],
  ['prices.0.rate', seats({ model: 'volume', tiers: [{ upTo: '1.5', unitAmount: '1' }, ...tiers] }), /1\.5 is not/],
]

for (const [path, plan, message] of WRONG) {
  test(`wrong at ${path}: ${message.source}`, () => {
    const issues = checkPlan(plan, { meters: new Map(), schedules: new Map() })
    assert.deepEqual(
      issues.map((issue) => issue.path.join('.')),
      [path],
    )
    assert.match(issues[0]?.message ?? '', message)
  })
}
