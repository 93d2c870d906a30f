import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await startChargingWorld('units')
const { client, request } = world.kvit

const SALE = { unit: 'MB', units: '35.94', unitPrice: '0.5', currency: 'EUR', method: 'card' }

async function ledger(name: string): Promise<number> {
  const { items } = await client.get<{ items: Json[] }>('/v1/ledger/trial-balance')
  const row = items.find(({ ledgerAccount }) => ledgerAccount === name)
  return Number(row?.['debit'] ?? 0) - Number(row?.['credit'] ?? 0)
}

async function left(account: string, unit: string): Promise<string> {
  return (await world.balances(account)).balances.find((one) => one.unit === unit)?.remaining ?? '0'
}

test('E10: 35.94 units at 0.5 are charged 17.97, are revenue, and cover usage before money does', async () => {
  await world.subscriber('ann', { creditLimit: '0' })
  const sold = await client.post('/v1/unit-sales', { key: 'pack-1', account: 'ann', ...SALE })
  assert.deepEqual([sold['amount'], sold['units'], sold['unitPrice']], ['17.97', '35.94', '0.5'])
  assert.deepEqual(await client.post('/v1/unit-sales', { key: 'pack-1', account: 'ann', ...SALE }), sold)
  assert.deepEqual([await ledger('revenue:units:MB'), await ledger('cash:card')], [-17.97, 17.97])
  const [lot] = (await world.balances('ann')).balances.flatMap(({ lots }) => lots)
  assert.deepEqual([lot?.['unitPrice'], lot?.['remaining'], lot?.['source']], ['0.5', '35.94', 'paid'])
  assert.equal((await world.event('ann', 'data', { mb: '35.94' })).amount, '0.00000000')
  assert.equal((await world.event('ann', 'data', { mb: '1' })).reason, 'insufficient_balance')
  for (const other of [{ units: '36' }, { unitPrice: '0.51' }, { unit: 's' }]) {
    const again = await request('POST', '/v1/unit-sales', {
      body: { key: 'pack-1', account: 'ann', ...SALE, ...other },
    })
    assert.equal(again.json['code'], 'idempotency_conflict')
  }
  const topUp = { key: 'pack-1', account: 'ann', amount: '17.97', currency: 'EUR', method: 'card' }
  assert.equal((await request('POST', '/v1/top-ups', { body: topUp })).json['code'], 'idempotency_conflict')
  for (const [bad, status] of [
    [{ units: '0' }, 422],
    [{ unitPrice: '0' }, 422],
    [{ units: '-1' }, 400],
    [{ currency: 'USD' }, 422],
  ] as const)
    assert.equal(
      (await request('POST', '/v1/unit-sales', { body: { key: 'bad', account: 'ann', ...SALE, ...bad } })).status,
      status,
    )
})

test('E10: a sale is taken back while its units are there', async () => {
  await world.subscriber('bea', { creditLimit: '0' })
  await client.post('/v1/unit-sales', { key: 'pack-2', account: 'bea', ...SALE })
  const reason = { reason: 'wrong account' }
  assert.equal((await request('POST', '/v1/top-ups/pack-2/reversal', { body: reason })).status, 201)
  assert.equal((await request('POST', '/v1/top-ups/pack-2/reversal', { body: reason })).status, 201)
  assert.deepEqual([await left('bea', 'MB'), await ledger('revenue:units:MB')], ['0', -17.97])
  assert.equal((await request('POST', '/v1/top-ups/pack-1/reversal', { body: reason })).json['code'], 'conflict')
})

test('E10: crossing a threshold gives units, once each time; a high balance is a threshold, of money and of units', async () => {
  const thresholds = [
    { code: 'loyal', kind: 'spend', amount: '3', action: 'grant', grant: { unit: 'MB', amount: '100', validDays: 30 } },
    { code: 'rich', kind: 'high_balance', amount: '50' },
    { code: 'full', kind: 'high_balance', unit: 'MB', amount: '100' },
  ]
  await world.subscriber('cem', { creditLimit: '0', thresholds })
  await world.topUp('cem', '49.99')
  assert.deepEqual((await world.balances('cem')).thresholdsCrossed, [])
  await world.topUp('cem', '0.01')
  assert.deepEqual((await world.balances('cem')).thresholdsCrossed, ['rich'])
  for (let n = 0; n < 2; n++) await world.event('cem', 'call', {})
  assert.equal(await left('cem', 'MB'), '0')
  for (let n = 0; n < 3; n++) await world.event('cem', 'call', {})
  assert.equal(Number(await left('cem', 'MB')), 100)
  assert.deepEqual(((await world.balances('cem')).thresholdsCrossed as string[]).toSorted(), ['full', 'loyal'])
  assert.equal((await world.event('cem', 'data', { mb: '40' })).amount, '0.00000000')
  assert.equal(Number(await left('cem', 'MB')), 60)
  const bad = [{ code: 'x', kind: 'spend', amount: '3', action: 'grant' }]
  assert.equal((await request('PATCH', '/v1/accounts/cem', { body: { thresholds: bad } })).status, 400)
})

test('E10: adjustments of units have approval limits of their own', async () => {
  const settings = { approvalLimits: { EUR: '10' }, unitApprovalLimits: { MB: '100' } }
  const chief = await personWith(world.kvit, 'chief', ['balances:approve'])
  await chief.post('/v1/charging/settings', settings, 'PUT')
  await world.subscriber('dan', { creditLimit: '0' })
  const ask = async (key: string, unit: string, amount: string): Promise<unknown> =>
    (
      await client.post('/v1/adjustments', { key, account: 'dan', direction: 'credit', unit, amount, reason: 'outage' })
    )['status']
  assert.deepEqual(
    [await ask('u-1', 'MB', '100'), await ask('u-2', 'MB', '100.01'), await ask('u-3', 's', '1')],
    ['applied', 'pending', 'pending'],
  )
  assert.deepEqual(await checkHolds(client), [])
})
