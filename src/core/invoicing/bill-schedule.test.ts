import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextRunMs } from './bill-schedule.ts'

type Case = readonly [rule: string, day: number | null, hour: number, zone: string, after: string, next: string]
const CASES: readonly Case[] = [
  ['today, where the hour is still to come', null, 2, 'UTC', '2026-03-01T01:59:59Z', '2026-03-01T02:00:00Z'],
  ['tomorrow, where it has begun', null, 2, 'UTC', '2026-03-01T02:00:00Z', '2026-03-02T02:00:00Z'],
  ['by the clocks of the zone', null, 2, 'Europe/Kyiv', '2026-03-01T01:00:00Z', '2026-03-02T00:00:00Z'],
  ['later, where a day leaves the hour out', null, 3, 'Europe/Kyiv', '2026-03-28T23:00:00Z', '2026-03-29T01:00:00Z'],
  ['once, where a day has the hour twice', null, 3, 'Europe/Kyiv', '2026-10-24T23:30:00Z', '2026-10-25T00:00:00Z'],
  ['and not a second time', null, 3, 'Europe/Kyiv', '2026-10-25T00:00:00Z', '2026-10-26T01:00:00Z'],
  ['on the day of this month', 28, 2, 'UTC', '2026-01-31T03:00:00Z', '2026-02-28T02:00:00Z'],
  ['on the day of the next one', 1, 2, 'UTC', '2026-12-01T02:00:00Z', '2027-01-01T02:00:00Z'],
]

for (const [rule, day, hour, zone, after, next] of CASES)
  test(`bills are run ${rule}`, () => {
    assert.equal(nextRunMs({ day, hour, zone }, Date.parse(after)), Date.parse(next))
  })
