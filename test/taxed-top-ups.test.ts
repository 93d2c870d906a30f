/** Prepaid money that is taxed when it comes in: it is sold with its tax and a document, and what it pays for is not taxed again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Client, type Json } from '../src/cli/client.ts'
import { checkHolds } from './harness.ts'
import {
  bill,
  client,
  clock,
  config,
  has,
  JANUARY,
  reverse,
  SETTINGS,
  shown,
  subscriber,
  told,
  topUp,
  use,
} from './sold-top-ups.ts'

test('11.90 at 19 % are 10.00 that can be drawn down, and a paid document of 10.00 and 1.90; once for a key', async () => {
  await subscriber('ann')
  const first = await topUp('ann', '1', '11.90')
  assert.deepEqual(first['sold'], { gross: '11.90', net: '10.00', tax: '1.90' })
  assert.deepEqual(await topUp('ann', '1', '11.90'), first)
  assert.equal(await has('ann'), 'taxed 10.00, owed 0.00')
  assert.deepEqual(await told('ann', 1), ['10.00 + 1.90, 0.00'])
})

test('what it pays for has no tax, and the bill of it is paid', async () => {
  await clock('2026-01-20T00:00:00Z')
  await use('ann', '1', JANUARY, 60)
  await bill('2026-02-01')
  assert.deepEqual(await told('ann', 2), ['10.00 + 1.90, 0.00', '6.00 + 0.00, 0.00'])
  const [, january] = await shown('ann', 2)
  assert.deepEqual(
    january?.document.lines.flatMap(({ tax = [] }) => tax.map(({ rule }) => rule)),
    ['used_voucher'],
  )
})

test('taken back when 6.00 are used: 4.00 are credited with 0.76, and the other 7.14 are owed by its document', async () => {
  await reverse('ann', '1')
  assert.equal(await has('ann'), 'owed 7.14')
  assert.deepEqual(await told('ann', 3), ['10.00 + 1.90, 7.14', '6.00 + 0.00, 0.00', '-4.00 + -0.76, 0.00'])
})

test('what is owed before is settled first, and taxed when it is used: of 11.90 2.38 for a bill, 9.52 are sold', async () => {
  await subscriber('bob', 'calls', { creditLimit: '100' })
  await use('bob', '1', JANUARY, 20)
  await bill('2026-02-01')
  assert.equal(await has('bob'), 'owed 2.38')
  assert.deepEqual((await topUp('bob', '1', '11.90'))['sold'], { gross: '9.52', net: '8.00', tax: '1.52' })
  assert.equal(await has('bob'), 'taxed 8.00, owed 0.00')
  assert.deepEqual(await told('bob', 2), ['2.00 + 0.38, 0.00', '8.00 + 1.52, 0.00'])
  // Taken back untouched: the bill is open again, and all that was sold is credited.
  await reverse('bob', '1')
  assert.equal(await has('bob'), 'owed 2.38')
  assert.deepEqual(await told('bob', 3), ['2.00 + 0.38, 2.38', '8.00 + 1.52, 0.00', '-8.00 + -1.52, 0.00'])
  assert.equal((await topUp('bob', '2', '2.38'))['sold'], undefined)
  assert.deepEqual((await told('bob', 3))[0], '2.00 + 0.38, 0.00')
})

test('usage that is owed and not billed yet is settled without tax, which its bill has', async () => {
  await subscriber('una', 'calls', { creditLimit: '100' })
  await use('una', '1', '2026-02-01T01:00:00Z', 20)
  assert.deepEqual((await topUp('una', '1', '13.90'))['sold'], { gross: '11.90', net: '10.00', tax: '1.90' })
  await use('una', '2', '2026-02-01T02:00:00Z', 30)
  await bill('2026-03-01')
  // 5.00 of calls: 3.00 by what was sold; the tax of the others is owed, and such money does not pay for it.
  assert.deepEqual(await told('una', 2), ['10.00 + 1.90, 0.00', '5.00 + 0.38, 0.38'])
  assert.equal(await has('una'), 'taxed 7.00, owed 0.38')
})

test('the rate of the sale stays, also where it has changed until the money is used or taken back', async () => {
  await use('una', '3', '2026-03-01T02:00:00Z', 20)
  await subscriber('new')
  assert.deepEqual((await topUp('new', '1', '12.50'))['sold'], { gross: '12.50', net: '10.00', tax: '2.50' })
  await bill('2026-04-01')
  assert.deepEqual((await told('una', 3)).at(-1), '2.00 + 0.00, 0.38')
  await reverse('una', '1')
  assert.deepEqual((await told('una', 4)).at(-1), '-5.00 + -0.95, 0.00')
  assert.equal(await has('una'), 'owed 8.33')
})

test('without tax because of the buyer: all of it can be drawn down, and its document says why', async () => {
  const certificates = [{ country: 'GE', number: 'X-1', reason: 'an embassy', from: '2020-01-01' }]
  await subscriber('free', 'calls', { customer: { kind: 'public_body', certificates } })
  assert.deepEqual((await topUp('free', '1', '10.00'))['sold'], { gross: '10.00', net: '10.00', tax: '0.00' })
  const [document] = await shown('free', 1)
  assert.deepEqual(
    document?.document.lines[0]?.tax?.map(({ rule, net }) => [rule, net]),
    [['exemption_certificate', '10.00']],
  )
  await use('free', '1', '2026-04-01T02:00:00Z', 30)
  await reverse('free', '1')
  assert.deepEqual(await told('free', 2), ['10.00 + 0.00, 3.00', '-7.00 + 0.00, 0.00'])
})

test('as without the settings: nobody is asked, prices include tax, another class, another payer, members use it, nothing is decided', async () => {
  await subscriber('plain', 'calls', { issuer: 'none' })
  await subscriber('incl', 'calls', { pricesIncludeTax: true })
  await subscriber('mixed', 'reduced')
  await subscriber('unknown', 'calls', { customer: { postalAddress: null } })
  await subscriber('group', 'calls', { creditLimit: null })
  await subscriber('child', 'calls', { creditLimit: null, billedTo: 'group' })
  await subscriber('shares')
  for (const key of ['plain', 'incl', 'mixed', 'unknown', 'child', 'shares']) {
    assert.equal((await topUp(key, '1', '11.90', key === 'shares' ? { shared: true } : {}))['sold'], undefined, key)
    assert.equal(await has(key), '11.90, owed 0.00', key)
  }
})

test('yen have no digits: 1000 at 25 % are 800 and 200', async () => {
  await subscriber('yen', 'yen', { currency: 'JPY' })
  assert.deepEqual((await topUp('yen', '1', '1000', { currency: 'JPY' }))['sold'], {
    gross: '1000',
    net: '800',
    tax: '200',
  })
  assert.deepEqual(await told('yen', 1), ['800 + 200, 0'])
  assert.deepEqual((await topUp('yen', '2', '1', { currency: 'JPY' }))['sold'], { gross: '1', net: '1', tax: '0' })
})

test('a promised credit and its fee are paid back first; the rest is sold', async () => {
  await client.post(
    '/v1/charging/settings',
    { promise: { limits: { EUR: '5' }, fees: { EUR: '0.50' }, days: 7 } },
    'PUT',
  )
  await subscriber('lent')
  await client.post('/v1/promised-credits', { key: 'lent', account: 'lent', amount: '5.00' })
  await use('lent', '1', '2026-04-01T02:00:00Z', 20)
  assert.deepEqual((await topUp('lent', '1', '15.00'))['sold'], { gross: '12.50', net: '10.00', tax: '2.50' })
  assert.equal(await has('lent'), 'taxed 10.00, owed 0.00')
})

test('a voucher of money is sold when it is redeemed; one that was given away is not', async () => {
  await subscriber('vou')
  const batch = { count: 1, currency: 'EUR', amount: '12.50', expiresAt: null }
  const codes = async (key: string, source: string): Promise<string> =>
    ((await client.post<Json>('/v1/voucher-batches', { key, ...batch, source }))['codes'] as string[])[0] as string
  await client.post('/v1/vouchers/redeem', { account: 'vou', code: await codes('sold', 'paid') })
  await client.post('/v1/vouchers/redeem', { account: 'vou', code: await codes('given', 'bonus') })
  assert.equal(await has('vou'), '12.50, taxed 10.00, owed 0.00')
  assert.deepEqual(await told('vou', 1), ['10.00 + 2.50, 0.00'])
})

test('a transfer keeps what was taxed taxed, and takes it to no account whose issuer has not sold it', async () => {
  await subscriber('giver')
  await subscriber('taker')
  await subscriber('strange', 'calls', { issuer: 'other' })
  await topUp('giver', '1', '12.50')
  await client.post('/v1/balance-transfers', { key: 't1', from: 'giver', to: 'taker', amount: '4.00' })
  assert.deepEqual([await has('giver'), await has('taker')], ['taxed 6.00, owed 0.00', 'taxed 4.00, owed 0.00'])
  const refused = client.post('/v1/balance-transfers', { key: 't2', from: 'giver', to: 'strange', amount: '1.00' })
  await assert.rejects(refused, /goes to accounts of the same issuer/)
  await use('taker', '1', '2026-04-01T02:00:00Z', 30)
  await bill('2026-05-01')
  assert.deepEqual(await told('taker', 1), ['3.00 + 0.00, 0.00'])
})

test('fees that bills have are owed with their tax, and such money does not pay for them; fees day by day it pays for', async () => {
  await subscriber('fees', 'fees')
  await topUp('fees', '1', '12.50')
  await bill('2026-05-02')
  const bills = (await shown('fees', 2)).map(({ document: { totals } }) => totals).filter(({ tax }) => tax !== '2.50')
  assert.equal((await has('fees')).startsWith('taxed 10.00'), true)
  assert.equal(
    bills.every(({ tax }) => tax !== '0.00'),
    true,
  )
  await subscriber('daily', 'daily', { cycleAnchor: '2026-05-01' })
  await topUp('daily', '1', '12.50')
  await clock('2026-05-12T00:00:00Z')
  await bill('2026-06-01')
  const daily = (await shown('daily', 2)).map(({ document: { totals } }) => `${totals.net} + ${totals.tax}`)
  assert.equal(daily[0], '10.00 + 2.50')
  assert.equal(daily.at(-1)?.endsWith('+ 0.00'), true)
})

test('what expires keeps its tax', async () => {
  await subscriber('late')
  await topUp('late', '1', '12.50', { expiresAt: '2026-06-02T00:00:00Z' })
  await clock('2026-06-03T00:00:00Z')
  await bill('2026-06-03')
  while ((await has('late')) !== 'owed 0.00') await pause(50)
  assert.deepEqual(await told('late', 1), ['10.00 + 2.50, 0.00'])
  await reverse('late', '1')
  assert.deepEqual(await told('late', 1), ['10.00 + 2.50, 0.00'])
})

test('its document is corrected by taking the top-up back alone, which is said', async () => {
  const [sold] = await shown('new', 1)
  for (const [door, body] of [
    ['credit-notes', { key: 'c', reason: 'returned' }],
    ['void', { key: 'v', reason: 'billing_error', rebill: false }],
  ] as const)
    await assert.rejects(client.post(`/v1/invoices/${sold?.number}/${door}`, body), /take its top-up back instead/)
})

test('calls that come back, calls that come late, and another plan: the lot pays for all of it without tax', async () => {
  await subscriber('back', 'calls', { cycleAnchor: '2026-06-01' })
  await topUp('back', '1', '12.50')
  await use('back', '1', '2026-06-02T10:00:00Z', 60)
  await bill('2026-07-01')
  const retracted = { source: 's', id: 'back-1', action: 'retract', reason: 'a test' }
  await client.post('/v1/usage-corrections', { key: 'back-1', ...retracted })
  await use('back', '2', '2026-06-20T10:00:00Z', 10)
  await client.post('/v1/subscriptions/back/changes', { kind: 'plan', plan: 'reduced', at: '2026-07-10T00:00:00Z' })
  await clock('2026-07-20T00:00:00Z')
  await use('back', '3', '2026-07-15T10:00:00Z', 20)
  await bill('2026-08-01')
  const documents = await shown('back', 3)
  const [sale, ...others] = documents.map(({ document: { totals } }) => totals)
  assert.deepEqual([sale?.net, sale?.tax, sale?.total], ['10.00', '2.50', '12.50'])
  assert.deepEqual(new Set(others.map(({ tax }) => tax)), new Set(['0.00']))
  assert.equal(
    others.reduce((sum, { net }) => sum + Number(net) * 100, 0),
    300,
  )
  assert.equal(await has('back'), 'taxed 7.00, owed 0.00')
})

test('as long as documents wait for an account, every invariant holds without them; then they follow, also when it is taken back meanwhile', async () => {
  await subscriber('wait')
  // The first one opens balances, for which the account is locked.
  await topUp('wait', '1', '1.25')
  const first = await told('wait', 1)
  const other = new pg.Client({ connectionString: config.databaseUrl })
  await other.connect()
  let reversed: Promise<unknown> | undefined
  try {
    await other.query('begin')
    await other.query(`select from t_sold.account where key = 'wait' for no key update`)
    await topUp('wait', '2', '12.50')
    await topUp('wait', '3', '1.25')
    assert.deepEqual(await told('wait', 1), first)
    assert.deepEqual(await checkHolds(client), [])
    reversed = reverse('wait', '2')
  } finally {
    await other.end()
  }
  await reversed
  const rest = (await told('wait', 4)).slice(1)
  assert.deepEqual(rest.toSorted(), ['-10.00 + -2.50, 0.00', '1.00 + 0.25, 0.00', '10.00 + 2.50, 0.00'])
  assert.equal(await has('wait'), 'taxed 1.00, taxed 1.00, owed 0.00')
})

test('another tenant has settings of its own', async () => {
  await client.post('/v1/tenants', { name: 'beside', clock: '2026-01-01T06:00:00Z' })
  const beside = new Client(config, 'beside')
  assert.equal((await beside.get<Json>(SETTINGS))['values'], null)
  assert.deepEqual(await beside.list('/v1/invoices'), [])
})

test('settings: unknown classes and such that are not taxed when they are sold are refused; they hold for new top-ups alone', async () => {
  const set = async (values: Json): Promise<unknown> => client.post(SETTINGS, { values }, 'PUT')
  await assert.rejects(set({ taxed: 'at_top_up', taxClass: 'multi_purpose_voucher' }), /taxClass/)
  await set({ taxed: 'at_top_up', taxClass: 'general', issuers: ['other'] })
  assert.equal((await topUp('new', '2', '1.25'))['sold'], undefined)
  assert.equal(((await topUp('strange', '1', '1.25'))['sold'] as Json)['net'], '1.00')
  await set({ taxed: 'at_use' })
  assert.equal((await topUp('strange', '2', '1.25'))['sold'], undefined)
  assert.equal(await has('new'), 'taxed 10.00, 1.25, owed 0.00')
  await set({ taxed: 'at_top_up', taxClass: 'general' })
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
