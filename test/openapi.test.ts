import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readApi } from '../tools/sdk/description.ts'
import { harmlessWithout } from '../tools/sdk/sent-once.ts'
import { generatedFiles, keptFiles, writeFiles } from '../tools/sdk/write.ts'
import { startKvit } from './harness.ts'

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
}

const { app, client } = await startKvit('described', '2026-02-01T00:00:00Z')
const described = await fetch(`${app.url}/openapi.json`)
const descriptionText = await described.text()
const description = JSON.parse(descriptionText) as {
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
)

test('every route has a name of its own for generated clients, which follows from its method and address', () => {
  assert.ok(operations.length > 80)
  const names = operations.map(({ operationId }) => operationId)
  assert.deepEqual(
    names.filter((name, at) => !/^[a-z]+[A-Za-z0-9]*$/.test(name) || names.indexOf(name) !== at),
    [],
  )
  const nameOf = (method: string, path: string): string | undefined => description.paths[path]?.[method]?.operationId
  assert.equal(nameOf('get', '/v1/invoices'), 'getInvoices')
  assert.equal(nameOf('post', '/v1/payments'), 'postPayments')
  assert.equal(nameOf('get', '/v1/accounts/{reference}/next-invoice'), 'getAccountsByReferenceNextInvoice')
})

test('the description has its server, says what each group is about, and names the headers that routes read', () => {
  assert.deepEqual(
    description.servers.map(({ url }) => url),
    ['/'],
  )
  const described = new Set(description.tags.map(({ name }) => name))
  const used = new Set(operations.flatMap(({ tags }) => tags))
  assert.deepEqual([...used].sort(), [...described].sort())
  const headersOf = (method: string, path: string): string[] =>
    (description.paths[path]?.[method]?.parameters ?? [])
      .filter((parameter) => parameter.in === 'header')
      .map(({ name }) => name)
  assert.deepEqual(headersOf('get', '/v1/invoices'), ['Kvit-Tenant', 'Kvit-Version'])
  assert.deepEqual(headersOf('post', '/v1/payments'), ['Kvit-Tenant', 'Idempotency-Key', 'Kvit-Version'])
  assert.deepEqual(headersOf('post', '/v1/tenants').includes('Kvit-Tenant'), false)
})

test('an answer that is given again says so, and every answer has the id of its request', async () => {
  const ask = async (): Promise<Response> =>
    fetch(`${app.url}/v1/customers`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': String(client.tenant) },
        ...{ 'content-type': 'application/json', 'idempotency-key': 'once' },
      },
      body: JSON.stringify({ key: 'olha', name: 'Olha' }),
    })
  const [first, again] = [await ask(), await ask()]
  assert.deepEqual([first.status, first.headers.get('idempotent-replayed')], [201, null])
  assert.deepEqual([again.status, again.headers.get('idempotent-replayed')], [201, 'true'])
  assert.equal(await first.text(), await again.text())
  assert.match(again.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/)
})

test('the clients in packages are as the server describes its API: KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts writes them', () => {
  const files = generatedFiles(descriptionText, described.headers.get('kvit-version') ?? '')
  if (process.env['KVIT_WRITE_SDK'] !== undefined) writeFiles(files)
  const kept = keptFiles()
  assert.deepEqual(Object.keys(kept).sort(), Object.keys(files).sort())
  // Not their texts side by side: they are long, and whoever wrote a route writes them anew.
  const old = Object.keys(files).filter((name) => kept[name] !== files[name])
  assert.deepEqual(old, [], 'the routes have changed: write the clients anew')
})

test('what clients send again without an Idempotency-Key are routes, and they take none', () => {
  assert.deepEqual(harmlessWithout(readApi(JSON.parse(descriptionText), '')), [])
})
