import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds } from './harness.ts'
import { type Invoice, LIFE_PLANS, startLife } from './life-world.ts'

const life = await startLife('terms')

test('phases: a trial, an introductory month, and then for good; records are priced by the phase of their time', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('eve', 'phased', { startsAt: '2026-03-03T15:00:00Z' })
  await life.clock('2026-03-04T06:00:00Z')
  assert.equal((await life.client.get('/v1/subscriptions/eve'))['state'], 'trial')
  await life.clock('2026-04-20T06:00:00Z')
  await life.use('eve-1', 'eve', '2026-03-17T14:59:59Z', '5')
  await life.use('eve-2', 'eve', '2026-03-17T15:00:00Z', '7')
  await runBills(life.client, '2026-04-20')
  const lines = (await life.invoicesOf('eve')).flatMap(({ document }) => document.lines)
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
    (await life.invoicesOf('eve')).map(({ document }) => document.lines.length),
    [1, 3, 1],
    'the trial ends with a bill on its day',
  )
})

test('an add-on fits plans, has the periods of its parent and ends with it', async () => {
  await life.clock('2026-03-10T06:00:00Z')
  await life.subscriber('fay', 'small', { startsAt: '2026-03-10T00:00:00Z' })
  await life.client.post('/v1/subscriptions', {
    key: 'fay-large',
    account: 'fay',
    plan: 'large',
    startsAt: '2026-03-10T00:00:00Z',
  })
  const addOn = { account: 'fay', plan: 'extra', startsAt: '2026-03-10T00:00:00Z' }
  const codeOf = (body: Json): Promise<unknown> => life.refusal('/v1/subscriptions', body)
  assert.equal(await codeOf({ key: 'x1', ...addOn }), 'unprocessable')
  assert.equal(await codeOf({ key: 'x2', ...addOn, parent: 'fay-large' }), 'unprocessable')
  assert.equal(await codeOf({ key: 'x3', ...addOn, plan: 'large', parent: 'fay' }), 'unprocessable')
  await life.client.post('/v1/subscriptions', { key: 'fay-extra', ...addOn, parent: 'fay' })
  assert.equal(await life.refusal('/v1/subscriptions/fay/changes', { kind: 'plan', plan: 'large' }), 'unprocessable')
  await life.change('fay', { kind: 'cancel', at: '2026-04-16T00:00:00Z' })
  await life.billedTo('2026-05-01')
  const lines = (await life.invoicesOf('fay')).flatMap(({ document }) => document.lines)
  const extra = lines.filter(({ subscription }) => subscription === 'fay-extra')
  assert.deepEqual(
    extra.map(({ description, amount }) => `${description} ${amount}`),
    ['Extra fee (22/31) 2.20', 'Extra fee (15/30) 1.55'],
  )
  assert.equal((await life.client.get('/v1/subscriptions/fay-extra'))['state'], 'ended')
})

test('a plan has prices in several currencies, and a subscription may have negotiated ones', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('gus', 'small', { currency: 'USD' })
  await life.subscriber('hal', 'small')
  const inEuros = { key: 'gus-2', account: 'gus', plan: 'large', startsAt: '2026-03-01T00:00:00Z' }
  assert.equal(await life.refusal('/v1/subscriptions', inEuros), 'unprocessable', 'large has no price in USD')
  await life.client.post('/v1/subscriptions', {
    ...{ key: 'hal-2', account: 'hal', plan: 'small', startsAt: '2026-03-01T00:00:00Z' },
    overrides: { fee: { amount: '20' } },
  })
  const wrong = { kind: 'plan', plan: 'small', overrides: { free: { amount: '1' } } }
  assert.equal(await life.refusal('/v1/subscriptions/hal/changes', wrong), 'unprocessable')
  await life.use('gus-1', 'gus', '2026-03-01T05:00:00Z', '10')
  await runBills(life.client, '2026-03-01')
  assert.deepEqual(await life.lastLines('gus'), ['Small fee 34.10'])
  assert.deepEqual(await life.lastLines('hal'), ['Small fee 20.00', 'Small fee 31.00'])
  const listed = (await life.client.get<{ items: Json[] }>('/v1/plans')).items.filter(
    (plan) => plan['code'] === 'small',
  )
  assert.deepEqual(new Set(listed.map(({ currency }) => currency)), new Set(['EUR', 'USD']))
  await life.billedTo('2026-04-01')
  assert.deepEqual(await life.lastLines('gus'), ['Calls 2.00', 'Small fee 34.10'])
  const again = await life.client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: LIFE_PLANS }] })
  const states = (again['changes'] as Json[]).map((entry) => entry['change'])
  assert.deepEqual(new Set(states), new Set(['unchanged']))
})

