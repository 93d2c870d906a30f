import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import pg from 'pg'
import { startApp } from '../src/app/start.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await startChargingWorld('sponsors')
const { client } = world.kvit
const chief = await personWith(world.kvit, 'chief', ['balances:approve'])

interface Invoice {
  readonly id: string
  readonly total: string
  readonly paid: string
  readonly state: string
}

async function invoices(account: string): Promise<string[]> {
  const items = await client.list<Invoice>(`/v1/invoices?account=${account}`)
  return items.map(({ total, paid, state }) => `${total} ${paid} ${state}`)
}

async function linesOf(account: string): Promise<string[]> {
  const [last] = (await client.list<Invoice>(`/v1/invoices?account=${account}`)).slice(-1)
  const { document } = await client.get<{ document: { lines: { description: string; amount: string }[] } }>(
    `/v1/invoices/${last?.id}`,
  )
  return document.lines.map(({ description, amount }) => `${description} ${amount}`)
}

/** Each member with what is billed for it, what no document says, and its documents with what the sponsor pays of them. */
async function sharesOf(id: string): Promise<unknown[]> {
  interface Share {
    readonly account: string
    readonly amount: string
    readonly other: string
    readonly documents: { sponsored: string; total: string; lines: { description: string; amount: string }[] }[]
  }
  const { members } = await client.get<{ members: Share[] }>(`/v1/invoices/${id}/members`)
  return members.map(({ account, amount, other, documents }) => [
    ...[account, amount, other],
    documents.map(({ sponsored, total, lines }) => {
      return `${sponsored} of ${total}: ${lines.map((line) => `${line.description} ${line.amount}`).join(', ')}`
    }),
  ])
}

async function ledger(): Promise<Record<string, string>> {
  const { items } = await client.get<{ items: { ledgerAccount: string; debit: string; credit: string }[] }>(
    '/v1/ledger/trial-balance',
  )
  return Object.fromEntries(
    items.map(({ ledgerAccount, debit, credit }) => [ledgerAccount, (Number(debit) - Number(credit)).toFixed(2)]),
  )
}

async function calls(service: string, count: number): Promise<string> {
  const results = []
  for (let n = 0; n < count; n++) results.push((await world.event(service, 'call', {})).result)
  return results.join(' ')
}

async function bonus(account: string, amount: string): Promise<void> {
  const draft = { key: world.nextKey(), account, direction: 'credit', source: 'bonus', amount, reason: 'gift' }
  await chief.post('/v1/charging/settings', { approvalLimits: { EUR: '10' } }, 'PUT')
  assert.equal((await client.post('/v1/adjustments', { ...draft, shared: true }))['status'], 'applied')
}

async function bill(day: string): Promise<void> {
  await world.moveClock('sponsors', `${day}T06:00:00Z`, async () => true)
  await runBills(client, day)
}

test('what a sponsor’s money paid settles the member’s document; what it did not is the member’s', async () => {
  await world.subscriber('boss', { creditLimit: '0' })
  await world.topUp('boss', '10.00', { shared: true })
  await world.subscriber('kid', { creditLimit: '0', sponsor: 'boss', sponsorCaps: { '': '2.00' } })
  await world.topUp('kid', '1.00')
  assert.equal(await calls('kid', 4), 'charged charged charged refused')

  await world.subscriber('giver', { creditLimit: '0' })
  await bonus('giver', '1.00')
  await world.topUp('giver', '10.00', { shared: true })
  await world.subscriber('taker', { creditLimit: '0', sponsor: 'giver' })
  assert.equal(await calls('taker', 3), 'charged charged charged')

  await world.subscriber('firm', { creditLimit: '50' })
  await world.subscriber('clerk', { creditLimit: '0', sponsor: 'firm', sponsorCaps: { '': '5.00' } })
  await world.subscriber('driver', { creditLimit: '0', sponsor: 'firm' })
  assert.equal(await calls('clerk', 6), 'charged charged charged charged charged refused')
  assert.equal(await calls('driver', 3), 'charged charged charged')
  assert.equal(await calls('firm', 1), 'charged')

  await bill('2026-03-01')
  assert.deepEqual(await invoices('kid'), ['3.00 3.00 paid'])
  assert.deepEqual(await invoices('boss'), [])
  assert.equal((await world.balances('boss')).available, '8.00')
  assert.deepEqual(await invoices('taker'), ['3.00 3.00 paid'])
  assert.equal((await ledger())['discounts:bonus'], '1.00')
  assert.deepEqual(await invoices('clerk'), ['5.00 5.00 paid'])
  assert.deepEqual(await invoices('driver'), ['3.00 3.00 paid'])
})

