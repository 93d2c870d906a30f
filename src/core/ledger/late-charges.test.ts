import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  capOf,
  chargeableOn,
  dayAfter,
  daysOf,
  interestOf,
  interestText,
  keptOf,
  type LateDocument,
  type LateState,
  type LateTerms,
  lateChargesOf,
  segmentsOf,
} from './late-charges.ts'
import { addPercents } from './late-rates.ts'

const TERMS: LateTerms = {
  ...{ from: '2000-01-01', rates: [{ from: '2000-01-01', percent: '9.12' }], yearDays: 365, graceDays: 0 },
  ...{ fee: null, minimumMinor: 0n, capPercent: null },
}
const FRESH: LateState = { chargedUntil: null, hasFee: false, chargedMinor: 0n }
const owing = (more: Partial<LateDocument> = {}): LateDocument => ({
  ...{ dueOn: '2026-01-10', owedMinor: 10_000n, settled: [], disputed: [], stopped: [], waitsFrom: null },
  ...more,
})
const told = (document: LateDocument, today: string, terms: Partial<LateTerms> = {}, state = FRESH): string[] =>
  lateChargesOf({ ...TERMS, ...terms }, document, state, today).map(({ kind, minor, segments }) =>
    `${kind} ${minor} ${interestText(segments, terms.yearDays ?? 365, 'EUR')}`.trim(),
  )

test('interest by hand: 12 days of 100.00 at 9.12 percent are 0.30; the day that it is due and today are not charged', () => {
  assert.deepEqual(told(owing(), '2026-01-23'), ['interest 30 100.00 × 9.12 % × 12/365'])
  assert.deepEqual(told(owing(), '2026-01-11'), [])
  // 100.00 × 9.12 % × 12/360 = 0.304
  assert.deepEqual(told(owing(), '2026-01-23', { yearDays: 360 }), ['interest 30 100.00 × 9.12 % × 12/360'])
  // 5 days of grace leave 7: 0.1749…
  assert.deepEqual(told(owing(), '2026-01-23', { graceDays: 5 }), ['interest 17 100.00 × 9.12 % × 7/365'])
  // Charged from a day on: 3 days, 0.0749…
  assert.deepEqual(told(owing(), '2026-01-23', { from: '2026-01-20' }), ['interest 7 100.00 × 9.12 % × 3/365'])
})

test('a part that is paid lowers the amount from its day on, and a reversal raises it from its day on', () => {
  const settled = [
    { day: '2026-01-16', minor: 4_000n },
    { day: '2026-01-20', minor: -4_000n },
  ]
  // 5 days of 100.00, 4 of 60.00, 3 of 100.00: 0.1249 + 0.0600 + 0.0750 = 0.2599 (each rounded, it would be 0.12 + 0.06 + 0.07).
  assert.deepEqual(told(owing({ settled }), '2026-01-23'), [
    'interest 26 100.00 × 9.12 % × 5/365 + 60.00 × 9.12 % × 4/365 + 100.00 × 9.12 % × 3/365',
  ])
})

test('a rate that changes, the end of a month, and 29 February', () => {
  const rates = addPercents(
    [
      { from: '2027-07-01', percent: '1.12' },
      { from: '2028-01-01', percent: '-0.88' },
    ],
    '8',
  )
  assert.deepEqual(rates, [
    { from: '2027-07-01', percent: '9.12' },
    { from: '2028-01-01', percent: '7.12' },
  ])
  // 3 days at 9.12 and 5 at 7.12 percent of 1000.00: 0.74958 + 0.97534 = 1.72.
  const document = owing({ dueOn: '2027-12-28', owedMinor: 100_000n })
  assert.deepEqual(told(document, '2028-01-06', { rates }), [
    'interest 172 1000.00 × 9.12 % × 3/365 + 1000.00 × 7.12 % × 5/365',
  ])
  assert.deepEqual(told(owing({ dueOn: '2028-02-27' }), '2028-03-02'), ['interest 7 100.00 × 9.12 % × 3/365'])
  assert.deepEqual(told(owing({ dueOn: '2027-02-27' }), '2027-03-02'), ['interest 5 100.00 × 9.12 % × 2/365'])
  // Points below the base rate never lower what is owed.
  assert.deepEqual(told(owing(), '2026-01-23', { rates: [{ from: '2000-01-01', percent: '-0.88' }] }), [])
})

