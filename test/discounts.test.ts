import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

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
  - code: tv
    name: Television
    currency: EUR
    prices:
      - { kind: recurring, code: tv, name: Television, amount: 20, every: { unit: month } }
  - code: metered
    name: Metered
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Plan, amount: 31, every: { unit: month }, timing: arrears }
      - { kind: usage, code: units, name: Units, meter: minutes, rate: { model: per_unit, unitAmount: 0.0002 } }
  - code: bounded
    name: Bounded
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
      - { kind: commitment, code: least, name: Minimum of a month, amount: 30, every: { unit: month } }
      - { kind: cap, code: most, name: No more than 50, amount: 50, every: { unit: month } }
`

const { client, request } = await startKvit('discounts', '2026-01-01T06:00:00Z')
await seedOperator(client, PLANS)

interface Line extends Json {
  id: string
  kind: string
  description: string
  amount: string
  lowers?: number
}
interface Invoice extends Json {
  id: string
  purpose: string
  document: { lines: Line[]; totals: Json }
}

const day = async (text: string): Promise<void> => {
  await client.post('/v1/tenants/discounts', { clock: `${text}T06:00:00Z` }, 'PATCH')
}
const bill = async (text: string): Promise<void> => {
  await day(text)
  await runBills(client, text)
}

async function use(id: string, service: string, time: string, minutes: string): Promise<void> {
  const report = await client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
  assert.equal(report['charged'], 1)
}

async function invoicesOf(account: string): Promise<Invoice[]> {
  const list = await client.list<Invoice>(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}

const told = (lines: readonly Line[]): string[] => lines.map(({ description, amount }) => `${description} ${amount}`)
const lastOf = async (account: string): Promise<Line[]> => (await invoicesOf(account)).at(-1)?.document.lines ?? []

/** What a request is told: its problem code, or its status. */
async function outcome(path: string, body: Json): Promise<unknown> {
  const { status, json } = await request('POST', path, { body })
  return json['code'] ?? status
}

test('a coupon is shown under the line that it touches, goes to the ledger as a discount, and is explained', async () => {
  await createSubscriber(client, 'anna')
  const tenth = { code: 'tenth', name: 'A tenth off', value: { kind: 'percent', percent: '10' } }
  await client.post('/v1/coupons', { ...tenth, duration: { kind: 'bills', count: 2 } })
  await client.post('/v1/coupon-redemptions', { key: 'r-anna', code: 'TENTH', account: 'anna' })
  await use('a1', 'anna', '2026-01-01T01:00:00Z', '123.45')
  await bill('2026-01-01')
  await bill('2026-02-01')
  const lines = await lastOf('anna')
  assert.deepEqual(told(lines), ['Calls 12.35', 'A tenth off -1.24', 'Monthly fee 10.00', 'A tenth off -1.00'])
  assert.deepEqual(
    lines.map(({ lowers }) => lowers ?? null),
    [null, 1, null, 3],
  )
  const [invoice] = (await invoicesOf('anna')).slice(-1)
  assert.deepEqual(invoice?.document.totals, { discounts: '-2.24', net: '20.11', tax: '0.00', total: '20.11' })
  const explained = await client.get<Json & { basis: Json }>(`/v1/invoice-lines/${lines[1]?.id}/explain`)
  const { code, base, percent, taken, value } = explained.basis
  assert.deepEqual(
    [code, base, percent, taken, value],
    ['TENTH', '12.35', '10', '1.24', { kind: 'percent', percent: '10' }],
  )
  const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  const discounts = items.find(({ ledgerAccount }) => ledgerAccount === 'discounts:TENTH')
  assert.equal(discounts?.['debit'], '3.24')
  await use('a2', 'anna', '2026-01-15T01:00:00Z', '100')
  await bill('2026-03-01')
  const [redeemed] = await client.list<Json>('/v1/coupon-redemptions?account=anna')
  assert.deepEqual([redeemed?.['given'], redeemed?.['billsLeft']], [[{ currency: 'EUR', amount: '4.24' }], 0])
  assert.deepEqual(told(await lastOf('anna')), ['Monthly fee 10.00', 'Calls 10.00', 'A tenth off -1.00'])
})

test('taking a coupon away as if it had never been bills what it gave, and keeping it until a day does not', async () => {
  await client.post('/v1/coupon-redemptions/r-anna/removal', { entirely: true })
  await bill('2026-04-01')
  const lines = await lastOf('anna')
  assert.deepEqual(
    lines.filter(({ kind }) => kind === 'discount').map(({ amount }) => amount),
    ['1.00', '2.24', '1.00'],
  )
  assert.equal((await invoicesOf('anna')).at(-1)?.['total'], '14.24')
  const again = await request('POST', '/v1/coupon-redemptions/r-anna/removal', { body: {} })
  assert.equal(again.json['code'], 'conflict')
})

test('a bundle is discounted where an account has both plans, without a code', async () => {
  await createSubscriber(client, 'bob', { startsAt: '2026-04-01T00:00:00Z' })
  const bundle = { code: 'BUNDLE', name: 'Calls and television', value: { kind: 'percent', percent: '50' } }
  await client.post('/v1/coupons', {
    ...bundle,
    duration: { kind: 'forever' },
    automatic: true,
    requires: ['basic', 'tv'],
    targets: { plans: ['tv'] },
  })
  await client.post('/v1/subscriptions', {
    key: 'bob-tv',
    account: 'bob',
    plan: 'tv',
    startsAt: '2026-05-01T00:00:00Z',
  })
  await bill('2026-05-01')
  assert.deepEqual(told(await lastOf('bob')), ['Monthly fee 10.00', 'Television 20.00', 'Calls and television -10.00'])
  await client.post('/v1/coupons/bundle/archive', {})
  await bill('2026-06-01')
  assert.deepEqual(told(await lastOf('bob')), ['Monthly fee 10.00', 'Television 20.00'])
})

test('a plan with a minimum and a maximum bills no less and no more', async () => {
  await createSubscriber(client, 'carl', { plan: 'bounded', startsAt: '2026-05-17T00:00:00Z' })
  await use('c1', 'carl', '2026-05-20T00:00:00Z', '100')
  await bill('2026-06-01')
  assert.deepEqual(told(await lastOf('carl')), ['Calls 10.00', 'Minimum of a month 4.52'])
  await day('2026-06-21')
  await use('c2', 'carl', '2026-06-20T00:00:00Z', '600')
  await bill('2026-07-01')
  assert.deepEqual(told(await lastOf('carl')), ['Calls 60.00', 'No more than 50 -10.00'])
  await day('2026-07-02')
  await use('c3', 'carl', '2026-05-21T00:00:00Z', '30')
  await use('c4', 'carl', '2026-07-01T00:00:00Z', '310')
  await bill('2026-08-01')
  assert.deepEqual(told(await lastOf('carl')), ['Minimum of a month -3.00', 'Calls 31.00', 'Calls 3.00'])
})

test('an account with a threshold is billed when its usage comes to it, and once in a period', async () => {
  await createSubscriber(client, 'dora', { startsAt: '2026-08-01T00:00:00Z' })
  await client.post('/v1/accounts/dora', { progressiveBilling: { threshold: '20' } }, 'PATCH')
  await client.post('/v1/coupons', {
    code: 'FIVE',
    name: 'Five off',
    currency: 'EUR',
    value: { kind: 'fixed', amount: '5', carryOver: true },
  })
  await client.post('/v1/coupon-redemptions', { key: 'r-dora', code: 'five', subscription: 'dora' })
  await bill('2026-08-01')
  assert.deepEqual(told(await lastOf('dora')), ['Monthly fee 10.00', 'Five off -5.00'])
  await day('2026-08-10')
  await use('d1', 'dora', '2026-08-09T00:00:00Z', '150')
  await use('d2', 'dora', '2026-08-09T00:00:01Z', '50')
  while ((await invoicesOf('dora')).length < 2) await new Promise((resolve) => setTimeout(resolve, 100))
  const interim = (await invoicesOf('dora')).at(-1)
  assert.deepEqual(told(interim?.document.lines ?? []), ['Calls 20.00'])
  const { id } = await client.get<{ id: string }>('/v1/accounts/dora')
  const jobs = await client.list<{ key: string; kind: string }>('/v1/jobs?kind=interim_invoice')
  assert.deepEqual(
    jobs.map(({ key }) => key),
    [id],
  )
  await use('d3', 'dora', '2026-08-10T00:00:00Z', '250')
  const { documents } = await client.get<{ documents: Invoice['document'][] }>('/v1/accounts/dora/next-invoice')
  assert.deepEqual(told(documents[0]?.lines ?? []), ['Calls 25.00', 'Monthly fee 10.00'])
  await bill('2026-09-01')
  assert.deepEqual(told(await lastOf('dora')), ['Calls 25.00', 'Monthly fee 10.00'])
})

test('CM-7: two million units at 0.0002 and a threshold of 200 are an interim invoice of 200 and 231 at the end', async () => {
  await createSubscriber(client, 'cm7', { plan: 'metered', startsAt: '2026-09-01T00:00:00Z' })
  await client.post('/v1/accounts/cm7', { progressiveBilling: { threshold: '200' } }, 'PATCH')
  await day('2026-09-10')
  await use('cm7-1', 'cm7', '2026-09-09T00:00:00Z', '1000000')
  while ((await invoicesOf('cm7')).length === 0) await new Promise((resolve) => setTimeout(resolve, 100))
  await use('cm7-2', 'cm7', '2026-09-10T00:00:00Z', '1000000')
  await bill('2026-10-01')
  const totals = (await invoicesOf('cm7')).map(({ purpose, total }) => [purpose, total])
  assert.deepEqual(totals, [
    ['threshold', '200.00'],
    ['cycle', '231.00'],
  ])
})

test('the preview is what the bill run issues, and takes no number', async () => {
  await day('2026-10-02')
  await use('a5', 'anna', '2026-10-01T01:00:00Z', '77')
  await client.post('/v1/coupon-redemptions', { key: 'r-anna-2', code: 'FIVE', customer: 'anna' })
  const preview = async (query = ''): Promise<Invoice['document'][]> => {
    const found = await client.get<{ documents: Invoice['document'][] }>(`/v1/accounts/anna/next-invoice${query}`)
    return found.documents
  }
  const [next, ...more] = await preview()
  assert.equal(more.length, 0)
  assert.deepEqual(await preview('?at=2026-10-15'), [])
  assert.equal((await preview('?at=2027-01-01')).length, 3)
  await bill('2026-11-01')
  const lines = await lastOf('anna')
  assert.deepEqual(
    next?.lines.map((line) => ({ ...line, id: '' })),
    lines.map((line) => ({ ...line, id: '' })),
  )
  assert.deepEqual(told(lines), ['Calls 7.70', 'Five off -2.18', 'Monthly fee 10.00', 'Five off -2.82'])
})

test('codes of a batch are used once each, and limits hold', async () => {
  const value = { kind: 'percent', percent: '5' }
  await client.post('/v1/coupons', { code: 'FLYER', name: 'Flyer', value, byBatch: true })
  const { codes } = await client.post<{ codes: string[] }>('/v1/coupons/FLYER/codes', { count: 3 })
  const redeem = (key: string, code: string | undefined, account: string): Promise<unknown> =>
    outcome('/v1/coupon-redemptions', { key, code, account })
  assert.equal(await redeem('f0', 'FLYER', 'anna'), 'coupon_invalid')
  assert.equal(await redeem('f1', codes[0]?.toLowerCase(), 'anna'), 201)
  assert.equal(await redeem('f2', codes[0], 'bob'), 'coupon_invalid')
  assert.equal(await redeem('f1', codes[1], 'anna'), 'already_exists')
  await client.post('/v1/coupons', { code: 'FEW', name: 'Few', value, maxRedemptions: 2, maxPerCustomer: 1 })
  assert.equal(await redeem('g1', 'FEW', 'anna'), 201)
  assert.equal(await redeem('g2', 'FEW', 'anna'), 'coupon_invalid')
  assert.equal(await redeem('g3', 'FEW', 'bob'), 201)
  assert.equal(await redeem('g4', 'FEW', 'carl'), 'coupon_invalid')
  await client.post('/v1/coupon-redemptions/g1/removal', { entirely: true })
  assert.equal(await redeem('g5', 'FEW', 'carl'), 201)
})

test('what does not fit together is refused', async () => {
  const refused: readonly (readonly [string, Json])[] = [
    ['unprocessable', { value: { kind: 'fixed', amount: '5' } }],
    ['unprocessable', { value: { kind: 'fixed', amount: '5.001' }, currency: 'EUR' }],
    ['unprocessable', { value: { kind: 'percent', percent: '5' }, automatic: true }],
    ['unprocessable', { value: { kind: 'percent', percent: '5' }, requires: ['nothing'] }],
    [
      'unprocessable',
      {
        value: {
          kind: 'loyalty',
          steps: [
            { months: 9, percent: '5' },
            { months: 9, percent: '6' },
          ],
        },
      },
    ],
    ['invalid_request', { value: { kind: 'percent', percent: '101' } }],
    ['already_exists', { code: 'few', value: { kind: 'percent', percent: '5' } }],
  ]
  for (const [code, more] of refused)
    assert.equal(await outcome('/v1/coupons', { code: 'ODD', name: 'Odd', ...more }), code, JSON.stringify(more))
})

test('who brings a customer gets a bonus, and so does the one who came, once', async () => {
  const program = { currency: 'EUR', referrerAmount: '5', referredAmount: '3', maxPerReferrer: 1 }
  await client.post('/v1/referral-programs/friends', program, 'PUT')
  const refer = (key: string, referrer: string, referred: string): Promise<unknown> =>
    outcome('/v1/referrals', { key, program: 'friends', referrer, referred })
  assert.equal(await refer('f1', 'anna', 'bob'), 201)
  assert.equal(await refer('f1', 'anna', 'bob'), 201)
  assert.equal(await refer('f2', 'carl', 'bob'), 'conflict')
  assert.equal(await refer('f3', 'anna', 'carl'), 'conflict')
  assert.equal(await refer('f4', 'anna', 'anna'), 'unprocessable')
  await client.post('/v1/referral-programs/others', program, 'PUT')
  const other = { key: 'f1', program: 'others', referrer: 'anna', referred: 'bob' }
  assert.equal(await outcome('/v1/referrals', other), 'idempotency_conflict')
  for (const [account, amount] of [
    ['anna', '5.00'],
    ['bob', '3.00'],
  ] as const) {
    const entries = await client.list<Json>(`/v1/accounts/${account}/balance-entries`)
    assert.deepEqual(
      entries.map(({ kind, amount: given }) => [kind, given]),
      [['referral:friends', amount]],
    )
  }
  await bill('2026-12-01')
  const paid = (await invoicesOf('anna')).map((invoice) => invoice['paid']).filter((amount) => amount !== '0.00')
  assert.deepEqual(paid, ['5.00'], 'the bonus settles what is oldest')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
