/** Cases of `shared/cases/worked-cases.md` on minima, maxima and discounts, net of tax. Amounts are restated there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '../src/core/base/decimal.ts'
import { exact, roundExact } from '../src/core/base/exact.ts'
import { formatMinor } from '../src/core/base/money.ts'
import { startOfDayMs } from '../src/core/base/period.ts'
import type { Meter, Plan, SpendBound, UsagePrice } from '../src/core/catalog/plan.ts'
import type { TierTerms } from '../src/core/catalog/rate-terms.ts'
import { adjustedBillables } from '../src/core/invoicing/adjusted-billables.ts'
import type { DiscountInForce, DiscountTerms } from '../src/core/invoicing/discount-terms.ts'
import type { Billable } from '../src/core/invoicing/invoice-lines.ts'
import { planSpansOf } from '../src/core/invoicing/plan-spans.ts'
import { exactAmount } from '../src/core/rating/charged-amount.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'
import { inLocalDays } from '../src/core/subscriptions/local-days.ts'

const MONTH = { unit: 'month', count: 1 } as const
const FEBRUARY = { start: '2023-02-01', end: '2023-03-01' }

const least = (amount: string, counts?: readonly string[]): SpendBound => ({
  ...{ kind: 'commitment', code: 'least', name: 'Minimum', amount, every: MONTH, proration: 'day', counts },
})
const most = (amount: string): SpendBound => ({
  ...{ kind: 'cap', code: 'most', name: 'Maximum', amount, every: MONTH, proration: 'day' },
})
const coupon = (id: string, value: DiscountTerms['value']): DiscountInForce => ({
  ...{
    id,
    code: id,
    name: id,
    fromDay: '2023-01-01',
    dueFrom: null,
    issuedAfter: null,
    untilDay: null,
    subscriptionId: null,
  },
  terms: {
    ...{ value, duration: { kind: 'once' }, targets: {}, requires: [], minimum: null },
    ...{ priority: 50, exclusive: false, bestOf: null },
  },
})
const fixed = (amount: string): DiscountTerms['value'] => ({ kind: 'fixed', amount, carryOver: false })
const percent = (share: string): DiscountTerms['value'] => ({ kind: 'percent', percent: share })

function chargeOf(priceCode: string, amount: string): Billable {
  const { coefficient, scale } = decimal(amount)
  return {
    ...{ kind: 'usage', subscriptionId: 's', planVersionId: 'v', priceCode, cell: '', isLate: false, usage: null },
    ...{ period: FEBRUARY, shown: FEBRUARY, description: priceCode, amount: exact(coefficient, scale) },
  }
}

/** Amounts of charges; minima and maxima; coupons; the first day; what stands on the document besides the charges. */
const CASES: readonly (readonly [
  string,
  readonly string[],
  readonly SpendBound[],
  readonly DiscountInForce[],
  string,
  readonly string[],
])[] = [
  ['CM-1', ['100', '10', '10', '10'], [least('10000')], [], '2023-02-01', ['9870.00']],
  ['CM-2, net', ['8.00'], [least('10.00')], [], '2023-02-04', ['0.93']],
  ['OM-22', [], [least('100')], [], '2023-02-01', ['100.00']],
  ['CM-4', ['100'], [least('1000')], [], '2023-02-01', ['900.00']],
  ['LD-10, net after the coupon', ['50', '20'], [], [coupon('c', fixed('10'))], '2023-02-01', ['-7.14', '-2.86']],
  [
    'TX-1, net',
    ['100', '50', '30'],
    [least('20', ['none'])],
    [coupon('c', fixed('10'))],
    '2023-02-01',
    ['20.00', '-5.00', '-2.50', '-1.50', '-1.00'],
  ],
  ['TX-4', ['100'], [], [coupon('a', percent('10')), coupon('b', percent('10'))], '2023-02-01', ['-10.00', '-9.00']],
]

