import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyFields, readLine } from '../../core/mediation/record-fields.ts'
import { UsageBatchBuilder } from '../../core/mediation/usage-batch.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import { encodeFacts } from '../journal/segment-codec.ts'
import { packFacts } from '../journal/segment-payload.ts'
import { NO_COUNTS } from '../journal/usage-counts.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import { chargesOfRows } from './find-charges.ts'

const meter = { code: 'm', name: 'M', eventType: 't', aggregator: 'count', unit: 'u', scale: 0 } as const
const context = {
  metersByType: new Map([['t', [meter]]]),
  attributesByType: new Map(),
  hashSeed: new Uint32Array(4),
}

/** A segment with a record of each id, charged twice as much as its place says, in two charges. */
async function segmentOf(ids: readonly string[]): Promise<Buffer> {
  const rows = ids.map(() => 0)
  return packFacts(
    encodeFacts({
      ...EMPTY,
      sources: ['s'],
      services: ['x'],
      types: ['t'],
      subscriptions: ['0190a000-0000-7000-8000-0000000000ff'],
      cells: [['0190a000-0000-7000-8000-000000000001', 'p', '']],
      measures: [1],
      id: ids,
      data: ids.map(() => '{}'),
      source: rows,
      service: rows,
      type: rows,
      subscription: rows,
      startMs: rows,
      endMs: rows,
      change: rows,
      chargeRecord: ids.flatMap((_, at) => [at, at]),
      chargeRateKey: ids.flatMap(() => [0, 0]),
      chargePeriod: ids.flatMap(() => [0, 0]),
      chargeMeasures: ids.flatMap(() => [1n, 1n]),
      chargeAmount: ids.flatMap((_, at) => [BigInt(at), BigInt(at)]),
    }),
  )
}

const EMPTY: SegmentFacts = {
  counts: NO_COUNTS,
  ...{ sources: [], services: [], types: [], subscriptions: [], cells: [], measures: [], changes: [], units: [] },
  ...{ id: [], data: [], source: [], service: [], type: [], subscription: [], startMs: [], endMs: [], change: [] },
  ...{ chargeRecord: [], chargeRateKey: [], chargePeriod: [], chargeMeasures: [], chargeAmount: [] },
  ...{ observedCharge: [], observedValue: [], observedMs: [], observedMark: [], accounts: [], accountFacts: [] },
  ...{ moveKind: [], moveAccount: [], moveMember: [], movePeriod: [], moveLot: [], moveUnit: [], moveSource: [] },
  ...{ moveRecord: [], moveRemaining: [], moveHeld: [] },
}

test('each row gets the charges of its record, also of one that a batch repeats twice; only their segments are read', async () => {
  const payloads = new Map([
    [3, await segmentOf(['a', 'b', 'c'])],
    [7, await segmentOf(['d', 'e'])],
  ])
  const read: number[] = []
  const journal = {
    store: {
      async segmentsOf(seqs: readonly number[]) {
        read.push(...seqs)
        return seqs.map((seq) => ({ seq, payload: payloads.get(seq) ?? null }))
      },
      archive: { load: async () => ({ files: [], throughSeq: 0 }) },
    },
  } as unknown as WholeJournal
  const builder = new UsageBatchBuilder(context, 8)
  for (const id of ['b', 'e', 'b', 'unknown']) {
    const fields = emptyFields()
    const record = { id, source: 's', service: 'x', type: 't', time: '2026-01-01T00:00:00Z', data: {} }
    assert.equal(readLine(JSON.stringify(record), fields), null)
    builder.add(fields)
  }
  const asked = [3, 7, 3, null].map((seq, row) => ({ row, seq }))
  const amounts = await chargesOfRows(journal, builder.build(), asked)
  assert.deepEqual(
    [...amounts].sort(([a], [b]) => a - b),
    [
      [0, 2n],
      [1, 2n],
      [2, 2n],
    ],
  )
  assert.deepEqual(read, [3, 7])
})
