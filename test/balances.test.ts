import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await startChargingWorld('balances')
const { kvit } = world
const { client, request } = kvit

async function trialBalance(): Promise<Record<string, string>> {
  const { items } = await client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
    '/v1/ledger/trial-balance',
  )
  return Object.fromEntries(
    items.map(({ ledgerAccount, debit, credit }) => [ledgerAccount, (Number(debit) - Number(credit)).toFixed(2)]),
  )
}

test('a top-up has one effect for its key, and brings the bonuses that are due', async () => {
  await world.subscriber('bonus', { creditLimit: '0' })
  const put = async (code: string, body: Json): Promise<number> =>
    (await request('PUT', `/v1/bonus-rules/${code}`, { body: { currency: 'EUR', ...body } })).status
  assert.equal(await put('first', { kind: 'percent', value: '50', firstOnly: true, validDays: 30 }), 200)
  assert.equal(await put('twenty', { kind: 'fixed', value: '2.00', fromAmount: '20' }), 200)
  const [first, again] = await Promise.all([0, 1].map(() => world.topUp('bonus', '10.01', { key: 'b-1' })))
  assert.deepEqual(first, again)
  assert.deepEqual(first?.['bonuses'], [{ rule: 'first', amount: '5.00' }])
  assert.deepEqual((await world.topUp('bonus', '20.00'))['bonuses'], [{ rule: 'twenty', amount: '2.00' }])
  assert.equal((await world.balances('bonus')).available, '37.01')
  await assert.rejects(world.topUp('bonus', '11.00', { key: 'b-1' }), /used for something else/)
  await assert.rejects(world.topUp('bonus', '1.001'), /EUR has 2 digits/)
  await assert.rejects(world.topUp('bonus', '1.00', { currency: 'USD' }), /account is in EUR/)
  for (const code of ['first', 'twenty']) assert.equal((await request('DELETE', `/v1/bonus-rules/${code}`)).status, 200)
})

test('vouchers are redeemed once, kept as digests, and guessing is stopped', async () => {
  await world.subscriber('v1', { creditLimit: '0' })
  await world.subscriber('v2', { creditLimit: '0' })
  const draft = { key: 'spring', count: 3, currency: 'EUR', amount: '5.00', validDays: 10 }
  const { codes } = await client.post<{ codes: string[] }>('/v1/voucher-batches', draft)
  assert.equal(new Set(codes).size, 3)
  assert.equal((await request('POST', '/v1/voucher-batches', { body: draft })).json['code'], 'already_exists')
  const redeem = async (account: string, code: string): Promise<Json> =>
    (await request('POST', '/v1/vouchers/redeem', { body: { account, code } })).json
  const [code = '', second = ''] = codes
  const answers = await Promise.all(['v1', 'v2', 'v1', 'v2'].map((account) => redeem(account, code.toLowerCase())))
  assert.equal(answers.filter((answer) => answer['code'] === 'voucher_invalid').length, 2)
  const rest = [await world.balances('v1'), await world.balances('v2')].map(({ available }) => available)
  assert.deepEqual(new Set(rest), new Set(['0.00', '5.00']))
  await world.subscriber('guesser', { creditLimit: '0' })
  for (let n = 0; n < 5; n++) assert.equal((await redeem('guesser', `WRONG-CODE-${n}`))['code'], 'voucher_invalid')
  assert.equal((await redeem('guesser', second))['code'], 'too_many_attempts')
  assert.equal((await request('POST', '/v1/voucher-batches/spring/revoke')).status, 200)
  await world.subscriber('v3', { creditLimit: '0' })
  assert.equal((await redeem('v3', second))['code'], 'voucher_invalid')
})

test('promised credit is paid back with its fee by the next top-up', async () => {
  await world.subscriber('pr', { creditLimit: '0' })
  const settings = { promise: { limits: { EUR: '5' }, fees: { EUR: '0.50' }, days: 3 } }
  assert.equal((await request('PUT', '/v1/charging/settings', { body: settings })).status, 200)
  const promise = { key: 'p-1', account: 'pr', amount: '3.00' }
  await client.post('/v1/promised-credits', promise)
  await client.post('/v1/promised-credits', promise)
  await assert.rejects(client.post('/v1/promised-credits', { ...promise, key: 'p-2' }), /not paid back/)
  assert.equal((await world.event('pr', 'call', {})).result, 'charged')
  await world.topUp('pr', '10.00')
  const { available, credit, promise: open } = await world.balances('pr')
  assert.deepEqual([available, credit.owed, open], ['8.50', '0.00', null])
})

