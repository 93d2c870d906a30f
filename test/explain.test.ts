/** Lines and records explained in words, in the language of the customer. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

const { client, request } = await startKvit('explained', '2026-02-01T06:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')
await createSubscriber(client, 'olha', { language: 'uk' })
const records = ['anna', 'olha'].map((service) => {
  return {
    id: `r-${service}`,
    source: 's',
    service,
    type: 'call',
    time: '2026-01-10T10:00:00Z',
    data: { minutes: '150' },
  }
})
await client.post('/v1/usage', [...records, { ...records[0], id: 'lost', service: 'nobody' }])
await runBills(client, '2026-02-01')

async function callsOf(account: string): Promise<Json> {
  for (const { id } of await client.list<Json & { id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<Json & { document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    const line = document.lines.find(({ kind }) => kind === 'usage')
    if (line !== undefined) return client.get(`/v1/invoice-lines/${line['id']}/explain`)
  }
  throw new Error('no line of calls')
}

test('a line in English', async () => {
  assert.deepEqual(String((await callsOf('anna'))['text']).split('\n'), [
    'Calls',
    'Price “Calls” of plan basic, version 1.',
    'Period: from 2026-01-01 until 2026-02-01 (not included).',
    'Used in the period: 150 min.',
    '  tier up to 100: 100 × 0.10 = 10',
    '  last tier: 50 × 0.05 = 2.5',
    'Exact amount: 12.5 EUR.',
    'This line, rounded half-up: 12.50 EUR.',
    'Records behind it: 1.',
  ])
})

test('a line in the language of the customer, or of whoever asks', async () => {
  const explained = await callsOf('olha')
  assert.match(String(explained['text']), /Спожито за період: 150 min\.\n {2}рівень до 100: 100 × 0\.10 = 10/)
  const again = await client.get(`/v1/invoice-lines/${explained['line']}/explain?language=ru`)
  assert.match(String(again['text']), /последняя ступень: 50 × 0\.05 = 2\.5/)
})

test('a record: its charges, and the document that bills them', async () => {
  const found = await client.get<Json & { charges: Json[] }>('/v1/usage-records/explain?source=s&id=r-anna')
  assert.equal(found['state'], 'charged')
  const [charge] = found.charges
  assert.deepEqual([charge?.['amount'], charge?.['quantity'], charge?.['price']], ['12.5', '150', 'calls'])
  assert.deepEqual(String(found['text']).split('\n'), [
    'Record r-anna of s: call, 2026-01-10T10:00:00.000Z.',
    'Charged under “Calls” of plan basic v1: 12.5 EUR for 150 min.',
    `On document ${((charge as Json)['line'] as Json)['number']}.`,
  ])
})

test('a record in suspense, one that is retracted, and one that nobody knows', async () => {
  const lost = await client.get('/v1/usage-records/explain?source=s&id=lost')
  assert.deepEqual([lost['state'], lost['text']], ['suspended', 'In suspense: unknown_service (service: nobody).'])
  await client.post('/v1/usage-corrections', {
    key: 'k',
    source: 's',
    id: 'r-olha',
    action: 'retract',
    reason: 'a test call',
  })
  const gone = await client.get<Json & { corrections: Json[] }>(
    '/v1/usage-records/explain?source=s&id=r-olha&language=ru',
  )
  assert.deepEqual([gone['state'], gone['text']], ['retracted', 'Запись отозвана.'])
  assert.equal(gone.corrections[0]?.['reason'], 'a test call')
  assert.equal((await request('GET', '/v1/usage-records/explain?source=s&id=none')).status, 404)
})
