import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDayNumber } from '../base/period.ts'
import { UNIT_SCALE } from '../base/quantity.ts'
import type { Plan } from '../catalog/plan.ts'
import type { Lot } from '../charging/balances.ts'
import { includedUnits, type UnitBalances, type UnitFacts } from './included-units.ts'

const JANUARY = { start: '2026-01-01', end: '2026-02-01' }
const [FIRST, NEXT] = [toDayNumber(JANUARY.start), toDayNumber(JANUARY.end)]
const units = (count: number): bigint => BigInt(count) * 10n ** BigInt(UNIT_SCALE)
const PLAN = {
  prices: [{ kind: 'allowance', code: 'talk', name: 'Minutes', unit: 'min', amount: '400', priority: 50 }],
} as unknown as Plan

function lot(origin: string, amount: number, remaining: number, more: Partial<Lot> = {}): Lot {
  return {
    ...{ number: 1, unit: 'min', source: 'plan', priority: 50, scope: null, isShared: false, held: 0n },
    ...{ fromMs: Date.parse('2026-01-01T00:00:00Z'), untilMs: Date.parse('2026-02-01T00:00:00Z') },
    ...{ origin, amount: units(amount), remaining: units(remaining), ...more },
  }
}

const told = (balances: Partial<UnitBalances>, issuedOn = '2026-02-01', used?: UnitFacts['used']): unknown[] =>
  includedUnits({
    balances: { lots: [], allowances: new Map(), ...balances },
    used: used ?? [{ subscriptionId: 'S', planVersionId: 'V', period: JANUARY }],
    plans: new Map([['V', PLAN]]),
    subscriptions: new Map([['S', { key: 'anna' }]]),
    zone: 'UTC',
    issuedOn,
  }).map(({ kind, given, used: taken, left }) => [kind, given, taken, left])

const of = (number: number): string => `plan:S/talk@${number}`

test('of an allowance is told what was used of what was given in the period that is billed', () => {
  assert.deepEqual(told({ lots: [lot(of(FIRST), 400, 100), lot(of(NEXT), 400, 399)] }), [
    ['allowance', '400', '300', null],
  ])
  assert.deepEqual(told({ lots: [lot(of(NEXT), 400, 399)] }), [])
  assert.deepEqual(told({ lots: [lot(of(FIRST), 400, 100)] }, '2026-02-01', []), [], 'a document without usage')
})

test('what came over from the period before is given, and what went over into the next one is not used', () => {
  const over = [lot(`roll_over:S/talk@${FIRST}`, 50, 0), lot(`roll_over:S/talk@${NEXT}`, 100, 100)]
  assert.deepEqual(told({ lots: [lot(of(FIRST), 400, 0), ...over] }), [['allowance', '450', '350', null]])
})

test('lots that are used up and forgotten are known by their periods', () => {
  const allowances = new Map([['S/talk', [FIRST]]])
  assert.deepEqual(told({ allowances }), [['allowance', '400', '400', null]])
  assert.deepEqual(told({ allowances: new Map([['S/talk', [NEXT]]]) }), [])
  assert.deepEqual(told({ allowances }, '2026-03-08'), [])
})

test('shares of an allowance are one; units whose time is long over are left out', () => {
  const lots = [lot(`${of(FIRST)}+1`, 10, 0), lot(`${of(FIRST)}+4`, 5, 3)]
  const given = new Map([[`S/talk@${FIRST}`, units(15)]])
  assert.deepEqual(told({ lots, given }), [['allowance', '15', '12', null]])
  assert.deepEqual(told({ lots }, '2026-03-07'), [['allowance', '15', '12', null]])
  assert.deepEqual(told({ lots }, '2026-03-08'), [])
})

test('of units that were sold or given is told what is left', () => {
  const always = { untilMs: null, source: 'paid' } as const
  const lots = [
    lot('top_up:a', 30, 0, always),
    lot('top_up:b', 30, 12, always),
    lot('voucher:c', 5, 5, { source: 'bonus' }),
    lot('voucher:d', 5, 5, { source: 'bonus', fromMs: Date.parse('2026-02-01T00:00:00Z'), untilMs: null }),
    lot('top_up:money', 30, 12, { ...always, unit: null }),
  ]
  assert.deepEqual(told({ lots }), [
    ['prepaid', null, null, '12'],
    ['bonus', null, null, '5'],
  ])
})
