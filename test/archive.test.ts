import assert from 'node:assert/strict'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, testConfig } from './harness.ts'

const TENANT = 'archive'
const base = await testConfig()
const config = { ...base, archiveAfterHours: 0 }
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

async function request(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': TENANT, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}

const send = async (records: readonly Json[]): Promise<Json> =>
  JSON.parse((await request('POST', '/v1/usage', records)).text) as Json

async function query(text: string): Promise<Json[]> {
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  const { rows } = await database.query(text)
  await database.end()
  return rows as Json[]
}

/** Calls of two subscribers over three days, some with an end and odd texts. */
const calls = (from: number, count: number): Json[] =>
  Array.from({ length: count }, (_, index) => from + index).map((n) => ({
    id: `r${n}${n % 7 === 0 ? ' Київ "☎"' : ''}`,
    source: `switch-${n % 3}`,
    service: n % 2 === 0 ? 'anna' : 'boris',
    type: 'call',
    time: new Date(Date.UTC(2026, 0, 2) + n * 1_200_000).toISOString(),
    ...(n % 5 === 0 ? { end: new Date(Date.UTC(2026, 0, 20)).toISOString() } : {}),
    data: { minutes: '1.25', note: 'x'.repeat(n % 11) },
  }))

const folder = join(config.dataDir, 'archive')
async function files(): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.endsWith('.parquet')).sort()
}

const itemised = async (): Promise<string[]> => {
  const { items } = JSON.parse((await request('GET', '/v1/invoices?account=anna')).text) as { items: Json[] }
  const texts: string[] = []
  for (const { id } of items) texts.push((await request('GET', `/v1/invoices/${id}/itemised.csv`)).text)
  return texts
}

const gaps = async (): Promise<string> => {
  const question = 'service=anna&type=call&from=2026-01-02T00:00:00Z&until=2026-01-06T00:00:00Z&stepMinutes=20'
  return (await request('GET', `/v1/usage-gaps?${question}`)).text
}

const ofAllServices = async (): Promise<string[]> => {
  const days = 'from=2026-01-02T00:00:00Z&until=2026-01-06T00:00:00Z'
  return [
    (await request('GET', `/v1/usage-gaps/services?${days}&stepMinutes=20`)).text,
    (await request('GET', `/v1/usage-records.csv?${days}`)).text,
    (await request('GET', `/v1/usage-records.csv?${days}&account=boris`)).text,
  ]
}

