import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Client, type Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, startKvit, testConfig } from './harness.ts'
import { ServerProcess } from './server-process.ts'

/** The same plan with other prices of calls, which becomes version 2 where there is one. */
const CHEAPER = CALLS.replace('unitAmount: 0.10', 'unitAmount: 0.08').replace('unitAmount: 0.05', 'unitAmount: 0.02')
const DEARER = CALLS.replace('unitAmount: 0.10', 'unitAmount: 0.30')
const SUBSCRIBERS = ['anna', 'boris', 'clara', 'dina', 'emil']

interface Total extends Json {
  readonly records: number
  readonly before: string
  readonly after: string
  readonly difference: string
  readonly appliedDifference: string
  readonly appliedRecords: number
  readonly accountsApplied: number
}
interface ReRating extends Json {
  readonly id: string
  readonly status: string
  readonly totals: readonly Total[]
}

const call = (n: number): Json => ({
  id: `c${n}`,
  source: 'switch',
  service: SUBSCRIBERS[(n * 7) % SUBSCRIBERS.length],
  type: 'call',
  time: new Date(Date.UTC(2026, 0, 1) + ((n * 7919) % 43_000) * 60_000).toISOString(),
  data: { minutes: `${1 + (n % 9)}.${String(n % 100).padStart(2, '0')}` },
})

const calls = (from: number, count: number): Json[] => Array.from({ length: count }, (_, index) => call(from + index))

async function publish(client: Client, plans: string): Promise<void> {
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: plans }] })
}

async function world(client: Client, tenant: string, plans: string, isNew = true): Promise<void> {
  if (isNew)
    await client.post('/v1/tenants', { name: tenant, clock: '2026-01-31T12:00:00Z', acceptanceWindowDays: 400 })
  await seedOperator(client, plans)
  for (const [index, key] of SUBSCRIBERS.entries())
    await createSubscriber(client, key, { zone: index % 2 === 0 ? 'UTC' : 'Europe/Kyiv' })
  await client.post('/v1/top-ups', { key: 't', account: 'dina', amount: '500', currency: 'EUR', method: 'cash' })
}

async function send(client: Client, records: readonly Json[]): Promise<void> {
  for (let at = 0; at < records.length; at += 5_000) await client.post('/v1/usage', records.slice(at, at + 5_000))
}

const draftOf = (key: string, from = 1, to = 2): Json => ({
  key,
  reason: 'the price was wrong',
  plans: [{ from: { code: 'basic', version: from }, to: { code: 'basic', version: to } }],
  from: '2026-01-01',
  until: '2026-02-02',
})

async function until(client: Client, id: string, isThere: (found: ReRating) => boolean): Promise<ReRating> {
  for (;;) {
    const found = await client.get<ReRating>(`/v1/re-ratings/${id}`)
    if (isThere(found)) return found
    assert.notEqual(found.status, 'failed', String(found['error']))
    await setTimeout(20)
  }
}

