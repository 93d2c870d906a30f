import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { createSubscriber, seedOperator, startKvit } from './harness.ts'

interface Page {
  readonly items: Json[]
  readonly nextCursor: string | null
  readonly previousCursor: string | null
}

const { client, request, app, config } = await startKvit('lists', '2026-04-01T00:00:00Z')
await seedOperator(client)
const NAMES = ['anna', 'boris', 'clara', 'dora']
for (const name of NAMES) await createSubscriber(client, name)
await client.post('/v1/accounts', {
  ...{ key: 'anna-2', customer: 'anna', issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' },
})
await client.post('/v1/subscriptions', {
  key: 'next',
  account: 'anna-2',
  plan: 'basic',
  startsAt: '2027-01-01T00:00:00Z',
})
await client.post('/v1/services', {
  key: 'past',
  account: 'anna-2',
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2026-02-01T00:00:00Z',
})
await runBills(client, '2026-04-01')
const pay = async (key: string, account: string, amount: string, receivedOn: string): Promise<Json> =>
  client.post('/v1/payments', {
    key,
    account,
    method: 'bank',
    currency: 'EUR',
    amount,
    receivedOn,
    reference: `Ref ${key}`,
  })
await pay('p-anna', 'anna', '1000.00', '2026-03-01')
await pay('p-boris', 'boris', '3.00', '2026-03-10')
await pay('p-clara', 'clara', '5.00', '2026-03-20')
await client.post('/v1/payments/p-clara/reversal', { reason: 'bounced' })

async function keysOf(path: string, name = 'key'): Promise<unknown[]> {
  return (await client.list(path)).map((item) => item[name])
}

test('T6: a parameter that a route does not know is refused, with what there is and what was meant', async () => {
  const { status, json } = await request('GET', '/v1/invoices?status=paid&limit=1')
  assert.deepEqual([status, json['code']], [400, 'invalid_request'])
  assert.match(String(json['detail']), /unknown parameter "status"; did you mean "state"\?/)
  assert.match(String(json['detail']), /GET \/v1\/invoices knows limit, cursor, before, .*account, customer, state/)
  assert.deepEqual((json['errors'] as Json[])[0]?.['path'], 'status')
  for (const [method, path, said] of [
    ['GET', '/v1/coupons?expand=customer', /unknown parameter "expand"/],
    ['GET', '/v1/customers/anna?limit=1', /GET \/v1\/customers\/\{reference\} takes none/],
    ['GET', '/v1/payments?acount=anna', /did you mean "account"/],
    ['POST', '/v1/payments?dryRun=true', /unknown parameter "dryRun"/],
    ['POST', '/v1/usage?source=x', /unknown parameter "source"/],
    ['GET', '/v1/accounts/anna/statement?form=csv', /did you mean "from"|did you mean "format"/],
  ] as const) {
    const answer = await request(method, path, method === 'POST' ? { body: {} } : {})
    assert.equal(answer.status, 400, `${path}: ${answer.text}`)
    assert.match(String(answer.json['detail']), said)
  }
})

test('T6: no route of the API takes a parameter that its description does not have', async () => {
  const { paths } = (await (await fetch(`${app.url}/openapi.json`)).json()) as { paths: Record<string, Json> }
  const lists = Object.entries(paths).filter(([path, methods]) => methods['get'] !== undefined && !path.includes('{'))
  assert.ok(lists.length >= 20)
  for (const [path] of lists) {
    // These are for sessions and links: who comes with a key is turned away before anything is read.
    if (/^\/v1\/(me|sign-in|invitation|oidc|password-reset)(\/|$)/.test(path)) continue
    const { status, json } = await request('GET', `${path}?nobodyHasThis=1`)
    assert.equal(status, 400, path)
    assert.match(String(json['detail']), /unknown parameter "nobodyHasThis"/, path)
  }
})

test('T6: invoices by state, account, customer, kind, number, days and text', async () => {
  const all = await client.list('/v1/invoices')
  assert.equal(all.length, 16)
  const of = async (query: string): Promise<string[]> =>
    (await client.list(`/v1/invoices?${query}`)).map(({ account, state, paid }) => `${account} ${state} ${paid}`)
  assert.deepEqual(await of('state=paid'), ['anna paid 10.00', 'anna paid 10.00', 'anna paid 10.00', 'anna paid 10.00'])
  assert.deepEqual(await of('state=partially_paid'), ['boris partially_paid 3.00'])
  assert.equal((await of('state=open')).length, 12)
  assert.equal((await of('state=issued')).length, 11)
  const overdue = await client.list('/v1/invoices?state=overdue')
  assert.deepEqual(
    overdue.map(({ id }) => id),
    all.filter(({ isOverdue }) => isOverdue).map(({ id }) => id),
  )
  assert.equal((await of('customer=anna')).length, 4)
  assert.deepEqual(await of('account=anna-2'), [])
  assert.deepEqual(await of('account=boris&customer=anna'), [])
  assert.equal((await of('kind=credit_note')).length, 0)
  assert.equal((await of('text=CUSTOMER%20clara')).length, 4)
  assert.equal((await of('text=%25')).length, 0)
  const number = String(all[5]?.['number'])
  assert.deepEqual(
    (await client.list(`/v1/invoices?number=${number}`)).map(({ id }) => id),
    [all[5]?.['id']],
  )
  const days = [...new Set(all.map(({ issuedOn }) => String(issuedOn)))].sort()
  const until = await client.list(`/v1/invoices?until=${days[0]}`)
  const from = await client.list(`/v1/invoices?from=${days[0]}`)
  assert.deepEqual([until.length, from.length], [0, 16])
  const [open] = await client.list('/v1/invoices?state=partially_paid')
  assert.deepEqual(
    [open?.['total'], open?.['paid'], open?.['open'], open?.['customer'], open?.['customerName']],
    ['10.00', '3.00', '7.00', 'boris', 'Customer boris'],
  )
  assert.deepEqual(open?.['period'], { from: '2026-01-01', until: '2026-02-01' })
  const shown = await client.get(`/v1/invoices/${open?.['id']}`)
  assert.deepEqual([shown['state'], shown['open'], shown['account']], ['partially_paid', '7.00', 'boris'])
})

test('T6: payments by account, customer, state, method, days and text', async () => {
  assert.deepEqual(await keysOf('/v1/payments?state=reversed'), ['p-clara'])
  assert.deepEqual(await keysOf('/v1/payments?state=received'), ['p-anna', 'p-boris'])
  assert.deepEqual(await keysOf('/v1/payments?from=2026-03-10&until=2026-03-20'), ['p-boris'])
  assert.deepEqual(await keysOf('/v1/payments?customer=anna'), ['p-anna'])
  assert.deepEqual(await keysOf('/v1/payments?method=cash'), [])
  assert.deepEqual(await keysOf('/v1/payments?text=ref%20p-b'), ['p-boris'])
  assert.deepEqual(await keysOf('/v1/payments?text=customer%20clara'), ['p-clara'])
})

test('T6: customers, accounts, services and subscriptions by text, owner and state', async () => {
  assert.deepEqual(await keysOf('/v1/customers?text=STOMER%20bo'), ['boris'])
  assert.deepEqual(await keysOf('/v1/accounts?customer=anna'), ['anna', 'anna-2'])
  assert.deepEqual(await keysOf('/v1/accounts?text=customer%20dora&currency=EUR&issuer=op'), ['dora'])
  assert.deepEqual(await keysOf('/v1/services?customer=anna'), ['anna', 'past'])
  assert.deepEqual(await keysOf('/v1/services?state=ended'), ['past'])
  assert.deepEqual(await keysOf('/v1/services?state=active'), NAMES)
  assert.deepEqual(await keysOf('/v1/subscriptions?state=pending'), ['next'])
  assert.deepEqual(await keysOf('/v1/subscriptions?state=active'), NAMES)
  assert.deepEqual(await keysOf('/v1/subscriptions?account=anna-2'), ['next'])
  const [subscription] = await client.list('/v1/subscriptions?text=dor')
  assert.deepEqual([subscription?.['account'], subscription?.['customerName']], ['dora', 'Customer dora'])
  const later = encodeURIComponent('2026-05-01T00:00:00+02:00')
  assert.deepEqual(await keysOf(`/v1/customers?createdFrom=${later}`), [])
  assert.deepEqual(await keysOf(`/v1/customers?createdUntil=${later}`), NAMES)
  assert.equal((await request('GET', '/v1/services?state=dead')).status, 400)
  assert.equal((await request('GET', '/v1/accounts?customer=nobody')).status, 404)
})

test('T6: pages in both directions and both orders meet every row once', async () => {
  for (const order of ['oldest', 'newest']) {
    const forward: unknown[] = []
    const pages: Page[] = []
    let cursor = ''
    do {
      const page: Page = await client.get(`/v1/invoices?limit=5&order=${order}${cursor}`)
      pages.push(page)
      forward.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    const all = (await client.list('/v1/invoices')).map(({ id }) => id)
    assert.deepEqual(forward, order === 'oldest' ? all : all.toReversed())
    assert.equal(pages[0]?.previousCursor, null)
    const back: Page = await client.get(`/v1/invoices?limit=5&order=${order}&before=${pages[2]?.previousCursor}`)
    assert.deepEqual(back.items, pages[1]?.items)
    const first: Page = await client.get(`/v1/invoices?limit=5&order=${order}&before=${back.previousCursor}`)
    assert.deepEqual([first.items, first.previousCursor], [pages[0]?.items, null])
    assert.equal(first.nextCursor, pages[0]?.nextCursor)
  }
  const both = await request('GET', `/v1/invoices?cursor=${crypto.randomUUID()}&before=${crypto.randomUUID()}`)
  assert.match(String(both.json['detail']), /cursor and before/)
  let before: Page = await client.get('/v1/subscriptions?state=active&limit=3&order=newest')
  before = await client.get(`/v1/subscriptions?state=active&limit=2&order=newest&cursor=${before.nextCursor}`)
  assert.deepEqual(
    before.items.map(({ key }) => key),
    ['anna'],
  )
  before = await client.get(`/v1/subscriptions?state=active&limit=2&order=newest&before=${before.previousCursor}`)
  assert.deepEqual(
    before.items.map(({ key }) => key),
    ['clara', 'boris'],
  )
})

test('T6: invoices and payments by amount, of the currency that is named', async () => {
  const totals = (await client.list('/v1/invoices')).map(({ total }) => total)
  assert.ok(totals.every((total) => total === '10.00'))
  const count = async (query: string): Promise<number> =>
    (await client.list(`/v1/invoices?currency=EUR&${query}`)).length
  assert.deepEqual(
    [
      await count('minTotal=10'),
      await count('minTotal=10.01'),
      await count('maxTotal=10.00&minTotal=-5'),
      await count('maxTotal=9.99'),
    ],
    [16, 0, 16, 0],
  )
  assert.deepEqual(await keysOf('/v1/payments?currency=EUR&minAmount=3.01'), ['p-anna', 'p-clara'])
  assert.deepEqual(await keysOf('/v1/payments?currency=EUR&minAmount=3&maxAmount=5'), ['p-boris', 'p-clara'])
  for (const [path, said] of [
    ['/v1/invoices?minTotal=1', /minTotal: name the currency of the amount, too/],
    ['/v1/payments?maxAmount=1&currency=XXQ', /currency: "XXQ" is no currency: write a code in capitals/],
    ...['invoices', 'payments', 'accounts', 'ledger/postings', 'plans/basic'].map(
      (list) => [`/v1/${list}?currency=eur`, /currency: "eur" is no currency: write EUR$/] as const,
    ),
    ['/v1/payments?maxAmount=1.001&currency=EUR', /maxAmount: 1\.001 has more digits than EUR/],
    ['/v1/payments?maxAmount=1e3&currency=EUR', /write an amount such as 12\.50/],
  ] as const) {
    const { status, json } = await request('GET', path)
    assert.equal(status, 400, path)
    assert.match(String(json['detail']), said)
  }
})

test('T6: the lists of everything else go in both directions, and know text and times, too', async () => {
  for (const code of ['SPRING', 'SUMMER', 'WINTER'])
    await client.post('/v1/coupons', {
      ...{
        code,
        name: `Sale of ${code}`,
        value: { kind: 'percent', percent: '10' },
        duration: { kind: 'bills', count: 1 },
      },
    })
  for (const account of ['anna', 'boris'])
    await client.post('/v1/coupon-redemptions', { code: 'SPRING', account, key: `r-${account}` })
  const records = [1, 2, 3].map((id) => ({
    source: 's',
    id: `${id}`,
    service: 'nobody',
    type: 'call',
    time: '2026-03-01T00:00:00Z',
    data: { minutes: 1 },
  }))
  await client.post('/v1/usage', records)
  const codes = async (path: string, name: string): Promise<unknown[]> =>
    (await client.get<Page>(path)).items.map((item) => item[name])
  assert.deepEqual(await codes('/v1/coupons?order=newest&limit=2', 'code'), ['WINTER', 'SUMMER'])
  assert.deepEqual(await codes('/v1/coupons?text=of%20spr', 'code'), ['SPRING'])
  assert.deepEqual(await codes('/v1/coupon-redemptions?order=newest&coupon=SPRING', 'key'), ['r-boris', 'r-anna'])
  assert.deepEqual(await codes('/v1/coupon-redemptions?account=boris', 'code'), ['SPRING'])
  assert.deepEqual(await codes('/v1/suspense?status=open&reason=unknown_service&order=newest', 'recordId'), [
    '3',
    '2',
    '1',
  ])
  assert.deepEqual(await codes('/v1/suspense?text=nobo&limit=1', 'recordId'), ['1'])
  assert.deepEqual(await codes('/v1/suspense?status=written_off', 'recordId'), [])
  const [invoice] = await client.list('/v1/invoices?account=dora')
  const postings = await client.list(`/v1/ledger/postings?document=${invoice?.['id']}`)
  assert.ok(postings.length >= 2)
  assert.deepEqual(
    await client.list(`/v1/ledger/postings?document=${invoice?.['id']}&order=newest`),
    postings.toReversed(),
  )
  const lists = [
    ...['/v1/coupons', '/v1/coupon-redemptions', '/v1/suspense', '/v1/ledger/postings', '/v1/usage-imports'],
    ...['/v1/usage-corrections', '/v1/re-ratings', '/v1/adjustments', '/v1/voucher-batches', '/v1/events'],
    ...['/v1/accounts/anna/balance-entries', '/v1/users', '/v1/jobs'],
  ]
  for (const path of lists) {
    const all = await client.list(`${path}?order=newest&createdFrom=2020-01-01T00:00:00Z`)
    const first: Page = await client.get(`${path}?order=newest&limit=2`)
    assert.deepEqual(first.items, all.slice(0, 2), path)
    assert.equal(first.previousCursor, null, path)
    assert.deepEqual(await client.list(`${path}?text=nothing%20has%20this`), [], path)
    if (first.nextCursor === null) continue
    const second: Page = await client.get(`${path}?order=newest&limit=2&cursor=${first.nextCursor}`)
    const back: Page = await client.get(`${path}?order=newest&limit=2&before=${second.previousCursor}`)
    assert.deepEqual(back.items, first.items, path)
  }
})

test('users of a tenant are a list like the others: both ways, both orders, text, times, status and role', async () => {
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  await client.post('/v1/tenants', { name: 'elsewhere', clock: null })
  const emails = ['ada', 'bob', 'cyd', 'dan', 'eve'].map((name) => `${name}@shop.example`)
  for (const [at, email] of emails.entries()) {
    const id = `019b0000-0000-7000-8000-00000000000${at}`
    const joined = `2026-03-0${at + 1}T00:00:00Z`
    await database.query('insert into kvit.app_user (id, email, name, created_at) values ($1, $2, $3, $4)', [
      ...[id, email, `Name of ${email}`, joined],
    ])
    const roles = at === 1 ? ['finance', 'support'] : ['support']
    for (const tenant of at === 4 ? ['elsewhere'] : ['lists', 'elsewhere'])
      await database.query(
        'insert into kvit.membership (user_id, tenant, roles, invited_by, created_at, disabled_at) values ($1, $2, $3, $4, $5, $6)',
        [id, tenant, roles, 'a test', joined, at === 2 ? joined : null],
      )
  }
  await database.end()
  const mine = emails.slice(0, 4)
  const of = async (query: string): Promise<unknown[]> => keysOf(`/v1/users?${query}`, 'email')
  assert.deepEqual([await of(''), await of('order=newest')], [mine, mine.toReversed()])
  assert.deepEqual(await of('status=disabled'), [mine[2]])
  assert.deepEqual(await of('status=active&role=support&text=name%20of'), [mine[0], mine[1], mine[3]])
  assert.deepEqual(await of('role=finance'), [mine[1]])
  assert.deepEqual(await of('createdFrom=2026-03-02T00:00:00Z&createdUntil=2026-03-04T00:00:00Z'), [mine[1], mine[2]])
  const page = async (query: string): Promise<Page> => client.get(`/v1/users?limit=3&${query}`)
  const first = await page('order=newest')
  const second = await page(`order=newest&cursor=${first.nextCursor}`)
  const back = await page(`order=newest&before=${second.previousCursor}`)
  assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [3, 1, null])
  assert.deepEqual([back.items, back.previousCursor], [first.items, null])
})
