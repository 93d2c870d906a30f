import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Engine } from '../src/engine/index.ts'
import { unsealedRows } from '../src/modules/proofs/seal-store.ts'
import { Seals } from '../src/modules/proofs/seals.ts'
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
  const head =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom'
  const rows = Array.from(
    { length: CUSTOMERS },
    (_, n) => `c${n},Customer ${n},c${n},op,EUR,UTC,2026-01-01,c${n},2026-01-01T00:00:00Z`,
  )
  const report = await client.post('/v1/customer-imports', { csv: [head, ...rows].join('\n') })
  assert.deepEqual(report['errors'], [])
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
test('a server that stops does not wait for rows to be sealed, nor for a rest', async (context) => {
  const { app, client, config } = await startKvit('rests', '2026-02-01T00:00:00Z')
  const rows = Array.from({ length: 1_500 }, (_, n) => `c${n},Customer ${n}`)
  const report = await client.post('/v1/customer-imports', { csv: ['customer.key,customer.name', ...rows].join('\n') })
  assert.deepEqual(report['errors'], [])
  await app.close()

  const db = connect(config.databaseUrl)
  context.after(async () => db.destroy())
  await inSchema(db, 't_rests').deleteFrom('sealedRow').execute()
  // Time stands still: a rest ends only by the signal.
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const closing = new AbortController()
  let segments = 0
  const engine = {
    memoryOf: async () => ({}),
    anchor: async () => {
      segments++
      setImmediate(() => setImmediate(() => closing.abort()))
    },
  } as unknown as Engine
  await new Seals(db, engine).catchUp({ name: 'rests', schema: 't_rests' } as Tenant, true, closing.signal, true)
  assert.equal(segments, 1, 'more than one segment of rows waits to be sealed, and one was')
})
