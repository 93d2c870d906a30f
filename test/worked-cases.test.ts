/**
 * Cases that other billing systems document or test, by the ids of the project's list of worked cases. Those of online
 * charging are in other files: OC-1, OC-2 and CG-6 in charging.test.ts, OC-3 in balances.test.ts (thresholds), CG-17 in
 * core/charging/reservation.test.ts. Sections 4 and 5, subscriptions, are in worked-cases-life.test.ts, tax in worked-cases-tax.test.ts and
 * worked-cases-taxed.test.ts, credit notes on request (TX-7, CN-4) in credit-notes.test.ts.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decimal, formatScaled } from '../src/core/base/decimal.ts'
import { type Exact, formatExact, roundExact } from '../src/core/base/exact.ts'
import { formatMinor } from '../src/core/base/money.ts'
import type { Meter, UsagePrice } from '../src/core/catalog/plan.ts'
import type { RateTerms, TierTerms } from '../src/core/catalog/rate-terms.ts'
import { accumulate, emptyAggregate } from '../src/core/rating/accumulate.ts'
import { chargedAmount, exactAmount } from '../src/core/rating/charged-amount.ts'
import { checkPlan } from '../src/core/rating/check-plan.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'
import { billedQuantity } from '../src/core/rating/record-use.ts'

const METER: Meter = {
  code: 'used',
  name: 'Used',
  eventType: 'use',
  aggregator: 'sum',
  property: 'units',
  unit: 'unit',
  scale: 1,
}

/** `≤5 @7 +2` as the list of cases writes a tier; `∞` is the open last one. */
function tiersOf(text: string): TierTerms[] {
  return text.split(', ').map((tier) => {
    const [limit = '', ...amounts] = tier.split(' ')
    const amountAfter = (mark: string): string | undefined => amounts.find((one) => one.startsWith(mark))?.slice(1)
    return { upTo: limit === '∞' ? null : limit.slice(1), unitAmount: amountAfter('@'), flatAmount: amountAfter('+') }
  })
}

function tiered(model: 'graduated' | 'volume', text: string, flatOnZero = false): RateTerms {
  return { model, tiers: tiersOf(text), flatOnZero }
}

const packages = (amount: string, size: string, freeUnits?: string): RateTerms => ({
  model: 'package',
  amount,
  size,
  freeUnits,
})

function amountFor(rate: RateTerms, quantity: string): { exactly: Exact; charged: bigint } {
  const price: UsagePrice = { kind: 'usage', code: 'usage', name: 'Usage', meter: METER.code, rate }
  const plan = { code: 'plan', name: 'Plan', currency: 'USD', prices: [price] }
  assert.deepEqual(checkPlan(plan, { meters: new Map([[METER.code, METER]]), schedules: new Map() }), [])
  const compiled = compilePrice(price, 'USD', METER)
  const [cell] = compiled.elements
  assert.ok(cell !== undefined)
  const aggregate = [decimal(`${quantity}${quantity.includes('.') ? '' : '.0'}`).coefficient]
  return { exactly: exactAmount(compiled, cell, aggregate), charged: chargedAmount(compiled, cell, aggregate) }
}

const STRIPE = '≤5 @7, ≤10 @6.5, ∞ @6'
const LAGO_GRADUATED = '≤10 @10 +2, ≤20 @5 +3, ∞ @5 +3'
const LAGO_VOLUME = '≤100 @2 +10, ≤200 @1, ∞ @0.5 +50'
const OM_GRADUATED = '≤5 +100, ≤10 +50, ≤15 @5, ∞ @1'
const OM_VOLUME = '≤5 +100, ≤10 +150, ≤15 @10, ∞ @5'
const KILL_BILL = '≤10 @1.5, ≤110 @1, ∞ @0.5'

/** Quantity: what it costs. */
const PRICED: readonly (readonly [string, RateTerms, string])[] = [
  ['LD-1', { model: 'per_unit', unitAmount: '0.05' }, '1000: 50.00'],
  ['LD-2', tiered('graduated', '≤100 @1, ≤200 @0.5, ∞ @0.1'), '250: 155.00'],
  ['LD-3', packages('5', '100', '100'), '201: 10.00'],
  [
    'LD-4',
    tiered('volume', '≤10000 @0.0010 +10, ≤50000 @0.0008 +10, ≤100000 @0.0006 +10, ∞ @0.0004 +10'),
    '65000: 49.00',
  ],
  ['ST-1', tiered('volume', STRIPE), '1: 7.00, 5: 35.00, 6: 39.00, 20: 120.00, 25: 150.00'],
  ['ST-2', tiered('graduated', STRIPE), '5: 35.00, 6: 41.50'],
  ['ST-3', tiered('graduated', '≤100000 +200, ∞ @0.001'), '150000: 250.00'],
  [
    'LS-1',
    tiered('graduated', LAGO_GRADUATED, true),
    '0: 2.00, 1: 12.00, 10: 102.00, 11: 110.00, 12: 115.00, 21: 163.00',
  ],
  ['LS-1 without flatOnZero', tiered('graduated', LAGO_GRADUATED), '0: 0.00, 1: 12.00'],
  [
    'LS-2',
    tiered('volume', LAGO_VOLUME, true),
    '0: 10.00, 1: 12.00, 100: 210.00, 100.5: 100.50, 101: 101.00, 200: 200.00, 210: 155.00, 300: 200.00',
  ],
  ['LS-2 without flatOnZero', tiered('volume', LAGO_VOLUME), '0: 0.00, 1: 12.00'],
  ['LS-4', packages('100', '10'), '121: 1300.00'],
  ['LS-4 with 10 free', packages('100', '10', '10'), '121: 1200.00'],
  ['LS-4 with 200 free', packages('100', '10', '200'), '121: 0.00'],
  ['OM-1', tiered('graduated', OM_GRADUATED), '22: 182.00'],
  [
    'OM-6',
    tiered('volume', OM_VOLUME, true),
    '0: 100.00, 3: 100.00, 5: 100.00, 14: 140.00, 15: 150.00, 16: 80.00, 100: 500.00',
  ],
  ['OM-10', packages('15', '10'), '0: 0.00, 5: 15.00, 10: 15.00'],
  ['OM-23 (packages of 1,000 say the same)', packages('10', '1000'), '1400: 20.00'],
  ['FP-6', tiered('volume', '≤1000 +50, ≤5000 +200, ∞ +350'), '4500: 200.00'],
  ['KB-1', tiered('graduated', KILL_BILL), '111: 115.50'],
  ['KB-2', tiered('volume', KILL_BILL), '111: 55.50'],
]