test('paid money is transferred, bonus money is not', async () => {
  await world.subscriber('from', { creditLimit: '0' })
  await world.subscriber('to', { creditLimit: '0' })
  await world.topUp('from', '10.00')
  const transfer = { key: 'tr-1', from: 'from', to: 'to', amount: '4.00' }
  await Promise.all([client.post('/v1/balance-transfers', transfer), client.post('/v1/balance-transfers', transfer)])
  assert.deepEqual([(await world.balances('from')).available, (await world.balances('to')).available], ['6.00', '4.00'])
  const much = await request('POST', '/v1/balance-transfers', { body: { ...transfer, key: 'tr-2', amount: '6.01' } })
  assert.equal(much.json['code'], 'insufficient_balance')
})

test('transferred money ends when it would have ended: moving it to and fro makes it no younger', async () => {
  for (const key of ['young', 'old']) await world.subscriber(key, { creditLimit: '0' })
  await world.topUp('young', '3.00', { expiresAt: '2026-02-11T00:00:00Z' })
  await world.topUp('young', '2.00')
  const move = (key: string, from: string, to: string, amount: string): Promise<Json> =>
    client.post('/v1/balance-transfers', { key, from, to, amount })
  await move('age-1', 'young', 'old', '4.00')
  await move('age-2', 'old', 'young', '4.00')
  const { balances } = await world.balances('young')
  assert.deepEqual(balances[0]?.lots.map(({ remaining, expiresAt }) => [remaining, expiresAt]).toSorted(), [
    ['1.00', null],
    ['1.00', null],
    ['3.00', '2026-02-11T00:00:00.000Z'],
  ])
})

test('settings name currencies and amounts that there are; a key of a promise is one account\u2019s', async () => {
  const put = async (fees: Json): Promise<number> => {
    const promise = { limits: { EUR: '5' }, fees, days: 3 }
    return (await request('PUT', '/v1/charging/settings', { body: { approvalLimits: { EUR: '10' }, promise } })).status
  }
  for (const bad of [{ EUR: '1.005' }, { eur: '1.00' }, { EUR: '-1' }, { XYZ: '1' }]) assert.equal(await put(bad), 400)
  assert.equal(await put({ EUR: '0.50', USDT: '0.5' }), 200)
  for (const key of ['pa', 'pb']) await world.subscriber(key, { creditLimit: '0' })
  const promise = (account: string): Promise<{ status: number; json: Json }> =>
    request('POST', '/v1/promised-credits', { body: { key: 'one-key', account, amount: '1.00' } })
  assert.deepEqual([(await promise('pa')).status, (await promise('pa')).status], [201, 201])
  assert.equal((await promise('pb')).json['code'], 'idempotency_conflict')
  const huge = { key: 'huge', account: 'pa', amount: `1${'0'.repeat(18)}`, currency: 'EUR', method: 'cash' }
  assert.equal((await request('POST', '/v1/top-ups', { body: huge })).status, 400)
})

test('what Postgres could not store is refused before it is decided', async () => {
  const draft = { key: 'nul', account: 'from', amount: '1.00', currency: 'EUR', method: 'cash' }
  for (const bad of [{ reference: 'a\u0000b' }, { scope: { meters: ['\ud800'] } }])
    assert.equal((await request('POST', '/v1/top-ups', { body: { ...draft, ...bad } })).status, 400)
  const twice = { key: 'tr-1', from: 'to', to: 'bonus', amount: '1.00' }
  assert.equal((await request('POST', '/v1/balance-transfers', { body: twice })).json['code'], 'idempotency_conflict')
})

test('a correction above the limit waits for a second person', async () => {
  await world.subscriber('adj', { creditLimit: '0' })
  const settings = { approvalLimits: { EUR: '10' } }
  const second = await personWith(kvit, 'second', ['balances:approve'])
  await second.post('/v1/charging/settings', settings, 'PUT')
  const draft = { account: 'adj', direction: 'credit', source: 'paid', reason: 'complaint 7' }
  assert.equal((await client.post('/v1/adjustments', { ...draft, key: 'a-1', amount: '10.00' }))['status'], 'applied')
  const waiting = await client.post('/v1/adjustments', { ...draft, key: 'a-2', amount: '10.01' })
  assert.deepEqual([waiting['status'], (await world.balances('adj')).available], ['pending', '10.00'])
  const path = `/v1/adjustments/${String(waiting['id'])}/approve`
  assert.equal((await request('POST', path)).json['code'], 'forbidden')
  const { key } = await client.post<{ key: string }>('/v1/keys', { name: 'second', scopes: ['balances:approve'] })
  const headers = { authorization: `Bearer ${key}` }
  assert.equal((await request('POST', path, { headers })).json['status'], 'applied')
  assert.equal((await request('POST', path, { headers })).json['code'], 'conflict')
  assert.equal((await world.balances('adj')).available, '20.01')
  const units = { account: 'adj', key: 'a-3', direction: 'credit', amount: '100', unit: 'MB', reason: 'outage' }
  const asked = await client.post('/v1/adjustments', units)
  assert.equal((await request('POST', `/v1/adjustments/${String(asked['id'])}/approve`, { headers })).status, 200)
  assert.equal((await world.event('adj', 'data', { mb: 40 })).amount, '0.00000000')
  await client.post('/v1/adjustments', { ...draft, key: 'a-4', direction: 'debit', amount: '0.01' })
  assert.equal((await world.balances('adj')).available, '20.00')
})

