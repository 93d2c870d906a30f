/** A line that no rule can book after all waits for somebody, and holds up no other. Amounts are written out. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { camt } from './bank-files-made.ts'
import { BankWorld } from './bank-world.ts'
import { checkHolds } from './harness.ts'

const world = await BankWorld.open('bankreturns', ['ann', 'bob'])
const { client, request } = world.kvit

test('a debit comes back whose payment was reversed before: its line waits, and the next one is booked', async () => {
  const values = { creditorId: 'DE98ZZZ09999999999', notifiedDays: 5, leadDays: 1, cutOffHour: 14 }
  await request('PUT', '/v1/settings/direct-debits', { body: { values } })
  const mandate = {
    account: 'ann',
    reference: 'M-1',
    holder: 'Ann',
    iban: 'NL56AGDH9619008421',
    signedOn: '2026-01-15',
  }
  await client.post('/v1/mandates', mandate)
  const body = { kind: 'debits', key: 'x', bankAccount: 'giro', until: '2026-03-31' }
  const { orders } = await client.post<{ orders: Json[] } & Json>('/v1/sepa-files', body)
  const endToEnd = String(orders[0]?.['endToEndId'])
  await world.imported(camt([{ id: 'B-1', opening: 0, entries: [{ minor: 1000, day: '2026-02-09', endToEnd }] }]))
  const [collected] = await world.lines()
  assert.equal(collected?.state, 'done')
  await client.post(`/v1/payments/${collected?.matches[0]?.paymentId}/reversal`, { reason: 'a mistake' })
  // 10.00 go back; and Bob pays 10.00 for his invoice.
  const [bob1] = (await world.numbersOf('bob')) as [string]
  const back = { minor: -1000, day: '2026-02-12', endToEnd, returned: 'MD06' }
  const paid = { minor: 1000, day: '2026-02-12', text: `Invoice ${bob1}`, name: 'Customer bob' }
  await world.imported(camt([{ id: 'B-2', opening: 1000, entries: [back, paid] }]))
  const lines = await world.lines('?from=2026-02-12')
  assert.deepEqual(lines.map(({ amount, state }) => `${String(amount)} ${state}`).toSorted(), [
    '-10.00 waiting',
    '10.00 done',
  ])
  assert.equal((await world.openInvoices())[bob1], '0.00')
  assert.deepEqual(await checkHolds(client), [])
})
