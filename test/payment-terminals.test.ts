/** Payments at terminals, through the door that terminals use: results, repetitions, cancellations, registries. Amounts by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { ledgerMinor, ledgerOf } from './gateway-world.ts'
import { CALLS, checkHolds, createSubscriber } from './harness.ts'
import {
  BAD_FIELDS,
  NETWORK,
  refusedAlike,
  SIGNING_KEY,
  send,
  sign,
  startTerminalWorld,
  TERMINAL_TAMPERINGS,
} from './terminal-world.ts'

/** The usual plan, and one that has no fee: what comes in is there to be used. */
const TALK = `${CALLS}  - { code: talk, name: Talk, currency: EUR, prices: [ { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } } ] }
`
const world = await startTerminalWorld('kiosk', '2026-02-10T12:00:00Z', TALK)
const { kvit, client, ask, pay } = world
for (const key of ['1001', '1002', '1003', '1004']) await createSubscriber(client, key)
await createSubscriber(client, 'prepaid', { plan: 'talk', creditLimit: '0' })
await client.post('/v1/customers/1003', { name: 'Ivan & <Petrenko>' }, 'PATCH')
await client.post('/v1/accounts/1003', { metadata: { phone: '380501112233' } }, 'PATCH')
await runBills(client, '2026-02-10')

const BALANCES = '/v1/accounts/prepaid/balances'
const of = (told: Json, ...names: string[]): unknown[] => names.map((name) => told[name])
const payments = async (account: string): Promise<unknown[]> =>
  (await client.list<Json>(`/v1/payments?account=${account}`)).map((one) => of(one, 'amount', 'method', 'state'))
const openOf = async (account: string): Promise<unknown[]> =>
  (await client.list<Json>(`/v1/invoices?account=${account}`)).map(({ state, total, open }) => [state, total, open])

test('check says whether there is such an account, and shows what the network may know', async () => {
  const told = await ask({ command: 'check', txn_id: '1', account: '1003', sum: '0' })
  assert.deepEqual(of(told, 'result', 'fields'), [0, { name: 'I*** &*** <***', due: '20.00', balance: '-20.00' }])
  assert.deepEqual(of(await ask({ command: 'check', txn_id: '2', account: '380501112233' }), 'result'), [0])
  assert.deepEqual(of(await ask({ command: 'check', txn_id: '3', account: 'nobody' }), 'result', 'reason'), [
    5,
    'account_not_found',
  ])
  assert.deepEqual(of(await ask({ command: 'check', txn_id: '4', account: '1001', sum: '0.50' }), 'result'), [241])
})

test('a payment settles the oldest document first, and the money is in the clearing account of the network', async () => {
  const told = await pay('p-1', '1001', '15.00', { txn_date: '20260210140000', trm_id: 'T 77' })
  assert.deepEqual(of(told, 'result', 'txn_id', 'sum', 'ccy', 'state'), [0, 'p-1', '15.00', 'EUR', 'paid'])
  assert.match(String(told['prv_txn']), /^\d{1,20}$/)
  assert.deepEqual(await payments('1001'), [['15.00', 'gateway:easypay', 'received']])
  assert.deepEqual(await openOf('1001'), [
    ['paid', '10.00', '0.00'],
    ['partially_paid', '10.00', '5.00'],
  ])
  assert.equal(await ledgerOf(client, 'cash:gateway:easypay'), '15.00')
  assert.deepEqual(await pay('p-1', '1001', '15.00', { txn_date: '20260210140000' }), told)
  assert.deepEqual(of(await ask({ command: 'status', txn_id: 'p-1' }), 'result', 'state', 'prv_txn'), [
    0,
    'paid',
    told['prv_txn'],
  ])
  assert.deepEqual(of(await ask({ command: 'status', txn_id: 'p-0' }), 'result'), [210])
  assert.deepEqual((await payments('1001')).length, 1)
})

