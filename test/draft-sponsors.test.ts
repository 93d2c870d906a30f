/** Documents of members that wait, and the bills of their sponsors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const world = await startChargingWorld('waiting')
const { client } = world.kvit

const invoices = async (account: string): Promise<string[]> =>
  (await client.list(`/v1/invoices?account=${account}`)).map(({ total, paid, state }) => `${total} ${paid} ${state}`)
const drafts = async (account: string): Promise<string[]> =>
  (await client.list(`/v1/drafts?account=${account}`)).map(({ total }) => String(total))

async function lastLines(account: string): Promise<string[]> {
  const [last] = (await client.list<{ id: string }>(`/v1/invoices?account=${account}`)).slice(-1)
  const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${last?.id}`)
  return document.lines.map(({ description, amount }) => `${description} ${amount}`)
}

async function bill(day: string): Promise<void> {
  await world.moveClock('waiting', `${day}T06:00:00Z`, async () => true)
  await runBills(client, day)
}

test('the credit of a sponsor settles a document of its member when it is issued, and the next bill of the sponsor has it', async () => {
  await world.subscriber('firm', { creditLimit: '50' })
  await world.subscriber('clerk', { creditLimit: '0', sponsor: 'firm' })
  await client.post('/v1/accounts/clerk', { gracePeriod: 'P3D' }, 'PATCH')
  for (let n = 0; n < 5; n++) assert.equal((await world.event('clerk', 'call', {})).result, 'charged')
  assert.equal((await world.event('firm', 'call', {})).result, 'charged')
  await bill('2026-03-01')
  // The member's 5.00 wait; its sponsor's own call is billed alone. What is owed for both is owed all the same.
  assert.deepEqual([await invoices('clerk'), await drafts('clerk')], [[], ['5.00']])
  assert.deepEqual([await invoices('firm'), await lastLines('firm')], [['1.00 0.00 issued'], ['Calls 1.00']])
  assert.equal((await world.balances('firm')).credit.owed, '6.00')
  await world.moveClock('waiting', '2026-03-04T06:00:00Z', async () => true)
  for (let looks = 0; looks < 400 && (await drafts('clerk')).length > 0; looks++) await setTimeout(50)
  for (let looks = 0; looks < 400 && (await invoices('clerk'))[0] !== '5.00 5.00 paid'; looks++) await setTimeout(50)
  assert.deepEqual(await invoices('clerk'), ['5.00 5.00 paid'])
  await bill('2026-04-01')
  assert.deepEqual(await lastLines('firm'), ['Sponsored usage of clerk 5.00'])
  assert.equal((await world.balances('firm')).credit.owed, '6.00')
  assert.deepEqual(await checkHolds(client), [])
})
