/** CloudEvents over HTTP: one event is one record, in whichever of the three modes it comes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Json } from '../src/cli/client.ts'
import { checkHolds, createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const kvit = await startKvit('shop', '2026-02-10T00:00:00Z')
const { client, request } = kvit
await seedOperator(client)
await createSubscriber(client, 'ann')

const event = (id: string): Json => ({
  specversion: '1.0',
  ...{ id, source: 'urn:switch', type: 'call', subject: 'ann', time: '2026-02-09T10:00:00Z' },
  datacontenttype: 'application/json',
  data: { minutes: 2.5 },
})

async function binary(
  id: string,
  change: Record<string, string> = {},
  raw: string | Uint8Array = '{"minutes":2.5}',
): Promise<Json> {
  const { data: _, datacontenttype: _type, ...attributes } = event(id)
  const headers = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]))
  return sent(await request('POST', '/v1/cloudevents', { raw, headers: { ...headers, ...change } }))
}

async function json(contentType: string, body: unknown): Promise<Json> {
  const headers = { 'content-type': contentType }
  return sent(await request('POST', '/v1/cloudevents', { raw: JSON.stringify(body), headers }))
}

function sent({ status, json: answer }: { status: number; json: Json }): Json {
  const { charged, duplicates, suspended, code } = answer
  return status === 200 ? { charged, duplicates, suspended } : { status, code }
}

const ONE = { charged: 1, duplicates: 0, suspended: 0 }
const AGAIN = { charged: 0, duplicates: 1, suspended: 0 }

test('binary, structured, batched and NDJSON are the same record: the second is a repetition, whatever its mode', async () => {
  const structured = 'application/cloudevents+json; charset=utf-8'
  assert.deepEqual(await binary('a'), ONE)
  assert.deepEqual(await json(structured, event('a')), AGAIN)
  assert.deepEqual(await json(structured, event('b')), ONE)
  assert.deepEqual(await binary('b'), AGAIN)
  assert.deepEqual(await json('application/cloudevents-batch+json', [event('a'), event('b'), event('c')]), {
    charged: 1,
    duplicates: 2,
    suspended: 0,
  })
  assert.deepEqual(await json('APPLICATION/CloudEvents-Batch+JSON', []), { charged: 0, duplicates: 0, suspended: 0 })
  const report = await client.post<Json>('/v1/usage', [{ ...event('c'), service: 'ann' }])
  assert.equal(report['duplicates'], 1)
  assert.deepEqual(await binary('d', { 'content-encoding': 'gzip' }, gzipSync('{"minutes":2.5}')), ONE)
  assert.deepEqual(await checkHolds(client), [])
})

test('an event that cannot be charged is kept with its reason; one that is none is refused', async () => {
  assert.deepEqual(await binary('e', { 'ce-subject': 'nobody' }), { charged: 0, duplicates: 0, suspended: 1 })
  assert.deepEqual(await binary('f', {}, '{"seconds":1}'), { charged: 0, duplicates: 0, suspended: 1 })
  const entries = await client.list<Json>('/v1/suspense')
  assert.deepEqual(
    entries.map(({ reason }) => reason),
    ['unknown_service', 'missing_field'],
  )
  assert.deepEqual(await binary('g', { 'ce-specversion': '0.3' }), { status: 400, code: 'invalid_request' })
  assert.deepEqual(await binary('g', { 'content-type': 'application/xml' }), {
    status: 415,
    code: 'unsupported_media_type',
  })
  assert.deepEqual(await json('application/json', event('g')), { status: 415, code: 'unsupported_media_type' })
  assert.deepEqual(await json('application/cloudevents+avro', event('g')), {
    status: 415,
    code: 'unsupported_media_type',
  })
  const reader = await personWith(kvit, 'reader', ['usage:read'])
  await assert.rejects(reader.post('/v1/cloudevents', {}), /usage:write/)
})
