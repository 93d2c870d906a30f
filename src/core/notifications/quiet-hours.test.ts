import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quietUntilMs } from './quiet-hours.ts'

const NIGHT = ['21:00', '08:00'] as const

/** Zone, hours, a moment, and when the quiet hours end that it is in. */
for (const [title, zone, [from, until], now, expected] of [
  ['before the evening', 'UTC', NIGHT, '2026-02-10T20:59:59Z', null],
  ['from its first moment on', 'UTC', NIGHT, '2026-02-10T21:00:00Z', '2026-02-11T08:00:00Z'],
  ['until before the morning', 'UTC', NIGHT, '2026-02-11T07:59:59Z', '2026-02-11T08:00:00Z'],
  ['in the morning it is over', 'UTC', NIGHT, '2026-02-11T08:00:00Z', null],
  ['a rest at noon', 'UTC', ['12:00', '14:00'], '2026-02-10T13:00:00Z', '2026-02-10T14:00:00Z'],
  ['outside of it', 'UTC', ['12:00', '14:00'], '2026-02-10T14:30:00Z', null],
  ['none where both are the same', 'UTC', ['08:00', '08:00'], '2026-02-10T08:00:00Z', null],
  ['offsets of quarters of an hour', 'Asia/Kathmandu', NIGHT, '2026-02-10T15:15:00Z', '2026-02-11T02:15:00Z'],
  ['a minute before', 'Asia/Kathmandu', NIGHT, '2026-02-10T15:14:00Z', null],
  [
    'over the night in which New York goes forward',
    'America/New_York',
    NIGHT,
    '2026-03-08T04:00:00Z',
    '2026-03-08T12:00:00Z',
  ],
  ['over the one in which it goes back', 'America/New_York', NIGHT, '2026-11-01T03:00:00Z', '2026-11-01T13:00:00Z'],
  [
    'an end in the hour that is left out is at the change',
    'Europe/Berlin',
    ['23:00', '02:30'],
    '2026-03-29T00:30:00Z',
    '2026-03-29T01:00:00Z',
  ],
  [
    'an end in the hour that comes twice: the first time',
    'Europe/Berlin',
    ['23:00', '02:30'],
    '2026-10-25T00:10:00Z',
    '2026-10-25T00:30:00Z',
  ],
  ['and again the second time', 'Europe/Berlin', ['23:00', '02:30'], '2026-10-25T01:10:00Z', '2026-10-25T01:30:00Z'],
  ['half an hour of change', 'Australia/Lord_Howe', NIGHT, '2026-04-04T12:00:00Z', '2026-04-04T21:30:00Z'],
  [
    'the zone of an account that has moved',
    'Europe/Kyiv 2026-05-01 America/New_York',
    NIGHT,
    '2026-06-01T03:00:00Z',
    '2026-06-01T12:00:00Z',
  ],
] as const)
  test(`${title}: ${now} in ${zone}`, () => {
    const found = quietUntilMs(Date.parse(now), zone, { from, until })
    assert.equal(
      found === null ? null : new Date(found).toISOString(),
      expected === null ? null : new Date(expected).toISOString(),
    )
  })