test('the same id with another sum or account is refused and kept; the account may be written in another way', async () => {
  assert.deepEqual(of(await pay('p-1', '1001', '15.01'), 'result', 'reason'), [300, 'id_conflict'])
  assert.deepEqual(of(await pay('p-1', '1002', '15.00'), 'result', 'reason'), [300, 'id_conflict'])
  assert.deepEqual(of(await pay('p-1', '1002', '15.00'), 'result', 'reason'), [300, 'id_conflict'])
  const kept = await client.list<Json>('/v1/terminal-refusals')
  assert.deepEqual(
    kept
      .filter(({ txnId }) => txnId === 'p-1')
      .map((one) => of(one, 'reason', 'accountText', 'sum', 'times', 'result')),
    [
      ['id_conflict', '1001', '15.01', 1, 300],
      ['id_conflict', '1002', '15.00', 2, 300],
    ],
  )
  const first = await pay('p-phone', '380501112233', '2.00')
  assert.deepEqual(await pay('p-phone', '1003', '2.00'), first)
})

test('ten at once with one id are one payment, and all are answered alike', async () => {
  const told = await Promise.all(Array.from({ length: 10 }, async () => pay('p-many', '1002', '7.00')))
  assert.equal(new Set(told.map((one) => JSON.stringify(one))).size, 1, JSON.stringify(told))
  assert.deepEqual(await payments('1002'), [['7.00', 'gateway:easypay', 'received']])
})

test('a prepaid account gets a top-up, once; ten at once, too', async () => {
  const told = await Promise.all(Array.from({ length: 10 }, async () => pay('t-1', 'prepaid', '12.00')))
  assert.deepEqual(new Set(told.map(({ result }) => result)), new Set([0]))
  const { available } = await client.get<Json>(BALANCES)
  assert.equal(Number(available), 12)
  const [one] = await client.list<Json>('/v1/terminal-payments?account=prepaid')
  assert.deepEqual(of(one as Json, 'kind', 'state', 'key'), ['top_up', 'paid', 'terminal:easypay:t-1'])
  const { status, json } = await kvit.request('POST', '/v1/top-ups/terminal:easypay:t-1/reversal', {
    body: { reason: 'x' },
  })
  assert.deepEqual([status, json['code']], [409, 'conflict'])
})

test('what a terminal should not send is answered by a result, and nothing is booked', async () => {
  const before = await ledgerOf(client, 'cash:gateway:easypay')
  for (const [change, result, reason] of BAD_FIELDS) {
    const told = await ask({ command: 'pay', txn_id: 'bad-1', account: '1001', sum: '5.00', ...change })
    assert.deepEqual(of(told, 'result', 'reason'), [result, reason], JSON.stringify(change))
  }
  // A terminal whose clock is a day ahead, and one that sends what it took a month ago, are still taken.
  assert.equal((await pay('skew-1', '1004', '1.00', { txn_date: '20260211120000' })).result, 0)
  assert.equal((await pay('skew-2', '1004', '1.00', { txn_date: '20260110120000' })).result, 0)
  assert.equal(Number(await ledgerOf(client, 'cash:gateway:easypay')) - Number(before), 2)
})

test('XML is answered as OSMP has it, and nothing that somebody wrote breaks it', async () => {
  const text = '</comment><result>0</result>&"\''
  const query = new URLSearchParams(
    sign({ command: 'check', txn_id: `<x>'"&`, account: '1003' }) as Record<string, string>,
  )
  const { text: xml, status } = await send(kvit, 'kiosk', 'easypay', { query: query.toString() })
  assert.equal(status, 200)
  assert.match(
    xml,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<response>\n {2}<osmp_txn_id>&lt;x&gt;&apos;&quot;&amp;<\/osmp_txn_id>/,
  )
  assert.match(xml, /<field1 name="name">I\*\*\* &amp;\*\*\* &lt;\*\*\*<\/field1>/)
  const bad = new URLSearchParams(sign({ command: 'check', txn_id: '9', account: text }) as Record<string, string>)
  const { text: refused } = await send(kvit, 'kiosk', 'easypay', { query: bad.toString() })
  assert.deepEqual(refused.match(/<result>/g)?.length, 1)
})