function besides(
  charges: readonly Billable[],
  bounds: readonly SpendBound[],
  coupons: readonly DiscountInForce[],
  startDay: string,
): string[] {
  const plan: Plan = { code: 'plan', name: 'Plan', currency: 'USD', prices: bounds }
  const life = { planVersionId: 'v', phase: null, isPaused: false, quantity: 1 }
  const always = { fromMs: startOfDayMs(startDay, 'UTC'), untilMs: Number.POSITIVE_INFINITY }
  const intervals = inLocalDays([{ ...life, ...always }], 'UTC')
  const all = adjustedBillables(
    charges,
    {
      ...{
        currency: 'USD',
        zone: 'UTC',
        billedUntil: null,
        issued: new Map(),
        billDays: { anchor: '2023-02-01', cycle: MONTH },
        plans: new Map([['v', plan]]),
      },
      ...{ spans: planSpansOf({ subscriptionId: 's', anchor: '2023-02-01', intervals }, 'UTC'), discounts: coupons },
    },
    FEBRUARY.end,
  )
  return all.slice(charges.length).map(({ amount }) => formatMinor(roundExact(amount, 2), 'USD'))
}

for (const [id, amounts, bounds, coupons, startDay, expected] of CASES) {
  test(`${id}: ${amounts.join(' + ')} brings ${expected.join(', ')}`, () => {
    const charges = amounts.map((amount, index) => chargeOf(`price-${index}`, amount))
    assert.deepEqual(besides(charges, bounds, coupons, startDay), expected)
  })
}

const METER: Meter = { code: 'used', name: 'Used', eventType: 'use', aggregator: 'count', unit: 'unit', scale: 0 }

function priceOf(model: 'graduated' | 'volume', tiers: readonly TierTerms[], quantity: bigint): string {
  const rate = { model, tiers, flatOnZero: model === 'volume' }
  const price: UsagePrice = { kind: 'usage', code: 'usage', name: 'Usage', meter: METER.code, rate }
  const compiled = compilePrice(price, 'USD', METER)
  const [cell] = compiled.elements
  assert.ok(cell !== undefined)
  return formatMinor(roundExact(exactAmount(compiled, cell, [quantity]), 2), 'USD')
}

const OM_GRADUATED: readonly TierTerms[] = [
  { upTo: '5', flatAmount: '100' },
  { upTo: '10', flatAmount: '50' },
  { upTo: '15', unitAmount: '5' },
  { upTo: null, unitAmount: '1' },
]
const OM_VOLUME: readonly TierTerms[] = [
  { upTo: '5', flatAmount: '100' },
  { upTo: '10', flatAmount: '150' },
  { upTo: '15', unitAmount: '10' },
  { upTo: null, unitAmount: '5' },
]

test('OM-4: with a maximum of 170, 12 units are 160, and 10 more are 22 less 12', () => {
  const [first, whole] = [priceOf('graduated', OM_GRADUATED, 12n), priceOf('graduated', OM_GRADUATED, 22n)]
  assert.deepEqual([first, whole], ['160.00', '182.00'])
  assert.deepEqual(besides([chargeOf('usage', first)], [most('170')], [], '2023-02-01'), [])
  assert.deepEqual(besides([chargeOf('usage', whole)], [most('170')], [], '2023-02-01'), ['-12.00'])
})

test('OM-7: 5 units are 100, and a minimum of 150 adds 50', () => {
  const amount = priceOf('volume', OM_VOLUME, 5n)
  assert.deepEqual(
    [amount, ...besides([chargeOf('usage', amount)], [least('150')], [], '2023-02-01')],
    ['100.00', '50.00'],
  )
})

test('CM-5: 10 committed at 1 and what is over at 2 is a graduated price with a minimum: 10 and 22', () => {
  const tiers: readonly TierTerms[] = [
    { upTo: '10', unitAmount: '1' },
    { upTo: null, unitAmount: '2' },
  ]
  const billed = [10n, 16n, 4n].map((quantity) => {
    const amount = priceOf('graduated', tiers, quantity)
    return [amount, ...besides([chargeOf('usage', amount)], [least('10')], [], '2023-02-01')]
  })
  assert.deepEqual(billed, [['10.00'], ['22.00'], ['4.00', '6.00']])
})
