import assert from 'node:assert/strict'
import { test } from 'node:test'
import { converted, ExchangeRates } from './exchange.ts'
import { type GlRule, glCodeOf } from './gl-rules.ts'
import { lineState, packState } from './recognition.ts'
import { earnedBefore, spreadOfUse } from './spread.ts'

const straight = (start: string, end: string) => ({ kind: 'straight', days: { start, end } }) as const

test('1.00 over three days is 0.34, 0.33, 0.33; a credit of it the same below zero', () => {
  const spread = straight('2026-01-01', '2026-01-04')
  const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-02-01']
  assert.deepEqual(
    days.map((day) => earnedBefore(100n, spread, day)),
    [0n, 34n, 67n, 100n, 100n],
  )
  assert.deepEqual(
    days.map((day) => earnedBefore(-100n, spread, day)),
    [0n, -34n, -67n, -100n, -100n],
  )
})

test('the months of a year of 120.00: 12,000 cents over 365 days are 32 a day, and one more on the first 320', () => {
  const spread = straight('2026-01-01', '2027-01-01')
  const ends = Array.from({ length: 12 }, (_, at) =>
    Temporal.PlainDate.from('2026-02-01').add({ months: at }).toString(),
  )
  const earned = ends.map((end) => earnedBefore(12_000n, spread, end))
  const months = earned.map((sum, at) => sum - (earned[at - 1] ?? 0n))
  // 31 × 33 = 10.23; 28 × 33 = 9.24; 30 × 33 = 9.90. 304 days until the end of October; 16 more have 33 cents.
  // November: 16 × 33 + 14 × 32 = 9.76. December: 31 × 32 = 9.92.
  assert.deepEqual(months, [1023n, 924n, 1023n, 990n, 1023n, 990n, 1023n, 1023n, 990n, 1023n, 976n, 992n])
  assert.equal(
    months.reduce((sum, month) => sum + month, 0n),
    12_000n,
  )
})

test('a day of 23 hours is a day: days are those of the calendar', () => {
  // 29 March 2026 has 23 hours in Berlin. 31.00 over March is 1.00 a day.
  assert.equal(earnedBefore(3100n, straight('2026-03-01', '2026-04-01'), '2026-03-30'), 2900n)
})

test('by use: as it was charged by the day, and all of it at the end, whatever is rounded in between', () => {
  const days = [
    { day: '2026-01-30', amount: 1n },
    { day: '2026-01-31', amount: 1n },
    { day: '2026-02-01', amount: 1n },
  ]
  const spread = spreadOfUse(days, { start: '2026-01-15', end: '2026-02-15' })
  assert.deepEqual(
    ['2026-01-31', '2026-02-01', '2026-02-02'].map((day) => earnedBefore(1000n, spread, day)),
    [333n, 667n, 1000n],
  )
  assert.equal(spreadOfUse([], { start: '2026-01-15', end: '2026-02-15' }).kind, 'straight')
})

test('a line is deferred once it is billed and unbilled until then; a credit takes back what was billed ahead', () => {
  const spread = straight('2026-01-01', '2026-02-01')
  const ahead = lineState({ netMinor: 3100n, billedOn: '2026-01-01', spread }, '2026-01-11')
  assert.deepEqual(ahead, { earnedMinor: 1000n, deferredMinor: 2100n, unbilledMinor: 0n })
  const behind = lineState({ netMinor: 3100n, billedOn: '2026-02-01', spread }, '2026-01-11')
  assert.deepEqual(behind, { earnedMinor: 1000n, deferredMinor: 0n, unbilledMinor: 1000n })
  const credit = lineState(
    { netMinor: -2100n, billedOn: '2026-01-10', spread: straight('2026-01-11', '2026-02-01') },
    '2026-01-11',
  )
  assert.deepEqual(credit, { earnedMinor: 0n, deferredMinor: -2100n, unbilledMinor: 0n })
})

test('a pack is earned as it is used; with 20 % expected unused by 1.25 as much; all of it once it is over', () => {
  const pack = { priceMinor: 5000n, units: 1000n, unusedShare: 0n }
  const used = { used: 200n, isOver: false, isSold: true }
  assert.equal(packState(pack, used).earnedMinor, 1000n)
  assert.equal(packState({ ...pack, unusedShare: 2000n }, used).earnedMinor, 1250n)
  assert.equal(packState({ ...pack, unusedShare: 2000n }, { ...used, used: 900n }).earnedMinor, 5000n)
  assert.deepEqual(packState(pack, { ...used, isOver: true }), {
    earnedMinor: 5000n,
    deferredMinor: 0n,
    unbilledMinor: 0n,
  })
  assert.equal(packState(pack, { ...used, isSold: false }).deferredMinor, 0n)
})

test('the rule that says most holds: product before country before segment', () => {
  const rule = (code: string, of: Partial<GlRule>): GlRule => {
    return { ledger: 'revenue', detail: null, country: null, segment: null, code, ...of }
  }
  const rules = [
    rule('4000', {}),
    rule('4100', { detail: 'basic' }),
    rule('4200', { country: 'FR' }),
    rule('4300', { country: 'FR', segment: 'retail' }),
  ]
  const code = (ledgerAccount: string, country: string | null, segment: string | null = null): string | null =>
    glCodeOf(rules, { ledgerAccount, country, segment })
  assert.equal(code('revenue:other', 'DE'), '4000')
  assert.equal(code('revenue:basic', 'FR'), '4100')
  assert.equal(code('revenue:other', 'FR'), '4200')
  assert.equal(code('revenue:other', 'FR', 'retail'), '4300')
  assert.equal(code('receivable', 'FR'), null)
})

test('rates: of the last day before, turned round, across the euro; none after ten days without', () => {
  const rates = new ExchangeRates([
    { day: '2026-01-29', base: 'EUR', currency: 'USD', rate: '1.20' },
    { day: '2026-01-30', base: 'EUR', currency: 'USD', rate: '1.25' },
    { day: '2026-01-30', base: 'EUR', currency: 'JPY', rate: '150' },
  ])
  const at = (amount: bigint, from: string, to: string, day: string): bigint | null => {
    const found = rates.on(from, to, day)
    return found === null ? null : converted(amount, found, from, to)
  }
  assert.equal(at(10_000n, 'USD', 'EUR', '2026-02-01'), 8000n)
  assert.equal(at(10_000n, 'USD', 'EUR', '2026-01-29'), 8333n)
  assert.equal(at(10_000n, 'EUR', 'USD', '2026-02-01'), 12_500n)
  // 100 USD = 80 EUR = 12,000 JPY, which has no minor unit.
  assert.equal(at(10_000n, 'USD', 'JPY', '2026-02-01'), 12_000n)
  assert.equal(at(10_000n, 'USD', 'EUR', '2026-02-10'), null)
  assert.equal(at(10_000n, 'USD', 'EUR', '2026-01-28'), null)
  assert.equal(at(7n, 'EUR', 'EUR', '2020-01-01'), 7n)
})
