/** Drafts where they meet other things: plan changes, re-ratings, interim bills, ends, sponsors, missing data, runs that come again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { CALLS, checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const TENANT = 'crossed'
const { client, request } = await startKvit(TENANT, '2026-02-01T06:00:00Z')
const PLUS = `
  - code: plus
    name: Plus
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Plus fee, amount: 28, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }
`
await seedOperator(client, `${CALLS}${PLUS}`)

/** Somebody who is taxed, by the first version of the plan. */
async function makeTaxed(): Promise<void> {
  const issuer = { key: 'taxed', name: 'Taxed', address: 'Berlin', postalAddress: { country: 'DE' } }
  const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
  await client.post('/v1/issuers', { ...issuer, registrations })
  const basic = { key: 'fay', name: 'Fay', kind: 'consumer', postalAddress: { country: 'DE' } }
  await client.post('/v1/customers', basic)
  const account = {
    key: 'fay',
    customer: 'fay',
    issuer: 'taxed',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  }
  await client.post('/v1/accounts', account)
  await client.post('/v1/services', { key: 'fay', account: 'fay', validFrom: '2026-01-01T00:00:00Z' })
  const subscription = { key: 'fay', account: 'fay', plan: 'basic', startsAt: '2026-01-01T00:00:00Z' }
  await client.post('/v1/subscriptions', { ...subscription, alignment: 'calendar' })
}
await makeTaxed()

interface Draft extends Json {
  readonly id: string
  readonly kind: string
  readonly total: string
  readonly reasons: readonly { readonly code: string; readonly text: string }[]
  readonly documents: readonly (Json & { readonly lines: readonly Json[] })[]
}
const draftsOf = async (account: string): Promise<Draft[]> => client.list<Draft>(`/v1/drafts?account=${account}`)
const draftOf = async (account: string): Promise<Draft> =>
  client.get<Draft>(`/v1/drafts/${(await draftsOf(account))[0]?.id}`)
const bills = async (account: string): Promise<string[]> =>
  (await client.list(`/v1/invoices?account=${account}`)).map(
    ({ kind, purpose, billingDay, issuedOn, total }) =>
      `${kind} ${String(purpose).slice(0, 9)} ${billingDay} ${issuedOn} ${total}`,
  )
let records = 0
async function use(service: string, time: string, minutes: string): Promise<string> {
  const id = `u${++records}`
  const record = { id, source: 'switch', service, type: 'call', time, data: { minutes } }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
  return id
}
async function to(clock: string): Promise<void> {
  await client.post(`/v1/tenants/${TENANT}`, { clock }, 'PATCH')
}
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 600; looks++) {
    if (await isSo()) return
    await setTimeout(50)
  }
  assert.fail(`not ${what} in half a minute`)
}
const hasDrafts = async (account: string, count: number): Promise<void> =>
  until(`${count} drafts of ${account}`, async () => (await draftsOf(account)).length === count)

test('a run that comes again keeps the draft that there is, and tells nobody again', async () => {
  await createSubscriber(client, 'ada', { startsAt: '2026-01-01T00:00:00Z' })
  await client.post('/v1/accounts/ada', { gracePeriod: 'P5D' }, 'PATCH')
  await use('ada', '2026-01-10T10:00:00Z', '100')
  await use('fay', '2026-01-10T10:00:00Z', '100')
  await runBills(client, '2026-01-01')
  await runBills(client, '2026-02-01')
  const [first] = await draftsOf('ada')
  await runBills(client, '2026-02-01')
  const [again] = await draftsOf('ada')
  assert.deepEqual([again?.id, again?.['madeAt'], again?.total], [first?.id, first?.['madeAt'], '20.00'])
  assert.equal((await client.list('/v1/events?type=invoice.held')).length, 1)
})

