import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan, RecurringPrice, UsagePrice } from './plan.ts'
import { plansByCurrency, withPrices } from './plan-variants.ts'

const FEE: RecurringPrice = {
  ...{ kind: 'recurring', code: 'fee', name: 'Fee', amount: '10' },
  ...{ every: { unit: 'month', count: 1 }, timing: 'advance', proration: 'day' },
}
const rate = { model: 'per_unit', unitAmount: '1' } as const
const CALLS: UsagePrice = {
  ...{ kind: 'usage', code: 'calls', name: 'Calls', meter: 'minutes' },
  bands: [{ name: 'day', days: ['mon'], from: '08:00', to: '20:00', rate }],
  otherwise: { name: 'rest', rate },
}
const PLAN: Plan = { code: 'plan', name: 'Plan', currency: 'EUR', prices: [FEE, CALLS] }

test('a changed price keeps what is not said; an amount gives way to a rate, bands to one rate', () => {
  const dearer = { ...rate, unitAmount: '2' }
  const { plan, issues } = withPrices(PLAN, { fee: { rate: dearer }, calls: { rate: dearer } })
  assert.deepEqual(issues, [])
  const { amount: _amount, ...fee } = FEE
  const { bands: _bands, otherwise: _otherwise, ...calls } = CALLS
  assert.deepEqual(plan.prices, [
    { ...fee, rate: dearer },
    { ...calls, rate: dearer },
  ])
  assert.deepEqual(PLAN.prices, [FEE, CALLS], 'the plan itself stays')
})

test('the rest of the bands stays with other bands', () => {
  const bands = [{ name: 'night', days: ['sun'], from: '00:00', to: '06:00', rate }] as const
  const [, calls] = withPrices(PLAN, { calls: { bands } }).plan.prices
  assert.deepEqual(calls, { ...CALLS, bands })
})

test('unknown prices, and fields that a price does not have, are told', () => {
  const { issues } = withPrices(PLAN, { fea: { amount: '1' }, calls: { amount: '1' } })
  assert.deepEqual(
    issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    [
      'fea: no price "fea" in this plan; did you mean "fee"?',
      'calls.amount: of a price of kind usage: rate, bands, otherwise, schedule, matrix, deck, per',
    ],
  )
})

test('a plan has one variant for each currency, and none of them lacks a price', () => {
  const usd = { fee: { amount: '11' }, calls: { rate } }
  const { plans, issues } = plansByCurrency({ ...PLAN, currencies: { USD: usd, GBP: { fee: { amount: '9' } } } })
  assert.deepEqual(
    plans.map(({ currency, prices }) => `${currency} ${(prices[0] as RecurringPrice).amount}`),
    ['EUR 10', 'USD 11', 'GBP 9'],
  )
  assert.ok(plans.every((plan) => !('currencies' in plan)))
  assert.deepEqual(issues, [{ path: ['currencies', 'GBP'], message: 'in GBP these have no price: "calls"' }])
  assert.match(plansByCurrency({ ...PLAN, currencies: { EUR: usd } }).issues[0]?.message ?? '', /own currency/)
})
