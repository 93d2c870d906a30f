import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printedNumber, seriesFault, seriesOn } from './document-number.ts'

/** Series of an issuer, day of issue, number, what is counted together, what is printed. */
const cases: [string, string, bigint, string, string][] = [
  ['INV', '2026-02-01', 1n, 'INV', 'INV-000001'],
  ['INV', '2026-02-01', 1_234_567n, 'INV', 'INV-1234567'],
  ['INV-{number:6}', '2026-02-01', 2n, 'INV', 'INV-000002'],
  ['INV-{year}-{number:6}', '2026-02-01', 2n, 'INV-2026', 'INV-2026-000002'],
  ['{year}/{month}-{number:4}', '2026-12-31', 7n, '2026/12-{number:4}', '2026/12-0007'],
  ['{year}/{month}-{number:4}', '2027-01-01', 1n, '2027/01-{number:4}', '2027/01-0001'],
  ['KV{year:2}{number}', '2026-02-01', 15n, 'KV26{number}', 'KV2615'],
  ['{number:5}.{year:2}', '2031-07-01', 15n, '{number:5}.31', '00015.31'],
]
for (const [pattern, day, number, series, printed] of cases)
  test(`${pattern} on ${day}, number ${number}: ${printed}`, () => {
    assert.equal(seriesFault(pattern), null)
    assert.equal(seriesOn(pattern, day), series)
    assert.equal(printedNumber(series, number), printed)
    assert.equal(seriesOn(series, '2040-01-01'), series, 'what a series is called stays')
  })

const faults: [string, RegExp][] = [
  ['inv', /capital letters/],
  ['INV {number}', /capital letters/],
  ['{day}-{number}', /capital letters/],
  ['{year}', /\{number\} once/],
  ['{number}-{number}', /\{number\} once/],
  ['{month}-{number}', /has \{year\}, too/],
  ['{year:3}-{number}', /four digits, or two/],
  ['{year}{month:1}{number}', /a month has two digits/],
  ['{number:0}', /from 1 to 12 digits/],
  ['{number:13}', /from 1 to 12 digits/],
]
for (const [pattern, fault] of faults)
  test(`no series: ${pattern}`, () => assert.match(seriesFault(pattern) ?? 'none', fault))
