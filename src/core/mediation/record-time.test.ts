import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isKnownMs } from '../base/calendar-range.ts'
import { dayMs, parseTime } from './record-time.ts'

const TABLE: readonly (readonly [string, number])[] = [
  ['1970-01-01T00:00:00Z', 0],
  ['2024-02-29T23:59:59Z', Date.UTC(2024, 1, 29, 23, 59, 59)],
  ['2024-01-01T00:00:00.5Z', Date.UTC(2024, 0, 1, 0, 0, 0, 500)],
  ['2024-01-01T00:00:00.1239999Z', Date.UTC(2024, 0, 1, 0, 0, 0, 123)],
  ['2199-12-31T23:59:59.9999Z', Date.UTC(2200, 0, 1) - 1],
  ['1969-12-31T23:59:59-00:01', 59_000],
  ['2024-01-01 10:00:00Z', Date.UTC(2024, 0, 1, 10)],
  ['2024-01-01T10:00:00+05:45', Date.UTC(2024, 0, 1, 4, 15)],
  ['2024-01-01T00:30:00-02:30', Date.UTC(2024, 0, 1, 3)],
]

for (const [text, expected] of TABLE) {
  test(`${text} is ${expected} ms after the epoch`, () => {
    assert.equal(parseTime(text), expected)
  })
}

const REFUSED = [
  ...['', 'Z', 'yesterday', '2024', '2024-01-01', '2024-01-01T10:00:00', '10:00:00Z', '1704067200'],
  ...[
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-01-00T00:00:00Z',
  ],
  ...[
    '2024-01-01T24:00:00Z',
    '2024-01-01T23:60:00Z',
    '2024-01-01T2x:00:00Z',
    '2024-01-01T10-00-00Z',
    '2024/01/01T10:00:00Z',
    '2024-01-01X10:00:00Z',
  ],
  ...[
    '2024-01-01T10:00:00.Z',
    '2024-01-01T10:00:00.1a2Z',
    '2024-01-01T10:00:00 Z',
    '2024-01-01T10:00:00+25:00',
    '2023-02-29T00:00:00+01:00',
  ],
  ...[
    '1969-12-31T23:59:59.9999Z',
    '1970-01-01T00:00:00+00:01',
    '2200-01-01T00:00:00Z',
    '2199-12-31T23:59:59-00:01',
    '9999-12-31T23:59:59Z',
  ],
]

for (const text of REFUSED) {
  test(`"${text}" is no time with a zone`, () => {
    assert.ok(Number.isNaN(parseTime(text)))
  })
}

const instants = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31) })
const fractions = fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,9}$/))
const offsets = fc.constantFrom('Z', '+00:00', '-00:00', '+02:00', '-03:30', '+05:45', '+14:00')

test('a time of any fraction and offset is what Temporal reads, cut to milliseconds', () => {
  fc.assert(
    fc.property(instants, fractions, offsets, (epochMs, fraction, offset) => {
      const text = `${new Date(epochMs).toISOString().slice(0, 19)}${fraction}${offset}`
      const expected = Temporal.Instant.from(text).epochMilliseconds
      assert.equal(parseTime(text), isKnownMs(expected) ? expected : Number.NaN, text)
    }),
    { numRuns: 1000 },
  )
})

test('a time with one character changed is read as Temporal reads it, or refused', () => {
  fc.assert(
    fc.property(instants, fc.nat(18), fc.constantFrom(...'0123456789-:TZ. +x'.split('')), (epochMs, at, char) => {
      const whole = `${new Date(epochMs).toISOString().slice(0, 19)}Z`
      const text = whole.slice(0, at) + char + whole.slice(at + 1)
      const actual = parseTime(text)
      if (!Number.isNaN(actual)) assert.equal(actual, Temporal.Instant.from(text).epochMilliseconds, text)
    }),
    { numRuns: 2000 },
  )
})

test('a date is a day of the calendar or none, whatever was asked before', () => {
  const parts = fc.tuple(
    fc.integer({ min: 1000, max: 9999 }),
    fc.integer({ min: 0, max: 14 }),
    fc.integer({ min: 0, max: 33 }),
  )
  fc.assert(
    fc.property(parts, ([year, month, day]) => {
      const two = (value: number): string => String(value).padStart(2, '0')
      const date = new Date(Date.UTC(year, month - 1, day))
      const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
      assert.equal(dayMs(`${year}-${two(month)}-${two(day)}`), isReal ? date.getTime() : Number.NaN)
    }),
    { numRuns: 2000 },
  )
})
