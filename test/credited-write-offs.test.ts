/** Usage of documents that were written off comes back: nobody paid for it, so that nobody is paid back. Amounts by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('credited-write-offs')
const { client } = world
const ACCOUNTS = ['lost', 'partly', 'paid', 'busy']
for (const account of ACCOUNTS) await world.subscriber(account, { plans: ['calls'] })
await world.setClock('2026-01-20')
// 100 minutes of 0.10 with 20 % of tax are 12.00: 70 and 30 minutes.
for (const account of ACCOUNTS) {
  await world.use(account, '1', '70')
  await world.use(account, '2', '30')
}
await world.bill('2026-02-01')

const writeOff = async (account: string, key: string, amount?: string): Promise<void> => {
  const { number } = await world.first(account)
  const body = { key, reason: 'insolvent', ...(amount === undefined ? {} : { amount }) }
  await client.post(`/v1/invoices/${number}/write-off`, body)
}
const shown = async (account: string): Promise<string[]> =>
  (await world.documents(account)).map(({ total, open }) => `${total} ${open}`)
async function bookedTo(name: string): Promise<string> {
  const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  const row = items.find(({ ledgerAccount }) => ledgerAccount === name)
  return (Number(row?.['debit'] ?? 0) - Number(row?.['credit'] ?? 0)).toFixed(2)
}

test('a credit note comes off the write-off, and not into the hands of the customer', async () => {
  await writeOff('lost', 'lost-off')
  await world.pay('partly', '5.00')
  await writeOff('partly', 'partly-off')
  await world.pay('paid', '12.00')
  assert.equal(await bookedTo('write_off'), '19.00')
  await world.setClock('2026-02-10')
  for (const account of ['lost', 'partly', 'paid']) await world.retract(account, '2')
  await world.bill('2026-03-01')
  // 3.60 are credited. Of 12.00 that were written off 8.40 are lost; of 7.00, 3.40; what was paid is the customer's.
  assert.deepEqual(await shown('lost'), ['12.00 0.00', '-3.60 0.00'])
  assert.deepEqual(await shown('partly'), ['12.00 0.00', '-3.60 0.00'])
  assert.equal(await bookedTo('write_off'), '11.80')
  const offs = await client.list('/v1/payments?method=write_off')
  assert.deepEqual(offs.map(({ amount }) => String(amount)).toSorted(), ['12.00', '3.40', '7.00', '8.40'])
  for (const account of ['lost', 'partly', 'paid']) await world.use(account, '3', '100', { day: '2026-02-05' })
  await world.bill('2026-04-01')
  // 12.00 more: only the one that had paid has 3.60 of it settled.
  assert.deepEqual((await shown('lost')).at(-1), '12.00 12.00')
  assert.deepEqual((await shown('partly')).at(-1), '12.00 12.00')
  assert.deepEqual((await shown('paid')).at(-1), '12.00 8.40')
  assert.deepEqual(await checkHolds(client), [])
})

test('what an invoice takes back of it is owed again', async () => {
  await writeOff('busy', 'busy-off')
  await world.retract('busy', '1')
  await world.retract('busy', '2')
  await world.setClock('2026-04-20')
  await world.use('busy', '3', '200', { day: '2026-04-05' })
  await world.bill('2026-05-01')
  // 24.00 of new usage less 12.00 that came back are 12.00; with the 12.00 of before, nobody has paid 24.00.
  const documents = await shown('busy')
  assert.deepEqual(documents, ['12.00 12.00', '12.00 12.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('asked for again by its key, the write-off is the answer of before; what is left of it is taken back by its own key', async () => {
  const { number } = await world.first('lost')
  const again = await client.post(`/v1/invoices/${number}/write-off`, { key: 'lost-off', reason: 'insolvent' })
  assert.equal(again['amount'], '12.00')
  const refused = await world.refused(`/v1/invoices/${number}/credit-notes`, { amount: '1.00' })
  const [, key] = /kvit payment reverse (\S+)\)/.exec(refused) ?? []
  await client.post(`/v1/payments/${key}/reversal`, { reason: 'it was paid after all' })
  assert.equal((await world.first('lost')).open, '8.40')
  assert.deepEqual(await checkHolds(client), [])
})
