import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Client } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

interface Listed {
  readonly id: string
  readonly number: string
}

async function billAt(client: Client, clock: string): Promise<string[]> {
  await client.post('/v1/tenants/numbers', { clock: `${clock}T00:00:00Z` }, 'PATCH')
  await runBills(client, clock)
  const listed = await client.list<Listed>('/v1/invoices')
  return listed.map(({ number }) => number).sort()
}

test('documents are numbered as the issuer writes it, anew each year; a document is found by its number', async () => {
  const { app, client } = await startKvit('numbers', '2026-01-01T00:00:00Z')
  await seedOperator(client)
  await client.post('/v1/issuers/op', { invoiceSeries: '{year}/{month}-{number:3}' }, 'PATCH')
  for (const key of ['ann', 'bob']) await createSubscriber(client, key, { startsAt: '2026-11-01T00:00:00Z' })
  const first = ['2026/11-001', '2026/11-002']
  assert.deepEqual(await billAt(client, '2026-11-01'), first)
  const second = [...first, '2026/12-001', '2026/12-002']
  assert.deepEqual(await billAt(client, '2026-12-01'), second)
  const third = [...second, '2027/01-001', '2027/01-002']
  assert.deepEqual(await billAt(client, '2027-01-01'), third)

  const [found, ...others] = await client.list<Listed>('/v1/invoices?number=2027%2F01-001')
  assert.deepEqual([found?.number, others], ['2027/01-001', []])
  const reference = encodeURIComponent('2027/01-001')
  const { id } = await client.get<Listed>(`/v1/invoices/${reference}`)
  assert.equal(id, found?.id)
  const pdf = await client.download(`/v1/invoices/${reference}/pdf`)
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-')
  const annotated = await client.post<Listed>(`/v1/invoices/${reference}`, { metadata: { po: '4711' } }, 'PATCH')
  assert.equal(annotated.id, id)

  // A plain series and its pattern are one series.
  await client.post('/v1/issuers/op', { invoiceSeries: 'KV' }, 'PATCH')
  const fourth = [...third, 'KV-000001', 'KV-000002']
  assert.deepEqual(await billAt(client, '2027-02-01'), fourth)
  await client.post('/v1/issuers/op', { invoiceSeries: 'KV-{number:6}' }, 'PATCH')
  const fifth = [...fourth, 'KV-000003', 'KV-000004']
  assert.deepEqual(await billAt(client, '2027-03-01'), fifth)
  assert.deepEqual(await checkHolds(client), [])

  await assert.rejects(client.post('/v1/issuers/op', { invoiceSeries: '{month}-{number}' }, 'PATCH'), /\{year\}, too/)
  await app.close()
})

test('no number is printed twice: a series that would come to one of before is refused, and nothing is issued', async () => {
  const { app, client } = await startKvit('numbers', '2026-01-01T00:00:00Z')
  await seedOperator(client)
  await client.post('/v1/issuers/op', { invoiceSeries: 'A{number:1}' }, 'PATCH')
  await createSubscriber(client, 'ann', { startsAt: '2026-02-01T00:00:00Z' })
  assert.deepEqual(await billAt(client, '2026-02-01'), ['A1'])
  await client.post('/v1/issuers/op', { invoiceSeries: 'A{number}' }, 'PATCH')
  await client.post('/v1/tenants/numbers', { clock: '2026-03-01T00:00:00Z' }, 'PATCH')
  await runBills(client, '2026-03-01').catch((error: unknown) => assert.match(String(error), /A1/))
  assert.deepEqual(
    (await client.list<Listed>('/v1/invoices')).map(({ number }) => number),
    ['A1'],
  )
  await client.post('/v1/issuers/op', { invoiceSeries: 'B{number}' }, 'PATCH')
  assert.deepEqual(await billAt(client, '2026-03-01'), ['A1', 'B1'])
  assert.deepEqual(await checkHolds(client), [])
  await app.close()
})