test('a sponsor pays for its members, each up to its cap', async () => {
  await world.subscriber('boss', { creditLimit: '0' })
  await world.topUp('boss', '10.00', { shared: true })
  await world.subscriber('kid', { creditLimit: '0', sponsor: 'boss', sponsorCaps: { '': '2.00' } })
  await world.topUp('kid', '1.00')
  const results = []
  for (let n = 0; n < 4; n++) results.push((await world.event('kid', 'call', {})).result)
  assert.deepEqual(results, ['charged', 'charged', 'charged', 'refused'])
  assert.deepEqual(
    [(await world.balances('boss')).available, (await world.balances('kid')).available],
    ['8.00', '0.00'],
  )
})

test('a credit limit is not lowered below what is in use', async () => {
  await world.subscriber('cl', { creditLimit: '5' })
  for (let n = 0; n < 3; n++) assert.equal((await world.event('cl', 'call', {})).result, 'charged')
  assert.equal((await request('PATCH', '/v1/accounts/cl', { body: { creditLimit: '2.99' } })).json['code'], 'conflict')
  assert.equal((await request('PATCH', '/v1/accounts/cl', { body: { creditLimit: '3' } })).status, 200)
  assert.equal((await world.event('cl', 'call', {})).reason, 'insufficient_balance')
})

test('thresholds tell, block and slow down', async () => {
  const thresholds = [
    { code: 'low', kind: 'low_balance', amount: '2.00', action: 'notify' },
    { code: 'shock', kind: 'spend', amount: '4.00', action: 'block' },
  ]
  await world.subscriber('th', { creditLimit: '0', thresholds })
  await world.topUp('th', '5.50')
  for (let n = 0; n < 4; n++) assert.equal((await world.event('th', 'call', {})).result, 'charged')
  assert.equal((await world.event('th', 'call', {})).reason, 'blocked')
  assert.deepEqual((await world.balances('th')).thresholdsCrossed, ['low', 'shock'])
  const { id } = await client.get<{ id: string }>('/v1/accounts/th')
  const events = await client.list<{ data: { threshold: string } }>(
    `/v1/events?type=balance.threshold_crossed&account=${id}`,
  )
  assert.deepEqual(
    events.map(({ data }) => data.threshold),
    ['low', 'shock'],
  )
  // In the next period nothing is spent yet: what stood crossed does not block any more.
  await world.subscriber('new', {
    creditLimit: '0',
    cycleUnit: 'day',
    thresholds: [{ code: 'day', kind: 'spend', amount: '1.00', action: 'block' }],
  })
  await world.topUp('new', '5.00')
  assert.equal((await world.event('new', 'call', {})).result, 'charged')
  assert.equal((await world.event('new', 'call', {})).reason, 'blocked')
  await request('PATCH', '/v1/tenants/balances', { body: { clock: '2026-02-11T12:00:00Z' } })
  assert.equal((await world.event('new', 'call', {})).result, 'charged')
  const slow = [{ code: 'fair', kind: 'allowance_used', unit: 'MB', percent: 50, action: 'throttle', kbps: 64 }]
  await world.subscriber('slow', { plan: 'bundle', creditLimit: '0', thresholds: slow })
  await world.event('slow', 'data', { mb: 512 })
  const start = await world.ask({
    op: 'start',
    session: 'slow',
    service: 'slow',
    requested: [{ type: 'data', data: { mb: '10' } }],
  })
  assert.equal(start.groups?.[0]?.throttleKbps, 64)
})

