import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: small
    name: Small
    currency: EUR
    currencies:
      USD: { fee: { amount: 34.10 }, calls: { rate: { model: per_unit, unitAmount: 0.20 } } }
    prices:
      - { kind: recurring, code: fee, name: Small fee, amount: 31, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: graduated, tiers: [ { upTo: 100, unitAmount: 0.10 }, { upTo: null, unitAmount: 0.05 } ] } }
  - code: large
    name: Large
    currency: EUR
    prices:
      - { kind: one_off, code: visit, name: Installation, amount: 40 }
      - { kind: recurring, code: fee, name: Large fee, amount: 62, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls at large, meter: minutes, rate: { model: per_unit, unitAmount: 0.01 } }
  - code: seats
    name: Seats
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Seats, every: { unit: month }, rate: { model: graduated, tiers: [ { upTo: 5, unitAmount: 31 }, { upTo: null, unitAmount: 15.50 } ] } }
      - { kind: recurring, code: number, name: Number kept, amount: 3.10, every: { unit: month }, whilePaused: charged }
  - code: phased
    name: With a trial
    currency: EUR
    phases: [ { code: trial, lasts: { unit: day, count: 14 } }, { code: intro, lasts: { unit: month, count: 1 } }, { code: evergreen, lasts: null } ]
    prices:
      - { kind: recurring, code: intro, name: Introductory fee, amount: 10, every: { unit: month }, phases: [intro] }
      - { kind: recurring, code: fee, name: Fee, amount: 20, every: { unit: month }, phases: [evergreen] }
      - { kind: usage, code: tried, name: Trial calls, meter: minutes, phases: [trial], rate: { model: per_unit, unitAmount: 0 } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, phases: [intro, evergreen], rate: { model: per_unit, unitAmount: 1 } }
  - code: talk
    name: Talk
    currency: EUR
    prices:
      - { kind: allowance, code: hour, name: 60 minutes, unit: min, amount: 60 }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }
  - code: talk-more
    name: Talk more
    currency: EUR
    prices:
      - { kind: allowance, code: day, name: 100 minutes, unit: min, amount: 100 }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 2 } }
  - code: extra
    name: Extra
    kind: add_on
    fits: [small]
    currency: EUR
    prices:
      - { kind: recurring, code: extra, name: Extra fee, amount: 3.10, every: { unit: month } }
