import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Cycle, dayOf, periodAt, startOfDayMs } from './period.ts'
import { createZoneClock } from './zone-clock.ts'
import { spanAt, withZoneFrom, zoneSpans } from './zone-history.ts'

const HOUR_MS = 3_600_000
const WEST = withZoneFrom('Europe/Kyiv', 'America/New_York', '2026-05-01')
const EAST = withZoneFrom('Europe/Kyiv', 'Asia/Tokyo', '2026-05-01')

/** The history; the length of 30 April in hours; an instant, its local day and the hours of its offset. */
const CHANGED: readonly (readonly [string, number, string, string, number])[] = [
  [WEST, 31, '2026-04-30T20:59:59Z', '2026-04-30', 3],
  [WEST, 31, '2026-05-01T03:59:59Z', '2026-04-30', 3],
  [WEST, 31, '2026-05-01T04:00:00Z', '2026-05-01', -4],
  [EAST, 18, '2026-04-30T14:59:59Z', '2026-04-30', 3],
  [EAST, 18, '2026-04-30T15:00:00Z', '2026-05-01', 9],
]

for (const [zone, hours, time, day, offset] of CHANGED) {
  test(`${zone}: ${time} is ${day}, and the day before the change has ${hours} hours`, () => {
    assert.equal(dayOf(Date.parse(time), zone), day)
    assert.equal(createZoneClock(zone).offsetMs(Date.parse(time)), offset * HOUR_MS)
    const length = startOfDayMs('2026-05-01', zone) - startOfDayMs('2026-04-30', zone)
    assert.equal(length / HOUR_MS, hours)
  })
}

test('a later change replaces what was to come, and one to the same zone is none', () => {
  const twice = withZoneFrom(WEST, 'Asia/Tokyo', '2026-06-01')
  assert.equal(twice, 'Europe/Kyiv 2026-05-01 America/New_York 2026-06-01 Asia/Tokyo')
  assert.equal(withZoneFrom(twice, 'Asia/Tokyo', '2026-05-01'), EAST)
  assert.equal(withZoneFrom(WEST, 'Europe/Kyiv', '2026-05-01'), 'Europe/Kyiv')
  assert.deepEqual(zoneSpans('UTC'), [{ zone: 'UTC', fromDay: null }])
  assert.equal(spanAt(twice, Date.parse('2026-05-20T00:00:00Z')).zone, 'America/New_York')
})

const histories = fc.constantFrom(WEST, EAST, withZoneFrom(WEST, 'Australia/Lord_Howe', '2026-06-01'))
const cycles = fc.constantFrom<Cycle>(
  { unit: 'month', count: 1 },
  { unit: 'day', count: 1 },
  { unit: 'week', count: 2 },
)

test('days and periods tile time across changes of the zone', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 180 * 24 * 4 }), cycles, (zone, step, cycle) => {
      const atMs = Date.UTC(2026, 2, 1) + (step * HOUR_MS) / 4
      const day = dayOf(atMs, zone)
      const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
      assert.ok(startOfDayMs(day, zone) <= atMs && atMs < startOfDayMs(next, zone))
      const periods = [0, 1, 2, 3, 4, 5, 6].map((index) => periodAt('2026-03-01', cycle, index))
      const lengths = periods.map(({ start, end }) => startOfDayMs(end, zone) - startOfDayMs(start, zone))
      const whole = startOfDayMs(periods[6]?.end ?? '', zone) - startOfDayMs('2026-03-01', zone)
      assert.ok(lengths.every((length) => length > 0))
      assert.equal(
        lengths.reduce((a, b) => a + b, 0),
        whole,
      )
    }),
  )
})

test('a clock that is asked in any order agrees with the zone of the instant', () => {
  fc.assert(
    fc.property(histories, fc.array(fc.integer({ min: 0, max: 180 * 48 }), { minLength: 1 }), (zone, steps) => {
      const clock = createZoneClock(zone)
      for (const step of steps) {
        const atMs = Date.UTC(2026, 2, 1) + (step * HOUR_MS) / 2
        const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(spanAt(zone, atMs).zone)
        assert.equal(clock.offsetMs(atMs), local.offsetNanoseconds / 1e6)
      }
    }),
  )
})
