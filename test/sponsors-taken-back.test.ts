import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

/** Usage that a balance paid for is taken back after it was billed: whoever paid has its money back, and nobody else has. */
const world = await startChargingWorld('taken-back')
const { client } = world.kvit

interface Invoice {
  readonly id: string
  readonly total: string
  readonly paid: string
  readonly state: string
}

/** Of each document: its total, what settled it, and its lines. */
async function documents(account: string): Promise<string[]> {
  const items = await client.list<Invoice>(`/v1/invoices?account=${account}`)
  const told: string[] = []
  for (const { id, total, paid } of items) {
    const { document } = await client.get<{ document: { lines: { description: string; amount: string }[] } }>(
      `/v1/invoices/${id}`,
    )
    const lines = document.lines.map(({ description, amount }) => `${description} ${amount}`)
    told.push(`${total} settled ${paid}: ${lines.join(', ')}`)
  }
  return told
}

async function inLedger(ledgerAccount: string): Promise<string> {
  const { items } = await client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
    '/v1/ledger/trial-balance',
  )
  const own = items.find((one) => one.ledgerAccount === ledgerAccount)
  return (Number(own?.debit ?? 0) - Number(own?.credit ?? 0)).toFixed(2)
}

const at = (day: string): string => `${day}T06:00:00Z`

async function calls(service: string, day: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    const event = { op: 'event', id: `${service}-${day}-${n}`, service, type: 'call', data: {}, time: at(day) }
    assert.equal((await world.ask(event)).result, 'charged')
  }
}

async function takeBack(service: string, day: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n++) {
    const id = `${service}-${day}-${n}`
    const draft = { key: `back ${id}`, source: 'gw', id, action: 'retract', reason: 'it never was' }
    await client.post('/v1/usage-corrections', draft)
  }
}

async function bill(day: string): Promise<void> {
  await world.moveClock('taken-back', at(day), async () => true)
  await runBills(client, day)
}

test('a sponsor that paid by its credit is billed less, and what it paid for is settled by the credit note', async () => {
  await world.subscriber('firm', { creditLimit: '50' })
  await world.subscriber('clerk', { creditLimit: '0', sponsor: 'firm' })
  await calls('clerk', '2026-02-10', 5)
  await bill('2026-03-01')
  assert.deepEqual(await documents('clerk'), ['5.00 settled 5.00: Calls 5.00'])
  assert.deepEqual(await documents('firm'), ['5.00 settled 0.00: Sponsored usage of clerk 5.00'])
  await takeBack('clerk', '2026-02-10', 3)
  assert.equal((await world.balances('firm')).credit.owed, '2.00')
  await bill('2026-04-01')
  assert.deepEqual(await documents('clerk'), ['5.00 settled 5.00: Calls 5.00', '-3.00 settled 0.00: Calls -3.00'])
  assert.deepEqual(await documents('firm'), [
    '5.00 settled 3.00: Sponsored usage of clerk 5.00',
    '-3.00 settled 0.00: Sponsored usage of clerk -3.00',
  ])
  assert.equal((await world.balances('firm')).credit.owed, '2.00')
  assert.equal(await inLedger('sponsored'), '0.00')
  assert.deepEqual(await checkHolds(client), [])
})

test('the sponsor is billed for what members use from then on, and pays what is left', async () => {
  await calls('clerk', '2026-04-01', 1)
  await bill('2026-05-01')
  assert.deepEqual((await documents('clerk')).slice(2), ['1.00 settled 1.00: Calls 1.00'])
  assert.deepEqual((await documents('firm')).slice(2), ['1.00 settled 0.00: Sponsored usage of clerk 1.00'])
  await client.post('/v1/payments', { key: 'firm-1', account: 'firm', method: 'bank', currency: 'EUR', amount: '3.00' })
  assert.equal((await world.balances('firm')).credit.owed, '0.00')
  assert.deepEqual(
    (await documents('firm')).map((text) => text.slice(0, 17)),
    ['5.00 settled 5.00', '-3.00 settled 0.0', '1.00 settled 1.00'],
  )
  // It has paid: what comes back is its credit.
  await takeBack('clerk', '2026-04-01', 1)
  assert.equal((await world.balances('firm')).credit.owed, '-1.00')
  await bill('2026-06-01')
  assert.deepEqual((await documents('firm')).slice(3), ['-1.00 settled 0.00: Sponsored usage of clerk -1.00'])
  assert.equal((await world.balances('firm')).credit.owed, '-1.00')
  assert.equal((await world.balances('clerk')).credit.owed, '0.00')
  assert.deepEqual(await checkHolds(client), [])
})

/** Who pays for five calls of a member of its own, with what; and what each has when three of them are taken back after the bill. */
test('money of a sponsor’s lots is in them again, and what the member paid itself is the member’s', async () => {
  await world.subscriber('boss', { creditLimit: '0' })
  await world.topUp('boss', '10.00', { shared: true })
  await world.subscriber('kid', { creditLimit: '0', sponsor: 'boss', sponsorCaps: { '': '2.00' } })
  await world.topUp('kid', '7.00')
  await calls('kid', '2026-06-01', 5)
  await bill('2026-07-01')
  assert.deepEqual(await documents('kid'), ['5.00 settled 5.00: Calls 5.00'])
  assert.deepEqual([(await world.balances('boss')).available, await inLedger('customer_prepaid')], ['8.00', '-12.00'])
  await takeBack('kid', '2026-06-01', 3)
  // Two of the five were the sponsor's.
  assert.equal((await world.balances('boss')).available, '10.00')
  assert.equal((await world.balances('kid')).balances[0]?.remaining, '5.00')
  await bill('2026-08-01')
  assert.deepEqual(await documents('kid'), ['5.00 settled 5.00: Calls 5.00', '-3.00 settled 0.00: Calls -3.00'])
  // Of 17.00, 2.00 are earned.
  assert.equal(await inLedger('customer_prepaid'), '-15.00')
  assert.deepEqual(await documents('boss'), [])
  assert.deepEqual(await checkHolds(client), [])
})

test('without a sponsor the account has its money again, and no credit note beside it', async () => {
  await world.subscriber('alone', { creditLimit: '0' })
  await world.topUp('alone', '5.00')
  await calls('alone', '2026-08-01', 5)
  await bill('2026-09-01')
  await takeBack('alone', '2026-08-01', 5)
  await bill('2026-10-01')
  assert.equal((await world.balances('alone')).available, '5.00')
  assert.deepEqual(await documents('alone'), ['5.00 settled 5.00: Calls 5.00', '-5.00 settled 0.00: Calls -5.00'])
  // Paid anew: the credit note is used up, so the balance pays.
  await calls('alone', '2026-10-01', 5)
  await bill('2026-11-01')
  assert.deepEqual((await documents('alone')).slice(2), ['5.00 settled 5.00: Calls 5.00'])
  assert.equal((await world.balances('alone')).available, '0.00')
  assert.deepEqual(await checkHolds(client), [])
})