test('a change of plan within the grace period: the draft is the bill of its day as it is known now, the rest is behind it', async () => {
  await to('2026-02-03T06:00:00Z')
  const change = { kind: 'plan', plan: 'plus', at: '2026-02-03T00:00:00Z' }
  await client.post('/v1/subscriptions/ada/changes', change)
  // Of basic 2 of 28 days are left: 10.00 × 2 ÷ 28 = 0.714…, with 100 minutes of 0.10.
  assert.equal((await draftOf('ada')).total, '10.71')
  await runBills(client, '2026-02-03')
  assert.deepEqual(
    (await draftsOf('ada')).map(({ billingDay, untilDay }) => [billingDay, untilDay]),
    [['2026-02-01', '2026-02-03']],
  )
  await to('2026-02-06T06:00:00Z')
  await until('issued', async () => (await bills('ada')).length === 2)
  // Plus for 26 of 28 days: 26.00, in a grace period of its own until 8 February.
  const plus = await draftOf('ada')
  assert.deepEqual([plus.total, plus['billingDay'], plus['dueAt']], ['26.00', '2026-02-03', '2026-02-08T00:00:00.000Z'])
  await to('2026-02-08T06:00:00Z')
  await hasDrafts('ada', 0)
  assert.deepEqual(await bills('ada'), [
    'invoice cycle 2026-01-01 2026-02-01 10.00',
    'invoice cycle 2026-02-01 2026-02-06 10.71',
    'invoice start 2026-02-03 2026-02-08 26.00',
  ])
})

test('what is corrected and re-rated while it is a draft is billed once, as it is then, and without a note', async () => {
  await createSubscriber(client, 'bob', { startsAt: '2026-01-01T00:00:00Z' })
  await client.post('/v1/accounts/bob', { gracePeriod: 'P10D' }, 'PATCH')
  await use('bob', '2026-01-10T10:00:00Z', '100')
  const wrong = await use('bob', '2026-01-11T10:00:00Z', '40')
  await runBills(client, '2026-01-01')
  // 10.00 + 100 × 0.10 + 40 × 0.05
  await runBills(client, '2026-02-01')
  assert.equal((await draftOf('bob')).total, '22.00')
  await client.post('/v1/usage-corrections', {
    ...{ key: 'bob-1', action: 'retract', source: 'switch', id: wrong, reason: 'a test call' },
  })
  assert.equal((await draftOf('bob')).total, '20.00')
  await client.post('/v1/catalog', {
    files: [{ name: 'plans.yaml', text: `${CALLS.replace('unitAmount: 0.10', 'unitAmount: 0.08')}${PLUS}` }],
  })
  await reRate('bob-cheaper', 1)
  assert.equal((await draftOf('bob')).total, '18.00')
  await client.post(`/v1/drafts/${(await draftOf('bob')).id}/issue`, {})
  assert.deepEqual(await bills('bob'), [
    'invoice cycle 2026-01-01 2026-02-08 10.00',
    'invoice cycle 2026-02-01 2026-02-08 18.00',
  ])
})

