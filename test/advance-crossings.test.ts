/** Advances where bills take something back, and where nobody paid them. Amounts by hand; tax is 20 % (5 % reduced), a minute is 0.10. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { CreditWorld, sums } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('advance-crossings')
const { client } = world
const told = async (account: string): Promise<string[]> =>
  (await world.documents(account)).map((one) => `${one.document.kind} ${sums(one)} ${one.open}`)
const ask = async (account: string, unitPrice: string, more: Json = {}): Promise<string> => {
  const lines = [{ description: 'For what is to come', unitPrice, ...more }]
  await client.post('/v1/one-off-invoices', { account, key: `advance-${account}`, lines, advance: true })
  return (await world.last(account)).number
}

test('where a bill takes back more of one tax than there is of another, no more comes off than the whole bill', async () => {
  // Fees of 33.33 at 20 % (40.00 with tax) and 10.01 at 5 % (10.51 with tax) each month.
  for (const [account, minutes] of Object.entries({ much: '800', some: '350' })) {
    await world.setClock('2026-01-10')
    await world.subscriber(account, { plans: ['mixed'] })
    await ask(account, '30.00', { taxClass: 'reduced_service' })
    await world.pay(account, '31.50')
    await world.use(account, '1', minutes)
  }
  await world.bill('2026-02-01')
  for (const account of ['much', 'some']) await world.retract(account, '1')
  await world.bill('2026-03-01')
  await world.bill('2026-04-01')
  assert.deepEqual(await told('much'), [
    'invoice 30.00 + 1.50 = 31.50 0.00',
    // 113.33 at 20 %: 136.00. The 10.51 at 5 % are paid, and 20.99 are left. What March gives back settles 45.49 of it.
    'invoice 113.33 + 22.67 = 136.00 90.51',
    // −46.67 at 20 % are −56.00, and 10.51: money comes back, and nothing more is taken off.
    'credit_note -36.66 + -8.83 = -45.49 0.00',
    'invoice 33.33 + 6.67 = 40.00 40.00',
  ])
  assert.deepEqual(await told('some'), [
    'invoice 30.00 + 1.50 = 31.50 0.00',
    // 68.33 at 20 %: 82.00.
    'invoice 68.33 + 13.67 = 82.00 82.00',
    // −1.67 at 20 % are −2.00, and 10.51: 8.10 + 0.41 of the advance come off, 12.48 are left.
    'invoice 0.24 + -0.24 = 0.00 0.00',
    'invoice 33.33 + 6.67 = 40.00 40.00',
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('an advance that is written off was not paid, and comes off nothing', async () => {
  await world.setClock('2026-01-10')
  await world.subscriber('lost', { plans: ['calls'] })
  const number = await ask('lost', '10.00')
  await client.post(`/v1/invoices/${number}/write-off`, { key: 'lost', reason: 'insolvent' })
  await world.use('lost', '1', '80')
  await world.bill('2026-02-01')
  assert.deepEqual(await told('lost'), ['invoice 10.00 + 2.00 = 12.00 0.00', 'invoice 8.00 + 1.60 = 9.60 9.60'])
  assert.deepEqual(await checkHolds(client), [])
})

test('an advance that is disputed comes off nothing until somebody decides', async () => {
  await world.setClock('2026-01-10')
  await world.subscriber('doubted', { plans: ['calls'] })
  const number = await ask('doubted', '10.00')
  await world.pay('doubted', '12.00')
  const opened = { key: 'doubted', reason: 'not_ordered', lines: [{ line: 1 }] }
  const { status, json } = await world.kvit.request('POST', `/v1/invoices/${number}/disputes`, { body: opened })
  assert.equal(status, 201, JSON.stringify(json))
  await world.use('doubted', '1', '80')
  await world.bill('2026-02-01')
  assert.deepEqual(await told('doubted'), ['invoice 10.00 + 2.00 = 12.00 0.00', 'invoice 8.00 + 1.60 = 9.60 9.60'])
  assert.deepEqual(await checkHolds(client), [])
})