test('a term ends the subscription, and renewing it goes on', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('ida', 'small')
  const body = { account: 'ida', plan: 'small', startsAt: '2026-01-31T00:00:00Z', termUnit: 'month', renews: false }
  await life.client.post('/v1/subscriptions', { key: 'ida-term', ...body })
  assert.equal((await life.client.get('/v1/subscriptions/ida-term'))['state'], 'ended')
  await life.change('ida-term', { kind: 'renew' })
  const timeline = await life.client.get('/v1/subscriptions/ida-term/timeline')
  assert.equal(timeline['state'], 'active')
  assert.equal((timeline['intervals'] as Json[]).at(-1)?.['until'], '2026-03-31T00:00:00.000Z')
  assert.equal(await life.refusal('/v1/subscriptions/ida/changes', { kind: 'renew' }), 'conflict')
  assert.equal(await life.refusal('/v1/subscriptions/ida/changes', { kind: 'cancel', at: 'term_end' }), 'unprocessable')
})

test('cycles counted from the start of the subscription are billed on their days', async () => {
  await life.clock('2026-01-31T06:00:00Z')
  await life.client.post('/v1/customers', { key: 'jon', name: 'Jon' })
  await life.client.post('/v1/accounts', {
    ...{ key: 'jon', customer: 'jon', issuer: 'op', currency: 'EUR' },
    zone: 'UTC',
    cycleAnchor: '2026-01-01',
  })
  const body = { account: 'jon', plan: 'small', startsAt: '2026-01-31T00:00:00Z', alignment: 'anniversary' }
  await life.client.post('/v1/subscriptions', { key: 'jon', ...body })
  await life.clock('2026-04-30T06:00:00Z')
  await life.change('jon', { kind: 'cancel', at: 'period_end' })
  await runBills(life.client, '2026-04-30')
  const lines = (await life.invoicesOf('jon')).flatMap(({ document }) => document.lines)
  assert.deepEqual(
    lines.map(({ from, until }) => `${from} ${until}`),
    ['2026-01-31 2026-02-28', '2026-02-28 2026-03-31', '2026-03-31 2026-04-30', '2026-04-30 2026-05-31'],
  )
  assert.equal(
    (
      await life.client.get<Invoice & { billingDay: string }>(
        `/v1/invoices/${(await life.invoicesOf('jon')).at(-1)?.id}`,
      )
    ).billingDay,
    '2026-04-30',
  )
  const timeline = await life.client.get('/v1/subscriptions/jon/timeline')
  assert.equal((timeline['intervals'] as Json[]).at(-1)?.['until'], '2026-05-31T00:00:00.000Z')
})

test('an account moves to another zone with a period that has not begun; days and usage of both zones tile', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('mia', 'small', { zone: 'Europe/Kyiv' })
  const move = (body: Json): Promise<unknown> => life.refusal('/v1/accounts/mia', body, 'PATCH')
  assert.equal(await move({ zone: 'America/New_York', zoneFrom: '2026-03-01' }), 'unprocessable')
  assert.equal(await move({ zone: 'America/New_York', zoneFrom: '2026-04-02' }), 'unprocessable')
  assert.equal(await move({ zone: 'Mars/Olympus' }), 'invalid_request')
  const moved = await life.client.post('/v1/accounts/mia', { zone: 'America/New_York' }, 'PATCH')
  assert.deepEqual(
    [moved['zone'], moved['zones']],
    [
      'Europe/Kyiv',
      [
        { zone: 'Europe/Kyiv', fromDay: null },
        { zone: 'America/New_York', fromDay: '2026-04-01' },
      ],
    ],
  )
  await life.clock('2026-04-02T06:00:00Z')
  assert.equal((await life.client.get('/v1/accounts/mia'))['zone'], 'America/New_York')
  // April begins in New York: at 04:00 UTC, not at 21:00 UTC of the day before.
  await life.use('mia-1', 'mia', '2026-04-01T03:59:59Z', '10')
  await life.use('mia-2', 'mia', '2026-04-01T04:00:00Z', '1')
  await life.billedTo('2026-05-02')
  const lines = (await life.invoicesOf('mia')).flatMap(({ document }) => document.lines)
  assert.deepEqual(
    lines.filter(({ description }) => description === 'Calls').map(({ from, amount }) => `${from} ${amount}`),
    ['2026-03-01 1.00', '2026-04-01 0.10'],
  )
})