test('the sponsor’s document bills what members used of its credit, once, and the clearing account ends at zero', async () => {
  assert.deepEqual(await linesOf('firm'), [
    'Calls 1.00',
    'Sponsored usage of clerk 5.00',
    'Sponsored usage of driver 3.00',
  ])
  assert.deepEqual(await invoices('firm'), ['9.00 0.00 issued'])
  // It was owed when it was used: the document asks for it, and takes nothing.
  assert.equal((await world.balances('firm')).credit.owed, '9.00')
  await client.post('/v1/payments', { key: 'firm-1', account: 'firm', method: 'bank', currency: 'EUR', amount: '9.00' })
  assert.equal((await world.balances('firm')).credit.owed, '0.00')
  assert.deepEqual(await invoices('firm'), ['9.00 9.00 paid'])
  assert.equal((await ledger())['sponsored'] ?? '0.00', '0.00')
  const [invoice] = await client.list<Invoice>('/v1/invoices?account=firm')
  const { document } = await client.get<{ document: { lines: { id: string }[] } }>(`/v1/invoices/${invoice?.id}`)
  const explained = await client.get(`/v1/invoice-lines/${document.lines[1]?.id}/explain`)
  const shares = await sharesOf(invoice?.id ?? '')
  assert.deepEqual(shares, [
    ['clerk', '5.00', '0.00', ['5.00 of 5.00: Calls 5.00']],
    ['driver', '3.00', '0.00', ['3.00 of 3.00: Calls 3.00']],
  ])
  const paper = Buffer.from(await client.download(`/v1/invoices/${invoice?.id}/members?format=pdf`))
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-')
  const [own] = await client.list<Invoice>('/v1/invoices?account=clerk')
  assert.deepEqual(await sharesOf(own?.id ?? ''), [], 'a document without members')
  assert.deepEqual([explained['plan'], explained['description']], [null, 'Sponsored usage of clerk'])
  assert.deepEqual(await checkHolds(client), [])
})

test('a refund gives the sponsor its money back, before the document and after it', async () => {
  const event = { service: 'kid', type: 'call', data: {}, time: '2026-03-01T06:00:00Z' }
  assert.equal((await world.ask({ op: 'event', id: 'r-1', ...event })).result, 'charged')
  assert.equal((await world.ask({ op: 'event', id: 'r-2', ...event })).result, 'charged')
  assert.equal((await world.balances('boss')).available, '6.00')
  assert.equal((await world.ask({ op: 'refund', id: 'r-1', ...event })).result, 'refunded')
  assert.equal((await world.balances('boss')).available, '7.00')
  const used = { service: 'driver', type: 'call', data: {}, time: '2026-03-01T06:00:00Z' }
  assert.equal((await world.ask({ op: 'event', id: 'd-1', ...used })).result, 'charged')
  assert.equal((await world.ask({ op: 'event', id: 'd-2', ...used })).result, 'charged')
  await bill('2026-04-01')
  assert.deepEqual((await invoices('kid')).slice(1), ['1.00 1.00 paid'])
  assert.deepEqual((await invoices('driver')).slice(1), ['2.00 2.00 paid'])
  assert.deepEqual(await linesOf('firm'), ['Sponsored usage of driver 2.00'])
  const [, second] = await client.list<Invoice>('/v1/invoices?account=firm')
  // The 3.00 of March are on the document before.
  assert.deepEqual(await sharesOf(second?.id ?? ''), [['driver', '2.00', '0.00', ['2.00 of 2.00: Calls 2.00']]])
  // What comes back later is a credit note of the member, which settles its next document.
  assert.equal((await world.ask({ op: 'refund', id: 'd-1', ...used })).result, 'refunded')
  assert.deepEqual(await checkHolds(client), [])
})