/** By the next version of the plan. */
async function reRate(key: string, version: number): Promise<string> {
  const plans = [{ from: { code: 'basic', version }, to: { code: 'basic', version: version + 1 } }]
  const asked = { key, reason: 'the price was wrong', plans, from: '2026-01-01', until: '2026-02-01' }
  const { id } = await client.post<{ id: string }>('/v1/re-ratings', asked)
  const is = async (status: string): Promise<void> =>
    until(status, async () => (await client.get(`/v1/re-ratings/${id}`))['status'] === status)
  await is('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await is('complete')
  return id
}

test('an interim invoice waits behind a draft, and is issued when that is', async () => {
  await createSubscriber(client, 'cid', { startsAt: '2026-01-01T00:00:00Z', plan: 'plus' })
  await client.post('/v1/accounts/cid', { gracePeriod: 'P20D' }, 'PATCH')
  await use('cid', '2026-01-10T10:00:00Z', '5')
  await runBills(client, '2026-01-01')
  await runBills(client, '2026-02-01')
  assert.equal((await draftOf('cid')).total, '33.00')
  await client.post('/v1/accounts/cid', { progressiveBilling: { threshold: '20' } }, 'PATCH')
  await use('cid', '2026-02-07T10:00:00Z', '30')
  assert.equal((await draftOf('cid')).total, '33.00')
  await runBills(client, '2026-02-01')
  assert.deepEqual((await bills('cid')).length, 1)
  await client.post(`/v1/drafts/${(await draftOf('cid')).id}/issue`, {})
  await until('an interim invoice', async () => (await bills('cid')).length === 3)
  assert.deepEqual((await bills('cid')).slice(1), [
    'invoice cycle 2026-02-01 2026-02-08 33.00',
    'invoice threshold 2026-02-08 2026-02-08 30.00',
  ])
})

test('the last bill of a subscription that has ended is a draft like others, and nothing comes after it', async () => {
  await createSubscriber(client, 'dan', { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' })
  await client.post('/v1/accounts/dan', { gracePeriod: 'P10D' }, 'PATCH')
  await use('dan', '2026-01-10T10:00:00Z', '10')
  await runBills(client, '2026-02-01')
  // The fee of January is long out of its grace period; ten minutes of 0.08 are in it.
  assert.deepEqual([(await bills('dan')).length, (await draftOf('dan')).total], [1, '0.80'])
  await to('2026-03-01T06:00:00Z')
  await hasDrafts('dan', 0)
  await runBills(client, '2026-03-01')
  assert.deepEqual((await bills('dan')).slice(1), ['invoice cycle 2026-02-01 2026-02-11 0.80'])
})

test('nothing is left of a draft whose usage is taken back: it goes away', async () => {
  const [late] = [await use('dan', '2026-01-12T10:00:00Z', '1')]
  await client.post('/v1/accounts/dan', { gracePeriod: 'P40D' }, 'PATCH')
  await runBills(client, '2026-03-01')
  await to('2026-04-01T06:00:00Z')
  await runBills(client, '2026-04-01')
  assert.equal((await draftOf('dan')).total, '0.08')
  await client.post('/v1/usage-corrections', {
    ...{ key: 'dan-1', action: 'retract', source: 'switch', id: late, reason: 'a test call' },
  })
  const draft = await draftOf('dan')
  assert.deepEqual([draft.documents, draft.total], [[], '0.00'])
  const issue = await request('POST', `/v1/drafts/${draft.id}/issue`, { body: {} })
  assert.deepEqual([issue.status, issue.json['detail']], [409, 'nothing of the draft is due any more'])
  assert.deepEqual(await draftsOf('dan'), [])
})

test('an interim invoice whose tax cannot be decided is a draft that says what is missing, and no failed job', async () => {
  await client.post('/v1/customers', { key: 'eva', name: 'Eva' })
  const account = {
    key: 'eva',
    customer: 'eva',
    issuer: 'taxed',
    currency: 'EUR',
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  }
  await client.post('/v1/accounts', { ...account, progressiveBilling: { threshold: '20' } })
  await client.post('/v1/services', { key: 'eva', account: 'eva', validFrom: '2026-01-01T00:00:00Z' })
  const subscription = { key: 'eva', account: 'eva', plan: 'plus', startsAt: '2026-06-01T00:00:00Z' }
  await client.post('/v1/subscriptions', { ...subscription, alignment: 'calendar' })
  await to('2026-06-01T06:00:00Z')
  await use('eva', '2026-06-01T05:00:00Z', '30')
  await hasDrafts('eva', 1)
  const draft = await draftOf('eva')
  assert.deepEqual([draft.kind, draft.reasons.map(({ code }) => code)], ['interim', ['tax_missing', 'tax_missing']])
  assert.deepEqual(await client.list('/v1/jobs?state=failed'), [])
  await client.post('/v1/customers/eva', { kind: 'consumer', postalAddress: { country: 'DE' } }, 'PATCH')
  // 30.00 with 19 %.
  assert.equal((await draftOf('eva')).total, '35.70')
  await client.post(`/v1/drafts/${draft.id}/issue`, {})
  assert.deepEqual(await bills('eva'), ['invoice threshold 2026-06-01 2026-06-01 35.70'])
})

test('a note of a re-rating waits for what holds its account as a draft; the re-rating has it when it is issued', async () => {
  await runBills(client, '2026-06-01')
  const before = (await bills('fay')).length
  // A hold of the account keeps notes as well.
  const hold = await client.post('/v1/invoice-holds', { account: 'fay', reason: 'moves to another town' })
  await client.post('/v1/catalog', {
    files: [{ name: 'plans.yaml', text: `${CALLS.replace('unitAmount: 0.10', 'unitAmount: 0.06')}${PLUS}` }],
  })
  const id = await reRate('fay-cheaper', 2)
  const [draft] = await draftsOf('fay')
  // 100 minutes of 0.06 in place of 0.08: 2.00 less, with 19 %.
  assert.deepEqual(
    [draft?.kind, draft?.total, draft?.reasons],
    ['note', '-2.38', [{ code: 'on_hold', text: 'moves to another town' }]],
  )
  // Those of ada, bob and dan are issued.
  assert.equal((await client.get(`/v1/re-ratings/${id}`))['documents'], 3)
  await client.post(`/v1/invoice-holds/${hold['id']}/release`, {})
  await hasDrafts('fay', 0)
  assert.equal((await bills('fay')).slice(before).join(), 'credit_note re-rating 2026-06-01 2026-06-01 -2.38')
  assert.equal((await client.get(`/v1/re-ratings/${id}`))['documents'], 4)
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
