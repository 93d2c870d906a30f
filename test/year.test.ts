/**
 * A year of a tenant, day by day: accounts with cards, direct debits, transfers, and cash at terminals and at a desk; what is declined, comes back, is disputed, is paid twice and is paid
 * back; whoever is late, is told so, is barred and pays after all, or never; a clerk, a bank, a provider that pays out, a mail server and an SMS gateway. At the end of every day the ledger
 * comes to zero, what customers owe is what is open, each account of cash is what whoever holds the money says, to the last cent, each account stands where its dunning policy says, and
 * every notice has a state and a reason. Fifty days with few accounts, unless more is asked for:
 * `KVIT_TEST_ACCOUNTS=1000 KVIT_TEST_UNTIL=2027-01-01 node tools/run-tests.ts test/year.test.ts --test-timeout=10800000`
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { checkHolds } from './harness.ts'
import { daysAfter } from './year/bank.ts'
import { CardPayers } from './year/cards.ts'
import { CashPayers } from './year/cash.ts'
import { DebitPayers } from './year/debits.ts'
import { DunningBook } from './year/dunned.ts'
import { KioskPayers } from './year/kiosks.ts'
import { LatePayers } from './year/late.ts'
import { monthTables } from './year/months.ts'
import { emailOf, People } from './year/people.ts'
import { TransferPayers } from './year/transfers.ts'
import { minorOf, PLANS, YearWorld } from './year/world.ts'

const ACCOUNTS = Number(process.env['KVIT_TEST_ACCOUNTS'] ?? 20)
/** Fifty days are enough to see each thing happen once. */
const END = process.env['KVIT_TEST_UNTIL'] ?? '2026-02-20'

const world = await YearWorld.open()
const { client, stripe, bank } = world
const keys = Array.from({ length: ACCOUNTS }, (_, at) => `q${String(at).padStart(4, '0')}`)
const laneOf = (account: string): number => Number(account.slice(1)) % 20
const ofMethod = (from: number, until: number): string[] =>
  keys.filter((key) => laneOf(key) >= from && laneOf(key) < until)
const cards = new CardPayers(world, ofMethod(0, 6))
const debits = new DebitPayers(world, ofMethod(6, 11))
const transfers = new TransferPayers(world, ofMethod(11, 16), ofMethod(6, 11))
const kiosks = new KioskPayers(world, ofMethod(16, 18))
const cash = new CashPayers(world, ofMethod(18, 20))
const late = new LatePayers(world, async (account) => {
  const lane = laneOf(account)
  if (lane < 6) await cards.payUp(account)
  else if (lane < 16) await transfers.payUp(account)
  else if (lane < 18) kiosks.comeAfter(account, 1)
  else cash.comeAfter(account, 1)
})
const kindOf = (account: string): 'business' | 'consumer' =>
  Number(account.slice(1)) % 4 === 3 ? 'business' : 'consumer'
const dunning = new DunningBook(world, (account) => (kindOf(account) === 'business' ? 'firms' : 'homes'))
const people = new People(world, keys)
const overdue = new Map<string, DunningBook['overdue']>()

async function seed(): Promise<void> {
  const header =
    'customer.key,customer.name,customer.kind,customer.email,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,' +
    'service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  const rows = keys.map((key, at) => {
    const since = '2026-01-01T00:00:00Z'
    return `${key},Payer ${key},${kindOf(key)},${emailOf(key)},${key},op,EUR,UTC,2026-01-01,${key},${since},${key},${PLANS[at % 3]},${since}`
  })
  const { errors } = await importCustomers(client, [header, ...rows].join('\n'))
  assert.deepEqual(errors, [])
}

/** What must be true at the end of each day. */
async function close(): Promise<void> {
  const ledger = await world.ledger()
  const of = (name: string): bigint => ledger.get(name) ?? 0n
  const { day } = world
  assert.equal(
    [...ledger.values()].reduce((sum, minor) => sum + minor, 0n),
    0n,
    `${day}: the ledger comes to zero`,
  )
  const ageing = await client.get<{ totals: Json[] }>(`/v1/books/op/ageing?asOf=${day}`)
  const owed = ageing.totals.reduce((sum, { total }) => sum + minorOf(total), 0n)
  assert.equal(of('receivable'), owed, `${day}: what is owed is what is open`)
  assert.equal(of('cash:gateway:stripe'), stripe.books.heldMinor('EUR'), `${day}: what the provider holds`)
  assert.equal(of('cash:gateway:easypay'), kiosks.heldMinor, `${day}: what the network of terminals holds`)
  assert.equal(of('cash:desk:front') + of('cash:safe:front'), cash.heldMinor, `${day}: what is in drawer and safe`)
  assert.equal(of('cash:transit:front'), cash.inTransitMinor, `${day}: what is in the night safe of the bank`)
  assert.equal(of('cash:bank:giro'), bank.balanceMinor, `${day}: what the bank has`)
  const onTheWay = stripe.books.payouts.filter(({ arrivesOn }) => arrivesOn > day)
  const sent = onTheWay.reduce((sum, { netMinor }) => sum + netMinor, kiosks.onTheWayMinor(day))
  assert.equal(of('cash:bank'), sent, `${day}: what is on its way to the bank`)
  assert.equal(of('suspense_cash:giro'), 0n, `${day}: all money has a purpose`)
}

test(`until ${END}, ${ACCOUNTS} accounts: the ledger is zero each day, and all cash is where it is said to be`, async (t) => {
  await seed()
  for (const part of [people, dunning, cards, debits, kiosks, cash]) await part.begin()
  const startedMs = performance.now()
  for (let day = world.day; day < END; day = daysAfter(day, 1)) {
    await world.goTo(day)
    await dunning.morning()
    if (day.endsWith('-01')) {
      if (ACCOUNTS >= 100) console.error(`${day}: ${Math.round((performance.now() - startedMs) / 1_000)} s`)
      await runBills(client, day)
      await world.settle()
      await transfers.plan()
      kiosks.plan()
      cash.plan()
    }
    for (const part of [people, late, cards, debits, kiosks, cash]) await part.act()
    await world.importStatement()
    await transfers.decide()
    await cash.decide()
    await kiosks.decide()
    await transfers.giveBack()
    await world.settle()
    await close()
    await dunning.close()
    await people.close()
    overdue.set(day.slice(0, 7), dunning.overdue)
    if (day.endsWith('-15')) assert.deepEqual(await checkHolds(client), [], day)
  }
  assert.deepEqual(await checkHolds(client), [])
  for (const needed of [
    'dunning: remind',
    'dunning: soft_block',
    'dunning: hard_block',
    'dunning: terminate',
    'card payment disputed',
  ])
    assert.ok((world.happened.get(needed) ?? 0) > 0, `${needed}: it never happened`)
  for (const [what, times] of [...world.happened].sort(([a], [b]) => (a < b ? -1 : 1)))
    t.diagnostic(`| ${what} | ${times} |`)
  for (const row of await monthTables(world, overdue)) t.diagnostic(row)
  const invoices = await client.list<Json>('/v1/invoices')
  const seconds = Math.round((performance.now() - startedMs) / 1_000)
  t.diagnostic(
    `${invoices.length} documents, of which open ${invoices.filter(({ open }) => minorOf(open) > 0n).length}; ${seconds} seconds`,
  )
})
