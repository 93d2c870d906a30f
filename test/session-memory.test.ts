import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import pg from 'pg'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { PLANS } from './charging-world.ts'
import { checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'

const TENANT = 'memory'
const TIME = '2026-02-10T12:00:00Z'
const config = await testConfig()
let app: App
let client: Client

async function start(): Promise<void> {
  app = await startApp(config)
  process.env['KVIT_URL'] = app.url
  process.env['KVIT_KEY'] = app.rootKey
  client = new Client(config, TENANT)
}

after(async () => {
  await app.close()
  await rm(config.dataDir, { recursive: true, force: true })
})

async function query(text: string): Promise<Json[]> {
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  const { rows } = await database.query(text)
  await database.end()
  return rows as Json[]
}

/** Requests as gateways send many: a line each, answered a line each. */
async function ask(requests: readonly Json[]): Promise<Json[]> {
  const lines = requests.map((request) => JSON.stringify({ source: 'gw', time: TIME, ...request })).join('\n')
  const response = await fetch(`${app.url}/v1/charging/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': TENANT, 'content-type': 'application/x-ndjson' },
    body: lines,
  })
  return ((await response.json()) as { answers: Json[] }).answers
}

const requested = [{ type: 'voice', data: { seconds: '60' } }]
const used = [{ type: 'voice', data: { seconds: '30' } }]
const startOf = (session: string, service: string): Json => ({ op: 'start', session, service, requested })
const endOf = (session: string, service: string): Json => ({ op: 'end', session, service, sequence: 1, used })

test('R6: sessions that are over weigh nothing in the rows of a checkpoint, however many there were in one moment', async () => {
  await start()
  await client.post('/v1/tenants', { name: TENANT, clock: TIME })
  await seedOperator(client, PLANS)
  for (const key of ['anna', 'boris']) {
    await createSubscriber(client, key, { plan: 'mobile', creditLimit: '0' })
    await client.post('/v1/top-ups', { key, account: key, amount: '100000', currency: 'EUR', method: 'cash' })
  }
  await ask([startOf('open-1', 'anna'), startOf('open-2', 'boris'), startOf('short', 'boris')])
  await client.post('/v1/journal/archive', {})
  const [before] = await query(`select max(length(content::text)) as most from t_${TENANT}.account_balance`)
  await ask([endOf('short', 'boris')])
  for (let from = 0; from < 6_000; from += 2_000) {
    const sessions = Array.from({ length: 2_000 }, (_, at) => `s-${from + at}`)
    const answers = await ask(sessions.flatMap((session) => [startOf(session, 'anna'), endOf(session, 'anna')]))
    assert.deepEqual(new Set(answers.map(({ result }) => result)), new Set(['granted', 'ended']))
    await client.post('/v1/journal/archive', {})
  }
  const [now] = await query(`select max(length(content::text)) as most from t_${TENANT}.account_balance`)
  assert.ok(
    Number(now?.['most']) < Number(before?.['most']) + 100,
    `${before?.['most']}, then ${now?.['most']} characters`,
  )
  const rows = await query(`select key from t_${TENANT}.charging_session order by key`)
  assert.deepEqual(
    rows.map(({ key }) => key),
    ['["gw","open-1"]', '["gw","open-2"]'],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('R6: after a restart running sessions go on, and repeated ends get the amount that the journal has', async () => {
  const [first] = await ask([endOf('s-7', 'anna')])
  assert.deepEqual([first?.['result'], first?.['duplicate'], first?.['amount']], ['ended', true, '0.65000000'])
  await app.close()
  await start()
  const [again, late, open] = await ask([
    endOf('s-7', 'anna'),
    { ...endOf('s-8', 'anna'), op: 'update', requested },
    endOf('open-1', 'anna'),
  ])
  assert.deepEqual([again?.['result'], again?.['duplicate'], again?.['amount']], ['ended', true, '0.65000000'])
  assert.deepEqual([late?.['reason'], late?.['amount']], ['session_expired', '0.65000000'])
  assert.deepEqual([open?.['result'], open?.['duplicate'], open?.['amount']], ['ended', undefined, '0.65000000'])
  const balances = await client.get<{ runningSessions: number; balances: { held: string; remaining: string }[] }>(
    '/v1/accounts/anna/balances',
  )
  assert.equal(balances.runningSessions, 0)
  assert.equal(balances.balances[0]?.held, '0.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('R6: sessions that an older version stored in the row of their account go on, and move to their own table', async () => {
  await client.post('/v1/journal/archive', {})
  const [stored] = await query(`select content from t_${TENANT}.charging_session where key like '%open-2%'`)
  const [, startedMs, reportedMs, expiresMs] = (JSON.parse(stored?.['content'] as string) as { row: number[] }).row
  const { pool, part } = await partOfBoris(stored?.['content'] as string)
  await app.close()
  const session = {
    ...{ key: '["gw","open-2"]', service: 'boris', startedMs, reportedMs, expiresMs, state: 'running', sequence: 0 },
    ...{ answer: '{"result":"granted"}', groups: { $m: [['voice', [{ ...part, pool }]]] } },
  }
  const old = JSON.stringify({ $m: [['["gw","open-2"]', session]] })
  await query(`delete from t_${TENANT}.charging_session`)
  await query(`update t_${TENANT}.account_balance set content = jsonb_set(content, '{sessions}', '${old}'::jsonb)
    where account_id = (select id from t_${TENANT}.account where key = 'boris')`)
  await start()
  await client.post('/v1/journal/archive', {})
  const rows = await query(`select key from t_${TENANT}.charging_session`)
  assert.deepEqual(rows, [{ key: '["gw","open-2"]' }])
  const [row] = await query(`select count(*)::int as old from t_${TENANT}.account_balance where content ? 'sessions'`)
  assert.equal(row?.['old'], 0)
  await app.close()
  await start()
  const [ended] = await ask([endOf('open-2', 'boris')])
  assert.deepEqual([ended?.['result'], ended?.['amount']], ['ended', '0.65000000'])
  assert.deepEqual(await checkHolds(client), [])
})

/** The one part of a stored session, as the version before wrote it. */
async function partOfBoris(content: string): Promise<{ pool: string; part: Json }> {
  type Part = [string, string, string, string, number, string, string, unknown[]]
  const { row } = JSON.parse(content) as { row: [...unknown[], [string, Part[]][]] }
  const [[, parts]] = row[7] as [[string, Part[]]]
  const [pool, used, begun, spent, isRated, reserved, reservedSession] = parts.find(([name]) => name !== '') as Part
  const whole = (text: string): Json => ({ $n: text })
  return {
    pool,
    part: {
      ...{ used: whole(used), begun: whole(begun), spent: whole(spent), isRated: isRated === 1, units: [] },
      ...{ reserved: whole(reserved), reservedSession: whole(reservedSession) },
    },
  }
}
