import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Cycle,
  dayOf,
  daysIn,
  isZone,
  overlapOf,
  periodAt,
  periodIndexOf,
  periodStart,
  startOfDayMs,
} from './period.ts'

const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(1990, 0, 1) / DAY_MS
const LAST_DAY = Date.UTC(2090, 0, 1) / DAY_MS
const days = fc.integer({ min: FIRST_DAY, max: LAST_DAY }).map((day) => isoDay(day * DAY_MS))
const cycles: fc.Arbitrary<Cycle> = fc.record({
  unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
  count: fc.integer({ min: 1, max: 18 }),
})
const ZONES = [
  'Europe/Kyiv',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
]

function isoDay(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10)
}

/** Months by hand: the same day of the month, or its last. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const index = year * 12 + month - 1 + months
  const longest = new Date(Date.UTC(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 0)).getUTCDate()
  return isoDay(Date.UTC(Math.floor(index / 12), ((index % 12) + 12) % 12, Math.min(dayOfMonth, longest)))
}

const MONTH: Cycle = { unit: 'month', count: 1 }
const BOUNDARIES: readonly (readonly [string, Cycle, readonly string[]])[] = [
  ['2023-01-31', MONTH, ['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31']],
  ['2024-01-30', MONTH, ['2024-01-30', '2024-02-29', '2024-03-30']],
  ['2024-11-30', { unit: 'month', count: 3 }, ['2024-11-30', '2025-02-28', '2025-05-30', '2025-08-30']],
  ['2024-02-29', { unit: 'year', count: 1 }, ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
  ['2024-02-20', { unit: 'week', count: 2 }, ['2024-02-20', '2024-03-05', '2024-03-19']],
]

for (const [anchor, cycle, starts] of BOUNDARIES) {
  test(`anchor ${anchor}, every ${cycle.count} ${cycle.unit}: periods start ${starts.join(', ')}`, () => {
    assert.deepEqual(
      starts.map((_, index) => periodStart(anchor, cycle, index)),
      starts,
    )
  })
}

test('month and year boundaries are the anchor plus n months, clamped, before the anchor too', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 24 }), fc.integer({ min: -100, max: 100 }), (anchor, count, index) => {
      assert.equal(periodStart(anchor, { unit: 'month', count }, index), addMonths(anchor, count * index))
      assert.equal(periodStart(anchor, { unit: 'year', count: 1 }, index % 50), addMonths(anchor, 12 * (index % 50)))
    }),
  )
})

test('day and week boundaries are a fixed number of days apart', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), fc.integer({ min: -100, max: 100 }), (anchor, count, index) => {
      const anchorMs = Date.parse(anchor)
      assert.equal(periodStart(anchor, { unit: 'day', count }, index), isoDay(anchorMs + count * index * DAY_MS))
      assert.equal(periodStart(anchor, { unit: 'week', count }, index), isoDay(anchorMs + count * index * 7 * DAY_MS))
    }),
  )
})

test('periods tile time: each begins where the one before ends, and none is empty', () => {
  fc.assert(
    fc.property(days, cycles, fc.integer({ min: -30, max: 30 }), (anchor, cycle, index) => {
      const period = periodAt(anchor, cycle, index)
      assert.equal(periodAt(anchor, cycle, index - 1).end, period.start)
      assert.equal(periodAt(anchor, cycle, index + 1).start, period.end)
      assert.ok(period.start < period.end)
    }),
  )
})

test('every day belongs to exactly the period that its index names', () => {
  fc.assert(
    fc.property(days, cycles, days, (anchor, cycle, day) => {
      const period = periodAt(anchor, cycle, periodIndexOf(anchor, cycle, day))
      assert.ok(period.start <= day && day < period.end, `${day} in ${period.start}..${period.end}`)
    }),
  )
})

test('a cycle without a positive whole count is a fault', () => {
  for (const count of [0, -1, 1.5]) {
    assert.throws(() => periodIndexOf('2024-01-01', { unit: 'month', count }, '2024-05-01'), /positive whole count/)
  }
})

for (const [id, start, end, expected] of [
  ['PR-22: a spring change is one day', '2024-03-09', '2024-03-11', 2],
  ['PR-22: an autumn change is one day', '2024-11-02', '2024-11-04', 2],
  ['PR-22: the same day is none', '2024-03-10', '2024-03-10', 0],
  ['a leap year', '2024-01-01', '2025-01-01', 366],
  ['active from 20 May until 21 June', '2024-05-20', '2024-06-21', 32],
] as const) {
  test(`${id}: ${start} to ${end} has ${expected} days, whatever the clock did`, () => {
    assert.equal(daysIn({ start, end }), expected)
  })
}

test('PR-22: the days of New York around a change have 23 and 25 hours', () => {
  const hours = (day: string, next: string): number =>
    (startOfDayMs(next, 'America/New_York') - startOfDayMs(day, 'America/New_York')) / 3_600_000
  assert.equal(hours('2024-03-10', '2024-03-11'), 23)
  assert.equal(hours('2024-11-03', '2024-11-04'), 25)
})

test('the days of a period are the days that its halves have', () => {
  fc.assert(
    fc.property(days, days, days, (a, b, c) => {
      const [start, middle, end] = [a, b, c].sort() as [string, string, string]
      assert.equal(daysIn({ start, end }), daysIn({ start, end: middle }) + daysIn({ start: middle, end }))
      assert.equal(daysIn({ start, end }), (Date.parse(end) - Date.parse(start)) / DAY_MS)
    }),
  )
})

for (const [day, zone, expected] of [
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00'],
  ['2022-03-27', 'Asia/Beirut', '2022-03-27T01:00:00+03:00'],
  ['2024-04-26', 'Africa/Cairo', '2024-04-26T01:00:00+03:00'],
  ['2024-03-31', 'Europe/Kyiv', '2024-03-31T00:00:00+02:00'],
  ['2024-02-17', 'Asia/Kathmandu', '2024-02-17T00:00:00+05:45'],
] as const) {
  test(`${day} begins in ${zone} at ${expected.slice(11)}`, () => {
    assert.equal(startOfDayMs(day, zone), Date.parse(expected))
  })
}

test('a day begins at its first instant: the one before belongs to the day before', () => {
  fc.assert(
    fc.property(days, fc.constantFrom(...ZONES), (day, zone) => {
      const start = startOfDayMs(day, zone)
      assert.equal(dayOf(start, zone), day)
      assert.equal(dayOf(start - 1, zone), isoDay(Date.parse(day) - DAY_MS))
    }),
  )
})

test('the overlap of two periods has the days that both have', () => {
  fc.assert(
    fc.property(fc.tuple(days, days), days, fc.option(days), days, ([a, b], from, until, day) => {
      const period = a < b ? { start: a, end: b } : { start: b, end: a }
      const overlap = overlapOf(period, from, until)
      const isInBoth = day >= period.start && day < period.end && day >= from && (until === null || day < until)
      assert.equal(overlap !== null && day >= overlap.start && day < overlap.end, isInBoth)
      assert.ok(overlap === null || overlap.start < overlap.end)
    }),
  )
})

test('zones are the ones that the runtime knows', () => {
  for (const zone of ZONES) assert.ok(isZone(zone), zone)
  for (const zone of ['Europe/Atlantis', '', 'Kyiv']) assert.equal(isZone(zone), false, zone)
})
