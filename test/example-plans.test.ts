/** The plans of examples/plans on the running system: published as they are, used, and billed as the cases beside them say. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, startKvit } from './harness.ts'

const FOLDER = join(import.meta.dirname, '../examples/plans')

interface Case {
  readonly account?: Json
  readonly subscriptions: readonly {
    readonly plan: string
    readonly quantity?: number
    readonly usage: readonly { type: string; time: string; data: Json }[]
    /** January's lines by what they are called, without those of nothing. */
    readonly bill: Readonly<Record<string, string>>
    /** Thresholds that are crossed. */
    readonly events?: readonly string[]
  }[]
}

const { client } = await startKvit('examples', '2026-01-31T12:00:00Z')
await client.post('/v1/issuers', { key: 'op', name: 'Operator', address: 'Kyiv' })
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))

async function billedInJanuary(account: string): Promise<Record<string, string>> {
  const cents = new Map<string, number>()
  for (const { id } of await client.list<Json & { id: string }>(`/v1/invoices?account=${account}`)) {
    const { document } = await client.get<Json & { document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { description, from, amount } of document.lines) {
      if (!String(from).startsWith('2026-01')) continue
      const name = String(description)
      cents.set(name, (cents.get(name) ?? 0) + Math.round(Number(amount) * 100))
    }
  }
  return Object.fromEntries(
    [...cents].filter(([, sum]) => sum !== 0).map(([name, sum]) => [name, (sum / 100).toFixed(2)]),
  )
}

const exampleOf = (file: string): Case =>
  JSON.parse(readFileSync(join(FOLDER, file.replace('.yaml', '.json')), 'utf8')) as Case
const keyOf = (file: string, index: number): string => `${file.replace('.yaml', '')}-${index}`
const accountIds = new Map<string, string>()

for (const file of files) {
  test(`${file} is published, and everything that its case uses is charged`, async () => {
    await client.post('/v1/catalog', { files: [{ name: file, text: readFileSync(join(FOLDER, file), 'utf8') }] })
    const { account: given, subscriptions } = exampleOf(file)
    for (const [index, { plan, quantity = 1, usage }] of subscriptions.entries()) {
      const key = keyOf(file, index)
      await client.post('/v1/customers', { key, name: key })
      const terms = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01', ...given }
      const account = await client.post('/v1/accounts', { key, customer: key, issuer: 'op', ...terms })
      accountIds.set(key, String(account['id']))
      await client.post('/v1/services', { key, account: key, validFrom: '2025-12-31T00:00:00Z' })
      const startsAt = terms.zone === 'UTC' ? '2026-01-01T00:00:00Z' : '2025-12-31T22:00:00Z'
      await client.post('/v1/subscriptions', { key, account: key, plan, quantity, startsAt })
      const records = usage.map((record, at) => ({ id: `${key}-${at}`, source: 'example', service: key, ...record }))
      const report = await client.post('/v1/usage', records)
      assert.deepEqual([report['charged'], report['suspended']], [records.length, 0])
    }
  })
}

test('thresholds are crossed where the cases say so', async () => {
  const events = await client.list<Json & { accountId: string; payload: Json }>('/v1/events')
  for (const file of files)
    for (const [index, { events: expected = [] }] of exampleOf(file).subscriptions.entries()) {
      const own = events.filter(({ accountId }) => accountId === accountIds.get(keyOf(file, index)))
      assert.deepEqual(
        own.map(({ payload }) => payload['threshold']),
        expected,
        file,
      )
    }
  await client.post('/v1/tenants/examples', { clock: '2026-02-02T00:00:00Z' }, 'PATCH')
  await runBills(client, '2026-02-01')
})

for (const file of files) {
  test(`${file}: January is billed as its case says`, async () => {
    for (const [index, { bill }] of exampleOf(file).subscriptions.entries())
      assert.deepEqual(await billedInJanuary(keyOf(file, index)), bill)
  })
}

test('all plans of the folder can be published together, and all promises hold', async () => {
  const all = files.map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }))
  const { changes } = await client.post<Json & { changes: Json[] }>('/v1/catalog', { files: all, dryRun: true })
  assert.deepEqual(
    changes.filter(({ change }) => change !== 'unchanged'),
    [],
  )
  assert.deepEqual(await checkHolds(client), [])
})