test('forms and JSON are read, numbers by their text; other charsets, lists and names that come twice are not', async () => {
  const json = { 'content-type': 'application/json' }
  const fields = { command: 'pay', txn_id: 'j-1', account: '1004', sum: '3.10' }
  const { sign: own } = sign(fields)
  const raw = `{"command":"pay","txn_id":"j-1","account":1004,"sum":3.10,"sign":"${own}"}`
  assert.deepEqual(of((await send(kvit, 'kiosk', 'easypay', { raw, headers: json })).json, 'result', 'sum'), [
    0,
    '3.10',
  ])
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', accept: 'application/json' }
  const again = new URLSearchParams(sign(fields) as Record<string, string>).toString()
  assert.deepEqual(of((await send(kvit, 'kiosk', 'easypay', { raw: again, headers: form })).json, 'result'), [0])
  for (const [body, headers] of [
    [`${again}&sum=400.00`, form],
    ['{"command":"pay","\\ud800":"x","sign":"00"}', json],
    [again, { ...form, 'content-type': 'application/x-www-form-urlencoded; charset=windows-1251' }],
    ['[1]', json],
    ['{"command":{"a":1}}', json],
    [new Uint8Array([0xff, 0xfe, 0x41]), form],
  ] as const)
    assert.equal((await send(kvit, 'kiosk', 'easypay', { raw: body, headers })).status, 401)
  assert.equal((await payments('1004')).length, 3)
})

