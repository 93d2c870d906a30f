import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal } from '../base/decimal.ts'
import { exact } from '../base/exact.ts'
import { startOfDayMs } from '../base/period.ts'
import type { Plan } from '../catalog/plan.ts'
import { inLocalDays } from '../subscriptions/local-days.ts'
import { type Adjusting, adjustedBillables } from './adjusted-billables.ts'
import type { Billable } from './invoice-lines.ts'
import { roundedTogether } from './line-groups.ts'
import { planSpansOf } from './plan-spans.ts'
import { inReadingOrder } from './reading-order.ts'

const MARCH = { start: '2026-03-01', end: '2026-04-01' }
const RATE = { model: 'per_unit' as const, unitAmount: '1' }
const PLAN: Plan = {
  code: 'cloud',
  name: 'Cloud',
  currency: 'JPY',
  prices: [
    { kind: 'usage', code: 'hours', name: 'Hours', meter: 'hours', rate: RATE },
    {
      kind: 'cap',
      code: 'cap',
      name: 'At most 13',
      amount: '13',
      every: { unit: 'month', count: 1 },
      proration: 'none',
    },
  ],
}
const PLANS = new Map([['v1', PLAN]])

function group(cell: string, amount: string): Billable {
  const { coefficient, scale } = decimal(amount)
  return {
    ...{
      kind: 'usage',
      subscriptionId: 's',
      planVersionId: 'v1',
      priceCode: 'hours',
      cell,
      period: MARCH,
      shown: MARCH,
    },
    ...{ isLate: false, description: cell, amount: exact(coefficient, scale) },
    usage: { measures: [1n], records: 1, throughSeq: 1 },
  }
}

const interval = {
  ...{ fromMs: startOfDayMs('2026-03-01', 'UTC'), untilMs: Number.POSITIVE_INFINITY },
  ...{ planVersionId: 'v1', phase: null, isPaused: false, quantity: 1 },
}
const FACTS: Adjusting = {
  ...{ currency: 'JPY', zone: 'UTC', plans: PLANS, discounts: [], billedUntil: null, issued: new Map() },
  billDays: { anchor: '2026-03-01', cycle: { unit: 'month', count: 1 } },
  spans: planSpansOf({ subscriptionId: 's', anchor: '2026-03-01', intervals: inLocalDays([interval], 'UTC') }, 'UTC'),
}

/** What a maximum of 13 takes off two groups that come to 8 each. */
function cutsOf(charges: readonly Billable[]): string[] {
  return adjustedBillables(charges, FACTS, '2026-04-01')
    .filter(({ kind }) => kind === 'cap')
    .map(({ cell, amount }) => `${cell} ${amount.numerator}`)
    .toSorted()
}

test('a minor unit that shares leave over goes to the first in reading order, however counters lie in memory', () => {
  const [eu, us] = [group('eu', '8.135'), group('us', '8.135')]
  assert.deepEqual(cutsOf([eu, us]), ['eu -2', 'us -1'])
  assert.deepEqual(cutsOf([us, eu]), ['eu -2', 'us -1'])
})

test('so does what rates that are rounded together leave over', () => {
  const price = { name: 'Hours', invoiceLine: 'price' as const } as never
  const sharesOf = (charges: readonly Billable[]): string[] =>
    roundedTogether(inReadingOrder(charges, PLANS), () => price, 'JPY')
      .map(({ cell, minor }) => `${cell} ${minor}`)
      .toSorted()
  const [eu, us] = [group('eu', '0.5'), group('us', '0.5')]
  assert.deepEqual(sharesOf([eu, us]), ['eu 1', 'us 0'])
  assert.deepEqual(sharesOf([us, eu]), ['eu 1', 'us 0'])
})

test('by the day from which they are, as the plan has its prices, by the name of the rate', () => {
  const later = { ...group('a', '1'), shown: { start: '2026-03-15', end: '2026-04-01' } }
  const bound = { ...group('', '1'), priceCode: 'cap' }
  const charges = [later, bound, group('b', '1'), group('a', '1')]
  const seen = inReadingOrder(charges, PLANS).map(({ shown, priceCode, cell }) => `${shown.start} ${priceCode} ${cell}`)
  assert.deepEqual(seen, ['2026-03-01 hours a', '2026-03-01 hours b', '2026-03-01 cap ', '2026-03-15 hours a'])
})
