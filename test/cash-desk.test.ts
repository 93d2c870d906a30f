/** A cash desk through the API: shifts, receipts, cancellations, counts, papers. Amounts by hand, and a generated day against a plain sum. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { camt, GIRO } from './bank-files-made.ts'
import { CASH_TAMPERINGS } from './cash-tamperings.ts'
import { ledgerMinor, ledgerOf } from './gateway-world.ts'
import { CALLS, checkHolds, createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'

const MORE = `${CALLS}  - { code: talk, name: Talk, currency: EUR, prices: [ { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } } ] }
  - { code: swiss, name: Swiss, currency: CHF, prices: [ { kind: recurring, code: fee, name: Fee, amount: 10.02, every: { unit: month } } ] }
`
const kvit = await startKvit('till', '2026-02-10T12:00:00Z')
const { client, request } = kvit
await seedOperator(client, MORE)
for (const key of ['ann', 'bob', 'eve']) await createSubscriber(client, key)
await createSubscriber(client, 'prepaid', { plan: 'talk', creditLimit: '0' })
await createSubscriber(client, 'swiss', { plan: 'swiss', currency: 'CHF' })
await runBills(client, '2026-02-10')
const desk = { name: 'Front desk', issuer: 'op', currency: 'EUR', zone: 'Europe/Kyiv' }
await client.post('/v1/cash-desks/front', desk, 'PUT')
await client.post('/v1/cash-desks/zug', { ...desk, name: 'Zug', currency: 'CHF' }, 'PUT')
const scopes = ['payments:write', 'payments:read', 'customers:read']
const olha = await personWith(kvit, 'olha', scopes)
const ivan = await personWith(kvit, 'ivan', scopes)

const of = (told: Json, ...names: string[]): unknown[] => names.map((name) => told[name])
const refused = async (path: string, body: Json): Promise<unknown[]> => {
  const { status, json } = await request('POST', path, { body })
  return [status, json['code']]
}
let serial = 0
const movement = async (at: string, kind: string, amount: string): Promise<Json> =>
  client.post(`/v1/cash-desks/${at}/movements`, { key: `m-${++serial}`, kind, amount, reason: 'a test' })
const pay = async (who: typeof client, account: string, amount: string, more: Json = {}, at = 'front'): Promise<Json> =>
  who.post(`/v1/cash-desks/${at}/receipts`, { key: `r-${++serial}`, account, amount, ...more })
const close = async (who: typeof client, counted: string, more: Json = {}, at = 'front'): Promise<Json> =>
  who.post(`/v1/cash-desks/${at}/shift/close`, { counted, ...more })

test('a shift begins with a float out of the safe: one at a desk, one of a person, and never more than there is', async () => {
  assert.deepEqual(await refused('/v1/cash-desks/front/receipts', { key: 'early', account: 'ann', amount: '1.00' }), [
    409,
    'conflict',
  ])
  assert.deepEqual(await refused('/v1/cash-desks/front/shift', { float: '50.00' }), [409, 'conflict'])
  await movement('front', 'safe_in', '200.00')
  const opened = await olha.post<Json>('/v1/cash-desks/front/shift', { float: '50.00' })
  assert.deepEqual(of(opened, 'number', 'float', 'closedAt'), [1, '50.00', null])
  assert.deepEqual(await refused('/v1/cash-desks/front/shift', { float: '0' }), [409, 'conflict'])
  await assert.rejects(olha.post('/v1/cash-desks/zug/shift', {}), /shift open at another desk/)
  await assert.rejects(pay(ivan, 'ann', '1.00'), /another person’s/)
  assert.deepEqual(of(await client.get<Json>('/v1/cash-desks/front'), 'drawer', 'safe', 'shift'), [
    '50.00',
    '150.00',
    1,
  ])
})

test('cash settles what is due first, with a numbered receipt and change; the same key is the same receipt, also at once', async () => {
  const first = await pay(olha, 'ann', '15.00', { tendered: '20.00', note: 'thank you' })
  assert.deepEqual(of(first, 'number', 'cash', 'change', 'state', 'recordedAs'), [
    'front-000001',
    '15.00',
    '5.00',
    'done',
    'payment',
  ])
  const open = (await client.list<Json>('/v1/invoices?account=ann')).map((one) => one['open'])
  assert.deepEqual(open, ['0.00', '5.00'])
  const body = { key: 'same', account: 'bob', amount: '3.00' }
  const told = await Promise.all([1, 2, 3, 4].map(async () => olha.post<Json>('/v1/cash-desks/front/receipts', body)))
  assert.deepEqual(new Set(told.map(({ number }) => number)), new Set(['front-000002']))
  assert.deepEqual(await refused('/v1/cash-desks/front/receipts', { ...body, amount: '4.00' }), [
    409,
    'idempotency_conflict',
  ])
  assert.equal(await ledgerOf(client, 'cash:desk:front'), '68.00')
  const [invoice] = await client.list<Json>('/v1/invoices?account=eve&order=newest')
  const named = await olha.post<Json>('/v1/cash-desks/front/receipts', {
    key: 'named',
    account: 'eve',
    invoice: invoice?.['number'],
  })
  assert.deepEqual(of(named, 'number', 'amount'), ['front-000003', '10.00'])
  assert.equal((await client.get<Json>(`/v1/invoices/${String(invoice?.['id'])}`))['open'] ?? '0.00', '0.00')
})

test('what is no payment at a desk is refused, and takes no number', async () => {
  const path = '/v1/cash-desks/front/receipts'
  const who = async (body: Json): Promise<string> =>
    olha.post(path, { key: `bad-${++serial}`, ...body }).then(
      () => 'taken',
      (error: Error) => error.message,
    )
  for (const [body, words] of [
    [{ account: 'ann', amount: '0' }, /above zero/],
    [{ account: 'ann', amount: '1.001' }, /2 digits/],
    [{ account: 'ann', amount: '-1' }, /amount/],
    [{ account: 'ann' }, /needed where no document/],
    [{ account: 'nobody', amount: '1.00' }, /no account nobody/],
    [{ account: 'swiss', amount: '1.00' }, /CHF/],
    [{ account: 'ann', amount: '5.00', tendered: '4.99' }, /5.00 EUR are to be paid/],
    [{ account: 'ann', amount: '999999999999999999999' }, /./],
  ] as const)
    assert.match(await who(body), words, JSON.stringify(body))
  assert.equal((await pay(olha, 'bob', '1.00'))['number'], 'front-000004')
})

test('accounts with balances get a top-up; a cancelled one is taken back by a second number', async () => {
  const topped = await pay(olha, 'prepaid', '12.00')
  assert.deepEqual(of(topped, 'recordedAs', 'state', 'paymentId'), ['top_up', 'done', null])
  assert.equal(Number((await client.get<Json>('/v1/accounts/prepaid/balances'))['available']), 12)
  const { receipt } = await olha.post<{ receipt: Json }>(`/v1/cash-receipts/${String(topped['number'])}/cancel`, {
    reason: 'wrong person',
  })
  assert.deepEqual(of(receipt, 'number', 'kind', 'cancels', 'cash', 'state'), [
    'front-000006',
    'cancel',
    'front-000005',
    '12.00',
    'done',
  ])
  assert.equal(Number((await client.get<Json>('/v1/accounts/prepaid/balances'))['available']), 0)
  assert.equal((await client.get<Json>('/v1/cash-receipts/front-000005'))['cancelledBy'], 'front-000006')
  const key = `cash:${String(topped['id'])}`
  assert.deepEqual(await refused(`/v1/top-ups/${key}/reversal`, { reason: 'x' }), [409, 'conflict'])
})

test('a cancelled payment opens its document again; twice and at once it is one; the payment’s own reversal cancels, too', async () => {
  const made = await pay(olha, 'bob', '2.00')
  const cancel = async (): Promise<Json> =>
    (await olha.post<{ receipt: Json }>(`/v1/cash-receipts/${String(made['number'])}/cancel`, { reason: 'no' })).receipt
  const told = await Promise.all([cancel(), cancel(), cancel()])
  assert.deepEqual(new Set(told.map(({ number }) => number)), new Set(['front-000008']))
  await assert.rejects(olha.post('/v1/cash-receipts/front-000008/cancel', { reason: 'no' }), /cancels another receipt/)
  const other = await pay(olha, 'bob', '2.50')
  await client.post(`/v1/payments/${String(other['paymentId'])}/reversal`, { reason: 'by the office' })
  assert.deepEqual(of(await client.get<Json>('/v1/cash-receipts/front-000010'), 'cancels', 'note'), [
    'front-000009',
    'by the office',
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('above the limit of reversals a cancellation waits for another person, who then cancels it', async () => {
  const second = await personWith(kvit, 'second', ['balances:approve', 'balances:read'])
  const settings = await client.get<Json>('/v1/charging/settings')
  await client.post('/v1/charging/settings', { ...settings, reversalLimits: { EUR: '5.00' } }, 'PUT')
  await second
    .post('/v1/charging/settings', { ...settings, reversalLimits: { EUR: '5.00' } }, 'PUT')
    .catch(() => undefined)
  const large = await pay(olha, 'bob', '6.00')
  const asked = await olha.post<{ receipt: null; approvalRequest: Json }>(
    `/v1/cash-receipts/${String(large['number'])}/cancel`,
    { reason: 'too much' },
  )
  assert.deepEqual([asked.receipt, asked.approvalRequest['status']], [null, 'pending'])
  await second.post(`/v1/approval-requests/${String(asked.approvalRequest['id'])}/approve`, {})
  assert.equal((await client.get<Json>(`/v1/cash-receipts/${String(large['number'])}`))['cancelledBy'], 'front-000012')
})

test('the X report, the count and the Z report: what is short is booked, all goes into the safe, and cash goes to the bank', async () => {
  await movement('front', 'spent', '4.50')
  await movement('front', 'in', '10.00')
  await assert.rejects(movement('front', 'spent', '1000.00'), /are in the drawer/)
  const x = await client.get<Json>('/v1/cash-desks/front/report')
  // 50.00 + 15.00 + 3.00 + 10.00 + 1.00 − 4.50 + 10.00; what was cancelled is nothing.
  assert.deepEqual(of(x, 'kind', 'expected', 'counted', 'lastReceipt'), ['X', '84.50', null, 'front-000012'])
  assert.deepEqual(x['payments'], { count: 8, amount: '51.50' })
  assert.deepEqual(x['cancels'], { count: 4, amount: '22.50' })
  const coins = [
    { value: '50', count: 1 },
    { value: '0.50', count: 67 },
  ]
  await assert.rejects(close(olha, '83.00', { denominations: coins }), /do not come to 83.00/)
  const z = await close(olha, '83.50', { denominations: coins })
  assert.deepEqual(of(z, 'kind', 'expected', 'counted', 'difference'), ['Z', '84.50', '83.50', '-1.00'])
  assert.deepEqual(
    [
      await ledgerOf(client, 'cash:desk:front'),
      await ledgerOf(client, 'cash:safe:front'),
      await ledgerOf(client, 'cash_differences:front'),
    ],
    ['0.00', '223.50', '1.00'],
  )
  await movement('front', 'to_bank', '100.00')
  assert.deepEqual(
    [await ledgerOf(client, 'cash:transit:front'), await ledgerOf(client, 'cash:safe:front')],
    ['100.00', '123.50'],
  )
  const [shift] = await client.list<Json>('/v1/cash-shifts?desk=front')
  assert.deepEqual(await client.get<Json>(`/v1/cash-shifts/${String(shift?.['id'])}/report`), z)
  const text = await request('GET', `/v1/cash-shifts/${String(shift?.['id'])}/report?format=text`)
  assert.match(text.text, /^Z report 1 Front desk\n/)
  assert.match(text.text, /\nIn the drawer +84\.50\nCounted +83\.50\nOver or short +-1\.00\n/)
  assert.ok(text.text.split('\n').every((line) => Array.from(line).length <= 42))
  // Its cash is in the safe: a receipt of a shift that is over is not cancelled.
  await olha.post('/v1/cash-desks/front/shift', { float: '20.00' })
  await assert.rejects(
    olha.post('/v1/cash-receipts/front-000001/cancel', { reason: 'late' }),
    /shift of receipt front-000001 is over/,
  )
  assert.deepEqual(await refused('/v1/payments/cash:none/reversal', { reason: 'x' }), [404, 'not_found'])
  assert.deepEqual(await checkHolds(client), [])
})

test('francs are paid to five centimes: 10.02 in 10.00, 10.03 in 10.05, and the rest is rounding', async () => {
  await ivan.post('/v1/cash-desks/zug/shift', {})
  const [invoice] = await client.list<Json>('/v1/invoices?account=swiss')
  const draft = { key: 'chf-1', account: 'swiss', invoice: invoice?.['number'], tendered: '20.00' }
  const down = await ivan.post<Json>('/v1/cash-desks/zug/receipts', draft)
  assert.deepEqual(of(down, 'amount', 'cash', 'change'), ['10.02', '10.00', '10.00'])
  assert.equal((await client.list<Json>('/v1/invoices?account=swiss'))[0]?.['state'], 'paid')
  const up = await pay(ivan, 'swiss', '10.03', {}, 'zug')
  assert.deepEqual(of(up, 'cash'), ['10.05'])
  assert.equal(await ledgerMinor(client, 'rounding'), 0n)
  await ivan.post(`/v1/cash-receipts/${String(up['number'])}/cancel`, { reason: 'no' })
  assert.equal(await ledgerMinor(client, 'rounding'), 2n)
  await assert.rejects(pay(ivan, 'swiss', '0.02', {}, 'zug'), /paid from 0.05 on/)
  const z = await close(ivan, '10.00', {}, 'zug')
  assert.deepEqual(of(z, 'rounding', 'difference'), ['-0.02', '0.00'])
})

test('no key of a caller stands in the way of a cancellation; what is paid back as a whole keeps its receipt', async () => {
  const gone = await pay(olha, 'eve', '4.00')
  await pay(olha, 'eve', '100.00', { key: `cancel:${String(gone['id'])}` })
  const back = `/v1/payments/${String((await pay(olha, 'eve', '3.00'))['paymentId'])}/refunds`
  await client.post(back, { key: 'eve-back', reason: 'not needed' })
  await olha.post(`/v1/cash-receipts/${String(gone['number'])}/cancel`, { reason: 'no' })
})

test('cash that went to the bank is a line of its statement, once, and is in transit no longer', async () => {
  await client.post('/v1/bank-accounts', { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' })
  const entries = [{ minor: 10_000, day: '2026-02-11', name: 'CASH DEPOSIT', text: 'night safe' }]
  const headers = { 'content-type': 'application/octet-stream' }
  assert.equal(
    (await request('POST', '/v1/bank-files', { raw: camt([{ id: 'S1', opening: 0, entries }]), headers })).status,
    201,
  )
  const [line] = await client.list<Json>('/v1/bank-lines')
  const [moved] = await client.list<Json>('/v1/cash-movements?desk=front&kind=to_bank')
  const path = `/v1/bank-lines/${String(line?.['id'])}/matches`
  const [shift] = await client.list<Json>('/v1/cash-movements?desk=front&kind=float')
  assert.deepEqual(await refused(path, { kind: 'cash', movement: shift?.['id'] }), [422, 'unprocessable'])
  const told = await client.post<{ state: string; matches: Json[] }>(path, { kind: 'cash', movement: moved?.['id'] })
  assert.deepEqual(
    [told.state, told.matches.map((one) => of(one, 'kind', 'cashMovementId'))],
    ['done', [['cash', moved?.['id']]]],
  )
  assert.deepEqual(
    [await ledgerOf(client, 'cash:transit:front'), await ledgerOf(client, 'cash:bank:giro')],
    ['0.00', '100.00'],
  )
})

test('receipts and reports are papers: a sheet, a roll, a cancellation', async () => {
  const [shift] = await client.list<Json>('/v1/cash-shifts?desk=zug')
  for (const path of [
    'cash-receipts/front-000001/pdf',
    'cash-receipts/front-000002/pdf?paper=roll',
    'cash-receipts/front-000006/pdf',
    `cash-shifts/${String(shift?.['id'])}/report?format=pdf`,
  ]) {
    const { status, text } = await request('GET', `/v1/${path}`)
    assert.equal(status, 200, text.slice(0, 300))
    assert.match(text, /^%PDF-1/)
  }
})

test('a generated day of two desks, several at once: drawers, numbers and the ledger are what a plain sum says', async () => {
  let seed = 20_260_210
  const random = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  const before = await ledgerMinor(client, 'cash:desk:front')
  let expected = before
  const standing: { number: string; minor: bigint }[] = []
  for (let round = 0; round < 12; round++) {
    const asked = Array.from({ length: 4 }, () => ({
      account: ['ann', 'bob', 'prepaid', 'eve'][random(4)] as string,
      minor: BigInt(random(400) + 1),
    }))
    const made = await Promise.all(
      asked.map(async ({ account, minor }) =>
        pay(olha, account, `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`),
      ),
    )
    for (const [at, receipt] of made.entries())
      standing.push({ number: String(receipt['number']), minor: asked[at]?.minor ?? 0n })
    expected += asked.reduce((sum, { minor }) => sum + minor, 0n)
    if (random(3) > 0) continue
    const [gone] = standing.splice(random(standing.length), 1)
    const { status } = await olha
      .post<Json>(`/v1/cash-receipts/${gone?.number}/cancel`, { reason: 'generated' })
      .then(() => ({ status: 200 }))
    assert.equal(status, 200)
    expected -= gone?.minor ?? 0n
  }
  assert.equal(await ledgerMinor(client, 'cash:desk:front'), expected)
  const numbers = (await client.list<Json>('/v1/cash-receipts?desk=front')).map(({ number }) =>
    Number(String(number).slice(6)),
  )
  assert.deepEqual(
    numbers.toSorted((a, b) => a - b),
    Array.from(numbers, (_, at) => at + 1),
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('cash that somebody changes without Kvit is found and named', async () => {
  const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
  await database.connect()
  await database.query('set search_path = t_till; set session_replication_role = replica')
  for (const [change, back, found] of CASH_TAMPERINGS) {
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