test('examples/plans/team-software.yaml: trial, introductory price, seats in tiers, dollars and an add-on', async () => {
  const file = join(import.meta.dirname, '../examples/plans/team-software.yaml')
  await life.clock('2026-01-01T06:00:00Z')
  await life.client.post('/v1/catalog', { files: [{ name: 'team.yaml', text: await readFile(file, 'utf8') }] })
  await life.subscriber('ned', 'team', { currency: 'USD', startsAt: '2026-01-01T00:00:00Z' })
  await life.change('ned', { kind: 'quantity', quantity: 10, at: '2026-01-01T00:00:00Z' })
  const support = { account: 'ned', plan: 'team-support', parent: 'ned', startsAt: '2026-02-01T00:00:00Z' }
  await life.client.post('/v1/subscriptions', { key: 'ned-support', ...support })
  await life.change('ned', { kind: 'quantity', quantity: 4, at: '2026-04-16T00:00:00Z' })
  await life.billedTo('2026-05-01')
  const lines = (await life.invoicesOf('ned')).flatMap(({ document }) => document.lines)
  const april = lines
    .filter(({ from }) => from.startsWith('2026-04'))
    .map(({ description, amount }) => `${description} ${amount}`)
  // Ten seats are 5 at 13 and 5 at 10: 115 a month; four are 52. Until 15 March it is 6.50 a seat, then the tiers.
  assert.deepEqual(april, [
    'Seats (10 × 15/30 + 4 × 15/30) 83.50',
    'Data kept (10 × 15/30 + 4 × 15/30) 7.70',
    'Priority support 33.00',
  ])
  const march = lines.filter(({ description, from }) => description.startsWith('Seats') && from.startsWith('2026-03'))
  assert.deepEqual(
    march.map(({ description, amount }) => `${description} ${amount}`),
    ['Seats, introductory price (14/31) 29.35', 'Seats (17/31) 63.06'],
  )
})

test('subscriptions move to another plan in pages: a dry run tells the money, and asking again moves the rest', async () => {
  await life.clock('2026-07-01T06:00:00Z')
  const old = LIFE_PLANS.replaceAll('small', 'tiny').replaceAll('fits: [tiny]', 'fits: [large]')
  await life.client.post('/v1/catalog', { files: [{ name: 'tiny.yaml', text: old }] })
  for (const key of ['olga', 'pete', 'quin']) await life.subscriber(key, 'tiny', { startsAt: '2026-07-01T00:00:00Z' })
  await life.subscriber('rita', 'tiny', { startsAt: '2026-07-01T00:00:00Z', currency: 'USD' })
  await life.change('quin', { kind: 'cancel', at: '2026-07-01T01:00:00Z' })
  await runBills(life.client, '2026-07-01')
  const dearer = old
    .replace('amount: 31,', 'amount: 62,')
    .replace('USD: { fee: { amount: 34.10 }', 'USD: { fee: { amount: 68.20 }')
  await life.client.post('/v1/catalog', { files: [{ name: 'tiny.yaml', text: dearer }] })
  const body = { from: { plan: 'tiny', planVersion: 1 }, to: { plan: 'tiny' }, at: '2026-07-16T00:00:00Z', limit: 2 }
  const migrate = (more: Json): Promise<Json> => life.client.post('/v1/plan-migrations', { ...body, ...more })
  const dry = await migrate({ limit: 10 })
  assert.deepEqual(dry['totals'], [
    { currency: 'EUR', subscriptions: 2, difference: '32.00' },
    { currency: 'USD', subscriptions: 1, difference: '17.60' },
  ])
  assert.deepEqual([dry['refused'], dry['nextCursor']], [[], null])
  const first = await migrate({ dryRun: false })
  assert.equal((first['items'] as Json[]).length, 2)
  const again = await migrate({ dryRun: false })
  assert.deepEqual(again['items'], [], 'those of the first page have moved')
  const rest = await migrate({ dryRun: false, cursor: again['nextCursor'] })
  assert.deepEqual(
    (rest['items'] as Json[]).map(({ account, difference }) => `${String(account)} ${String(difference)}`),
    ['rita 17.60'],
  )
  await life.billedTo('2026-07-16')
  assert.deepEqual(await life.lastLines('olga'), ['Small fee (15/31) -16.00', 'Small fee (16/31) 32.00'])
  assert.equal(
    await life.refusal('/v1/plan-migrations', { ...body, from: { plan: 'tiny', planVersion: 9 } }),
    'not_found',
  )
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(life.client), [])
})
