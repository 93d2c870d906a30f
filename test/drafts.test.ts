/** Bills that are due and not issued yet: grace periods, holds, reviews. Through the door, with amounts written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const TENANT = 'drafts'
const kvit = await startKvit(TENANT, '2026-02-01T06:00:00Z')
const { client, request } = kvit
await seedOperator(client)

interface Draft extends Json {
  readonly id: string
  readonly kind: string
  readonly total: string
  readonly billingDay: string
  readonly dueAt: string | null
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
  readonly warnings: readonly { readonly code: string; readonly text: string }[]
  readonly documents: readonly (Json & { readonly lines: readonly Json[]; readonly totals: Json })[]
}

/** Moves the clock, and waits until what is due by then is done. */
async function to(clock: string): Promise<void> {
  await client.post(`/v1/tenants/${TENANT}`, { clock }, 'PATCH')
}

async function settled(): Promise<void> {
  for (let looks = 0; looks < 400; looks++) {
    const busy = (await client.list('/v1/jobs')).filter(
      ({ kind, state, dueAt }) =>
        kind === 'issue_drafts' && (state === 'running' || (state === 'waiting' && String(dueAt) <= now)),
    )
    if (busy.length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('drafts are not issued')
}
let now = '2026-02-01T06:00:00.000Z'
async function clockTo(time: string): Promise<void> {
  now = new Date(time).toISOString()
  await to(now)
  await settled()
}

const draftsOf = async (account: string): Promise<Draft[]> => client.list<Draft>(`/v1/drafts?account=${account}`)
const draftOf = async (account: string): Promise<Draft> => {
  const [draft] = await draftsOf(account)
  assert.ok(draft !== undefined, `${account} has a draft`)
  return client.get<Draft>(`/v1/drafts/${draft.id}`)
}
const codes = ({ reasons }: Draft): string[] => reasons.map(({ code }) => code)
const issued = async (account: string): Promise<string[]> =>
  (await client.list(`/v1/invoices?account=${account}`)).map(
    ({ number, billingDay, issuedOn, dueOn, total }) => `${number} ${billingDay} ${issuedOn} ${dueOn} ${total}`,
  )
let records = 0
async function use(service: string, time: string, minutes: string): Promise<void> {
  const record = { id: `u${++records}`, service, type: 'call', time, data: { minutes } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}
const settings = async (name: string, values: Json): Promise<void> => {
  await client.post(`/v1/settings/${name}`, { values }, 'PUT')
}

test('three days of grace: late usage joins the draft, and it is issued when they end', async () => {
  await createSubscriber(client, 'ann')
  await client.post('/v1/accounts/ann', { gracePeriod: 'P3D' }, 'PATCH')
  // The fee of January at its start, and its usage: 10.00 + 50 minutes of 0.10.
  await use('ann', '2026-01-10T10:00:00Z', '50')
  let run = await runBills(client, '2026-01-01')
  assert.deepEqual([run.issued, run.held, run.inGrace], [1, 0, 0])
  assert.deepEqual(await issued('ann'), ['INV-000001 2026-01-01 2026-02-01 2026-02-15 10.00'])
  run = await runBills(client, '2026-02-01')
  assert.deepEqual([run.issued, run.held, run.inGrace], [0, 0, 1])
  const draft = await draftOf('ann')
  assert.deepEqual([codes(draft), draft.total, draft.dueAt], [['grace_period'], '15.00', '2026-02-04T00:00:00.000Z'])
  await use('ann', '2026-01-31T23:00:00Z', '60')
  // 100 minutes of 0.10, 10 of 0.05, and the fee of February: it is computed anew each time.
  assert.equal((await draftOf('ann')).total, '20.50')
  const [document] = (await draftOf('ann')).documents
  assert.deepEqual(
    document?.lines.map(({ description, isLate, amount }) => [description, isLate, amount]),
    [
      ['Calls', false, '10.50'],
      ['Monthly fee', false, '10.00'],
    ],
  )
  assert.deepEqual([document?.['mark'], document?.['number']], ['draft', 'draft'])
  assert.deepEqual(await client.list(`/v1/ledger/postings?document=${draft.id}`), [])
  await clockTo('2026-02-04T06:00:00Z')
  assert.deepEqual((await issued('ann')).slice(1), ['INV-000002 2026-02-01 2026-02-04 2026-02-18 20.50'])
  assert.deepEqual(await draftsOf('ann'), [])
})

test('the date of issue is the time at which the period ended, also where the clock goes on for longer', async () => {
  await clockTo('2026-03-01T06:00:00Z')
  await runBills(client, '2026-03-01')
  await clockTo('2026-03-20T06:00:00Z')
  assert.deepEqual((await issued('ann')).slice(2), ['INV-000003 2026-03-01 2026-03-04 2026-03-18 10.00'])
})

test('a bill behind a draft waits for it, whatever its own period says; both are issued in their order', async () => {
  await client.post('/v1/accounts/ann', { gracePeriod: 'P40D' }, 'PATCH')
  await clockTo('2026-04-01T06:00:00Z')
  await runBills(client, '2026-04-01')
  await client.post('/v1/accounts/ann', { gracePeriod: 'P41D' }, 'PATCH')
  await clockTo('2026-05-01T06:00:00Z')
  const run = await runBills(client, '2026-05-01')
  assert.deepEqual([run.issued, run.inGrace], [0, 1])
  const draft = await draftOf('ann')
  assert.deepEqual(
    [draft.billingDay, draft['untilDay'], draft.dueAt],
    ['2026-04-01', '2026-05-01', '2026-05-12T00:00:00.000Z'],
  )
  await client.post('/v1/accounts/ann', { gracePeriod: 'P2D' }, 'PATCH')
  // By hand: the one of April. The one of May is in its own grace period then, and is issued when that ends.
  const { documents } = await client.post<{ documents: string[] }>(`/v1/drafts/${draft.id}/issue`, {})
  assert.equal(documents.length, 1)
  assert.deepEqual([(await draftOf('ann')).billingDay, codes(await draftOf('ann'))], ['2026-05-01', ['grace_period']])
  await clockTo('2026-05-03T06:00:00Z')
  assert.deepEqual((await issued('ann')).slice(3), [
    'INV-000004 2026-04-01 2026-05-01 2026-05-15 10.00',
    'INV-000005 2026-05-01 2026-05-03 2026-05-17 10.00',
  ])
})

test('the settings have a grace period for all; who pays in advance has none of it, unless the account says so', async () => {
  await settings('billing', { gracePeriod: 'PT12H' })
  for (const key of ['ben', 'pre', 'own']) {
    await createSubscriber(client, key, {
      startsAt: '2026-05-01T00:00:00Z',
      ...(key === 'ben' ? {} : { creditLimit: '0' }),
    })
  }
  await client.post('/v1/accounts/own', { gracePeriod: 'P9D' }, 'PATCH')
  await clockTo('2026-06-01T06:00:00Z')
  await runBills(client, '2026-06-01')
  assert.deepEqual(
    [(await draftsOf('ben')).length, (await draftsOf('pre')).length, (await draftsOf('own')).length],
    [1, 0, 1],
  )
  await clockTo('2026-06-01T12:00:00Z')
  // Both months: what waited behind the bill of May is due as well.
  assert.deepEqual(
    (await issued('ben')).map((row) => row.slice(11)),
    ['2026-05-01 2026-06-01 2026-06-15 10.00', '2026-06-01 2026-06-01 2026-06-15 10.00'],
  )
  await settings('billing', { gracePeriod: 'P0D' })
  await client.post('/v1/accounts/own', { gracePeriod: null }, 'PATCH')
  await runBills(client, '2026-06-01')
  assert.equal((await issued('own')).length, 2)
})

test('somebody puts an account on hold, with a reason; others are billed', async () => {
  const hold = await client.post('/v1/invoice-holds', { account: 'ben', reason: 'disputes a contract' })
  assert.equal(
    (await client.post('/v1/invoice-holds', { account: 'ben', reason: 'disputes a contract' }))['id'],
    hold['id'],
  )
  const other = await request('POST', '/v1/invoice-holds', { body: { account: 'ben', reason: 'another' } })
  assert.deepEqual([other.status, other.json['code']], [409, 'conflict'])
  await clockTo('2026-07-01T06:00:00Z')
  const run = await runBills(client, '2026-07-01')
  // Of pre and own; the one of ann is in its grace period.
  assert.deepEqual([run.issued, run.held, run.inGrace], [2, 1, 1])
  const draft = await draftOf('ben')
  assert.deepEqual([draft.reasons, draft.dueAt], [[{ code: 'on_hold', text: 'disputes a contract' }], null])
  const refused = await request('POST', `/v1/drafts/${draft.id}/issue`, {})
  assert.deepEqual([refused.status, refused.json['detail']], [409, 'the draft waits: disputes a contract'])
  await client.post(`/v1/invoice-holds/${hold['id']}/release`, {})
  await settled()
  assert.equal((await issued('ben')).length, 3)
})

test('a draft is on hold until a time, and is issued then', async () => {
  await client.post('/v1/accounts/ben', { gracePeriod: 'P1D' }, 'PATCH')
  await clockTo('2026-08-01T06:00:00Z')
  await runBills(client, '2026-08-01')
  const draft = await draftOf('ben')
  const past = await request('POST', '/v1/invoice-holds', { body: { draft: draft.id, reason: 'x', until: now } })
  assert.equal(past.status, 422)
  await client.post('/v1/invoice-holds', { draft: draft.id, reason: 'until the third', until: '2026-08-03T12:00:00Z' })
  assert.deepEqual(codes(await draftOf('ben')), ['grace_period', 'on_hold'])
  await clockTo('2026-08-03T06:00:00Z')
  assert.deepEqual(codes(await draftOf('ben')), ['on_hold'])
  await clockTo('2026-08-03T13:00:00Z')
  assert.deepEqual(
    (await issued('ben')).slice(3).map((row) => row.slice(11)),
    ['2026-08-01 2026-08-03 2026-08-17 10.00'],
  )
  await client.post('/v1/accounts/ben', { gracePeriod: null }, 'PATCH')
})

test('a bill far from the last ones waits for approval, which holds for the amount that was seen', async () => {
  await settings('invoice-review', { needsApproval: ['unusual_amount'], tolerancePercent: 10 })
  // The last three bills of ben are 10.00 each: more than 30.00 is unusual.
  await clockTo('2026-09-01T06:00:00Z')
  await use('ben', '2026-08-10T10:00:00Z', '300')
  const run = await runBills(client, '2026-09-01')
  assert.equal(run.held, 0)
  // 10.00 + 100 × 0.10 + 200 × 0.05 = 30.00 is not more. A further minute in the draft of October is.
  await clockTo('2026-10-01T06:00:00Z')
  await use('ben', '2026-09-10T10:00:00Z', '1301')
  assert.equal((await runBills(client, '2026-10-01')).held, 1)
  const draft = await draftOf('ben')
  // 10.00 + 10.00 + 1,201 × 0.05 = 80.05; the mean of 30.00, 10.00 and 10.00 is 16.67.
  assert.deepEqual(
    [draft.total, draft.reasons],
    ['80.05', [{ code: 'review', text: '80.05 is more than 3 times the mean of 30.00, 10.00, 10.00' }]],
  )
  assert.deepEqual(
    (await client.list('/v1/drafts?why=review')).map(({ id }) => id),
    [draft.id],
  )
  const writer = await personWith(kvit, 'writer', ['invoices:write', 'invoices:read'])
  await assert.rejects(
    async () => writer.post(`/v1/drafts/${draft.id}/approval`, { total: '80.05' }),
    /invoices:approve/,
  )
  const stale = await request('POST', `/v1/drafts/${draft.id}/approval`, { body: { total: '80.00' } })
  assert.deepEqual([stale.status, stale.json['code']], [409, 'conflict'])
  const hold = await client.post('/v1/invoice-holds', { draft: draft.id, reason: 'wait for the last records' })
  const approver = await personWith(kvit, 'approver', ['invoices:approve', 'invoices:read'])
  await approver.post(`/v1/drafts/${draft.id}/approval`, { total: '80.05', note: 'the fair' })
  assert.deepEqual(codes(await draftOf('ben')), ['on_hold'])
  // A tenth of 80.05 is 8.005: 160 minutes more are 8.00, one further is too much.
  await use('ben', '2026-09-11T10:00:00Z', '160')
  assert.deepEqual([(await draftOf('ben')).total, codes(await draftOf('ben'))], ['88.05', ['on_hold']])
  await use('ben', '2026-09-12T10:00:00Z', '1')
  assert.deepEqual([(await draftOf('ben')).total, codes(await draftOf('ben'))], ['88.10', ['on_hold', 'review']])
  await client.post(`/v1/invoice-holds/${hold['id']}/release`, {})
  await settled()
  assert.deepEqual(codes(await draftOf('ben')), ['review'])
  await approver.post(`/v1/drafts/${draft.id}/approval`, { total: '88.10' })
  await settled()
  assert.equal((await issued('ben')).at(-1)?.slice(11), '2026-10-01 2026-10-01 2026-10-15 88.10')
  const nothing = await request('POST', `/v1/drafts/${draft.id}/approval`, { body: { total: '88.10' } })
  assert.equal(nothing.status, 404)
})

test('a draft as PDF says on each page that it is one, in the language of the customer', async () => {
  await settings('invoice-review', { needsApproval: ['first_bill'] })
  await createSubscriber(client, 'oksana', { startsAt: '2026-10-01T00:00:00Z', language: 'uk' })
  await runBills(client, '2026-10-01')
  const draft = await draftOf('oksana')
  assert.deepEqual(draft.reasons, [{ code: 'review', text: 'the first one of its account' }])
  const pdf = await client.download(`/v1/drafts/${draft.id}/pdf`)
  assert.equal(Buffer.from(pdf).subarray(0, 5).toString(), '%PDF-')
  const none = await request('GET', `/v1/drafts/${draft.id}/pdf?document=2`)
  assert.equal(none.status, 404)
})

test('what is told of it, and every invariant holds', async () => {
  await client.post(`/v1/drafts/${(await draftOf('oksana')).id}/approval`, { total: '10.00' })
  await settled()
  assert.equal((await issued('oksana')).length, 1)
  const types = ['invoice.held', 'invoice.approved', 'invoice_hold.placed', 'invoice_hold.released', 'invoice.released']
  const events = (await client.list('/v1/events')).map(({ type }) => String(type))
  assert.deepEqual(
    types.filter((type) => !events.includes(type)),
    [],
  )
  // The last bill of ann is in its grace period.
  assert.deepEqual(
    (await client.list('/v1/drafts')).map(({ account, dueAt }) => [account, dueAt]),
    [['ann', '2026-10-03T00:00:00.000Z']],
  )
  assert.deepEqual(await checkHolds(client), [])
})
