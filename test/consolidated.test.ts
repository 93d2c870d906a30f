/** Invoices of a parent with what its children used. Amounts by hand; a minute is 0.10, a fee 10.00, tax is 20 % (5 % reduced). */
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { CreditWorld, sums } from './credit-world.ts'
import { checkHolds } from './harness.ts'
import { until } from './test-postgres.ts'

const KEEP = process.env['KVIT_TEST_PDF_DIR']
const world = await CreditWorld.start('group')
const { client } = world
const kvit = commandsOf(world.kvit.app, 'group')

interface Bill {
  readonly number: string
  readonly annexes?: readonly { readonly account: string; readonly name: string; readonly total: string }[]
  readonly lines: readonly {
    readonly id: string
    readonly account?: string
    readonly description: string
    readonly amount: string
  }[]
}
const papers = async (account: string): Promise<Bill[]> =>
  (await world.documents(account)).map(({ document }) => document as unknown as Bill)
const totals = async (account: string): Promise<string[]> => (await world.documents(account)).map(sums)
const shown = ({ lines }: Bill): string[] =>
  lines.map(({ account = '-', description, amount }) => `${account} ${description} ${amount}`)
const change = async (account: string, body: Json): Promise<Json> =>
  (await world.kvit.request('PATCH', `/v1/accounts/${account}`, { body })).json
const owed = async (account: string): Promise<string> =>
  String((await client.get<{ credit: { owed: string } }>(`/v1/accounts/${account}/balances`)).credit.owed)

await world.subscriber('mill', { plans: ['prepaid'] })
for (const key of ['mill-a', 'mill-b']) await world.subscriber(key, { plans: ['prepaid'], billedTo: 'mill' })
await world.setClock('2026-01-20')
await world.use('mill', '1', '100')
await world.use('mill-a', '1', '50')
await world.use('mill-b', '1', '7')

test('one invoice has the fees and usage of all, the children behind the parent, each with its sum', async () => {
  await world.bill('2026-02-01')
  const [first, second, ...more] = await papers('mill')
  assert.deepEqual(more, [])
  assert.deepEqual(shown(first as Bill), ['- a 10.00', 'mill-a a 10.00', 'mill-b a 10.00'])
  assert.deepEqual(shown(second as Bill), [
    ...['- calls 10.00', '- a 10.00', 'mill-a calls 5.00', 'mill-a a 10.00', 'mill-b calls 0.70', 'mill-b a 10.00'],
  ])
  assert.deepEqual(await totals('mill'), ['30.00 + 6.00 = 36.00', '45.70 + 9.14 = 54.84'])
  assert.deepEqual(
    second?.annexes?.map(({ account, name, total }) => `${account} ${name} ${total}`),
    ['mill-a mill-a 18.00', 'mill-b mill-b 12.84'],
  )
  assert.deepEqual(await papers('mill-a'), [])
  assert.deepEqual(await checkHolds(client), [])
})

test('a line of a child is explained by its records, and its itemised usage lists them', async () => {
  const [, bill] = await papers('mill')
  const line = bill?.lines.find(({ account, description }) => account === 'mill-a' && description === 'calls')
  const explained = await client.get<Json>(`/v1/invoice-lines/${line?.id}/explain`)
  assert.match(JSON.stringify(explained), /"5\.00"/)
  const { text } = await world.kvit.request('GET', `/v1/invoices/${bill?.number}/itemised.csv`)
  assert.match(text, /mill-a-1/)
  assert.match(text, /mill-b-1/)
})

test('a child has a page of its own in the PDF, and its account as a note on its lines in the e-invoice', async () => {
  const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
  const issuer = { key: 'DE', name: 'DE', address: 'DE', invoiceSeries: 'DE', creditNoteSeries: 'CDE' }
  await client.post('/v1/issuers', { ...issuer, postalAddress: { country: 'DE' }, registrations })
  await world.subscriber('haus', { country: 'DE', plans: ['prepaid'] })
  for (const key of ['haus-a', 'haus-b'])
    await world.subscriber(key, { country: 'DE', plans: ['prepaid'], billedTo: 'haus' })
  for (const key of ['haus', 'haus-a', 'haus-b']) await world.use(key, '1', '30')
  await world.bill('2026-02-01')
  const [, bill] = await papers('haus')
  const pdf = Buffer.from(await client.download(`/v1/invoices/${bill?.number}/pdf`))
  if (KEEP !== undefined) await writeFile(`${KEEP}/group.pdf`, pdf)
  assert.equal(Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]), 3)
  const xml = Buffer.from(await client.download(`/v1/invoices/${bill?.number}/einvoice?syntax=ubl`)).toString()
  assert.equal(xml.split('<cbc:Note>Account haus-a, haus-a</cbc:Note>').length - 1, 2)
  assert.equal(xml.split('<cbc:Note>Account haus-b, haus-b</cbc:Note>').length - 1, 2)
})

