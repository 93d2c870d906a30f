/** Documents that are charged by themselves: when they are issued or due, and again as the reason of a decline says. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { payerWith, startGatewayWorld } from './gateway-world.ts'
import { checkHolds, createSubscriber } from './harness.ts'
import { until } from './test-postgres.ts'

const { client } = await startGatewayWorld('auto', '2026-02-01T06:00:00Z')
const attemptsOf = async (account: string): Promise<Json[]> =>
  (await client.list<Json>(`/v1/payment-attempts?account=${account}&kind=charge`)).filter(({ key }) =>
    String(key).startsWith('auto:'),
  )
const openOf = async (account: string): Promise<unknown[]> =>
  (await client.list<Json>(`/v1/invoices?account=${account}`)).map(({ open }) => open)
const move = async (clock: string): Promise<void> => void (await client.post('/v1/tenants/auto', { clock }, 'PATCH'))

test('what is issued is charged by the default card; an account without one is told of when it is asked for', async () => {
  await payerWith(client, 'ann')
  await createSubscriber(client, 'zoe')
  await client.post('/v1/accounts/ann/auto-charge', { on: 'issue' }, 'PUT')
  await assert.rejects(client.post('/v1/accounts/zoe/auto-charge', { on: 'issue' }, 'PUT'), /no means of payment/)
  await runBills(client, '2026-02-01')
  await until('both documents are paid', async () => (await openOf('ann')).every((open) => open === '0.00'))
  assert.deepEqual(
    (await attemptsOf('ann')).map(({ state, amount }) => [state, amount]),
    (await openOf('ann')).map(() => ['succeeded', '10.00']),
  )
  assert.deepEqual(await attemptsOf('zoe'), [])
})

test('an empty account is charged again after 3, 5 and 7 days, and then somebody has to see to it', async () => {
  await payerWith(client, 'bob', 'pm_card_chargeDeclinedInsufficientFunds')
  await client.post('/v1/accounts/bob/auto-charge', { on: 'issue' }, 'PUT')
  await runBills(client, '2026-02-01')
  const documents = (await openOf('bob')).length
  const tries = async (count: number): Promise<void> =>
    until(`${count} tries`, async () => {
      const all = await attemptsOf('bob')
      return all.length === count * documents && all.every(({ state }) => state === 'failed')
    })
  await tries(1)
  // Nothing happens before the day.
  await move('2026-02-03T23:00:00Z')
  for (const [day, count] of [
    ['2026-02-04T06:00:00Z', 2],
    ['2026-02-06T06:00:00Z', 3],
    ['2026-02-08T06:00:00Z', 4],
  ] as const) {
    assert.equal((await attemptsOf('bob')).length, (count - 1) * documents)
    await move(day)
    await tries(count)
  }
  const stopped = async (): Promise<Json[]> =>
    (await client.get<{ items: Json[] }>('/v1/events?type=auto_charge.stopped')).items
  await until('it is told', async () => (await stopped()).length === documents)
  assert.deepEqual(
    new Set((await stopped()).map(({ data }) => (data as Json)['reason'])),
    new Set(['insufficient_funds']),
  )
})

test('a stolen card is not charged again; a document that was paid meanwhile is not charged', async () => {
  await payerWith(client, 'cid', 'pm_card_chargeDeclinedExpiredCard')
  await payerWith(client, 'dan')
  for (const account of ['cid', 'dan']) await client.post(`/v1/accounts/${account}/auto-charge`, { on: 'due' }, 'PUT')
  await client.post('/v1/accounts/dan', { termsDays: 14 }, 'PATCH')
  await client.post('/v1/accounts/cid', { termsDays: 14 }, 'PATCH')
  await runBills(client, '2026-02-08')
  const due = '2026-02-25T06:00:00Z'
  assert.deepEqual([await attemptsOf('cid'), await attemptsOf('dan')], [[], []])
  await client.post('/v1/payments', { key: 'd', account: 'dan', method: 'bank', currency: 'EUR', amount: '100.00' })
  await move(due)
  await until('cid is declined', async () => (await attemptsOf('cid')).some(({ state }) => state === 'failed'))
  await move('2026-03-05T06:00:00Z')
  await until(
    'the jobs are over',
    async () => (await client.list('/v1/jobs?kind=auto_charge&state=waiting')).length === 0,
  )
  const [first, ...more] = await attemptsOf('cid')
  assert.equal(first?.['reason'], 'expired_method')
  assert.ok(more.every(({ invoiceId }) => invoiceId !== first?.['invoiceId']))
  assert.deepEqual(await attemptsOf('dan'), [])
  assert.deepEqual(await checkHolds(client), [])
})
