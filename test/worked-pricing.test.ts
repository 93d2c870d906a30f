/** Worked cases of percentages, conversions, limits and calls, by the ids of the project's list of worked cases. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currencyOf } from '../src/core/base/currency.ts'
import { formatExact, roundExact } from '../src/core/base/exact.ts'
import { formatMinor } from '../src/core/base/money.ts'
import { parseQuantity } from '../src/core/base/quantity.ts'
import type { Meter, UsagePrice } from '../src/core/catalog/plan.ts'
import type { PercentageTerms, PerUnitTerms, RateTerms } from '../src/core/catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from '../src/core/rating/accumulate.ts'
import { chargedAmount, exactAmount } from '../src/core/rating/charged-amount.ts'
import { checkPlan } from '../src/core/rating/check-plan.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'
import { explainAmount } from '../src/core/rating/explain-amount.ts'
import { mostUsed } from '../src/core/rating/modifiers/session-rules.ts'
import { billedQuantity } from '../src/core/rating/record-use.ts'

const METER: Meter = {
  code: 'used',
  name: 'Used',
  eventType: 'use',
  aggregator: 'sum',
  property: 'amount',
  unit: 'USD',
  scale: 2,
}

/** Records one after another. @returns the exact amount after each of them. */
function charge(rate: RateTerms, amounts: readonly string[], more: Partial<UsagePrice> = {}): string[] {
  const price: UsagePrice = { kind: 'usage', code: 'usage', name: 'Usage', meter: METER.code, rate, ...more }
  const plan = { code: 'plan', name: 'Plan', currency: 'USD', prices: [price] }
  assert.deepEqual(checkPlan(plan, { meters: new Map([[METER.code, METER]]), schedules: new Map() }), [])
  const compiled = compilePrice(price, 'USD', METER)
  const [cell] = compiled.elements
  assert.ok(cell !== undefined)
  let aggregate = emptyAggregate(cell)
  let charged = 0n
  return amounts.map((text) => {
    const before = chargedAmount(compiled, cell, aggregate)
    const quantity = billedQuantity(cell, parseQuantity(text, METER.scale) as bigint)
    aggregate = accumulate(cell, aggregate, { quantity })
    charged += chargedAmount(compiled, cell, aggregate) - before
    assert.equal(charged, chargedAmount(compiled, cell, aggregate))
    const exactly = exactAmount(compiled, cell, aggregate)
    const steps = explainAmount(compiled, cell, aggregate).map((part) => part.exactAmount)
    const explained = steps.reduce((sum, step) => sum + roundExact(step, currencyOf('USD').ratingScale), 0n)
    const difference = explained - roundExact(exactly, currencyOf('USD').ratingScale)
    assert.ok(difference * difference <= 4n, 'the steps of the explanation add up to the amount')
    return formatExact(exactly)
  })
}

const LS_7: PercentageTerms = { model: 'percentage', percent: '1.3', fixedPerEvent: '2.00', freeEvents: 3 }
const LS_12: PercentageTerms = { model: 'percentage', percent: '2.99' }
const LS_13: PercentageTerms = { ...LS_12, minimumPerEvent: '1.75', maximumPerEvent: '12' }
const LD_5: RateTerms = {
  model: 'graduated_percentage',
  tiers: [
    { upTo: '1000', percent: '1', flatAmount: '200' },
    { upTo: '10000', percent: '2', flatAmount: '300' },
    { upTo: null, percent: '3', flatAmount: '400' },
  ],
}
const CG_11: PerUnitTerms = {
  model: 'per_unit',
  unitAmount: '0.1',
  // The first minute is always charged: 0.4 to connect and 0.2 for it.
  connectionFee: '0.6',
  increments: { first: '60', next: '1' },
  freePerSession: '60',
}
const KB_3: RateTerms = {
  model: 'graduated',
  tiers: [
    { upTo: '1000', unitAmount: '1', size: '100' },
    { upTo: null, unitAmount: '1', size: '1000' },
  ],
}
const OM_4: RateTerms = {
  model: 'graduated',
  tiers: [
    { upTo: '5', flatAmount: '100' },
    { upTo: '10', flatAmount: '50' },
    { upTo: '15', unitAmount: '5' },
    { upTo: null, unitAmount: '1' },
  ],
  maximum: '170',
}
const THOUSANDS = { divideBy: '1000', round: 'up', scale: 0 } as const

