import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createZoneClock, minuteOfWeek } from './zone-clock.ts'

/** A whole-hour change, both hemispheres, half an hour, a change for Ramadan, and an offset of 45 minutes without change. */
const ZONES = ['Europe/Kyiv', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu', 'UTC']
const instants = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) })

function zoned(epochMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone)
}

function assertAgrees(zone: string, clock: ReturnType<typeof createZoneClock>, epochMs: number): void {
  const expected = zoned(epochMs, zone)
  assert.equal(clock.offsetMs(epochMs), expected.offsetNanoseconds / 1e6, expected.toString())
  const minute = (expected.dayOfWeek - 1) * 1440 + expected.hour * 60 + expected.minute
  assert.equal(minuteOfWeek(clock, epochMs), minute, expected.toString())
}

for (const zone of ZONES) {
  test(`${zone}: one clock, asked at instants in any order, agrees with Temporal`, () => {
    const clock = createZoneClock(zone)
    fc.assert(
      fc.property(instants, (epochMs) => assertAgrees(zone, clock, epochMs)),
      { numRuns: 1000 },
    )
  })

  test(`${zone}: a new clock agrees with Temporal around every change from 2020 to 2030`, () => {
    let at = zoned(Date.UTC(2020, 0, 1), zone).getTimeZoneTransition('next')
    while (at !== null && at.year < 2030) {
      const changeMs = at.epochMilliseconds
      for (const epochMs of [changeMs - 60_000, changeMs - 1, changeMs, changeMs + 1, changeMs + 60_000]) {
        assertAgrees(zone, createZoneClock(zone), epochMs)
      }
      const both = createZoneClock(zone)
      for (const epochMs of [changeMs, changeMs - 1, changeMs]) assertAgrees(zone, both, epochMs)
      at = at.getTimeZoneTransition('next')
    }
  })
}

for (const [epoch, minute, title] of [
  ['1970-01-01T00:00:00Z', 3 * 1440, 'the epoch was a Thursday'],
  ['2024-01-01T00:00:00Z', 0, 'a week begins on Monday at midnight'],
  ['2023-12-31T23:59:59.999Z', 10_079, 'and ends on Sunday'],
  ['1969-12-29T00:00:59Z', 0, 'before the epoch too'],
] as const) {
  test(`${title}: ${epoch} is minute ${minute}`, () => {
    assert.equal(minuteOfWeek(createZoneClock('UTC'), Date.parse(epoch)), minute)
  })
}

test('an unknown zone is a fault at the first question', () => {
  assert.throws(() => createZoneClock('Europe/Atlantis').offsetMs(0), RangeError)
})