test('late usage and corrections of a child come with the next invoice of the parent; a line is credited, and stays given up', async () => {
  await world.setClock('2026-02-10')
  await world.use('mill-b', '2', '10', { day: '2026-01-06' })
  await world.retract('mill-a', '1')
  await world.bill('2026-03-01')
  const march = (await papers('mill')).at(-1) as Bill
  assert.deepEqual(shown(march), [
    ...['- a 10.00', 'mill-a a 10.00', 'mill-a calls -5.00', 'mill-b a 10.00', 'mill-b calls 1.00'],
  ])
  const at = march.lines.findIndex(({ account, description }) => account === 'mill-b' && description === 'a') + 1
  const note = await world.credit(march.number, { lines: [{ line: at, amount: '4.00' }] })
  assert.deepEqual(
    (note.document as unknown as Bill).annexes?.map(({ account, total }) => `${account} ${total}`),
    ['mill-b -4.80'],
  )
  await world.bill('2026-04-01')
  assert.deepEqual(shown((await papers('mill')).at(-1) as Bill), ['- a 10.00', 'mill-a a 10.00', 'mill-b a 10.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('a void bills all anew, of the children, too', async () => {
  const last = (await papers('mill')).at(-1) as Bill
  await world.void(last.number, { rebill: true, atOnce: true })
  assert.deepEqual((await totals('mill')).slice(-2), ['-30.00 + -6.00 = -36.00', '30.00 + 6.00 = 36.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('a child leaves and joins with a period: what was billed stays with whom it was', async () => {
  await kvit('account', 'change', 'mill-a', '--billed-to', 'null', '--billed-to-from', '2026-05-01')
  await world.subscriber('late', { plans: ['prepaid'] })
  await world.setClock('2026-04-10')
  await world.use('mill-a', '3', '20', { day: '2026-04-05' })
  await world.use('late', '1', '30', { day: '2026-04-05' })
  await world.bill('2026-05-01')
  // What it used in April is the parent's; from May on its fee is its own.
  assert.deepEqual(shown((await papers('mill')).at(-1) as Bill), [
    ...['- a 10.00', 'mill-a calls 2.00', 'mill-b a 10.00'],
  ])
  assert.deepEqual((await papers('mill-a')).map(shown), [['- a 10.00']])
  const { detail } = await change('late', { billedTo: 'mill', billedToFrom: '2026-05-01' })
  assert.match(String(detail), /the first period that was not billed begins on 2026-06-01/)
  await kvit('account', 'change', 'late', '--billed-to', 'mill')
  const late = await client.get<Json>('/v1/accounts/late')
  const mill = await client.get<Json>('/v1/accounts/mill')
  assert.deepEqual([late['billedTo'], late['payers']], [null, [{ accountId: mill['id'], fromDay: '2026-06-01' }]])
  await world.setClock('2026-05-10')
  await world.use('late', '2', '40', { day: '2026-05-05' })
  // Late usage of April is billed to whom April was.
  await world.use('mill-a', '4', '10', { day: '2026-04-06' })
  await world.bill('2026-06-01')
  assert.deepEqual(shown((await papers('mill')).at(-1) as Bill), [
    ...['- a 10.00', 'late a 10.00', 'mill-a calls 1.00', 'mill-b a 10.00'],
  ])
  assert.deepEqual(shown((await papers('late')).at(-1) as Bill), ['- calls 4.00'])
  await world.bill('2026-07-01')
  assert.deepEqual((await papers('late')).length, 6)
  assert.deepEqual(await checkHolds(client), [])
})

test('balances of a child and of its parent owe each their own', async () => {
  await world.subscriber('shop', { plans: ['prepaid'], creditLimit: '1000.00' })
  await world.subscriber('shop-a', { plans: ['prepaid'], billedTo: 'shop', creditLimit: '100.00' })
  await world.setClock('2026-07-10')
  await world.use('shop-a', '1', '300', { day: '2026-07-05' })
  await world.use('shop', '1', '10', { day: '2026-07-05' })
  assert.deepEqual([await owed('shop'), await owed('shop-a')], ['1.00', '30.00'])
  await world.bill('2026-08-01')
  // All fees since January, on each bill of the parent; what the child used is owed by its parent now.
  assert.equal(await owed('shop-a'), '0.00')
  const [bill] = (await totals('shop')).slice(-1)
  assert.equal(bill, '51.00 + 10.20 = 61.20')
  assert.deepEqual(await checkHolds(client), [])
  const last = (await papers('shop')).at(-1) as Bill
  await world.void(last.number, { rebill: true })
  assert.equal(await owed('shop-a'), '30.00')
  assert.deepEqual(await checkHolds(client), [])
  await world.bill('2026-09-01')
  assert.equal(await owed('shop-a'), '0.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('what a child used that goes from one parent to another is billed once, with all that comes late', async () => {
  await world.setClock('2026-01-10')
  for (const key of ['here', 'there']) await world.subscriber(key, { plans: [] })
  await world.subscriber('nomad', { plans: ['prepaid'], billedTo: 'here', creditLimit: '500.00' })
  await world.use('nomad', '1', '100')
  await world.bill('2026-02-01')
  await kvit('account', 'change', 'nomad', '--billed-to', 'there')
  await world.setClock('2026-02-10')
  await world.use('nomad', '2', '200', { day: '2026-02-05' })
  await world.use('nomad', '3', '10', { day: '2026-01-06' })
  await world.bill('2026-03-01')
  await world.bill('2026-04-01')
  const billed = async (account: string): Promise<string[]> => (await papers(account)).flatMap(shown)
  const fee = 'nomad a 10.00'
  assert.deepEqual(await billed('here'), [fee, 'nomad calls 10.00', fee, 'nomad calls 20.00', 'nomad calls 1.00'])
  assert.deepEqual(await billed('there'), [fee, fee])
  assert.equal(await owed('nomad'), '0.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('a period of which an interim invoice billed some stays with whom that billed, to its last correction', async () => {
  await world.setClock('2026-01-01')
  await world.subscriber('tower', { plans: [] })
  await world.subscriber('early', { plans: ['calls'], progressiveBilling: { threshold: '20.00', repeats: true } })
  await world.setClock('2026-01-10')
  await world.use('early', '1', '300')
  await until('an interim invoice', async () => (await papers('early')).length === 1)
  const { detail } = await change('early', { billedTo: 'tower', billedToFrom: '2026-01-01' })
  assert.match(String(detail), /the first period that was not billed begins on 2026-02-01/)
  await change('early', { billedTo: 'tower' })
  await world.retract('early', '1')
  await world.bill('2026-02-01')
  assert.deepEqual((await papers('early')).map(shown), [['- calls 30.00'], ['- calls -30.00']])
  assert.deepEqual(await papers('tower'), [])
  assert.deepEqual(await checkHolds(client), [])
})

test('accounts that cannot be on one document are refused with a sentence', async () => {
  await client.post('/v1/customers', { key: 'odd', name: 'odd', kind: 'consumer', postalAddress: { country: 'XA' } })
  const terms = { customer: 'odd', issuer: 'XA', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key: 'sponsor', ...terms, creditLimit: '10.00' })
  await client.post('/v1/accounts', { key: 'prepaid', ...terms, creditLimit: '0.00' })
  const cases: [Json, RegExp][] = [
    [{ currency: 'USD' }, /mill has the currency EUR, odd USD/],
    [{ zone: 'Europe/Kyiv' }, /mill has the zone UTC, odd Europe\/Kyiv/],
    [{ cycleAnchor: '2026-01-05' }, /the periods of mill and odd begin on other days/],
    [{ cycleUnit: 'week' }, /mill has the cycle 1 month, odd 1 week/],
    [{ issuer: 'XB' }, /different issuers/],
    [{ pricesIncludeTax: true }, /include tax/],
    [{ creditLimit: '0.00' }, /odd pays in advance/],
    [{ sponsor: 'sponsor' }, /odd has a sponsor/],
    [{ billedTo: 'prepaid' }, /prepaid pays in advance/],
    [{ billedTo: 'mill-b' }, /mill-b is billed to another account itself/],
    [{ billedToFrom: '2026-05-02' }, /no billing period of odd begins on 2026-05-02/],
    [{ billedTo: 'nobody' }, /there is no account nobody/],
  ]
  for (const [more, sentence] of cases) {
    const body = { key: 'odd', ...terms, billedTo: 'mill', ...more }
    assert.match(String((await world.kvit.request('POST', '/v1/accounts', { body })).json['detail']), sentence)
  }
  assert.match(
    String((await change('mill', { billedTo: 'late' }))['detail']),
    /others are billed to mill|billed to another/,
  )
  assert.match(String((await change('mill', { billedTo: 'mill' }))['detail']), /billed to itself/)
  assert.match(String((await change('mill', { creditLimit: '0.00' }))['detail']), /mill pays in advance/)
  assert.match(String((await change('mill-b', { sponsor: 'sponsor' }))['detail']), /mill-b has a sponsor/)
  assert.match(String((await change('mill-b', { zone: 'Europe/Kyiv' }))['detail']), /zone/)
  assert.match(String((await change('mill-b', { billedToFrom: '2027-01-01' }))['detail']), /without billedTo/)
})