const TABLE: readonly (readonly [string, RateTerms, readonly string[], readonly string[], Partial<UsagePrice>?])[] = [
  ['LS-7', { ...LS_7, freeAmount: '250' }, ['50', '100', '250', '400'], ['0', '0', '3.95', '11.15']],
  ['LS-8', LS_7, ['50', '100', '250', '400'], ['0', '0', '0', '7.2']],
  ['LS-12', LS_12, ['10', '80', '10000'], ['0.299', '2.691', '301.691']],
  ['LS-13', LS_13, ['10', '80', '10000'], ['1.75', '4.142', '16.142']],
  ['LS-14', { ...LS_13, fixedPerEvent: '2.00' }, ['10', '80', '10000'], ['2.299', '6.691', '18.691']],
  ['LD-5', LD_5, ['500', '550', '4000'], ['205', '511', '591']],
  ['OM-4: 160 is billed, then 10 more', OM_4, ['12', '10'], ['160', '170']],
  ['OM-20', { model: 'dynamic', factor: '1.33333' }, ['10'], ['13.3333']],
  ['OM-23', { model: 'per_unit', unitAmount: '10' }, ['1400'], ['20'], { convert: THOUSANDS }],
  ['OM-25', { model: 'per_unit', unitAmount: '10', freeUnits: '0.5' }, ['1400'], ['15'], { convert: THOUSANDS }],
  [
    'OM-27, by the difference of the whole (OpenMeter bills 20 for the second part)',
    { model: 'per_unit', unitAmount: '10' },
    ['1400', '1300'],
    ['20', '30'],
    { convert: THOUSANDS },
  ],
  ['KB-3', KB_3, ['5325'], ['15']],
  [
    'FP-6, as steps',
    {
      model: 'stairstep',
      tiers: [
        { upTo: '1000', amount: '50' },
        { upTo: '5000', amount: '200' },
        { upTo: null, amount: '350' },
      ],
    },
    ['900', '3600', '600'],
    ['50', '200', '350'],
  ],
  ['CG-11', CG_11, ['20'], ['0.6'], { per: '60' }],
  ['CG-12, exactly', CG_11, ['85'], ['77/120'], { per: '60' }],
  [
    'CG-12, rounded up at 4 digits',
    { ...CG_11, perRecord: { scale: 4, mode: 'up' } },
    ['85', '20'],
    ['0.6417', '1.2417'],
    { per: '60' },
  ],
  ['cost plus 15 %', { model: 'cost_plus', markupPercent: '15' }, ['40'], ['46']],
  ['a discount of 10 % on the price', { model: 'per_unit', unitAmount: '3', discountPercent: '10' }, ['7'], ['18.9']],
  [
    'a discount comes before the maximum',
    { model: 'per_unit', unitAmount: '3', discountPercent: '12.5', maximum: '18' },
    ['6', '1'],
    ['15.75', '18'],
  ],
  [
    'each record between 1 and 5, with its fee',
    { model: 'per_unit', unitAmount: '1', connectionFee: '0.5', perRecord: { minimum: '1', maximum: '5' } },
    ['0.1', '2', '100'],
    ['1', '3.5', '8.5'],
  ],
]

for (const [id, rate, amounts, expected, more] of TABLE) {
  test(`${id}: ${amounts.join(', ')} cost ${expected.join(', ')} in all`, () => {
    assert.deepEqual(charge(rate, amounts, more), expected)
  })
}

test('LD-5: each transaction is billed as it comes', () => {
  const totals = charge(LD_5, ['500', '550', '4000']).map(Number)
  assert.deepEqual(
    totals.map((total, index) => total - (totals[index - 1] ?? 0)),
    [205, 306, 80],
  )
})

test('CG-18: a maximum cost of 0.12 at 0.01 a second ends the session after 12 seconds', () => {
  const maximum = (afterwards: 'free' | 'disconnect'): PerUnitTerms => ({
    model: 'per_unit',
    unitAmount: '0.01',
    maximumCost: { amount: '0.12', afterwards },
  })
  for (const [afterwards, most] of [
    ['disconnect', 1200n],
    ['free', null],
  ] as const) {
    const price = { kind: 'usage', code: 'call', name: 'Call', meter: 'used', rate: maximum(afterwards) } as const
    const rules = compilePrice(price, 'USD', METER).elements[0]?.sessionRules
    assert.ok(rules !== null && rules !== undefined)
    assert.equal(mostUsed(rules), most)
  }
  assert.deepEqual(charge(maximum('free'), ['11', '500']), ['0.11', '0.23'])
})

test('amounts of documents are rounded half-up', () => {
  assert.equal(formatMinor(roundExact({ numerator: 133_333n, denominator: 1n, scale: 4 }, 2), 'USD'), '13.33')
})