`

const { client, request } = await startKvit('life', '2026-03-01T06:00:00Z')
await seedOperator(client, PLANS)

type Line = Json & { description: string; amount: string; from: string; until: string; quantity: string }
interface Invoice extends Json {
  id: string
  total: string
  document: { lines: Line[] }
}

const clock = (time: string): Promise<unknown> => client.post('/v1/tenants/life', { clock: time }, 'PATCH')
const change = (key: string, body: Json): Promise<Json> => client.post(`/v1/subscriptions/${key}/changes`, body)
const refusal = async (key: string, body: Json): Promise<unknown> =>
  (await request('POST', `/v1/subscriptions/${key}/changes`, { body })).json['code']

async function invoicesOf(account: string): Promise<Invoice[]> {
  const list = await client.list<Invoice>(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}

async function lastLines(account: string): Promise<string[]> {
  const invoice = (await invoicesOf(account)).at(-1)
  return (invoice?.document.lines ?? []).map(({ description, amount }) => `${description} ${amount}`).sort()
}

async function use(id: string, service: string, time: string, minutes: string): Promise<Json> {
  return client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
}

async function billedTo(day: string): Promise<void> {
  await clock(`${day}T06:00:00Z`)
  await runBills(client, day)
}

const subscriber = (key: string, plan: string, more: Json = {}): Promise<void> =>
  createSubscriber(client, key, { plan, startsAt: '2026-03-01T00:00:00Z', ...more })

test('PR-14, on a running system: a change of plan gives the unused share back and charges the new plan on its day', async () => {
  await subscriber('ada', 'small')
  await runBills(client, '2026-03-01')
  await clock('2026-03-15T12:00:00Z')
  await use('ada-1', 'ada', '2026-03-15T11:00:00Z', '120')
  const previewed = await client.post('/v1/subscriptions/ada/changes/preview', { kind: 'plan', plan: 'large' })
  assert.deepEqual([previewed['billedOn'], previewed['difference']], ['2026-03-15', '57.00'])
  assert.equal(((await client.get('/v1/subscriptions/ada/timeline'))['changes'] as Json[]).length, 0, 'nothing is kept')
  await change('ada', { kind: 'plan', plan: 'large' })
  await use('ada-2', 'ada', '2026-03-15T12:00:00Z', '120')
  await use('ada-3', 'ada', '2026-03-15T11:30:00Z', '10')
  await runBills(client, '2026-03-15')
  assert.deepEqual(await lastLines('ada'), [
    'Installation 40.00',
    'Large fee (17/31) 34.00',
    'Small fee (14/31) -17.00',
  ])
  await billedTo('2026-04-01')
  assert.deepEqual(await lastLines('ada'), ['Calls 11.50', 'Calls at large 1.20', 'Large fee 62.00'])
})

test('changing and changing back at one instant costs nothing, and a withdrawn change is credited', async () => {
  await clock('2026-03-01T06:00:00Z')
  await subscriber('bea', 'small')
  await runBills(client, '2026-03-01')
  await clock('2026-03-10T06:00:00Z')
  const at = '2026-03-08T00:00:00Z'
  await change('bea', { kind: 'plan', plan: 'large', at })
  await change('bea', { kind: 'plan', plan: 'small', at })
  await billedTo('2026-04-01')
  assert.deepEqual(await lastLines('bea'), ['Small fee 31.00'])
  const back = await change('bea', { kind: 'quantity', quantity: 3, at: '2026-03-11T00:00:00Z' })
  await billedTo('2026-05-01')
  assert.deepEqual(await lastLines('bea'), [
    'Small fee (1 × 10/31 + 3 × 21/31) 42.00',
    'Small fee 62.00',
    'Small fee 93.00',
  ])
  await client.post(`/v1/subscriptions/bea/changes/${back['id']}`, undefined, 'DELETE')
  await billedTo('2026-06-01')
  assert.deepEqual(await lastLines('bea'), [
    'Small fee -42.00',
    'Small fee -62.00',
    'Small fee -62.00',
    'Small fee 31.00',
  ])
  const twice = await request('DELETE', `/v1/subscriptions/bea/changes/${back['id']}`)
  assert.equal(twice.json['code'], 'conflict')
})

test('a pause charges only what the plan keeps charging, and usage in it is suspended', async () => {
  await clock('2026-03-01T06:00:00Z')
  await subscriber('cleo', 'seats')
  await subscriber('dora', 'small')
  await clock('2026-04-20T06:00:00Z')
  await change('dora', { kind: 'pause', at: '2026-04-11T00:00:00Z' })
  await change('cleo', { kind: 'pause', at: '2026-04-11T00:00:00Z' })
  assert.equal((await client.get('/v1/subscriptions/cleo'))['state'], 'paused')
  const report = await use('dora-1', 'dora', '2026-04-12T00:00:00Z', '5')
  assert.equal(report['suspended'], 1)
  assert.equal((await client.list('/v1/suspense?reason=paused')).length, 1)
  await change('cleo', { kind: 'resume', at: '2026-04-21T00:00:00Z' })
  assert.equal(await refusal('cleo', { kind: 'resume', at: '2026-04-25T00:00:00Z' }), 'conflict')
  await change('cleo', { kind: 'quantity', quantity: 7, at: '2026-04-26T00:00:00Z' })
  await billedTo('2026-05-01')
  const cleo = (await invoicesOf('cleo')).flatMap(({ document }) => document.lines)
  const april = cleo
    .filter(({ from }) => from.startsWith('2026-04'))
    .map(({ description, amount }) => `${description} ${amount}`)
  // Five seats at 31 and two at 15.50 are 186; one is 31: 15/30 of 31, and 5/30 of 186 make 46.50.
  assert.deepEqual(april.sort(), [
    'Number kept (1 × 25/30 + 7 × 5/30) 5.17',
    'Number kept (10/30) 1.03',
    'Seats (1 × 15/30 + 7 × 5/30) 36.17',
    'Seats (10/30) 10.33',
  ])
})

test('phases: a trial, an introductory month, and then for good; records are priced by the phase of their time', async () => {
  await clock('2026-03-01T06:00:00Z')
  await subscriber('eve', 'phased', { startsAt: '2026-03-03T15:00:00Z' })
  await clock('2026-03-04T06:00:00Z')
  assert.equal((await client.get('/v1/subscriptions/eve'))['state'], 'trial')
  await clock('2026-04-20T06:00:00Z')
  await use('eve-1', 'eve', '2026-03-17T14:59:59Z', '5')
  await use('eve-2', 'eve', '2026-03-17T15:00:00Z', '7')
  await runBills(client, '2026-04-20')
  const lines = (await invoicesOf('eve')).flatMap(({ document }) => document.lines)
  assert.deepEqual(
    lines.map(({ description, from, until, amount }) => `${description} ${from} ${until} ${amount}`).sort(),
    [
      'Calls 2026-03-01 2026-04-01 7.00',
      'Fee (14/30) 2026-04-17 2026-05-01 9.33',
      'Introductory fee (15/31) 2026-03-17 2026-04-01 4.84',
      'Introductory fee (16/30) 2026-04-01 2026-04-17 5.33',
      'Trial calls 2026-03-01 2026-04-01 0.00',
    ],
  )
  assert.deepEqual(
    (await invoicesOf('eve')).map(({ document }) => document.lines.length),
    [1, 3, 1],
    'the trial ends with a bill on its day',
  )
})

test('an add-on fits plans, has the periods of its parent and ends with it', async () => {
  await clock('2026-03-10T06:00:00Z')
  await subscriber('fay', 'small', { startsAt: '2026-03-10T00:00:00Z' })
  await client.post('/v1/subscriptions', {
    key: 'fay-large',
    account: 'fay',
    plan: 'large',
    startsAt: '2026-03-10T00:00:00Z',
  })
  const addOn = { account: 'fay', plan: 'extra', startsAt: '2026-03-10T00:00:00Z' }
  const codeOf = async (body: Json): Promise<unknown> =>
    (await request('POST', '/v1/subscriptions', { body })).json['code']
  assert.equal(await codeOf({ key: 'x1', ...addOn }), 'unprocessable')
  assert.equal(await codeOf({ key: 'x2', ...addOn, parent: 'fay-large' }), 'unprocessable')
  assert.equal(await codeOf({ key: 'x3', ...addOn, plan: 'large', parent: 'fay' }), 'unprocessable')
  await client.post('/v1/subscriptions', { key: 'fay-extra', ...addOn, parent: 'fay' })
  assert.equal(await refusal('fay', { kind: 'plan', plan: 'large' }), 'unprocessable')
  await change('fay', { kind: 'cancel', at: '2026-04-16T00:00:00Z' })
  await billedTo('2026-05-01')
  const lines = (await invoicesOf('fay')).flatMap(({ document }) => document.lines)
  const extra = lines.filter(({ subscription }) => subscription === 'fay-extra')
  assert.deepEqual(
    extra.map(({ description, amount }) => `${description} ${amount}`),
    ['Extra fee (22/31) 2.20', 'Extra fee (15/30) 1.55'],
  )
  assert.equal((await client.get('/v1/subscriptions/fay-extra'))['state'], 'ended')
})

test('a plan has prices in several currencies, and a subscription may have negotiated ones', async () => {
  await clock('2026-03-01T06:00:00Z')
  await subscriber('gus', 'small', { currency: 'USD' })
  await subscriber('hal', 'small')
  const code = await request('POST', '/v1/subscriptions', {
    body: { key: 'gus-2', account: 'gus', plan: 'large', startsAt: '2026-03-01T00:00:00Z' },
  })
  assert.equal(code.json['code'], 'unprocessable', 'large has no price in USD')
  await client.post('/v1/subscriptions', {
    ...{ key: 'hal-2', account: 'hal', plan: 'small', startsAt: '2026-03-01T00:00:00Z' },
    overrides: { fee: { amount: '20' } },
  })
  const wrong = { kind: 'plan', plan: 'small', overrides: { free: { amount: '1' } } }
  assert.equal(await refusal('hal', wrong), 'unprocessable')
  await use('gus-1', 'gus', '2026-03-01T05:00:00Z', '10')
  await runBills(client, '2026-03-01')
  assert.deepEqual(await lastLines('gus'), ['Small fee 34.10'])
  assert.deepEqual(await lastLines('hal'), ['Small fee 20.00', 'Small fee 31.00'])
  const listed = (await client.get<{ items: Json[] }>('/v1/plans')).items.filter((plan) => plan['code'] === 'small')
  assert.deepEqual(new Set(listed.map(({ currency }) => currency)), new Set(['EUR', 'USD']))
  await billedTo('2026-04-01')
  assert.deepEqual(await lastLines('gus'), ['Calls 2.00', 'Small fee 34.10'])
  const again = await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: PLANS }] })
  const states = (again['changes'] as Json[]).map((entry) => entry['change'])
  assert.deepEqual(new Set(states), new Set(['unchanged']))
})

test('units that came with a plan are for use under it, and a chain of plans gives no more than each of them once', async () => {
  await clock('2026-03-10T06:00:00Z')
  await subscriber('leo', 'talk')
  const charged = async (id: string, minutes: string, time = '2026-03-10T06:00:00Z'): Promise<string> => {
    await use(id, 'leo', time, minutes)
    return (await client.get<{ credit: { owed: string } }>('/v1/accounts/leo/balances')).credit.owed
  }
  assert.equal(Number(await charged('leo-1', '10', '2026-03-09T12:00:00Z')), 0)
  await change('leo', { kind: 'plan', plan: 'talk-more', at: '2026-03-10T00:00:00Z' })
  assert.equal(Number(await charged('leo-2', '101')), 2, 'the other 50 minutes of the old plan cover nothing now')
  await change('leo', { kind: 'plan', plan: 'talk', at: '2026-03-10T05:00:00Z' })
  assert.equal(Number(await charged('leo-3', '51')), 3, 'but they do when it is back')
  await change('leo', { kind: 'plan', plan: 'talk-more', at: '2026-03-10T05:30:00Z' })
  assert.equal(Number(await charged('leo-4', '1')), 5)
})

test('a term ends the subscription, and renewing it goes on', async () => {
  await clock('2026-03-01T06:00:00Z')
  await subscriber('ida', 'small')
  const body = { account: 'ida', plan: 'small', startsAt: '2026-01-31T00:00:00Z', termUnit: 'month', renews: false }
  await client.post('/v1/subscriptions', { key: 'ida-term', ...body })
  assert.equal((await client.get('/v1/subscriptions/ida-term'))['state'], 'ended')
  await change('ida-term', { kind: 'renew' })
  const timeline = await client.get('/v1/subscriptions/ida-term/timeline')
  assert.equal(timeline['state'], 'active')
  assert.equal((timeline['intervals'] as Json[]).at(-1)?.['until'], '2026-03-31T00:00:00.000Z')
  assert.equal(await refusal('ida', { kind: 'renew' }), 'conflict')
  assert.equal(await refusal('ida', { kind: 'cancel', at: 'term_end' }), 'unprocessable')
})

test('cycles counted from the start of the subscription are billed on their days', async () => {
  await clock('2026-01-31T06:00:00Z')
  await client.post('/v1/customers', { key: 'jon', name: 'Jon' })
  await client.post('/v1/accounts', {
    ...{ key: 'jon', customer: 'jon', issuer: 'op', currency: 'EUR' },
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  })
  const body = { account: 'jon', plan: 'small', startsAt: '2026-01-31T00:00:00Z', alignment: 'anniversary' }
  await client.post('/v1/subscriptions', { key: 'jon', ...body })
  await clock('2026-04-30T06:00:00Z')
  await change('jon', { kind: 'cancel', at: 'period_end' })
  await runBills(client, '2026-04-30')
  const lines = (await invoicesOf('jon')).flatMap(({ document }) => document.lines)
  assert.deepEqual(
    lines.map(({ from, until }) => `${from} ${until}`),
    ['2026-01-31 2026-02-28', '2026-02-28 2026-03-31', '2026-03-31 2026-04-30', '2026-04-30 2026-05-31'],
  )
  assert.equal(
    (await client.get<Invoice & { billingDay: string }>(`/v1/invoices/${(await invoicesOf('jon')).at(-1)?.id}`))
      .billingDay,
    '2026-04-30',
  )
  const timeline = await client.get('/v1/subscriptions/jon/timeline')
  assert.equal((timeline['intervals'] as Json[]).at(-1)?.['until'], '2026-05-31T00:00:00.000Z')
})

test('what cannot be is refused', async () => {
  await clock('2026-03-20T06:00:00Z')
  await subscriber('kay', 'small', { startsAt: '2026-03-10T00:00:00Z' })
  assert.equal(await refusal('kay', { kind: 'cancel', at: '2026-03-09T23:59:59Z' }), 'unprocessable')
  assert.equal(await refusal('kay', { kind: 'quantity', quantity: 1 }), 'conflict')
  assert.equal(await refusal('kay', { kind: 'plan', plan: 'extra' }), 'unprocessable')
  assert.equal(await refusal('kay', { kind: 'plan', plan: 'none' }), 'not_found')
  assert.equal(await refusal('kay', { kind: 'quantity', quantity: 0 }), 'invalid_request')
  await change('kay', { kind: 'cancel', at: '2026-03-15T00:00:00Z' })
  assert.equal(await refusal('kay', { kind: 'pause' }), 'conflict')
  const preview = await request('POST', '/v1/subscriptions/kay/changes/preview', { body: { kind: 'pause' } })
  assert.equal(preview.json['code'], 'conflict')
  await change('kay', { kind: 'resume', at: '2026-03-20T00:00:00Z' })
  assert.equal((await client.get('/v1/subscriptions/kay'))['state'], 'active')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