test('who does not show to be the network is nobody: a wrong signature, no password, another address, no network, no tenant', async () => {
  const fields = { command: 'pay', txn_id: 'evil', account: '1001', sum: '5.00' }
  const query = (of: Record<string, string>): string => new URLSearchParams(of).toString()
  const signed = sign(fields) as Record<string, string>
  assert.equal((await send(kvit, 'kiosk', 'easypay', { query: query(fields) })).status, 401)
  assert.equal((await send(kvit, 'kiosk', 'easypay', { query: query({ ...signed, sum: '6.00' }) })).status, 401)
  assert.equal((await send(kvit, 'kiosk', 'easypay', { query: query({ ...signed, more: 'x' }) })).status, 401)
  assert.equal((await send(kvit, 'kiosk', 'other', { query: query(signed) })).status, 401)
  assert.equal((await send(kvit, 'other', 'easypay', { query: query(signed) })).status, 401)
  const none = await kvit.request('PUT', '/v1/terminal-networks/bare', { body: { ...NETWORK, secrets: {} } })
  assert.deepEqual([none.status, none.json['code']], [422, 'unprocessable'])
  const password = 'correct horse battery'
  await client.post('/v1/terminal-networks/bank-app', { ...NETWORK, secrets: { password } }, 'PUT')
  const basic = (text: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(text).toString('base64')}`,
    accept: 'application/json',
  })
  const asked = { query: query(fields) }
  assert.equal((await send(kvit, 'kiosk', 'bank-app', { ...asked, headers: basic(`bank-app:wrong`) })).status, 401)
  assert.equal(
    (await send(kvit, 'kiosk', 'bank-app', { ...asked, headers: basic(`bank-app:${password}`) })).json['result'],
    0,
  )
  const fixed = { ...NETWORK, secrets: {} }
  await client.post('/v1/terminal-networks/fixed', { ...fixed, addresses: ['198.51.100.0/24'] }, 'PUT')
  assert.equal((await send(kvit, 'kiosk', 'fixed', asked)).status, 401)
  await client.post('/v1/terminal-networks/fixed', { ...fixed, addresses: ['127.0.0.0/8', '::1'] }, 'PUT')
  const both = { query: query({ ...fields, command: 'check' }), headers: { accept: 'application/json' } }
  assert.equal((await send(kvit, 'kiosk', 'fixed', both)).json['result'], 0)
  const shown = await client.get<Json>('/v1/terminal-networks/bank-app')
  assert.ok(
    !JSON.stringify(shown).includes(password) && !JSON.stringify(await client.list('/v1/events')).includes(SIGNING_KEY),
  )
})

test('a payment is cancelled on its day: its document is open again; a late one of the same id is refused', async () => {
  const open = await openOf('1002')
  await pay('c-1', '1002', '4.00')
  assert.deepEqual(of(await ask({ command: 'cancel', txn_id: 'c-1' }), 'result', 'state'), [0, 'cancelled'])
  assert.deepEqual(of(await ask({ command: 'cancel', txn_id: 'c-1' }), 'result', 'state'), [0, 'cancelled'])
  assert.deepEqual(await openOf('1002'), open)
  assert.deepEqual(of(await pay('c-1', '1002', '4.00'), 'result', 'reason'), [300, 'cancelled'])
  assert.deepEqual(of(await ask({ command: 'status', txn_id: 'c-1' }), 'result', 'state'), [0, 'cancelled'])
  // Out of order: the cancellation comes first.
  assert.equal((await ask({ command: 'cancel', txn_id: 'c-2' })).result, 0)
  assert.deepEqual(of(await pay('c-2', '1002', '4.00'), 'result', 'reason'), [300, 'cancelled'])
  const { status } = await kvit.request('POST', '/v1/payments/terminal:easypay:p-1/reversal', { body: { reason: 'x' } })
  assert.equal(status, 409)
})

test('a top-up is cancelled while all of it is there; what was used is not', async () => {
  await pay('t-2', 'prepaid', '5.00')
  assert.equal((await ask({ command: 'cancel', txn_id: 't-2' })).result, 0)
  assert.equal(Number((await client.get<Json>(BALANCES))['available']), 12)
  const used = { ...{ source: 'gw', time: '2026-02-10T12:00:00Z', op: 'event' }, type: 'call', data: { minutes: 3 } }
  assert.equal(
    (await client.post<Json>('/v1/charging', { ...used, id: 'u-1', service: 'prepaid' }))['result'],
    'charged',
  )
  assert.deepEqual(of(await ask({ command: 'cancel', txn_id: 't-1' }), 'result', 'reason'), [300, 'cancel_used'])
})

test('a refused top-up that comes again while it is cancelled is paid or cancelled, and never both', async () => {
  const ids = await refusedAlike(kvit, 't-1', 12)
  const leftOf = async (): Promise<number> => Number((await client.get<Json>(BALANCES))['available'])
  const before = await leftOf()
  await Promise.all(ids.flatMap((id) => [pay(id, 'prepaid', '12.00'), ask({ command: 'cancel', txn_id: id })]))
  const states = await Promise.all(ids.map(async (id) => (await ask({ command: 'status', txn_id: id }))['state']))
  assert.equal(await leftOf(), before + states.filter((state) => state === 'paid').length * 12)
})

test('after its day a payment is taken back by hand alone', async () => {
  await pay('late-1', '1004', '6.00')
  // In Kyiv it is the 11th at 22:00 UTC of the 10th.
  assert.equal(
    (await kvit.request('PATCH', '/v1/tenants/kiosk', { body: { clock: '2026-02-10T22:00:00Z' } })).status,
    200,
  )
  assert.deepEqual(of(await ask({ command: 'cancel', txn_id: 'late-1' }), 'result', 'reason'), [300, 'cancel_too_late'])
  const [found] = await client.list<Json>('/v1/terminal-payments?text=late-1')
  const taken = await client.post<Json>(`/v1/terminal-payments/${String(found?.['id'])}/cancel`, {
    reason: 'asked by letter',
  })
  assert.deepEqual(of(taken, 'state', 'cancelReason'), ['cancelled', 'asked by letter'])
})

test('a registry is compared: what is missing here and there, other sums; its transfer is a payout less the fee', async () => {
  await pay('r-1', '1001', '10.00')
  await pay('r-2', '1001', '20.00')
  await pay('r-3', '1001', '30.00')
  const text = 'Receipt;Sum;Fee\nr-1;10,00;0,10\nr-2;19,00;0,20\nr-9;7,00;0,07\nr-1;10,00;0,10\n'
  const days = { from: '2026-02-11', until: '2026-02-12' }
  const sent = { key: 'R-11', ...days, text }
  const told = await client.post<Json>('/v1/terminal-networks/easypay/registries', sent)
  assert.deepEqual(of(told, 'rows', 'agreed', 'total', 'fee', 'differences', 'payoutId'), [
    4,
    1,
    '46.00',
    '0.47',
    5,
    null,
  ])
  assert.deepEqual(told['list'], [
    { kind: 'other_sum', txnId: 'r-2', there: '19.00', here: '20.00' },
    { kind: 'missing_here', txnId: 'r-9', there: '7.00', here: null },
    { kind: 'twice_there', txnId: 'r-1', there: '10.00', here: '10.00' },
    { kind: 'missing_there', txnId: 'r-3', there: null, here: '30.00' },
    // Its terminal says that it was paid on this day, as the network counts it.
    { kind: 'missing_there', txnId: 'skew-1', there: null, here: '1.00' },
  ])
  assert.deepEqual(await client.post('/v1/terminal-networks/easypay/registries', sent), told)
  const other = await kvit.request('POST', '/v1/terminal-networks/easypay/registries', {
    body: { ...sent, text: `${text}\n` },
  })
  assert.equal(other.status, 409)
  const before = await ledgerMinor(client, 'cash:gateway:easypay')
  const whole = {
    key: 'R-12',
    ...days,
    text: 'Receipt;Sum;Fee\nr-1;10,00;0,10\nr-2;20,00;0,20\nr-3;30,00;0,30\nskew-1;1,00;0,00\n',
  }
  const paid = await client.post<Json>('/v1/terminal-networks/easypay/registries', {
    ...whole,
    payout: { net: '60.40', arrivesOn: '2026-02-12' },
  })
  assert.equal(paid['differences'], 0)
  const payout = await client.get<Json>(`/v1/payouts/${String(paid['payoutId'])}`)
  assert.deepEqual(of(payout, 'gateway', 'gross', 'fee', 'net', 'differences'), [
    'easypay',
    '61.00',
    '0.60',
    '60.40',
    [],
  ])
  assert.equal(before - (await ledgerMinor(client, 'cash:gateway:easypay')), 6_100n)
  assert.equal(await ledgerOf(client, 'gateway_fees:easypay'), '0.60')
  assert.deepEqual(of(await ask({ command: 'cancel', txn_id: 'r-1' }), 'reason'), ['cancel_paid_out'])
  const wrong = await kvit.request('POST', '/v1/terminal-networks/easypay/registries', {
    body: { key: 'R-13', ...days, text: 'A;B\n1;2\n' },
  })
  assert.equal(wrong.json['code'], 'mapping_invalid')
  for (const id of ['more-1', 'back-1']) await pay(id, '1004', '100.00')
  await client.post('/v1/payments/terminal:easypay:back-1/refunds', { key: 'back', reason: 'not needed' })
})

test('a closed network takes nothing new, and still says what became of what it sent', async () => {
  await client.post('/v1/terminal-networks/easypay', { ...NETWORK, isOpen: false }, 'PUT')
  assert.deepEqual(of(await pay('closed-1', '1001', '5.00'), 'result', 'reason'), [7, 'network_closed'])
  assert.equal((await pay('p-1', '1001', '15.00')).result, 0)
  assert.equal((await ask({ command: 'status', txn_id: 'p-1' })).result, 0)
})

test('all invariants hold; a payment that somebody changes, moves or takes away without Kvit is found and named', async () => {
  assert.deepEqual(await checkHolds(client), [])
  const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
  await database.connect()
  await database.query('set search_path = t_kiosk; set session_replication_role = replica')
  const found = 'each payment at a terminal is a payment or a top-up once, and one that was cancelled is none'
  for (const [change, back] of TERMINAL_TAMPERINGS) {
    await database.query(change)
    assert.ok(
      (await checkHolds(client)).some((line) => line.startsWith(found)),
      change,
    )
    await database.query(back)
  }
  await database.end()
  assert.deepEqual(await checkHolds(client), [])
})
