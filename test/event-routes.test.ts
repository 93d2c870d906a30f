import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { EVENT_TYPES } from '../src/app/event-types.ts'
import { envelope } from '../src/platform/events/event-type.ts'
import { deliveryPeers, walkDeliveries } from './event-deliveries.ts'
import { walkBooks, walkCoupons, walkDocuments } from './event-documents.ts'
import { walkGateways } from './event-gateways.ts'
import { walkJobs } from './event-jobs.ts'
import { walkNotes, walkPeople, walkReversals } from './event-people.ts'
import { walkSettings } from './event-settings.ts'
import { EventWalk, SILENT, type Told } from './event-walk.ts'
import { startKvit } from './harness.ts'

/**
 * Walks through every route that writes, as `/openapi.json` lists them: each is asked for once, and what it must tell of
 * has to be among the events. A new route fails this test until it is walked through here, or named as silent with the reason.
 */
const CLOCK = '2026-02-10T12:00:00Z'
const peers = await deliveryPeers()
const kvit = await startKvit('walk', CLOCK, undefined, undefined, peers.settings)
const { client, request } = kvit
const description = (await (await fetch(`${kvit.app.url}/openapi.json`)).json()) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags: readonly string[] }>>>>
  readonly webhooks: Readonly<Record<string, unknown>>
}
const writes = Object.entries(description.paths)
  .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
  .filter((name) => !name.startsWith('GET '))

const walk = new EventWalk(kvit)

