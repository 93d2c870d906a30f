import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatExact } from '../../base/exact.ts'
import type { Meter, UsagePrice } from '../../catalog/plan.ts'
import type { PercentageTerms } from '../../catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from '../accumulate.ts'
import { compilePrice } from '../compile-price.ts'
import type { RateElement } from '../compiled-price.ts'
import { explainAmount } from '../explain-amount.ts'
import type { Aggregate } from './price-model.ts'

const METER: Meter = {
  ...{ code: 'paid', name: 'Paid', eventType: 'pay', aggregator: 'sum', property: 'amount', unit: 'EUR', scale: 0 },
}

/** Label, units, unit amount, flat amount and amount of each step, for payments of 10, 80 and 10,000. */
function stepsOf(terms: Omit<PercentageTerms, 'model'>): (string | null)[][] {
  const rate = { model: 'percentage', ...terms } as const
  const price: UsagePrice = { kind: 'usage', code: 'fee', name: 'Fee', meter: 'paid', rate }
  const compiled = compilePrice(price, 'EUR', METER)
  const element = compiled.elements[0] as RateElement
  const quantities = [10n, 80n, 10_000n]
  const total = quantities.reduce<Aggregate>(
    (sum, quantity) => accumulate(element, sum, { quantity, sessions: 1n }),
    emptyAggregate(element),
  )
  return explainAmount(compiled, element, total).map(({ label, units, unitAmount, flatAmount, exactAmount }) => [
    ...[label, String(units), unitAmount, flatAmount, formatExact(exactAmount)],
  ])
}

test('the shares of a percentage and what is fixed for each event multiply out', () => {
  assert.deepEqual(stepsOf({ percent: '2.99' }), [['2.99 % of each, 3 events', '10090', '0.0299', null, '301.691']])
  assert.deepEqual(stepsOf({ percent: '2.99', fixedPerEvent: '0.5' }), [
    ['2.99 % of each, 3 events', '10090', '0.0299', '1.5', '303.191'],
  ])
})

test('what is free, and what is the least or the most of each event, stands beside them', () => {
  // 1.75 + 2.392 + 12 = 16.142
  assert.deepEqual(stepsOf({ percent: '2.99', minimumPerEvent: '1.75', maximumPerEvent: '12' }), [
    ['2.99 % of each, 3 events', '10090', '0.0299', null, '301.691'],
    ['free events, minimum and maximum of each', '0', null, null, '-285.549'],
  ])
  assert.deepEqual(stepsOf({ percent: '2.99', freeEvents: 2 }), [
    ['2.99 % of each, 3 events', '10090', '0.0299', null, '301.691'],
    ['free events, minimum and maximum of each', '0', null, null, '-2.691'],
  ])
})
