/** What a killed process has left of top-ups at terminals and desks, at each point between two commits: it is finished once, whoever asks first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import type { Json } from '../src/cli/client.ts'
import { ledgerOf } from './gateway-world.ts'
import { CALLS, checkHolds, createSubscriber } from './harness.ts'
import { startTerminalWorld } from './terminal-world.ts'

const TALK = `${CALLS}  - { code: talk, name: Talk, currency: EUR, prices: [ { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } } ] }\n`
const { kvit, client, ask, pay } = await startTerminalWorld('half', '2026-02-10T12:00:00Z', TALK)
await createSubscriber(client, 'prepaid', { plan: 'talk', creditLimit: '0' })
const database = new pg.Client({ connectionString: kvit.config.databaseUrl })
await database.connect()
await database.query('set search_path = t_half')
const available = async (): Promise<number> =>
  Number((await client.get<Json>('/v1/accounts/prepaid/balances'))['available'])

test('a payment whose top-up was made and not noted is noted when the terminal asks again, and is one top-up', async () => {
  const first = await pay('k-1', 'prepaid', '5.00')
  await database.query(`update terminal_transaction set state = 'pending' where txn_id = 'k-1'`)
  assert.equal((await ask({ command: 'status', txn_id: 'k-1' }))['state'], 'pending')
  assert.equal((await ask({ command: 'cancel', txn_id: 'k-1' })).result, 90)
  const told = await Promise.all([1, 2, 3].map(async () => pay('k-1', 'prepaid', '5.00')))
  for (const one of told) assert.deepEqual(one, first)
  assert.equal(await available(), 5)
})

test('one that was noted and not made yet is made', async () => {
  await database.query(`
    insert into terminal_transaction (id, gateway_id, txn_id, account_id, account_text, currency, amount_minor, state, kind, created_at)
    select gen_random_uuid(), gateway_id, 'k-2', account_id, account_text, currency, 700, 'pending', kind, created_at from terminal_transaction where txn_id = 'k-1'`)
  assert.deepEqual((await pay('k-2', 'prepaid', '7.00')).result, 0)
  assert.equal(await available(), 12)
})

test('a cancellation that was noted and not carried out is carried out', async () => {
  await database.query(
    `update terminal_transaction set state = 'cancelling', cancel_reason = 'x', cancelled_by = 'y' where txn_id = 'k-2'`,
  )
  assert.deepEqual((await ask({ command: 'cancel', txn_id: 'k-2' }))['state'], 'cancelled')
  assert.equal(await available(), 5)
  assert.equal(await ledgerOf(client, 'cash:gateway:easypay'), '5.00')
})

test('a receipt whose top-up was made and not noted: its desk is not closed before it is finished, and it is cash once', async () => {
  await client.post('/v1/cash-desks/front', { name: 'Front', issuer: 'op', currency: 'EUR', zone: 'UTC' }, 'PUT')
  await client.post('/v1/cash-desks/front/shift', {})
  const draft = { key: 'r-1', account: 'prepaid', amount: '4.00' }
  const made = await client.post<Json>('/v1/cash-desks/front/receipts', draft)
  await database.query(`update cash_receipt set state = 'pending'; update cash_desk set drawer_minor = 0`)
  const { status } = await kvit.request('POST', '/v1/cash-desks/front/shift/close', { body: { counted: '4.00' } })
  assert.equal(status, 409)
  const again = await Promise.all([1, 2].map(async () => client.post<Json>('/v1/cash-desks/front/receipts', draft)))
  for (const one of again) assert.deepEqual(one, made)
  assert.deepEqual([await available(), (await client.get<Json>('/v1/cash-desks/front'))['drawer']], [9, '4.00'])
  const closed = await client.post<Json>('/v1/cash-desks/front/shift/close', { counted: '4.00' })
  assert.equal(closed['difference'], '0.00')
  await database.end()
  assert.deepEqual(await checkHolds(client), [])
})
