import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Client } from '../src/cli/client.ts'
import type { Engine } from '../src/engine/index.ts'
import { Anchors } from '../src/modules/proofs/anchors.ts'
import { unsealedRows } from '../src/modules/proofs/seal-store.ts'
import { connect, inSchema } from '../src/platform/db.ts'
import type { Tenant } from '../src/platform/tenant.ts'
import { seedOperator, startKvit } from './harness.ts'

const CUSTOMERS = 250
const PAGE = 180
const WAYS = ['nestloop', 'mergejoin', 'hashjoin', 'seqscan', 'indexscan', 'indexonlyscan', 'bitmapscan', 'material']
/** What Postgres may use: it finds rows in another order by each. */
const PLANS = [
  WAYS,
  ['hashjoin', 'seqscan'],
  ['nestloop', 'seqscan'],
  ['nestloop', 'seqscan', 'material'],
  ['nestloop', 'bitmapscan'],
]
const NEVER = '00000000-0000-0000-0000-000000000000'

/**
 * Rows without a seal are found a page at a time, over all kinds together. A page that cuts a kind must keep the first of its
 * keys, in whatever order Postgres finds them: the next page begins behind the last key that this one had.
 */
test('pages of rows without a seal leave no row out, whatever plan Postgres takes', async (context) => {
  const { app, client, config } = await startKvit('seals', '2026-02-01T00:00:00Z')
  await seedOperator(client)
  await importAccounts(client, CUSTOMERS)
  await app.close()

  const sql = new pg.Client({ connectionString: config.databaseUrl })
  await sql.connect()
  context.after(async () => sql.end())
  await sql.query('set search_path = t_seals')
  await sql.query('delete from sealed_row')
  for (const table of ['service', 'account']) {
    await sql.query(`create index ${table}_mixed on ${table} (md5(id::text))`)
    await sql.query(`cluster ${table} using ${table}_mixed`)
  }
  const { rows: found } = await sql.query<{ name: string }>('select current_database() as name')
  for (const ways of PLANS) {
    for (const way of WAYS)
      await sql.query(`alter database "${found[0]?.name}" set enable_${way} = ${ways.includes(way) ? 'on' : 'off'}`)
    const seen = await allPages(config.databaseUrl)
    for (const kind of ['service', 'account']) {
      const times = [...seen].filter(([name]) => name.startsWith(`${kind} `)).map(([, count]) => count)
      assert.deepEqual(
        times,
        Array.from({ length: CUSTOMERS }, () => 1),
        `each ${kind} once, by ${ways.join()}`,
      )
    }
  }
})

/** So many customers, each with an account and a service. */
async function importAccounts(client: Client, count: number): Promise<void> {
  const head =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom'
  const rows = Array.from(
    { length: count },
    (_, n) => `c${n},Customer ${n},c${n},op,EUR,UTC,2026-01-01,c${n},2026-01-01T00:00:00Z`,
  )
  const report = await client.post('/v1/customer-imports', { csv: [head, ...rows].join('\n') })
  assert.deepEqual(report['errors'], [])
}

/** How often each row is found. */
async function allPages(url: string): Promise<Map<string, number>> {
  const db = connect(url)
  const seen = new Map<string, number>()
  const after = new Map<string, string>()
  // A cursor that does not go on would find the same rows for ever.
  for (let isMore = true, pages = 0; isMore && pages < 20; pages++) {
    const page = await unsealedRows(db, 't_seals', { horizon: NEVER, after, isFull: true, limit: PAGE })
    for (const { kind, key } of page) {
      seen.set(`${kind} ${key}`, (seen.get(`${kind} ${key}`) ?? 0) + 1)
      if (key > (after.get(kind) ?? '')) after.set(kind, key)
    }
    isMore = page.length === PAGE
  }
  await db.destroy()
  return seen
}

/** A stop that waits until the rows of a large import are sealed, with rests between, takes many minutes. */
test('neither a server that stops nor a check waits for the rests between the segments of seals', async (context) => {
  const { app, client, config } = await startKvit('rests', '2026-02-01T00:00:00Z')
  await seedOperator(client)
  // Accounts and services: 1,600 rows to be sealed, of which a segment takes 1,000.
  await importAccounts(client, 800)
  await app.close()

  const db = connect(config.databaseUrl)
  context.after(async () => db.destroy())
  await inSchema(db, 't_rests').deleteFrom('sealedRow').execute()
  // Time stands still: a rest ends only by the signal.
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const firstOver = Promise.withResolvers<undefined>()
  let segments = 0
  const engine = {
    memoryOf: async () => ({}),
    anchor: async () => {
      segments++
      setImmediate(() => setImmediate(() => firstOver.resolve(undefined)))
    },
  } as unknown as Engine
  const tenant = { name: 'rests', schema: 't_rests' } as Tenant
  const notary = (): Anchors => new Anchors(db, engine, async () => [], assert.ifError)

  const stopped = notary()
  stopped.beginSealing(tenant)
  stopped.noteWritten(tenant)
  stopped.sealWritten()
  await firstOver.promise
  await stopped.close()
  assert.equal(segments, 1, 'more than one segment of rows waits to be sealed, and one was')

  segments = 0
  const hurried = notary()
  hurried.beginSealing(tenant)
  await hurried.catchUp(tenant)
  assert.equal(segments, 4, 'who waits for the seals waits for no rest between them')
  await hurried.close()
})