test('a sponsor without a subscription of its own is billed, too, and fractions wait for the next document', async () => {
  await client.post('/v1/customers', { key: 'payer', name: 'Payer' })
  const account = { key: 'payer', customer: 'payer', issuer: 'op', currency: 'EUR', zone: 'UTC' }
  await client.post('/v1/accounts', { ...account, cycleAnchor: '2026-01-01', creditLimit: '20' })
  await world.subscriber('part', { sponsor: 'payer' })
  const at = async (time: string): Promise<void> => {
    const answer = await world.ask({
      op: 'event',
      id: world.nextKey(),
      service: 'part',
      type: 'data',
      time,
      data: { mb: '0.333' },
    })
    assert.deepEqual([answer.result, answer.amount], ['charged', '0.00666000'])
  }
  await at('2026-04-01T06:00:00Z')
  await bill('2026-05-01')
  // 0.00666 of the sponsor is no minor unit yet; the document asks for 0.01.
  assert.deepEqual(await invoices('part'), ['0.01 0.00 issued'])
  assert.deepEqual(await invoices('payer'), [])
  await at('2026-05-01T06:00:00Z')
  await bill('2026-06-01')
  assert.deepEqual(await invoices('part'), ['0.01 0.01 paid', '0.01 0.00 issued'])
  assert.deepEqual(await invoices('payer'), ['0.01 0.00 issued'])
  assert.deepEqual(await checkHolds(client), [])
})

test('what a process left between document and settlement is settled at the next start, once', {
  skip: process.env['KVIT_TEST_DATABASE_URL'] === undefined,
}, async () => {
  await world.subscriber('host', { creditLimit: '30' })
  await world.topUp('host', '2.00', { shared: true })
  await world.subscriber('guest', { creditLimit: '0', sponsor: 'host' })
  const time = '2026-06-01T06:00:00Z'
  for (let n = 0; n < 5; n++)
    await world.ask({ op: 'event', id: `g-${n}`, service: 'guest', type: 'call', time, data: {} })
  await world.moveClock('sponsors', '2026-07-01T06:00:00Z', async () => true)
  await runBills(client, '2026-07-01')
  assert.deepEqual(await invoices('guest'), ['5.00 5.00 paid'])
  const { id } = await client.get<{ id: string }>('/v1/accounts/guest')
  // As it stood when the document had been taken from the balance, and nothing was settled yet.
  const { config } = world.kvit
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  await database.query('set search_path to t_sponsors')
  await database.query('delete from posting where document_id in (select id from allocation where account_id = $1)', [
    id,
  ])
  await database.query('delete from allocation where account_id = $1', [id])
  await database.query('update invoice set balance_settled_at = null where account_id = $1', [id])
  await database.end()
  assert.deepEqual(await invoices('guest'), ['5.00 0.00 issued'])
  for (let start = 0; start < 2; start++) {
    const dataDir = await mkdtemp(join(tmpdir(), 'kvit-test-data-'))
    await (await startApp({ ...config, dataDir })).close()
    await rm(dataDir, { recursive: true, force: true })
    assert.deepEqual(await invoices('guest'), ['5.00 5.00 paid'])
  }
  assert.deepEqual(await linesOf('host'), ['Sponsored usage of guest 3.00'])
})

test('thresholds of a sponsor are watched when a member uses its balance', async () => {
  const thresholds = [{ code: 'low', kind: 'low_balance', amount: '8.00', action: 'notify' }]
  await world.subscriber('watched', { creditLimit: '0', thresholds })
  await world.topUp('watched', '10.00', { shared: true })
  await world.subscriber('user', { creditLimit: '0', sponsor: 'watched' })
  const crossings = async (): Promise<number> => {
    const { id } = await client.get<{ id: string }>('/v1/accounts/watched')
    return (await client.list(`/v1/events?type=balance.threshold_crossed&account=${id}`)).length
  }
  assert.equal(await calls('user', 2), 'charged charged')
  assert.equal(await crossings(), 0)
  assert.equal(await calls('user', 2), 'charged charged')
  assert.equal(await crossings(), 1)
  assert.deepEqual((await world.balances('watched')).thresholdsCrossed, ['low'])
})

test('every invariant holds after all of this, and the ledger sums to zero', async () => {
  // The rows that a test has taken away are named, if they were sealed by then; nothing else is wrong.
  const isOfTest = (finding: string): boolean =>
    /^every row that money stands on is as it was sealed: .* was taken away/.test(finding)
  assert.deepEqual(
    (await checkHolds(client)).filter((finding) => !isOfTest(finding)),
    [],
  )
  const sum = Object.values(await ledger()).reduce((total, amount) => total + Number(amount), 0)
  assert.equal(Math.round(sum * 100) + 0, 0)
})
