import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DraftAmount, dueMsOf, graceEndMs, type ReviewTerms, reviewReasons, warningsOf } from './draft-rules.ts'

const TERMS: ReviewTerms = {
  ...{ factor: 3, last: 3, over: { EUR: '1000.00' }, tolerancePercent: 10 },
  needsApproval: ['unusual_amount', 'first_bill', 'tax_missing'],
}
const DRAFT: DraftAmount = { currency: 'EUR', totalMinor: 1_000n, held: [], earlier: [], isFirst: false }
const codes = (draft: Partial<DraftAmount>): string[] =>
  warningsOf({ ...DRAFT, ...draft }, TERMS).map(({ code }) => code)

test('an amount is unusual beyond three times the mean, and below a third of it; the mean is not rounded', () => {
  // 10.00 + 10.00 + 19.99 = 39.99, three times the mean.
  const earlier = [1_000n, 1_000n, 1_999n, 50_000n]
  assert.deepEqual(codes({ totalMinor: 3_999n, earlier }), [])
  assert.deepEqual(codes({ totalMinor: 4_000n, earlier }), ['unusual_amount'])
  // The mean is 13.33; a third of it is 4.443…
  assert.deepEqual(codes({ totalMinor: 445n, earlier }), [])
  assert.deepEqual(codes({ totalMinor: 444n, earlier }), ['unusual_amount'])
  assert.deepEqual(codes({ totalMinor: 3_001n, earlier: [1_000n] }), ['unusual_amount'])
})

test('nothing is far from nothing, and from credits', () => {
  assert.deepEqual(codes({ totalMinor: 5_000n }), [])
  assert.deepEqual(codes({ totalMinor: 5_000n, earlier: [0n, 0n] }), [])
  assert.deepEqual(codes({ totalMinor: 5_000n, earlier: [1_000n, -2_000n] }), [])
})

test('nothing, less than nothing, a first one, what is large, and what is not known of tax', () => {
  assert.deepEqual(codes({ totalMinor: 0n }), ['zero'])
  assert.deepEqual(codes({ totalMinor: -1n }), ['negative'])
  assert.deepEqual(codes({ isFirst: true }), ['first_bill'])
  assert.deepEqual(codes({ totalMinor: 99_999n }), [])
  assert.deepEqual(codes({ totalMinor: 100_000n }), ['over_threshold'])
  assert.deepEqual(codes({ totalMinor: -100_000n }), ['negative', 'over_threshold'])
  assert.deepEqual(codes({ currency: 'USD', totalMinor: 100_000n }), [])
  assert.deepEqual(codes({ held: ['say where'] }), ['tax_missing'])
})

test('an approval holds for its warnings, and for amounts within a tenth of its own', () => {
  const warnings = warningsOf({ ...DRAFT, totalMinor: 4_000n, earlier: [1_000n], isFirst: true }, TERMS)
  const asked = (approved: Parameters<typeof reviewReasons>[2], total = 4_000n): number =>
    reviewReasons(warnings, total, approved, TERMS).length
  assert.equal(asked(null), 2)
  assert.equal(asked({ totalMinor: 4_000n, warnings: ['unusual_amount'] }), 1)
  const both = { totalMinor: 4_000n, warnings: ['unusual_amount', 'first_bill'] } as const
  assert.deepEqual(
    [asked(both), asked(both, 4_400n), asked(both, 4_401n), asked(both, 3_600n), asked(both, 3_599n)],
    [...[0, 0, 2, 0, 2]],
  )
})

test('missing data is not approved of', () => {
  const warnings = warningsOf({ ...DRAFT, held: ['say where'] }, TERMS)
  assert.deepEqual(reviewReasons(warnings, 1_000n, null, TERMS), [])
})

test('a grace period of days is of days of the zone, one of hours of hours', () => {
  const at = (period: string): string =>
    new Date(graceEndMs('2026-03-28', 'Europe/Berlin', period)).toISOString().slice(0, 16)
  // The clock goes forward on 29 March: two days of Berlin are 47 hours.
  assert.equal(at('P2D'), '2026-03-29T22:00')
  assert.equal(at('PT48H'), '2026-03-29T23:00')
  assert.equal(at('P0D'), '2026-03-27T23:00')
  // An account that moves to New York on 29 March has its days from then on.
  const moved = graceEndMs('2026-03-28', 'Europe/Berlin 2026-03-29 America/New_York', 'P2D')
  assert.equal(new Date(moved).toISOString().slice(0, 16), '2026-03-30T04:00')
})

test('what waits for times is due at the last one, and what waits for somebody is not', () => {
  const [first, last] = ['2026-02-04T00:00:00.000Z', '2026-02-05T00:00:00.000Z']
  const grace = { code: 'grace_period', text: '', until: first } as const
  const hold = { code: 'on_hold', text: '', until: last } as const
  assert.equal(dueMsOf([grace, hold]), Date.parse(last))
  assert.equal(dueMsOf([grace, { code: 'review', text: '' }]), null)
})
