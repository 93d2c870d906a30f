import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createZoneClock } from '../../core/base/zone-clock.ts'
import type { Schedule } from '../../core/catalog/plan.ts'
import { NO_RATE } from '../../core/rating/selectors/no-rate.ts'
import { scheduleSelector } from '../../core/rating/selectors/schedule-rates.ts'
import { canonicalJson } from '../../platform/content-digest.ts'
import { readPlanFiles } from './plan-files.ts'
import { readSchedule } from './schedule-file.ts'

const HOUR_MS = 3_600_000
const VALUES = ['a', 'b', 'c', 'd']

function read(zone: string, stepMinutes: number, times: readonly string[]): Schedule {
  const source = { code: 's', stepMinutes, zone, file: 's.csv', timeColumn: 'time', valueColumn: 'value' }
  const text = ['time,value', ...times.map((time, at) => `${time},${VALUES[at]}`)].join('\n')
  const schedule = readSchedule(source, [{ name: 's.csv', text }])
  if ('problem' in schedule) throw new Error(JSON.stringify(schedule.problem))
  return schedule
}

/** Steps, the zone, when entries begin, and how many hours each of them holds. */
const STEPS: readonly (readonly [title: string, minutes: number, zone: string, times: string[], hours: number[]])[] = [
  [
    'a day of 25 hours',
    1_440,
    'Europe/Kyiv',
    ['2026-10-24 00:00', '2026-10-25 00:00', '2026-10-26 00:00'],
    [24, 25, 24],
  ],
  [
    'a day of 23 hours',
    1_440,
    'Europe/Kyiv',
    ['2026-03-28 00:00', '2026-03-29 00:00', '2026-03-30 00:00'],
    [24, 23, 24],
  ],
  ['days from six to six', 1_440, 'Europe/Kyiv', ['2026-10-24 06:00', '2026-10-25 06:00'], [25, 24]],
  [
    'days that begin in the hour that is left out',
    1_440,
    'Europe/Kyiv',
    ['2026-03-28 03:30', '2026-03-29 03:30'],
    [23, 24],
  ],
  [
    'days that begin in the hour that comes twice',
    1_440,
    'Europe/Kyiv',
    ['2026-10-24 03:30', '2026-10-25 03:30'],
    [24, 25],
  ],
  ['weeks', 10_080, 'Europe/Kyiv', ['2026-03-23 00:00', '2026-03-30 00:00'], [167, 168]],
  ['two days of 25 and 24 hours', 2_880, 'Europe/Kyiv', ['2026-10-25 00:00', '2026-10-27 00:00'], [49, 48]],
  [
    'a clock that goes by half an hour',
    1_440,
    'Australia/Lord_Howe',
    ['2026-04-05 00:00', '2026-04-06 00:00'],
    [24.5, 24],
  ],
  ['UTC', 1_440, 'UTC', ['2026-10-25 00:00', '2026-10-26 00:00'], [24, 24]],
  ['steps that are no whole days', 1_380, 'Europe/Kyiv', ['2026-10-25 00:00', '2026-10-25 23:00'], [23, 23]],
]

for (const [title, minutes, zone, times, hours] of STEPS) {
  test(`how long an entry of a schedule holds: ${title}`, () => {
    const schedule = read(zone, minutes, times)
    const selector = scheduleSelector(schedule, VALUES)
    const clock = createZoneClock(zone)
    const elementAt = (ms: number): number => selector.elementAt(ms, clock, [])
    for (const [at, startMs] of schedule.starts.entries()) {
      const endMs = startMs + (hours[at] as number) * HOUR_MS
      const next = schedule.starts[at + 1] === endMs ? at + 1 : NO_RATE
      assert.deepEqual([elementAt(startMs), elementAt(endMs - 1), elementAt(endMs)], [at, at, next], `${times[at]}`)
      assert.equal(selector.nextAt(startMs, clock, []), endMs)
    }
    assert.equal(elementAt((schedule.starts[0] as number) - 1), NO_RATE)
  })
}

test('a schedule of even steps is stored as ever, and one of before reads as it did when its file comes again', () => {
  assert.deepEqual(read('UTC', 1_440, ['2026-10-25 00:00']), {
    ...{ code: 's', stepMinutes: 1_440, starts: [Date.parse('2026-10-25T00:00:00Z')], values: ['a'] },
  })
  const schedule = read('Europe/Kyiv', 1_440, ['2026-10-25 00:00', '2026-10-26 00:00'])
  const { ends, ...before } = schedule
  assert.deepEqual(ends, [Date.parse('2026-10-25T22:00Z'), Date.parse('2026-10-26T22:00Z')])
  const hour25 = Date.parse('2026-10-25T21:30Z')
  const elementOf = (stored: Schedule): number =>
    scheduleSelector(stored, VALUES).elementAt(hour25, createZoneClock('UTC'), [])
  assert.deepEqual([elementOf(schedule), elementOf(before)], [0, NO_RATE])
  const file = (value: string): { name: string; text: string }[] => [
    { name: 's.csv', text: `time,value\n2026-10-25 00:00,a\n2026-10-26 00:00,${value}` },
    {
      name: 's.yaml',
      text: 'schedules:\n  - { code: s, stepMinutes: 1440, zone: Europe/Kyiv, file: s.csv, timeColumn: time, valueColumn: value }',
    },
  ]
  for (const stored of [before, schedule]) {
    const known = { meters: [], schedules: [JSON.parse(canonicalJson(stored)) as Schedule] }
    assert.deepEqual(readPlanFiles(file('b'), known).errors, [])
    assert.match(readPlanFiles(file('c'), known).errors[0]?.message ?? '', /published with another content/)
  }
})