for (const [id, rate, amounts] of PRICED) {
  test(`${id}, units and what they cost: ${amounts}`, () => {
    for (const [quantity = '', amount] of amounts.split(', ').map((pair) => pair.split(': '))) {
      const { exactly, charged } = amountFor(rate, quantity)
      assert.equal(formatMinor(roundExact(exactly, 2), 'USD'), amount, quantity)
      assert.equal(formatScaled(charged, 8), `${amount}000000`, quantity)
    }
  })
}

/** Usage in parts: each part is billed as the increase of the whole (domain policy 5). */
const SPLIT: readonly (readonly [string, RateTerms, readonly number[], readonly string[]])[] = [
  ['ZU-2', tiered('graduated', '≤10 @2, ≤20 @3, ∞ @5'), [3, 5, 7], ['6.00', '10.00', '19.00']],
  ['OM-2', tiered('graduated', OM_GRADUATED), [12, 10], ['160.00', '22.00']],
  ['OM-3', tiered('graduated', OM_GRADUATED), [7, 1], ['150.00', '0.00']],
  ['OM-10', packages('15', '10'), [17, 5], ['30.00', '15.00']],
  ['OM-26, first', { model: 'per_unit', unitAmount: '1', freeUnits: '10' }, [5, 15], ['0.00', '10.00']],
  ['OM-26, then', { model: 'per_unit', unitAmount: '1', freeUnits: '10' }, [20, 15], ['10.00', '15.00']],
  ['OM-27 (as packages)', packages('10', '1000'), [1400, 1300], ['20.00', '10.00']],
]

for (const [id, rate, parts, expected] of SPLIT) {
  test(`${id}: ${parts.join(', then ')} units cost ${expected.join(', then ')}`, () => {
    let total = 0
    const billed = parts.map((part) => {
      const before = roundExact(amountFor(rate, String(total)).exactly, 2)
      total += part
      return formatMinor(roundExact(amountFor(rate, String(total)).exactly, 2) - before, 'USD')
    })
    assert.deepEqual(billed, expected)
  })
}

/** One session of a rate, alone in its period: seconds, and what it costs. */
function sessionCost(terms: RateTerms, seconds: string): string {
  const meter = { ...METER, unit: 's', scale: 0 }
  const compiled = compilePrice({ kind: 'usage', code: 'call', name: 'Call', meter: 'used', rate: terms }, 'USD', meter)
  const [cell] = compiled.elements
  assert.ok(cell !== undefined)
  const quantity = billedQuantity(cell, decimal(seconds).coefficient)
  return formatExact(exactAmount(compiled, cell, accumulate(cell, emptyAggregate(cell), { quantity })))
}

const R60C: RateTerms = { model: 'per_unit', unitAmount: '0.01', connectionFee: '0.1' }
const R120C: RateTerms = {
  model: 'per_unit',
  unitAmount: '0.02',
  connectionFee: '0.2',
  increments: { first: '60', next: '1' },
}
const CG_16: RateTerms = { model: 'per_unit', unitAmount: '0.0001', increments: { first: '30', next: '6' } }

for (const [id, terms, seconds, expected] of [
  ['CG-1', R60C, '45', '0.55'],
  ['CG-2', R120C, '45', '1.4'],
  ['CG-3', R60C, '45', '0.55'],
  ['CG-7', packages('1', '1024'), '2048', '2'],
  ['CG-9', { model: 'per_unit', unitAmount: '0', connectionFee: '0.1' }, '300', '0.1'],
  ['CG-16', CG_16, '32', '0.0036'],
  ['CG-16', CG_16, '57', '0.006'],
  ['CG-16', CG_16, '75', '0.0078'],
] as const) {
  test(`${id}: ${seconds} units in one session cost ${expected}`, () => {
    assert.equal(sessionCost(terms, seconds), expected)
  })
}

const WAITING: readonly (readonly [string, string])[] = [
  ['WL-2', 'credit before the invoice'],
  ['IS-1', 'fees that are taken from a balance day by day; the share of a day is asserted'],
  ['IS-3', 'blocks of a service beside those of thresholds'],
  ['CR-1, CR-3, CR-4', 'payments by crypto'],
]

for (const [id, what] of WAITING) test(`${id} waits: ${what}`, { todo: what })
