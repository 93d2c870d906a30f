import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attributeInData, attributeKey } from './attribute-columns.ts'
import { emptyFields, readLine } from './record-fields.ts'
import { textAt } from './text-column.ts'
import { UsageBatchBuilder } from './usage-batch.ts'

const meter = { code: 'm', name: 'M', eventType: 't', aggregator: 'count', unit: 'u', scale: 0 } as const
const context = {
  metersByType: new Map([
    ['t', [meter]],
    ['other', [meter]],
  ]),
  attributesByType: new Map([['t', ['region', 'n']]]),
  hashSeed: new Uint32Array(4),
}

function build(records: readonly { type: string; data: object }[]): ReturnType<UsageBatchBuilder['build']> {
  const builder = new UsageBatchBuilder(context, 2)
  records.forEach(({ type, data }, index) => {
    const fields = emptyFields()
    const record = { id: `r${index}`, source: 's', service: 'x', type, time: '2026-01-01T00:00:00Z', data }
    assert.equal(readLine(JSON.stringify(record), fields), null)
    builder.add(fields)
  })
  return builder.build()
}

test('a batch whose types need no attributes has no columns for them', () => {
  assert.equal(build([{ type: 'other', data: { region: 'eu' } }]).attributes.size, 0)
})

test('columns say what the text of data says: for batches that were read before an attribute was needed', () => {
  const value = fc.oneof(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), fc.constant(null))
  const record = fc.record({
    type: fc.constantFrom('t', 'other', 'unknown'),
    data: fc.record({ region: value, n: value, list: fc.constant([1]) }, { requiredKeys: [] }),
  })
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 12 }), (records) => {
      const batch = build(records)
      records.forEach(({ type }, row) => {
        for (const name of ['region', 'n']) {
          const column = batch.attributes.get(attributeKey(type, name))
          if (type !== 't') assert.equal(column, undefined)
          else if (column !== undefined)
            assert.equal(textAt(column, row), attributeInData(textAt(batch.data, row), name))
        }
      })
    }),
  )
})
