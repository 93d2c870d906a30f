/**
 * A quarter of a tenant, day by day: accounts with cards, direct debits, transfers, and cash at terminals and at a desk; what is declined, comes back, is disputed, is paid twice and is
 * paid back; a clerk, a bank, and a provider that pays out. At the end of every day the ledger comes to zero, what customers owe is what is open,
 * and each account of cash is what whoever holds the money says, to the last cent. With 1,000 accounts:
 * `KVIT_TEST_ACCOUNTS=1000 node tools/run-tests.ts test/quarter.test.ts --test-timeout=10800000`
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { importCustomers } from '../src/cli/commands-customers.ts'
import { checkHolds } from './harness.ts'
import { daysAfter } from './quarter/bank.ts'
import { CardPayers } from './quarter/cards.ts'
import { CashPayers } from './quarter/cash.ts'
import { DebitPayers } from './quarter/debits.ts'
import { KioskPayers } from './quarter/kiosks.ts'
import { TransferPayers } from './quarter/transfers.ts'
import { minorOf, PLANS, QuarterWorld } from './quarter/world.ts'

const ACCOUNTS = Number(process.env['KVIT_TEST_ACCOUNTS'] ?? 20)
/** Fifty days are enough to see each thing happen once. */
const END = ACCOUNTS < 100 ? '2026-02-20' : '2026-04-01'

const world = await QuarterWorld.open()
const { client, stripe, bank } = world
const keys = Array.from({ length: ACCOUNTS }, (_, at) => `q${String(at).padStart(4, '0')}`)
const ofMethod = (from: number, until: number): string[] => keys.filter((_, at) => at % 20 >= from && at % 20 < until)
const cards = new CardPayers(world, ofMethod(0, 6))
const debits = new DebitPayers(world, ofMethod(6, 11))
const transfers = new TransferPayers(world, ofMethod(11, 16))
const kiosks = new KioskPayers(world, ofMethod(16, 18))
const cash = new CashPayers(world, ofMethod(18, 20))

async function seed(): Promise<void> {
  const header =
    'customer.key,customer.name,account.key,account.issuer,account.currency,account.zone,account.cycleAnchor,service.key,service.validFrom,subscription.key,subscription.plan,subscription.startsAt'
  const rows = keys.map((key, at) => {
    const since = '2026-01-01T00:00:00Z'
    return `${key},Payer ${key},${key},op,EUR,UTC,2026-01-01,${key},${since},${key},${PLANS[at % 3]},${since}`
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
  await cards.begin()
  await debits.begin()
  await kiosks.begin()
  await cash.begin()
  for (let day = world.day; day < END; day = daysAfter(day, 1)) {
    await world.goTo(day)
    if (day.endsWith('-01')) {
      await runBills(client, day)
      await world.settle()
      await transfers.plan()
      kiosks.plan()
      cash.plan()
    }
    await cards.act()
    await debits.act()
    await kiosks.act()
    await cash.act()
    await world.importStatement()
    await transfers.decide()
    await cash.decide()
    await transfers.giveBack()
    await close()
    if (day.endsWith('-15')) assert.deepEqual(await checkHolds(client), [], day)
  }
  assert.deepEqual(await checkHolds(client), [])
  for (const [what, times] of [...world.happened].sort(([a], [b]) => (a < b ? -1 : 1)))
    t.diagnostic(`${what} | ${times}`)
  const invoices = await client.list<Json>('/v1/invoices')
  t.diagnostic(
    `documents | ${invoices.length}, of which open ${invoices.filter(({ open }) => minorOf(open) > 0n).length}`,
  )
})