const parties = { key: 'ann', customer: 'ann', issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`
const STRANGE =
  '{"id":"x1","source":"s","service":"nobody","type":"call","time":"2026-02-10T10:00:00Z","data":{"minutes":"1"}}'
const record = (id: string, service = 'ann'): string =>
  JSON.stringify({ id, source: 's', service, type: 'call', time: '2026-02-09T10:00:00Z', data: { minutes: '10' } })

test('customers, catalogue and keys tell of each write', async () => {
  await walk.ask('POST /v1/issuers', {}, { body: { key: 'op', name: 'Operator', address: 'Kyiv' } }, ['issuer.created'])
  await walk.ask('PATCH /v1/issuers/{reference}', { reference: 'op' }, { body: { name: 'Op' } }, ['issuer.updated'])
  const files = [{ name: 'plans.yaml', text: PLANS }]
  await walk.ask('POST /v1/catalog', {}, { body: { files } }, ['meter.published', 'plan.published'])
  await walk.ask('PATCH /v1/plans/{code}', { code: 'basic' }, { body: { metadata: { a: 'b' } } }, [
    'plan.metadata_changed',
  ])
  await walk.ask('POST /v1/customers', {}, { body: { key: 'ann', name: 'Ann Example', email: 'ann@example.org' } }, [
    'customer.created',
  ])
  await walk.ask('PATCH /v1/customers/{reference}', { reference: 'ann' }, { body: { name: 'Anna Example' } }, [
    'customer.updated',
  ])
  await walk.ask('POST /v1/accounts', {}, { body: parties }, ['account.created'])
  await walk.ask('PATCH /v1/accounts/{reference}', { reference: 'ann' }, { body: { termsDays: 7 } }, [
    'account.updated',
  ])
  const service = { key: 'ann', account: 'ann', validFrom: '2026-01-01T00:00:00Z' }
  await walk.ask('POST /v1/services', {}, { body: service }, ['service.created'])
  await walk.ask('PATCH /v1/services/{reference}', { reference: 'ann' }, { body: { validUntil: null } }, [
    'service.updated',
  ])
  const subscription = { key: 'ann', account: 'ann', plan: 'basic', startsAt: '2026-01-01T00:00:00Z' }
  await walk.ask('POST /v1/subscriptions', {}, { body: subscription }, ['subscription.created'])
  await walk.ask('PATCH /v1/subscriptions/{reference}', { reference: 'ann' }, { body: { endsAt: null } }, [
    'subscription.updated',
  ])
  const change = { kind: 'quantity', quantity: 2, at: '2026-03-01T00:00:00Z' }
  await walk.ask('POST /v1/subscriptions/{reference}/changes/preview', { reference: 'ann' }, { body: change }, [])
  const { id } = await walk.ask('POST /v1/subscriptions/{reference}/changes', { reference: 'ann' }, { body: change }, [
    'subscription.changed',
  ])
  await walk.ask('DELETE /v1/subscriptions/{reference}/changes/{id}', { reference: 'ann', id: String(id) }, {}, [
    'subscription.change_withdrawn',
  ])
  const dearer = [{ name: 'plans.yaml', text: PLANS.replace('0.10', '0.20') }]
  await client.post('/v1/catalog', { files: dearer })
  const move = { from: { plan: 'basic', planVersion: 1 }, to: { plan: 'basic' }, dryRun: false }
  await walk.ask('POST /v1/plan-migrations', {}, { body: move }, ['subscription.changed'])
  const csv = 'customer.key,customer.name\nbob,Bob\n'
  await walk.ask('POST /v1/customer-imports', {}, { body: { csv } }, ['customer.created'])
  const mapping = {
    ...{ code: 'world', name: 'World', numbers: { international: ['00'], country: '380', trunk: '0' } },
    ...{ prefix: { column: 'Prefix' }, destination: { column: 'Name' }, rates: { all: { column: 'Rate' } } },
  }
  const deck = {
    mapping,
    effectiveFrom: '2026-01-01',
    file: { name: 'deck.csv', text: 'Prefix,Name,Rate\n49,Germany,0.02\n' },
  }
  await walk.ask('POST /v1/rate-decks', {}, { body: deck }, ['rate_deck.published'])
  const key = await walk.ask('POST /v1/keys', {}, { body: { name: 'reader', scopes: ['events:read'] } }, [
    'api_key.created',
  ])
  await walk.ask('POST /v1/keys/{id}/rotate', { id: String(key['id']) }, { body: {} }, [
    'api_key.created',
    'api_key.rotated',
  ])
  await walk.ask('DELETE /v1/keys/{id}', { id: String(key['id']) }, {}, ['api_key.revoked'])
  await walk.ask('PATCH /v1/tenants/{name}', { name: 'walk' }, { body: { acceptanceWindowDays: 300 } }, [
    'tenant.updated',
  ])
})

test('usage, corrections and re-rating tell of what becomes of records, all together', async () => {
  const three = [record('u1'), STRANGE, STRANGE.replace('x1', 'x2')].join('\n')
  const { status } = await request('POST', '/v1/usage', {
    raw: three,
    headers: { 'content-type': 'application/x-ndjson' },
  })
  assert.equal(status, 200)
  walk.walked.add('POST /v1/usage')
  const suspended = (await walk.news()).filter(({ type }) => type === 'usage.suspended')
  assert.deepEqual(
    suspended.map(({ data }) => data),
    [{ records: 2, reasons: { unknown_service: 2 }, importId: null }],
  )
  const [entry] = await client.list<{ id: string }>('/v1/suspense')
  await walk.ask(
    'PATCH /v1/suspense/{id}',
    { id: String(entry?.id) },
    { raw: `{"record":${STRANGE.replace('nobody', 'ann')}}` },
    ['usage.suspense_corrected'],
  )
  await walk.ask('POST /v1/suspense/recycle', {}, { body: { ids: [entry?.id] } }, ['usage.recycled'])
  await walk.ask('POST /v1/suspense/write-off', {}, { body: { reason: 'unknown_service', note: 'nobody' } }, [
    'usage.written_off',
  ])
  const amended = { action: 'amend', record: { data: { minutes: '5' } } }
  const correction = { key: 'c1', source: 's', id: 'u1', ...amended, reason: 'test' }
  await walk.ask('POST /v1/usage-corrections', {}, { body: correction }, ['usage.corrected'])
  const mapping = {
    ...{ name: 'calls', format: 'csv', source: 's', type: 'call', id: '{id}', service: '{service}' },
    ...{ time: { column: 'time' }, data: { minutes: { column: 'minutes' } } },
  }
  const file = { name: 'calls.csv', fingerprint: 'f'.repeat(64), sizeBytes: 10, mapping }
  const started = await walk.ask('POST /v1/usage-imports', {}, { body: file }, ['usage_import.started'])
  const id = String(started['id'])
  const rows = 'id,service,time,minutes\nf1,ann,2026-02-09T10:00:00Z,10\n'
  await walk.ask('POST /v1/usage-imports/{id}/chunks', { id }, { raw: rows, query: '?offset=0&last=true' }, [
    'usage_import.finished',
  ])
  await walk.ask('POST /v1/usage-imports/{id}/retract', { id }, { body: { key: 'r1', reason: 'wrong file' } }, [
    'usage_retraction.started',
    'usage_retraction.finished',
  ])
  const again = await client.post('/v1/usage-imports', file)
  await walk.ask('POST /v1/usage-imports/{id}/refusal', { id: String(again['id']) }, { body: { reason: 'cut' } }, [
    'usage_import.refused',
  ])
  const rating = {
    reason: 'wrong price',
    plans: [{ from: { code: 'basic', version: 1 }, to: { code: 'basic', version: 2 } }],
    from: '2026-02-01',
    until: '2026-03-01',
  }
  const first = await walk.ask('POST /v1/re-ratings', {}, { body: { key: 'rr1', ...rating } }, [
    're_rating.started',
    're_rating.drafted',
  ])
  await walk.ask('POST /v1/re-ratings/{id}/cancel', { id: String(first['id']) }, {}, ['re_rating.cancelled'])
  const second = await walk.ask('POST /v1/re-ratings', {}, { body: { key: 'rr2', ...rating } }, [
    're_rating.started',
    're_rating.drafted',
  ])
  await walk.ask('POST /v1/re-ratings/{id}/approve', { id: String(second['id']) }, {}, [
    're_rating.approved',
    're_rating.finished',
  ])
})

test('bills, payments and discounts tell of documents, and of what settles them', async () => {
  await walkCoupons(kvit, walk)
  await walk.ask('POST /v1/bill-runs', {}, { body: { until: '2026-02-01' } }, [
    'bill_run.started',
    'invoice.issued',
    'bill_run.finished',
  ])
  const [invoice] = await client.list<{ id: string }>('/v1/invoices')
  await walk.ask(
    'PATCH /v1/invoices/{reference}',
    { reference: String(invoice?.id) },
    { body: { metadata: { a: 'b' } } },
    ['invoice.metadata_changed'],
  )
  const payment = { key: 'p1', account: 'ann', method: 'bank', currency: 'EUR', amount: '3.00' }
  await walk.ask('POST /v1/payments', {}, { body: payment }, ['payment.recorded', 'invoice.partially_paid'])
  await walk.ask('PATCH /v1/payments/{reference}', { reference: 'p1' }, { body: { metadata: { a: 'b' } } }, [
    'payment.metadata_changed',
  ])
  await walk.ask('POST /v1/payments/{reference}/reversal', { reference: 'p1' }, { body: { reason: 'bounced' } }, [
    'payment.reversed',
    'invoice.reopened',
  ])
  await client.post('/v1/payments', { ...payment, key: 'p2', amount: '500.00' })
  await walkNotes(walk, String(invoice?.id))
  await walkDeliveries(kvit, walk, peers)
})

test('balances tell of each movement that somebody asked for, and of what it leads to', async () => {
  const thresholds = [{ code: 'low', kind: 'low_balance', amount: '2.00', action: 'notify' }]
  for (const key of ['pre', 'mate']) {
    await client.post('/v1/customers', { key, name: key })
    await client.post('/v1/accounts', { ...parties, key, customer: key, creditLimit: '0', thresholds })
  }
  const topUp = { key: 't1', account: 'pre', amount: '20.00', currency: 'EUR', method: 'cash' }
  await walk.ask('POST /v1/top-ups', {}, { body: topUp }, ['balance.topped_up', 'balance.lot_opened'])
  await walk.ask('POST /v1/top-ups/{reference}/reversal', { reference: 't1' }, { body: { reason: 'mistake' } }, [
    'balance.top_up_reversed',
    'balance.threshold_crossed',
  ])
  await client.post('/v1/top-ups', { ...topUp, key: 't2' })
  const money = { currency: 'EUR', method: 'cash' }
  const sale = { key: 'us1', account: 'pre', unit: 'min', units: '10', unitPrice: '0.5', ...money }
  await walk.ask('POST /v1/unit-sales', {}, { body: sale }, ['balance.units_sold', 'balance.lot_opened'])
  await walk.ask('POST /v1/balance-transfers', {}, { body: { key: 'bt1', from: 'pre', to: 'mate', amount: '1.00' } }, [
    'balance.transferred',
  ])
  const settings = { approvalLimits: {}, promise: { limits: { EUR: '5' }, fees: { EUR: '1' }, days: 3 } }
  await walk.ask('PUT /v1/charging/settings', {}, { body: settings }, ['charging_settings.changed'])
  await walk.ask('POST /v1/promised-credits', {}, { body: { key: 'pc1', account: 'mate', amount: '5.00' } }, [
    'balance.credit_promised',
  ])
  await client.post('/v1/top-ups', { ...topUp, key: 't3', account: 'mate' })
  assert.ok((await walk.news()).some(({ type }) => type === 'balance.promised_credit_ended'))
  const second = await client.post<{ id: string; key: string }>('/v1/keys', {
    name: 'second',
    scopes: ['balances:approve', 'balances:write'],
  })
  const asked = async (key: string): Promise<string> => {
    const body = { key, account: 'pre', direction: 'credit', source: 'bonus', amount: '1.00', reason: 'gift' }
    const made = await walk.ask('POST /v1/adjustments', {}, { body }, ['adjustment.requested'])
    return String(made['id'])
  }
  const decide = async (id: string, decision: string): Promise<void> => {
    const headers = { authorization: `Bearer ${second.key}` }
    const { status, text } = await request('POST', `/v1/adjustments/${id}/${decision}`, { headers })
    assert.equal(status, 200, text)
    walk.walked.add(`POST /v1/adjustments/{id}/${decision}`)
  }
  await decide(await asked('a1'), 'approve')
  assert.deepEqual(
    (await walk.news()).map(({ type, actor }) => [type, actor]),
    [
      ['balance.adjusted', second.id],
      ['balance.lot_opened', second.id],
    ],
  )
  await decide(await asked('a2'), 'reject')
  assert.deepEqual(
    (await walk.news()).map(({ type, actor }) => [type, actor]),
    [['adjustment.rejected', second.id]],
  )
  const batch = { key: 'spring', count: 2, currency: 'EUR', amount: '5.00' }
  const { codes } = await walk.ask('POST /v1/voucher-batches', {}, { body: batch }, ['voucher_batch.created'])
  await walk.ask('POST /v1/vouchers/redeem', {}, { body: { account: 'mate', code: (codes as string[])[0] } }, [
    'voucher.redeemed',
  ])
  await walk.ask('POST /v1/voucher-batches/{key}/revoke', { key: 'spring' }, {}, ['voucher_batch.revoked'])
  const rule = { currency: 'EUR', kind: 'fixed', value: '1.00' }
  await walk.ask('PUT /v1/bonus-rules/{code}', { code: 'one' }, { body: rule }, ['bonus_rule.set'])
  await walk.ask('DELETE /v1/bonus-rules/{code}', { code: 'one' }, {}, ['bonus_rule.removed'])
  const program = { currency: 'EUR', referrerAmount: '1', referredAmount: '2' }
  await walk.ask('PUT /v1/referral-programs/{code}', { code: 'friends' }, { body: program }, ['referral_program.set'])
  const referral = { key: 'rf1', program: 'friends', referrer: 'pre', referred: 'mate' }
  await walk.ask('POST /v1/referrals', {}, { body: referral }, ['referral.recorded', 'balance.lot_opened'])
})

test('jobs, drafts, deposits and books tell of each step', async () => {
  await walkJobs(kvit, walk)
  await walkDocuments(kvit, walk)
  await walkBooks(walk)
})

test('users, roles, reversals that wait, payment gateways and settings tell of each step', async () => {
  await walkGateways(kvit, walk, peers.stripe)
  await walkPeople(kvit, walk)
  await walkReversals(kvit, walk)
  await walkSettings(walk)
})

test('a tenant’s own events begin with the tenant; those of another one are not among them', async () => {
  const first = await client.get<{ items: Told[] }>('/v1/events?limit=1')
  assert.deepEqual([first.items[0]?.type, first.items[0]?.['objectId']], ['tenant.created', 'walk'])
  await client.post('/v1/tenants', { name: 'other', clock: CLOCK })
  assert.deepEqual(await walk.news(), [])
})

test('every route that writes was walked through, or is silent for a reason', () => {
  const silent = Object.keys(SILENT)
  assert.deepEqual(
    writes.filter((name) => !walk.walked.has(name) && !silent.includes(name)),
    [],
  )
  assert.deepEqual(
    silent.filter((name) => !writes.includes(name)),
    [],
  )
})

test('all that was told is as the catalogue describes it, numbered, in /openapi.json, and names nobody', () => {
  assert.ok(walk.told.length > 60)
  assert.deepEqual(
    walk.told.map(({ seq }) => seq),
    walk.told.map((_, at) => at + 1),
  )
  const types = new Map(EVENT_TYPES.map((type) => [type.type, type]))
  for (const event of walk.told) {
    const { kind: _kind, payload: _payload, data, ...rest } = event
    const type = types.get(event.type)
    assert.ok(type, event.type)
    z.strictObject(envelope).parse(rest)
    assert.equal(rest['objectKind'], type.objectKind)
    const { error } = type.data.safeParse(data)
    assert.equal(error, undefined, `${event.type}: ${error?.message}`)
  }
  assert.deepEqual(Object.keys(description.webhooks).sort(), [...types.keys()].sort())
  assert.ok(!/Ann|example\.org|Bob/.test(JSON.stringify(walk.told)))
})
