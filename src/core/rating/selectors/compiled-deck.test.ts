import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DeckRow, DeckVersion } from '../../catalog/rate-deck.ts'
import { normaliseNumber } from '../../catalog/rate-deck.ts'
import { compileDeck, matchNumber, type VersionRows } from './compiled-deck.ts'
import { diffDecks } from './deck-diff.ts'

const NUMBERS = { international: ['00'], country: '351', trunk: '0' }
const version = (number: number, effectiveFrom: string): DeckVersion => ({
  code: 'deck',
  name: 'Deck',
  version: number,
  effectiveFrom,
  zone: 'UTC',
  numbers: { international: ['00'] },
  columns: ['rate'],
})
const row = (prefix: string, rate: string, more: Partial<DeckRow> = {}): DeckRow => ({
  prefix,
  name: `to ${prefix}`,
  rates: [rate],
  ...more,
})
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`)

const DIALLED: readonly (readonly [string, string])[] = [
  ['+44 20 7946 0958', '442079460958'],
  ['0044-20-79460958', '442079460958'],
  ['021 000 00', '3512100000'],
  ['118', '351118'],
  ['', ''],
  ['0', ''],
  ['+', ''],
  ['anonymous', ''],
  ['44*31', ''],
]
for (const [dialled, number] of DIALLED)
  test(`${dialled} is dialled for ${number}`, () => assert.equal(normaliseNumber(dialled, NUMBERS), number))

test('the longest prefix that holds is found, as a scan of all rows finds it', () => {
  const digits = (min: number, max: number): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom('1', '2', '3'), { minLength: min, maxLength: max }).map((list) => list.join(''))
  const days = fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01')
  const dated = fc.record({ prefix: digits(1, 4), from: fc.option(days), until: fc.option(days) })
  fc.assert(
    fc.property(fc.array(dated, { maxLength: 30 }), digits(1, 6), days, (given, number, day) => {
      const rows = given.map(({ prefix, from, until }, index) =>
        row(prefix, String(index), { ...(from === null ? {} : { from }), ...(until === null ? {} : { until }) }),
      )
      const holding = rows.filter(
        ({ prefix, from = '', until = '9' }) => number.startsWith(prefix) && from <= day && day < until,
      )
      const longest = Math.max(...holding.map(({ prefix }) => prefix.length))
      const found = matchNumber(
        compileDeck([{ version: version(1, '2020-01-01'), count: rows.length, rows }]),
        number,
        at(day),
      )
      if (holding.length === 0) assert.equal(found, null)
      else assert.equal(found?.prefix, number.slice(0, longest))
    }),
  )
})

const rowsOf = (version: DeckVersion, rows: readonly DeckRow[]): VersionRows => ({ version, count: rows.length, rows })

test('the latest version that has begun replaces the ones before as a whole', () => {
  const deck = compileDeck([
    rowsOf(version(1, '2026-01-01'), [row('1', '1'), row('12', '2')]),
    rowsOf(version(2, '2026-03-01'), [row('1', '3')]),
    rowsOf(version(3, '2026-02-01'), [row('1', '4'), row('12', '2')]),
  ])
  const rateOn = (day: string): string | undefined =>
    matchNumber(deck, '123', at(day))?.destination.terms[0]?.unitAmount
  assert.deepEqual(['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-01'].map(rateOn), [undefined, '2', '2', '3'])
})

test('a destination keeps its name and its rates whatever is imported later', () => {
  const first = rowsOf(version(1, '2026-03-01'), [row('1', '1'), row('2', '1', { name: 'to 1' })])
  const before = rowsOf(version(2, '2026-01-01'), [row('1', '2'), row('3', '1', { name: 'to 1' })])
  const names = ({ destinations }: ReturnType<typeof compileDeck>): string[] =>
    destinations.map(({ name, terms }) => `${name} = ${terms[0]?.unitAmount}`)
  assert.deepEqual(names(compileDeck([first])), ['to 1 = 1'])
  assert.deepEqual(names(compileDeck([first, before])), ['to 1 = 1', 'to 1 (2) = 2'])
})

test('a difference says what became dearer, cheaper, or otherwise', () => {
  const before = [row('1', '1'), row('2', '1'), row('3', '1'), row('4', '1'), row('5', '1'), row('6', '1')]
  const after = [
    row('1', '2'),
    row('2', '0.5'),
    row('3', '1', { name: 'new' }),
    row('4', '1'),
    row('6', '0.5', { connectionFee: '1' }),
    row('7', '1'),
  ]
  const { differences, unchanged } = diffDecks(before, after)
  assert.deepEqual(
    differences.map(({ prefix, change }) => `${prefix} ${change}`),
    ['1 raised', '2 lowered', '3 changed', '5 removed', '6 changed', '7 added'],
  )
  assert.equal(unchanged, 1)
})