test('what is disputed bears no interest until it is decided; a kept promise none, an open one waits, a broken one all', () => {
  const disputed = [{ from: '2026-01-13', until: '2026-01-18', minor: 10_000n }]
  assert.deepEqual(told(owing({ disputed }), '2026-01-23'), [
    'interest 17 100.00 × 9.12 % × 2/365 + 100.00 × 9.12 % × 5/365',
  ])
  const part = [{ from: '2026-01-13', until: null, minor: 4_000n }]
  assert.deepEqual(told(owing({ disputed: part }), '2026-01-23'), [
    'interest 20 100.00 × 9.12 % × 2/365 + 60.00 × 9.12 % × 10/365',
  ])
  const stopped = [{ from: '2026-01-13', until: '2026-01-18' }]
  assert.deepEqual(told(owing({ stopped }), '2026-01-23'), told(owing({ disputed }), '2026-01-23'))
  assert.deepEqual(told(owing({ waitsFrom: '2026-01-13' }), '2026-01-23'), ['interest 5 100.00 × 9.12 % × 2/365'])
})

test('a minimum waits, a cap ends it, a fee is charged once', () => {
  assert.deepEqual(told(owing(), '2026-01-23', { minimumMinor: 31n }), [])
  assert.deepEqual(told(owing(), '2026-01-24', { minimumMinor: 31n }), ['interest 32 100.00 × 9.12 % × 13/365'])
  assert.equal(capOf(9_999n, '1.5'), 149n)
  const fee = { afterDays: 3, minor: 4_000n }
  assert.deepEqual(told(owing(), '2026-01-14', { fee }), ['interest 7 100.00 × 9.12 % × 3/365'])
  assert.deepEqual(told(owing(), '2026-01-15', { fee }), ['fee 4000', 'interest 10 100.00 × 9.12 % × 4/365'])
  assert.deepEqual(told(owing(), '2026-01-15', { fee, capPercent: '40.05' }), [
    'fee 4000',
    'interest 5 100.00 × 9.12 % × 4/365',
  ])
  assert.deepEqual(told(owing(), '2026-01-15', { fee, capPercent: '25' }), ['fee 2500'])
  const before = { chargedUntil: '2026-01-15', hasFee: true, chargedMinor: 4_010n }
  assert.deepEqual(told(owing(), '2026-01-15', { fee }, before), [])
  assert.deepEqual(told(owing(), '2026-01-16', { fee }, before), ['interest 2 100.00 × 9.12 % × 1/365'])
  // Paid on its last day of grace: no fee. What was late before anything was charged has none either.
  assert.deepEqual(told(owing({ settled: [{ day: '2026-01-14', minor: 10_000n }] }), '2026-01-15', { fee }), [
    'interest 7 100.00 × 9.12 % × 3/365',
  ])
  assert.deepEqual(told(owing(), '2026-02-15', { fee, from: '2026-02-15' }), [])
})

test('what was credited was never owed: 0.30 on 100.00 are 0.18 on 60.00, and nothing once all of it is credited', () => {
  const [charge] = lateChargesOf(TERMS, owing(), FRESH, '2026-01-23')
  assert.ok(charge)
  assert.equal(keptOf(charge, owing({ owedMinor: 6_000n }), 365), 18n)
  assert.equal(keptOf(charge, owing({ owedMinor: 0n }), 365), 0n)
  const fee = { ...charge, kind: 'fee' as const, segments: [], minor: 4_000n }
  assert.equal(keptOf(fee, owing({ owedMinor: 1n }), 365), 4_000n)
  assert.equal(keptOf(fee, owing({ owedMinor: 0n }), 365), 0n)
})

const someDay = fc.integer({ min: 0, max: 60 }).map((n) => dayAfter('2028-02-01', n))
const span = fc.tuple(someDay, fc.option(fc.integer({ min: 0, max: 20 }))).map(([from, days]) => ({
  ...{ from, until: days === null ? null : dayAfter(from, days) },
}))
const percent = fc
  .integer({ min: -200, max: 2_000 })
  .map((n) => (n < 0 ? `-${(-n / 100).toFixed(2)}` : (n / 100).toFixed(2)))
