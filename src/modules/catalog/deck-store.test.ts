import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowsInPieces } from './deck-store.ts'

test('rows are parsed a piece at a time, whatever stands in their names', () => {
  const names = ['},{"prefix":"1', '\\"},{"prefix":', 'Київ', `${'x'.repeat(30_000)}},{"prefix":`, '"', '']
  for (const count of [0, 1, 2, 5, 40]) {
    const rows = Array.from({ length: count }, (_, at) => ({
      prefix: String(at),
      name: `${names[at % names.length]}`.padEnd(at % 3 === 0 ? 20_000 : 1),
      rates: ['0.1'],
      columns: [{ connectionFee: '1' }, { connectionFee: '2' }],
    }))
    assert.deepEqual([...rowsInPieces(Buffer.from(JSON.stringify(rows)))], rows)
  }
})
