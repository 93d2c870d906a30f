import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ByteReader, ByteWriter } from '../columnar/bytes.ts'
import type { SegmentFacts } from './segment.ts'
import { encodeFacts } from './segment-codec.ts'
import { packFacts, unpackFacts } from './segment-payload.ts'
import { NO_COUNTS } from './usage-counts.ts'

const row = fc.record({
  id: fc.string({ unit: 'grapheme', maxLength: 20 }),
  data: fc.constantFrom('{}', '{"minutes":1.5}', '{"name":"Їжак 😀"}'),
  source: fc.nat(2),
  startMs: fc.integer({ min: -1e12, max: 4e12 }),
  lengthMs: fc.option(fc.nat(1e9)),
  quantity: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
})

test('facts that are packed and unpacked are the same facts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
      const facts: SegmentFacts = {
        counts: { ...NO_COUNTS, received: rows.length, charged: rows.length - 1 },
        changes: rows.length === 0 ? [] : ['["taken_back"]'],
        change: rows.map((_, index) => (index === 0 ? 1 : 0)),
        sources: ['a', 'b', 'ґ'],
        services: ['svc-1', 'сервіс'],
        types: ['call'],
        subscriptions: ['0190a000-0000-7000-8000-0000000000ff'],
        cells: [['0190a000-0000-7000-8000-000000000001', 'calls', 'night']],
        measures: [1],
        id: rows.map(({ id }) => id.toWellFormed()),
        data: rows.map(({ data }) => data),
        source: rows.map(({ source }) => source),
        service: rows.map((_, index) => index % 2),
        type: rows.map(() => 0),
        subscription: rows.map(() => 0),
        startMs: rows.map(({ startMs }) => startMs),
        endMs: rows.map(({ startMs, lengthMs }) => (lengthMs === null ? Number.NaN : startMs + lengthMs)),
        chargeRecord: rows.map((_, index) => index),
        chargeRateKey: rows.map(() => 0),
        chargePeriod: rows.map((_, index) => index - 10),
        chargeMeasures: rows.map(({ quantity }) => quantity),
        chargeAmount: rows.map(({ amount }) => amount),
        observedCharge: rows.map((_, index) => index),
        observedValue: rows.map(({ quantity }) => quantity),
        observedMs: rows.map(({ startMs }) => startMs),
        observedMark: rows.map((_, index) => index * 2 ** 40),
        accounts: ['0190a000-0000-7000-8000-0000000000aa'],
        units: ['MB'],
        accountFacts: ['{"fact":"crossed"}'],
        moveKind: [0, ...rows.map(() => 1)],
        moveAccount: [0, ...rows.map(() => 0)],
        moveMember: [0, ...rows.map(() => 0)],
        movePeriod: [0, ...rows.map((_, index) => index - 3)],
        moveLot: [0, ...rows.map((_, index) => index)],
        moveUnit: [0, ...rows.map((_, index) => index % 2)],
        moveSource: [0, ...rows.map((_, index) => index % 5)],
        moveRecord: [0, ...rows.map((_, index) => index)],
        moveRemaining: [0n, ...rows.map(({ amount }) => amount * 10n ** 6n)],
        moveHeld: [0n, ...rows.map(({ quantity }) => quantity)],
      }
      assert.deepEqual(unpackFacts(await packFacts(encodeFacts(facts))), facts)
    }),
    { numRuns: 100 },
  )
})

test('integers of every size come back as they were written', () => {
  const naturals = fc.array(fc.maxSafeNat(), { maxLength: 20 })
  const wide = fc.array(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), { maxLength: 20 })
  fc.assert(
    fc.property(naturals, wide, (small, large) => {
      const writer = new ByteWriter(1)
      for (const value of small) writer.natural(value)
      for (const value of large) writer.bigInteger(value)
      const reader = new ByteReader(writer.bytes())
      assert.deepEqual(
        small.map(() => reader.natural()),
        small,
      )
      assert.deepEqual(
        large.map(() => reader.bigInteger()),
        large,
      )
    }),
  )
})
