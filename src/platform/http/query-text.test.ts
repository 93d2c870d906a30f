import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseQuery } from './query-text.ts'

test('names with brackets are put together, all but a key that readers of objects would leave out', () => {
  const found = parseQuery('metadata[region]=eu&metadata[tier]=gold&expand[]=account&expand[]=customer&limit=2')
  assert.deepEqual(JSON.parse(JSON.stringify(found)), {
    metadata: { region: 'eu', tier: 'gold' },
    expand: ['account', 'customer'],
    limit: '2',
  })
  assert.deepEqual(Object.keys(parseQuery('metadata[__proto__]=x')), ['metadata[__proto__]'])
})