async function reRate(client: Client, draft: Json): Promise<ReRating> {
  const { id } = await client.post<ReRating>('/v1/re-ratings', draft)
  await until(client, id, ({ status }) => status === 'draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  return until(client, id, ({ status }) => status === 'complete')
}

/** What is billed of each account all in all, by line. */
async function billed(client: Client): Promise<string[]> {
  const lines = new Map<string, number>()
  for (const { id } of await client.list<{ id: string }>('/v1/invoices')) {
    const { document } = await client.get<{ document: { account: string; lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { from, description, quantity, amount } of document.lines) {
      const key = `${document.account} ${String(from)} ${String(description)}`
      for (const [name, value] of Object.entries({ quantity, amount }))
        lines.set(`${key} ${name}`, Math.round(((lines.get(`${key} ${name}`) ?? 0) + Number(value)) * 100) / 100)
    }
  }
  return [...lines].map(([key, value]) => `${key} ${value}`).sort()
}

const kvit = await startKvit('rerated', '2026-01-31T12:00:00Z')
const { client, request } = kvit
const straight = new Client(kvit.config, 'straight')

test('re-rated is the same as charged from the start: a dry run, then every account with all of its records', async () => {
  await world(client, 'rerated', CALLS, false)
  await world(straight, 'straight', CHEAPER)
  await send(client, calls(0, 900))
  await send(straight, calls(0, 900))
  await publish(client, CHEAPER)
  const { id } = await client.post<ReRating>('/v1/re-ratings', draftOf('first'))
  const draft = await until(client, id, ({ status }) => status === 'draft')
  const [dry] = draft.totals
  assert.equal(dry?.records, 900)
  assert.ok(Number(dry.difference) < 0)
  assert.deepEqual(await checkHolds(client), [])
  const { items } = await client.get<{ items: Json[] }>(`/v1/re-ratings/${id}/records?account=anna&limit=500`)
  const anna = (await client.list(`/v1/re-ratings/${id}/accounts`)).find(
    ({ records }) => Number(records) === items.length,
  )
  const page = async (query: string): Promise<{ items: Json[]; nextCursor: string; previousCursor: string | null }> =>
    client.get(`/v1/re-ratings/${id}/accounts?limit=2${query}`)
  const all = await client.list<Json>(`/v1/re-ratings/${id}/accounts`)
  const ends = await page('&order=newest')
  assert.deepEqual(ends.items, all.slice(-2).toReversed())
  const second = await page(`&cursor=${(await page('')).nextCursor}`)
  assert.deepEqual(second.items, all.slice(2, 4))
  const back = await page(`&before=${second.previousCursor}`)
  assert.deepEqual([back.items, back.previousCursor], [all.slice(0, 2), null])
  const sum = (name: string): number => items.reduce((total, item) => total + Math.round(Number(item[name]) * 1e8), 0)
  assert.equal(sum('difference'), Math.round(Number(anna?.['difference']) * 1e8))

  const usage = { account: 'anna', from: '2026-01-01', until: '2026-02-02' }
  const trial = await client.post('/v1/plans/basic/simulate', { version: 2, usage })
  assert.deepEqual([trial['total'], trial['leftOut']], [anna?.['after'], 0])
  const asItIs = await client.post('/v1/plans/basic/simulate', { version: 1, usage })
  assert.equal(asItIs['total'], anna?.['before'])

  await client.post(`/v1/re-ratings/${id}/approve`, {})
  const done = await until(client, id, ({ status }) => status === 'complete')
  const [total] = done.totals
  assert.deepEqual(
    [total?.appliedRecords, total?.appliedDifference, total?.accountsApplied],
    [900, dry.difference, SUBSCRIBERS.length],
  )
  assert.equal(Number(dry.after) - Number(dry.before) - Number(dry.difference) < 1e-6, true)
  assert.deepEqual(await checkHolds(client), [])
  const applied = await client.get<{ items: Json[] }>(`/v1/re-ratings/${id}/records?account=anna&limit=500`)
  assert.equal(applied.items.length, items.length)
  const prepaid = async (of: Client): Promise<unknown> =>
    ((await of.get('/v1/accounts/dina/balances'))['balances'] as Json[])[0]?.['remaining']
  assert.equal(await prepaid(client), await prepaid(straight))
})

test('nothing is left to do again, and the same key is the same re-rating', async () => {
  const again = await client.post<ReRating>('/v1/re-ratings', draftOf('first'))
  assert.equal(again.status, 'complete')
  const other = await request('POST', '/v1/re-ratings', { body: { ...draftOf('first'), reason: 'another' } })
  assert.deepEqual([other.status, other.json['code']], [409, 'idempotency_conflict'])
  const swap = await request('POST', '/v1/re-ratings', {
    body: {
      ...draftOf('swap'),
      plans: [...(draftOf('x', 1, 2)['plans'] as Json[]), ...(draftOf('x', 2, 1)['plans'] as Json[])],
    },
  })
  assert.deepEqual([swap.status, swap.json['code']], [422, 'unprocessable'])
  const empty = await reRate(client, draftOf('second'))
  assert.deepEqual(empty.totals, [])
})

test('given records are priced on a plan that is not published, with every digit, and nothing is stored', async () => {
  const files = [{ name: 'new.yaml', text: DEARER.replace('code: basic', 'code: unheard') }]
  const raw = `{"files":${JSON.stringify(files)},"records":[{"type":"call","time":"2026-01-05T00:00:00Z","data":{"minutes":100.10}},
    {"type":"call","time":"2026-02-05T00:00:00Z","data":{"minutes":1}},{"type":"sms","time":"2026-02-05T00:00:00Z","data":{}}]}`
  const { status, json } = await request('POST', '/v1/plans/unheard/simulate', { raw })
  assert.equal(status, 200)
  assert.deepEqual([json['records'], json['leftOut'], json['total']], [3, 1, '30.30500000'])
  assert.deepEqual(
    (json['items'] as Json[]).map(({ period, quantity, amount }) => [period, quantity, amount]),
    [
      ['2026-01-01', '100.1', '30.00500000'],
      ['2026-02-01', '1', '0.30000000'],
    ],
  )
  assert.equal((await request('GET', '/v1/plans/unheard')).status, 404)
})

test('usage goes on while accounts are re-rated, and nothing of it is lost', async () => {
  const [sent, more] = [calls(1_000, 6_000), calls(20_000, 2_000)]
  await send(client, sent)
  const { id } = await client.post<ReRating>('/v1/re-ratings', draftOf('live'))
  await until(client, id, ({ status }) => status === 'draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  for (let at = 0; at < more.length; at += 100) await send(client, more.slice(at, at + 100))
  await until(client, id, ({ status }) => status === 'complete')
  await reRate(client, draftOf('rest'))
  await send(straight, [...sent, ...more])
  for (const one of [client, straight]) assert.deepEqual(await checkHolds(one), [])
  for (const name of ['rerated', 'straight'])
    await request('PATCH', `/v1/tenants/${name}`, { body: { clock: '2026-02-03T00:00:00Z' } })
  for (const one of [client, straight]) await runBills(one, '2026-02-03')
  assert.deepEqual(await billed(client), await billed(straight))
  for (const one of [client, straight]) assert.deepEqual(await checkHolds(one), [])
})

test('what was billed is credited or debited at once, by a note that names the invoice', async () => {
  await publish(client, DEARER)
  await reRate(client, draftOf('dearer', 2, 3))
  const list = await client.list<Json & { kind: string }>('/v1/invoices?account=anna')
  const note = list.find(({ kind }) => kind === 'debit_note')
  assert.ok(note !== undefined && Number(note['total']) > 0)
  const { document } = await client.get<{ document: Json & { corrects: string[] } }>(
    `/v1/invoices/${String(note['id'])}`,
  )
  assert.deepEqual([document.corrects, document['reason']], [[String(list[1]?.['number'])], 'the price was wrong'])
  assert.match((await request('GET', `/v1/invoices/${String(note['id'])}/pdf`)).text, /^%PDF/)
  const back = await reRate(client, draftOf('back', 3, 2))
  assert.equal(back['documents'], SUBSCRIBERS.length)
  const credit = (await client.list<Json & { kind: string }>('/v1/invoices?account=anna')).at(-1)
  assert.deepEqual([credit?.kind, credit?.['total']], ['credit_note', `-${String(note['total'])}`])
  assert.deepEqual(await billed(client), await billed(straight))
  assert.deepEqual(await checkHolds(client), [])
})

test('one that moves no money issues no document of 0.00, and later bills are what they would have been', async () => {
  await publish(client, CHEAPER.replace('name: Basic', 'name: Basics'))
  const dearer = (await client.list<Json>('/v1/invoices?account=anna')).find(({ kind }) => kind === 'debit_note')
  const before = (await client.list('/v1/invoices')).length
  const ofAnna = (...draft: Parameters<typeof draftOf>): Json => ({ ...draftOf(...draft), accounts: ['anna'] })
  const same = await reRate(client, ofAnna('same', 2, 4))
  assert.deepEqual([same.totals[0]?.records, Number(same.totals[0]?.difference), same['documents']], [1_780, 0, 0])
  assert.equal((await client.list('/v1/invoices')).length, before)
  assert.deepEqual(await checkHolds(client), [])
  // A note afterwards is of the difference to what was billed, under whichever version that was.
  await reRate(client, ofAnna('dearer again', 4, 3))
  const again = (await client.list<Json>('/v1/invoices?account=anna')).at(-1)
  assert.deepEqual([again?.['kind'], again?.['total']], ['debit_note', dearer?.['total']])
  await reRate(client, ofAnna('back again', 3, 2))
  assert.deepEqual(await billed(client), await billed(straight))
  assert.deepEqual(await checkHolds(client), [])
})

test('a draft that is cancelled changes nothing, and cannot be approved', async () => {
  const { id } = await client.post<ReRating>('/v1/re-ratings', draftOf('never', 2, 3))
  await until(client, id, ({ status }) => status === 'draft')
  assert.equal((await client.post<ReRating>(`/v1/re-ratings/${id}/cancel`, {})).status, 'cancelled')
  const { status } = await request('POST', `/v1/re-ratings/${id}/approve`, { body: {} })
  assert.equal(status, 409)
  assert.deepEqual(await billed(client), await billed(straight))
})

test('an approval that is sent again is answered as the first one: nobody knows whether its answer got lost', async () => {
  const { id } = await client.post<ReRating>('/v1/re-ratings', { ...draftOf('asked twice', 2, 4), accounts: ['anna'] })
  await until(client, id, ({ status }) => status === 'draft')
  const approve = async (): Promise<number> =>
    (await request('POST', `/v1/re-ratings/${id}/approve`, { body: {} })).status
  assert.deepEqual(await Promise.all([approve(), approve()]), [202, 202])
  await until(client, id, ({ status }) => status === 'complete')
  assert.equal(await approve(), 202)
})

test('one that is cancelled under way leaves every account whole, and another one does the rest', async () => {
  await client.post('/v1/tenants', { name: 'stopped', clock: '2026-01-31T12:00:00Z', acceptanceWindowDays: 400 })
  const stopped = new Client(kvit.config, 'stopped')
  await world(stopped, 'stopped', CALLS, false)
  await send(stopped, calls(0, 12_500))
  await publish(stopped, CHEAPER)
  const { id } = await stopped.post<ReRating>('/v1/re-ratings', draftOf('one'))
  const draft = await until(stopped, id, ({ status }) => status === 'draft')
  await stopped.post(`/v1/re-ratings/${id}/approve`, {})
  await until(stopped, id, ({ totals }) => Number(totals[0]?.appliedRecords) > 0)
  const { status } = await request('POST', `/v1/re-ratings/${id}/cancel`, {
    headers: { 'kvit-tenant': 'stopped' },
    body: {},
  })
  const half = await until(stopped, id, (found) => found.status === 'cancelled' || found.status === 'complete')
  assert.equal(status, half.status === 'complete' ? 409 : 200)
  const accounts = await stopped.list<Json>(`/v1/re-ratings/${id}/accounts`)
  for (const account of accounts) {
    const isDone = account['status'] === 'applied'
    assert.equal(Number(account['appliedRecords']), isDone ? Number(account['records']) : 0)
    assert.equal(account['appliedDifference'], isDone ? account['difference'] : '0.00000000')
  }
  assert.deepEqual(await checkHolds(stopped), [])
  const rest = await reRate(stopped, draftOf('two'))
  const sum = (...all: (ReRating | undefined)[]): number =>
    all.reduce((total, found) => total + Math.round(Number(found?.totals[0]?.appliedDifference ?? 0) * 1e8), 0)
  assert.equal(sum(half, rest), Math.round(Number(draft.totals[0]?.difference) * 1e8))
  assert.deepEqual(await checkHolds(stopped), [])
})

test('a server that is killed half-way goes on where it stopped, with the same result', async () => {
  const server = new ServerProcess(await testConfig())
  after(async () => {
    await server.kill()
    await rm(server.config.dataDir, { recursive: true, force: true })
  })
  await server.start()
  const [one, two] = [new Client(server.config, 'killed', 400), new Client(server.config, 'calm', 400)]
  await world(one, 'killed', CALLS)
  await world(two, 'calm', CHEAPER)
  for (const each of [one, two]) await send(each, calls(0, 30_000))
  await publish(one, CHEAPER)
  const { id } = await one.post<ReRating>('/v1/re-ratings', draftOf('kill'))
  await until(one, id, ({ status }) => status === 'draft')
  await one.post(`/v1/re-ratings/${id}/approve`, {})
  const half = await until(one, id, ({ totals }) => Number(totals[0]?.appliedRecords) > 4_000)
  await server.kill()
  await server.start()
  const done = await until(one, id, ({ status }) => status === 'complete')
  assert.ok(Number(half.totals[0]?.appliedRecords) < 30_000)
  assert.deepEqual(
    [done.totals[0]?.appliedRecords, done.totals[0]?.appliedDifference],
    [30_000, done.totals[0]?.difference],
  )
  for (const each of [one, two]) await runBills(each, '2026-01-31')
  for (const each of [one, two]) assert.deepEqual(await checkHolds(each), [])
  const charges = async (of: Client): Promise<unknown> =>
    (await of.get('/v1/accounts/dina/balances'))['spentThisPeriod']
  assert.equal(await charges(one), await charges(two))
})
