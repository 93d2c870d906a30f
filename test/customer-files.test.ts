/** The example of docs/customer-files.md, through the command's own way. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { CALLS, startKvit } from './harness.ts'

const { client } = await startKvit('files', '2026-12-31T00:00:00Z', 36_500)

test('docs/customer-files.md: the file makes who is billed, and again nothing', async () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/customer-files.md'), 'utf8')
  const text = /^```customers csv\n([\s\S]*?)^```$/m.exec(page)?.[1] ?? ''
  await client.post('/v1/issuers', { key: 'web', name: 'Web Ltd', address: 'Lviv' })
  await client.post('/v1/catalog', { files: [{ name: 'basic.yaml', text: CALLS }] })
  const first = await importCustomers(client, text)
  assert.deepEqual(first.errors, [])
  assert.deepEqual(first.created, { issuer: 0, customer: 1, account: 1, service: 1, subscription: 1 })
  assert.equal((await importCustomers(client, text)).existing, 4)
  assert.deepEqual((await client.get('/v1/customers/olha'))['metadata'], { region: 'kyiv' })
})