const history = fc.record({
  dueOn: someDay,
  owedMinor: fc.bigInt({ min: 0n, max: 1_000_000n }),
  settled: fc.array(fc.record({ day: someDay, minor: fc.bigInt({ min: -300_000n, max: 300_000n }) }), { maxLength: 6 }),
  disputed: fc.array(
    fc.tuple(span, fc.bigInt({ min: 0n, max: 500_000n })).map(([one, minor]) => ({ ...one, minor })),
    { maxLength: 3 },
  ),
  stopped: fc.array(span, { maxLength: 2 }),
  waitsFrom: fc.option(someDay),
})
const rateRows = fc
  .uniqueArray(fc.tuple(someDay, percent), { selector: ([day]) => day, maxLength: 4 })
  .map((rows) => rows.map(([from, value]) => ({ from, percent: value })).sort((a, b) => (a.from < b.from ? -1 : 1)))

test('random histories are charged as one who walks day by day would', () => {
  fc.assert(
    fc.property(
      history,
      rateRows,
      someDay,
      someDay,
      fc.constantFrom(360, 365),
      (document, rates, from, until, yearDays) => {
        // In hundredths of a percent: a sum of whole numbers over one denominator.
        let sum = 0n
        for (let day = from; day < until; day = dayAfter(day)) {
          const rate = rates.filter((one) => one.from <= day).at(-1)
          const hundredths = rate === undefined ? 0n : BigInt(rate.percent.replace('.', ''))
          let open = document.owedMinor
          for (const change of document.settled) if (change.day <= day) open -= change.minor
          for (const one of document.disputed)
            if (one.from <= day && (one.until === null || day < one.until)) open -= one.minor
          if (document.stopped.some((one) => one.from <= day && (one.until === null || day < one.until))) open = 0n
          assert.equal(chargeableOn(document, day), open > 0n ? open : 0n)
          if (open > 0n && hundredths > 0n) sum += open * hundredths
        }
        const denominator = 10_000n * BigInt(yearDays)
        const segments = segmentsOf(document, rates, from, until)
        assert.equal(interestOf(segments, yearDays), (2n * sum + denominator) / (2n * denominator))
        for (const [at, one] of segments.entries())
          assert.ok(daysOf(one) > 0 && (at === 0 || (segments[at - 1] as typeof one).until <= one.from))
      },
    ),
    { numRuns: 400 },
  )
})

test('however often it is charged, no day is charged twice, and the cap holds', () => {
  const terms = fc.record({
    rates: rateRows,
    graceDays: fc.integer({ min: 0, max: 5 }),
    capPercent: fc.option(fc.constantFrom('0.5', '2', '10')),
    minimumMinor: fc.constantFrom(0n, 50n),
    fee: fc.option(fc.record({ afterDays: fc.integer({ min: 0, max: 9 }), minor: fc.constantFrom(100n, 4_000n) })),
  })
  fc.assert(
    fc.property(history, terms, fc.array(someDay, { maxLength: 6 }), (document, more, days) => {
      let state = FRESH
      const charged = new Set<string>()
      let sum = 0n
      for (const today of days.sort()) {
        for (const { kind, from, until, minor, segments } of lateChargesOf(
          { ...TERMS, ...more },
          document,
          state,
          today,
        )) {
          if (kind === 'fee') {
            assert.ok(!state.hasFee && from < today)
            state = { ...state, hasFee: true }
          }
          for (const one of segments)
            for (let day = one.from; day < one.until; day = dayAfter(day)) {
              assert.ok(!charged.has(day) && day > document.dueOn && day < today)
              charged.add(day)
            }
          if (kind === 'interest') state = { ...state, chargedUntil: until }
          sum += minor
          state = { ...state, chargedMinor: sum }
        }
        const cap = capOf(document.owedMinor, more.capPercent)
        assert.ok(cap === null || sum <= cap)
      }
    }),
    { numRuns: 300 },
  )
})