test('1,000 debits at once, with top-ups and transfers between: exactly what the balance affords', async () => {
  await world.subscriber('many', { creditLimit: '0' })
  await world.subscriber('other', { creditLimit: '0' })
  await world.topUp('many', '200.00')
  const debits = Array.from({ length: 1000 }, () => world.event('many', 'call', {}))
  const topUps = Array.from({ length: 20 }, () => world.topUp('many', '10.00'))
  const transfers = Array.from({ length: 20 }, (_, n) =>
    request('POST', '/v1/balance-transfers', { body: { key: `m-${n}`, from: 'many', to: 'other', amount: '3.00' } }),
  )
  const answers = await Promise.all(debits)
  await Promise.all(topUps)
  const moved = (await Promise.all(transfers)).filter(({ status }) => status === 201).length
  const charged = answers.filter(({ result }) => result === 'charged').length
  const { available } = await world.balances('many')
  assert.equal(Number(available), 400 - charged - 3 * moved)
  assert.equal((await world.balances('other')).available, `${3 * moved}.00`)
  assert.ok(charged >= 200 - 3 * moved && charged < 1000)
})

test('prepaid, postpaid and mixed side by side: the same invoice, paid from what each has', async () => {
  await world.subscriber('pre', { creditLimit: '0' })
  await world.subscriber('post')
  await world.subscriber('mix', { plan: 'bundle', creditLimit: '50' })
  await world.topUp('pre', '10.00')
  await world.topUp('mix', '3.00')
  const lines = ['pre', 'post', 'mix'].flatMap((service) =>
    Array.from({ length: 30 }, (_, n) =>
      JSON.stringify({
        id: `${service}-${n}`,
        source: 'f',
        service,
        type: 'data',
        time: '2026-02-05T10:00:00Z',
        data: { mb: 40 },
      }),
    ),
  )
  await client.postRaw('/v1/usage', Buffer.from(lines.join('\n')), 'application/x-ndjson')
  // 1,200 MB: 100 at 0.02 and 1,100 at 0.01 are 13.00; the bundle covers 1,024, and 176 at 0.02 are 3.52.
  const [pre, mix] = [await world.balances('pre'), await world.balances('mix')]
  assert.deepEqual([pre.available, pre.credit.owed], ['0.00', '3.00'])
  assert.deepEqual([mix.available, mix.credit.owed], ['49.48', '0.52'])
  await world.moveClock('balances', '2026-03-02T00:00:00Z', async () => true)
  await runBills(client, '2026-03-01')
  const paid = async (account: string): Promise<[string, string, string]> => {
    const [invoice] = await client.list<{ total: string; paid: string; state: string }>(
      `/v1/invoices?account=${account}`,
    )
    return [invoice?.total ?? '', invoice?.paid ?? '', invoice?.state ?? '']
  }
  assert.deepEqual(await paid('pre'), ['13.00', '10.00', 'partially_paid'])
  assert.deepEqual(await paid('post'), ['13.00', '0.00', 'issued'])
  assert.deepEqual(await paid('mix'), ['3.52', '3.00', 'partially_paid'])
  await world.topUp('pre', '5.00')
  assert.deepEqual([await paid('pre'), (await world.balances('pre')).available], [['13.00', '13.00', 'paid'], '2.00'])
  await client.post('/v1/payments', { key: 'pay-mix', account: 'mix', method: 'bank', currency: 'EUR', amount: '0.52' })
  assert.equal((await world.balances('mix')).credit.owed, '0.00')
})

test('money that is not used in time is lost, and the ledger says so', async () => {
  await world.subscriber('late', { creditLimit: '0' })
  await world.topUp('late', '7.00', { expiresAt: '2026-03-03T00:00:00Z' })
  await world.ask({ op: 'event', id: 'l', service: 'late', type: 'call', time: '2026-03-02T00:00:00Z', data: {} })
  const expired = async (): Promise<string | undefined> =>
    (await client.list<{ kind: string; amount: string }>('/v1/accounts/late/balance-entries')).find(
      ({ kind }) => kind === 'expire',
    )?.amount
  await world.moveClock('balances', '2026-03-04T00:00:00Z', async () => (await expired()) !== undefined)
  assert.equal(Number(await expired()), -6)
  assert.equal((await world.balances('late')).available, '0.00')
  assert.ok(Number((await trialBalance())['breakage']) <= -6)
})

test('every invariant holds after all of this, and the ledger sums to zero', async () => {
  assert.deepEqual(await checkHolds(client), [])
  const sum = Object.values(await trialBalance()).reduce((total, amount) => total + Number(amount), 0)
  assert.equal(Math.round(sum * 100) + 0, 0)
})
