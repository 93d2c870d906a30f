import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { packTexts, textAt } from '../../core/mediation/text-column.ts'
import { CounterTable } from '../memory/counter-table.ts'
import { RecentAnswers } from '../memory/recent-answers.ts'
import { IntegerColumn, TextsColumn, UuidColumn } from './columns.ts'
import { UuidNumbers } from './uuid-numbers.ts'

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constant('\uFEFFї'),
)

test('texts of batches come back as they were, in whatever order their rows are added', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { minLength: 1, maxLength: 8 }), { maxLength: 5 }),
      fc.nat(),
      (batches, seed) => {
        const column = new TextsColumn()
        const expected: string[] = []
        for (const texts of batches) {
          const wellFormed = texts.map((part) => part.toWellFormed())
          const packed = packTexts(wellFormed)
          const rows = [...wellFormed.keys(), ...(seed % 2 === 0 ? [0] : [])]
          for (const row of seed % 3 === 0 ? rows.toReversed() : rows) {
            assert.equal(textAt(packed, row), wellFormed[row])
            column.add(packed, row)
            expected.push(wellFormed[row] as string)
          }
        }
        assert.equal(new TextDecoder('utf-8', { ignoreBOM: true }).decode(column.view()), expected.join(''))
        assert.deepEqual(
          [...column.unitLengths()],
          expected.map(({ length }) => length),
        )
        column.clear()
        assert.equal(column.view().length, 0)
      },
    ),
    { numRuns: 300 },
  )
})

test('halves of a character at the edges of two texts do not join', () => {
  const packed = packTexts(['a\uD83D', '\uDE00b', ''])
  assert.deepEqual([textAt(packed, 0), textAt(packed, 1), textAt(packed, 2)], ['a\uFFFD', '\uFFFDb', ''])
})

test('M9: a column of integers has those beyond 64 bits, too, and forgets them when it is cleared', () => {
  const column = new IntegerColumn()
  const inOrder = (): bigint[] => Array.from({ length: column.length }, (_, at) => column.at(at))
  const edges = [2n ** 63n - 1n, -(2n ** 63n), 0n, 2n ** 63n, -(10n ** 30n)]
  for (const value of edges) column.push(value)
  assert.deepEqual(inOrder(), edges)
  column.clear()
  for (const value of edges) column.push(value + 1n)
  assert.deepEqual(
    inOrder(),
    edges.map((value) => value + 1n),
  )
})

test('M9: a counter passes 64 bits and comes back, and its neighbours stay what they are', () => {
  const counters = new CounterTable()
  const [one, other] = [counters.place(1, 1, 1), counters.place(2, 1, 1)]
  const read = (place: number): unknown => [counters.aggregate(place), counters.amount(place)]
  counters.update(other, [5n], 7n)
  for (const [quantity, amount] of [
    [10n, 2n ** 63n],
    [10n ** 23n, 10n ** 30n],
    [-(10n ** 23n), 3n],
    [3n, 4n],
  ] as const) {
    counters.update(one, [quantity], amount)
    assert.deepEqual(read(one), [[quantity], amount])
    assert.deepEqual(read(other), [[5n], 7n])
  }
  counters.update(one, [10n ** 23n, 2n ** 70n], 2n ** 64n)
  assert.deepEqual(read(one), [[10n ** 23n, 2n ** 70n], 2n ** 64n])
})

test('ids have numbers in the order in which they came, and numbers their ids', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { maxLength: 2_000 }), (ids) => {
      const numbers = new UuidNumbers()
      for (const [index, id] of ids.entries()) {
        assert.equal(numbers.find(id), -1)
        assert.equal(numbers.add(id), index)
      }
      for (const [index, id] of ids.entries()) {
        assert.deepEqual([numbers.find(id.toUpperCase()), numbers.add(id), numbers.idOf(index)], [index, index, id])
      }
      assert.equal(numbers.size, ids.length)
    }),
    { numRuns: 30 },
  )
  for (const broken of ['', 'x', '0190a000-0000-7000-8000-00000000000', '0190a000-0000-7000-8000-00000000000g'])
    assert.throws(() => UuidColumn.of([broken]), /UUID/)
})

test('the latest fifty thousand answers are remembered, older ones forgotten as a whole', () => {
  const answers = new RecentAnswers()
  const name = (number: number): Uint32Array => Uint32Array.of(number, Math.imul(number, 2_654_435_761), 7, number + 1)
  for (let number = 0; number < 170_000; number++) answers.add(name(number), BigInt(number))
  for (let number = 120_000; number < 170_000; number++) assert.equal(answers.find(name(number)), BigInt(number))
  for (let number = 0; number < 50_000; number++) assert.equal(answers.find(name(number)), undefined)
})
