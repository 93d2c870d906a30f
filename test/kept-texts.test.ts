import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/** Texts that UTF-8 or Postgres cannot hold are refused where they come in, and nobody else notices. */
const { client, request } = await startKvit('texts', '2026-01-31T12:00:00Z')
await seedOperator(client)
await createSubscriber(client, 'anna')
const record = (id: string, data: Json = { minutes: '1' }): Json => {
  return { id, source: 'switch', service: 'anna', type: 'call', time: '2026-01-05T10:00:00Z', data }
}
await client.post('/v1/usage', [record('known')])

/** The head of the journal moves when something was charged; an engine that dropped its memory answers 503 for a while. */
async function isCharging(id: string): Promise<boolean> {
  const { status, json } = await request('POST', '/v1/usage', { body: [record(id)] })
  return status === 200 && json['charged'] === 1
}

const BAD = ['a\u0000b', '\ud810', 'x\udfff']

test('S6: a reason with such a character is refused with its request, and everybody else is charged on', async () => {
  for (const [at, reason] of BAD.entries()) {
    const body = { key: `bad-${at}`, source: 'switch', id: 'known', action: 'retract', reason }
    const { status, json } = await request('POST', '/v1/usage-corrections', { body })
    assert.equal(status, 400, JSON.stringify(json))
    assert.ok(await isCharging(`after-reason-${at}`))
  }
})

test('S6: a record with such a character in its data is not charged, and says why', async () => {
  for (const [at, note] of BAD.entries()) {
    const { json } = await request('POST', '/v1/usage', { body: [record(`noted-${at}`, { minutes: '1', note })] })
    assert.deepEqual([json['charged'], json['suspended']], [0, 1])
  }
  const waiting = await client.list<Json & { id: string }>('/v1/suspense?reason=bad_text')
  assert.equal(waiting.length, BAD.length)
})

test('S6: any body, parameter and query with such a character is refused, by one rule', async () => {
  const customer = await request('POST', '/v1/customers', { body: { key: 'b', name: 'B\u0000' } })
  assert.deepEqual([customer.status, customer.json['code']], [400, 'invalid_request'])
  const raw = await request('POST', '/v1/customers', { raw: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) })
  assert.equal(raw.status, 400)
  assert.equal((await request('GET', '/v1/accounts/a%00b')).status, 400)
  assert.equal((await request('GET', '/v1/suspense?cursor=%00')).status, 400)
})

test('S7: ids that differ in halves of surrogate pairs are two records, and none is charged', async () => {
  const { json } = await request('POST', '/v1/usage', { body: [record('\ud810'), record('\ud811')] })
  assert.deepEqual([json['charged'], json['suspended'], json['duplicates']], [0, 2, 0])
  const online = await request('POST', '/v1/charging', {
    body: { op: 'event', ...record('\ud812') },
  })
  assert.notEqual(online.json['result'], 'charged')
  assert.deepEqual(await checkHolds(client), [])
})