test('segments leave Postgres for files, and everything reads as before', async () => {
  await start()
  await client.post('/v1/tenants', { name: TENANT, clock: '2026-02-02T00:00:00Z' })
  await seedOperator(client)
  for (const key of ['anna', 'boris']) await createSubscriber(client, key)
  await client.post('/v1/top-ups', { key: 'first', account: 'anna', amount: '20', currency: 'EUR', method: 'cash' })
  for (const from of [0, 100, 200]) assert.equal((await send(calls(from, 100)))['charged'], 100)
  await send([{ id: 'bad', source: 's', service: 'anna', type: 'call', time: '2026-01-02T00:00:00Z', data: {} }])
  await runBills(client, '2026-02-01')
  const read = async (): Promise<Record<string, string[]>> => ({
    items: await itemised(),
    gaps: [await gaps(), ...(await ofAllServices())],
    statement: [(await request('GET', '/v1/accounts/anna/statement')).text],
    broken: await checkHolds(client),
  })
  const before = await read()
  assert.deepEqual(before['broken'], [])
  const report = await client.post('/v1/journal/archive', {})
  assert.equal(report['records'], 300)
  assert.equal((await files()).length, report['files'])
  const [left] = await query(
    `select count(payload)::int as payloads, count(identities)::int as identities from t_${TENANT}.segment where archived_at is not null
       and convert_from(substring(payload from 1 for 13), 'LATIN1') is distinct from 'kvit-anchors-'`,
  )
  assert.deepEqual(left, { payloads: 0, identities: 0 }, 'but for roots over documents')
  assert.deepEqual(await read(), before)
  assert.ok(before['items']?.some((text) => text.includes('Київ')))
  assert.match(before['statement']?.[0] ?? '', /"usage: calls","amount":"-/)
})

test('records in the archive are still known: repetitions, other bodies, and all that after a restart', async () => {
  for (const round of ['running', 'restarted']) {
    const again = await send(calls(0, 300))
    assert.deepEqual([again['charged'], again['duplicates']], [0, 300], round)
    const other = await send([{ ...calls(0, 1)[0], data: { minutes: '9' } }])
    assert.deepEqual([other['charged'], other['suspended']], [0, round === 'running' ? 1 : 0], round)
    const bad = await send([
      { id: 'bad', source: 's', service: 'anna', type: 'call', time: '2026-01-02T00:00:00Z', data: {} },
    ])
    assert.equal(bad['duplicates'], 1, round)
    assert.deepEqual(await checkHolds(client), [], round)
    await app.close()
    await start()
  }
  const [entry] = await query(`select reason from t_${TENANT}.suspense where record_id like 'r0%'`)
  assert.equal(entry?.['reason'], 'identity_conflict')
  assert.equal((await send(calls(300, 50)))['charged'], 50)
  assert.deepEqual(await checkHolds(client), [])
})

test('requests of gateways whose records are archived get the answer that they got', async () => {
  const charge = async (body: Json): Promise<Json> =>
    JSON.parse((await request('POST', '/v1/charging', body)).text) as Json
  const at = (hours: number): string => new Date(Date.UTC(2026, 1, 1, hours)).toISOString()
  const call = { source: 'gateway', service: 'anna', type: 'call', data: { minutes: '3' } }
  const event = { op: 'event', ...call, id: 'e1', time: at(1) }
  const first = await charge(event)
  assert.equal(first['result'], 'charged')
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-02-02T02:00:00Z' }, 'PATCH')
  const session = { source: 'gateway', session: 's1', service: 'anna', time: at(20) }
  const requested = [{ type: 'call', data: { minutes: '5' } }]
  assert.equal((await charge({ op: 'start', ...session, requested }))['result'], 'granted')
  const used = [{ type: 'call', data: { minutes: '4' } }]
  // It ends on the next day, and is rated at the time of the report before: when it began.
  const end = { op: 'end', ...session, sequence: 1, time: at(25), used }
  const ended = await charge(end)
  assert.equal(ended['result'], 'ended')
  await client.post(`/v1/tenants/${TENANT}`, { clock: '2026-02-02T12:00:00Z' }, 'PATCH')
  await client.post('/v1/journal/archive', {})
  await app.close()
  await start()
  assert.deepEqual(await charge(event), { ...first, duplicate: true })
  // A batch of repetitions, of which the archive knows some and the journal the others.
  const second = { ...event, id: 'e2', time: at(3), data: { minutes: '7' } }
  const answers = [first, await charge(second)]
  await app.close()
  await start()
  const lines = [event, second].map((body) => JSON.stringify(body)).join('\n')
  const again = await fetch(`${app.url}/v1/charging/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': TENANT, 'content-type': 'application/x-ndjson' },
    body: lines,
  })
  const repeated = answers.map((answer) => ({ ...answer, duplicate: true }))
  assert.deepEqual(await again.json(), { answers: repeated })
  const refunded = await charge({ ...event, op: 'refund' })
  assert.equal(refunded['result'], 'refunded')
  // The session ended long ago by the clock: it is forgotten, and only the archive knows its report.
  const remembers = `select 1 from t_${TENANT}.charging_session where key like '%s1%'`
  await client.post('/v1/journal/archive', {})
  assert.deepEqual(await query(remembers), [])
  const counted = await query(
    `select sum(duplicates)::int as duplicates, sum(charged)::int as charged from t_${TENANT}.segment`,
  )
  const { result, duplicate, amount } = await charge(end)
  assert.deepEqual({ result, duplicate, amount }, { result: 'ended', duplicate: true, amount: ended['amount'] })
  const after = await query(
    `select sum(duplicates)::int as duplicates, sum(charged)::int as charged from t_${TENANT}.segment`,
  )
  assert.deepEqual(after, [{ duplicates: Number(counted[0]?.['duplicates']) + 1, charged: counted[0]?.['charged'] }])
  assert.deepEqual(await checkHolds(client), [])
})

test('what is sent while segments are archived is charged once', async () => {
  const rounds = Array.from({ length: 12 }, (_, round) => round)
  const sending = rounds.map(async (round) => {
    for (const from of [400, 450, 400]) await send(calls(from + (round % 3) * 100, 100))
  })
  const archiving = rounds.map(async () => client.post('/v1/journal/archive', {}))
  await Promise.all([...sending, ...archiving])
  await client.post('/v1/journal/archive', {})
  assert.equal((await send(calls(400, 350)))['duplicates'], 350)
  assert.deepEqual(await checkHolds(client), [])
})

test('files that an interrupted archiving left behind are removed, and in nobody\u2019s way', async () => {
  await send(calls(900, 30))
  const [known] = await files()
  const orphan = join(folder, dirname(known as string), '9999-9999.parquet')
  await writeFile(orphan, await readFile(join(folder, known as string)))
  assert.equal((await send(calls(900, 30)))['duplicates'], 30)
  assert.deepEqual(await checkHolds(client), [])
  await client.post('/v1/journal/archive', {})
  assert.ok(!(await files()).some((name) => name.includes('9999-9999')))
  assert.deepEqual(await checkHolds(client), [])
})

test('S8: one changed byte in a file of the archive is found and named, and is not read', async () => {
  const [name] = await files()
  const path = join(folder, name as string)
  const bytes = await readFile(path)
  const changed = Buffer.from(bytes)
  changed[Math.floor(bytes.length / 2)] = (changed[Math.floor(bytes.length / 2)] as number) ^ 1
  await writeFile(path, changed)
  assert.deepEqual(
    (await checkHolds(client)).filter((text) => text.startsWith('archive')),
    [`archive files are as they were written: ${name} was changed`],
  )
  assert.ok((await itemised()).some((text) => text.includes('"code":"internal"')))
  await rm(path)
  assert.match((await checkHolds(client)).join('\n'), new RegExp(`${name} is missing`))
  await writeFile(path, bytes)
  assert.deepEqual(await checkHolds(client), [])
})
