/** Advance invoices: asked for, paid, and taken off the documents of their supplies. Amounts by hand; a minute is 0.10, tax is 20 % (5 % reduced). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('advances')
const { client } = world
const kvit = commandsOf(world.kvit.app, 'advances')
interface Shown {
  readonly id: string
  readonly isAdvance?: true
  readonly deducts?: readonly string[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
  readonly lines: readonly { readonly id: string; readonly description: string; readonly amount: string }[]
}
const papers = async (account: string): Promise<Shown[]> =>
  (await world.documents(account)).map(({ document }) => document as unknown as Shown)
const sums = async (account: string): Promise<string[]> =>
  (await papers(account)).map(({ totals: { net, tax, total } }) => `${net} + ${tax} = ${total}`)
const open = async (account: string): Promise<string[]> => (await world.documents(account)).map((one) => one.open)
const ask = async (account: string, key: string, amount: string, more: Json = {}): Promise<string> => {
  const lines = [{ description: 'For work to come', unitPrice: amount, product: 'work' }]
  await client.post('/v1/one-off-invoices', { account, key, lines, advance: true, ...more })
  return (await world.last(account)).number
}
async function ledger(...names: string[]): Promise<string[]> {
  const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  return names.map((name) => {
    const own = items.filter(({ ledgerAccount }) => String(ledgerAccount).split(':')[0] === name)
    return own.reduce((sum, row) => sum + Number(row['debit']) - Number(row['credit']), 0).toFixed(2)
  })
}

test('an advance is a liability and its tax is due; paid, it comes off bills until nothing is left', async () => {
  await world.subscriber('a', { plans: ['calls'] })
  await world.setClock('2026-01-10')
  const number = await ask('a', 'adv', '15.00')
  assert.deepEqual(await sums('a'), ['15.00 + 3.00 = 18.00'])
  assert.deepEqual((await papers('a'))[0]?.isAdvance, true)
  assert.deepEqual(await ledger('advances', 'revenue', 'tax', 'receivable'), ['-15.00', '0.00', '-3.00', '18.00'])
  await world.use('a', '1', '100')
  await world.bill('2026-02-01')
  // Not paid yet: the bill of 12.00 is whole.
  assert.deepEqual((await sums('a')).slice(1), ['10.00 + 2.00 = 12.00'])
  await world.pay('a', '30.00')
  await world.setClock('2026-02-20')
  await world.use('a', '2', '110', { day: '2026-02-05' })
  await world.bill('2026-03-01')
  // 13.20 of 18.00: nothing is to be paid of 110 minutes; 4.80 are left.
  const [, , march] = await papers('a')
  assert.deepEqual(
    march?.lines.map(({ description, amount }) => `${description} ${amount}`),
    ['calls 11.00', `Less advance invoice ${number} -11.00`],
  )
  assert.deepEqual([march?.totals.total, march?.deducts], ['0.00', [number]])
  await world.setClock('2026-03-20')
  await world.use('a', '3', '100', { day: '2026-03-05' })
  await world.bill('2026-04-01')
  assert.deepEqual((await sums('a')).slice(3), ['6.00 + 1.20 = 7.20'])
  await world.setClock('2026-04-20')
  await world.use('a', '4', '100', { day: '2026-04-05' })
  await world.bill('2026-05-01')
  assert.deepEqual((await sums('a')).slice(4), ['10.00 + 2.00 = 12.00'])
  // All that was used: 10 + 11 + 10 + 10 is revenue.
  assert.deepEqual(await ledger('advances', 'revenue', 'tax'), ['0.00', '-41.00', '-8.20'])
  assert.deepEqual(await checkHolds(client), [])
})

test('it comes off what is taxed alike, also over several bills at once, and one-off invoices', async () => {
  await world.subscriber('b', { plans: ['mixed'] })
  await world.setClock('2026-05-02')
  await ask('b', 'b', '100.00')
  await world.pay('b', '120.00')
  await world.bill('2026-06-01')
  // Fees of five months and more: 33.33 at 20 % (40.00 with tax), and 10.01 at 5 % (10.51), which nothing is taken off.
  const bills = (await papers('b')).slice(1)
  assert.deepEqual(
    bills.slice(0, 4).map(({ totals }) => totals.total),
    ['10.51', '10.51', '10.51', '50.51'],
  )
  const lines = [{ description: 'A visit', unitPrice: '10.00' }]
  await ask('b', 'b2', '20.00')
  await world.pay('b', '500.00')
  await client.post('/v1/one-off-invoices', { account: 'b', key: 'visit', lines })
  assert.deepEqual((await sums('b')).at(-1), '0.00 + 0.00 = 0.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('what is left of it is credited; a void of the document that took it gives it back; one that is void comes off nothing', async () => {
  await world.subscriber('c', { plans: ['calls'] })
  await world.setClock('2026-06-02')
  const number = await ask('c', 'c', '20.00')
  await world.pay('c', '24.00')
  await world.setClock('2026-06-20')
  await world.use('c', '1', '100', { day: '2026-06-05' })
  await world.bill('2026-07-01')
  const bill = (await world.last('c')).number
  assert.deepEqual(await sums('c'), ['20.00 + 4.00 = 24.00', '0.00 + 0.00 = 0.00'])
  assert.match(await world.refused(`/v1/invoices/${number}/credit-notes`, { amount: '12.01' }), /12\.00 EUR is left/)
  await world.credit(number, { amount: '6.00' })
  // 6.00 of the advance are left, and 6.00 are the customer's money.
  // The bill that the advance has paid whole is void, and billed anew: the advance is back, and comes off it once more.
  await world.void(bill, { rebill: true, atOnce: true })
  const nothing = (await sums('c')).filter((sum) => sum === '0.00 + 0.00 = 0.00')
  assert.equal(nothing.length, 3, 'the bill, the note that voids it, and the bill anew')
  assert.deepEqual(await checkHolds(client), [])
  await world.setClock('2026-07-20')
  await world.use('c', '2', '100', { day: '2026-07-05' })
  await world.bill('2026-08-01')
  assert.deepEqual((await sums('c')).at(-1), '5.00 + 1.00 = 6.00')
  assert.deepEqual((await open('c')).at(-1), '0.00')
  const second = (await world.last('c')).number
  await world.void(second, { rebill: true, atOnce: true })
  assert.deepEqual((await sums('c')).slice(-2), ['-5.00 + -1.00 = -6.00', '5.00 + 1.00 = 6.00'])
  await world.void((await world.last('c')).number, { rebill: false })
  await world.setClock('2026-08-20')
  await world.use('c', '3', '30', { day: '2026-08-05' })
  await world.bill('2026-09-01')
  // Given up, it had taken 6.00 of the advance, which are back: 3.60 of them come off now.
  assert.deepEqual((await sums('c')).at(-1), '0.00 + 0.00 = 0.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('a bill that is split takes it off its first parts, and an advance by the command line is as one by HTTP', async () => {
  const account = { splitBy: 'subscription' }
  await world.subscriber('d', { plans: ['calls', 'calls'], ...account })
  await world.setClock('2026-09-02')
  const lines = JSON.stringify([{ description: 'For September', unitPrice: '6.00' }])
  await kvit('invoice', 'one-off', 'd', '--key', 'd', '--lines', lines, '--advance')
  await world.pay('d', '7.20')
  await client.post('/v1/services', { key: 'd-2', account: 'd', validFrom: '2026-01-01T00:00:00Z' })
  await world.setClock('2026-09-20')
  await world.use('d', '1', '50', { day: '2026-09-05' })
  await world.bill('2026-10-01')
  const [advance, ...bills] = await sums('d')
  assert.equal(advance, '6.00 + 1.20 = 7.20')
  assert.deepEqual(bills, ['0.00 + 0.00 = 0.00'])
  const [first, bill] = await world.documents('d')
  assert.match(await kvit('invoice', 'show', first?.number as string), /^Advance invoice/)
  assert.match(await kvit('invoice', 'show', bill?.number as string), /deducts +XA-/)
  for (const { id } of (await papers('d')).flatMap(({ lines: own }) => own))
    assert.match(await kvit('explain', id), /This line, rounded/)
  assert.deepEqual(await checkHolds(client), [])
})

test('of an issuer without tax, and of prices that include it', async () => {
  await world.subscriber('n', { country: 'XN', plans: ['calls'] })
  await world.subscriber('i', { plans: ['calls'], pricesIncludeTax: true })
  for (const account of ['n', 'i']) {
    await world.setClock('2026-10-02')
    await ask(account, account, '7.00')
    await world.pay(account, '7.00')
    await world.setClock('2026-10-20')
    await world.use(account, '1', '100', { day: '2026-10-05' })
  }
  await world.bill('2026-11-01')
  assert.deepEqual(await sums('n'), ['7.00 + 0.00 = 7.00', '3.00 + 0.00 = 3.00'])
  // 10.00 with tax less 7.00 with 1.17 of it: 3.00 are 2.50 and 0.50.
  assert.deepEqual(await sums('i'), ['5.83 + 1.17 = 7.00', '2.50 + 0.50 = 3.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('an advance that cannot come off a bill is told of in its draft, where somebody has to approve of it', async () => {
  const { client: settings } = world
  await settings.post('/v1/settings/invoice-review', { values: { needsApproval: ['advance_left'] } }, 'PUT')
  await world.subscriber('e', { plans: ['calls'] })
  await world.subscriber('boss', { plans: ['calls'], creditLimit: '100.00' })
  await world.subscriber('kid', { plans: ['calls'], creditLimit: '0.00', sponsor: 'boss' })
  await world.setClock('2026-11-02')
  const number = await ask('e', 'e', '30.00')
  await world.pay('e', '36.00')
  await ask('boss', 'boss', '10.00')
  await world.pay('boss', '12.00')
  await client.post('/v1/tax-rates', {
    ...{ source: 'a test', asOf: '2026-11-02' },
    rates: [{ country: 'XA', tax: 'vat', class: 'standard', from: '2026-12-01', percent: '25' }],
  })
  await world.setClock('2026-11-20')
  await world.use('e', '1', '100', { day: '2026-11-05' })
  await world.use('kid', '1', '50', { day: '2026-11-05' })
  await world.bill('2026-12-01')
  // November is taxed as the advance was: 12.00 of 36.00 come off.
  assert.deepEqual((await sums('e')).slice(1), ['0.00 + 0.00 = 0.00'])
  await world.setClock('2026-12-20')
  await world.use('e', '2', '100', { day: '2026-12-05' })
  await world.bill('2027-01-01')
  assert.equal((await sums('e')).length, 2, 'December, at 25 %, waits')
  const drafts = await client.list('/v1/drafts')
  const told = drafts
    .map(({ account, warnings }) => `${account} ${JSON.stringify(warnings)}`)
    .toSorted()
    .join('\n')
  assert.match(told, new RegExp(`^e .*24\\.00 EUR of the advance invoice ${number} do not come off it`, 'm'))
  assert.match(told, /^boss .*12\.00 EUR of the advance invoice/m)
  await kvit(
    'invoice',
    'draft',
    'approve',
    String(drafts.find(({ account }) => account === 'e')?.['id']),
    '--total',
    '12.50',
  )
  await world.bill('2027-01-01')
  assert.deepEqual((await sums('e')).slice(2), ['10.00 + 2.50 = 12.50'])
  assert.deepEqual(await checkHolds(client), [])
})
