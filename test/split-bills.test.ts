/** Bills that are split: a document for each cost centre, service or subscription. Amounts by hand; a minute is 0.10, tax is 20 %. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('split')
const { client } = world

/** A business of three lines: two of cost centre 4711, one of 4712, and one that belongs to nobody. */
async function firm(key: string, splitBy: string | null, more: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country: 'XA' } })
  await client.post('/v1/accounts', {
    ...{ key, customer: key, issuer: 'XA', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01', splitBy, ...more },
  })
  const centres = { a: '4711', b: '4712', c: '4711', d: null }
  for (const [name, centre] of Object.entries(centres)) {
    const own = `${key}-${name}`
    const metadata = centre === null ? {} : { costCentre: centre }
    await client.post('/v1/services', { key: own, account: key, validFrom: '2026-01-01T00:00:00Z', metadata })
    await client.post('/v1/subscriptions', {
      ...{
        key: own,
        account: key,
        service: own,
        plan: 'calls',
        startsAt: '2026-01-01T00:00:00Z',
        alignment: 'calendar',
      },
    })
  }
}
const use = async (firmKey: string, name: string, id: string, minutes: string, day = '2026-01-05'): Promise<void> =>
  world.use(`${firmKey}-${name}`, id, minutes, { day })
interface Shown {
  readonly number: string
  readonly part?: { readonly by: string; readonly value: string }
}
const shown = async (account: string): Promise<string[]> =>
  (await world.documents(account)).map(
    ({ document, total }) => `${(document as unknown as Shown).part?.value ?? '-'} ${total}`,
  )

const FIRMS = { centres: 'metadata.costCentre', services: 'service', subscriptions: 'subscription', whole: null }
for (const [key, by] of Object.entries(FIRMS)) await firm(key, by)
await world.setClock('2026-01-20')
for (const key of Object.keys(FIRMS)) {
  await use(key, 'a', '1', '100')
  await use(key, 'b', '1', '50')
  await use(key, 'c', '1', '10')
  await use(key, 'd', '1', '5')
}

test('one day has a document for each part, in the order of their names, and what belongs to none comes first', async () => {
  await world.bill('2026-02-01')
  assert.deepEqual(await shown('whole'), ['- 19.80'])
  assert.deepEqual(await shown('centres'), ['- 0.60', '4711 13.20', '4712 6.00'])
  assert.deepEqual(await shown('services'), [
    'services-a 12.00',
    'services-b 6.00',
    'services-c 1.20',
    'services-d 0.60',
  ])
  assert.equal((await shown('subscriptions')).length, 4)
  const numbers = (await world.documents('centres')).map(({ number }) => Number(number.split('-').at(-1)))
  assert.deepEqual(
    numbers,
    [0, 1, 2].map((more) => (numbers[0] as number) + more),
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('lists and the command line show which part a document is of', async () => {
  const [, ofCentre] = await client.list('/v1/invoices?account=centres')
  assert.equal(ofCentre?.['part'], '4711')
  const number = String(ofCentre?.['number'])
  const kvit = commandsOf(world.kvit.app, 'split')
  assert.match(await kvit('invoice', 'show', number), /part +4711/)
})

test('late usage, credits and voids stay with their part; nothing is billed twice', async () => {
  await world.setClock('2026-02-20')
  await use('centres', 'a', '2', '20')
  await world.retract('centres-b', '1')
  const [, ofA] = await world.documents('centres')
  await world.void((ofA as { number: string }).number, { rebill: true })
  await world.bill('2026-03-01')
  // 4711: 13.20 are void, and 100 + 20 + 10 minutes are billed anew; 4712 has its 6.00 back.
  assert.deepEqual(await shown('centres'), [
    '- 0.60',
    '4711 13.20',
    '4712 6.00',
    '4711 -13.20',
    '4711 15.60',
    '4712 -6.00',
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('interim invoices are split, too, and the period bills the rest of each part', async () => {
  await firm('soon', 'metadata.costCentre', { progressiveBilling: { threshold: '10' } })
  await world.setClock('2026-03-10')
  await use('soon', 'a', '1', '80', '2026-03-05')
  await use('soon', 'b', '1', '40', '2026-03-05')
  for (let looks = 0; looks < 600 && (await shown('soon')).length < 2; looks++) await setTimeout(100)
  assert.deepEqual(await shown('soon'), ['4711 9.60', '4712 4.80'])
  await world.setClock('2026-03-20')
  await use('soon', 'b', '2', '30', '2026-03-15')
  await world.bill('2026-04-01')
  assert.deepEqual(await shown('soon'), ['4711 9.60', '4712 4.80', '4712 3.60'])
  assert.deepEqual(await checkHolds(client), [])
})

test('an account whose bills come to be split, and are no longer, bills what is left once', async () => {
  await world.setClock('2026-04-10')
  await client.post('/v1/accounts/whole', { splitBy: 'metadata.costCentre' }, 'PATCH')
  await use('whole', 'a', '3', '10', '2026-04-05')
  await use('whole', 'b', '3', '20', '2026-04-05')
  await world.bill('2026-05-01')
  await client.post('/v1/accounts/whole', { splitBy: null }, 'PATCH')
  await world.setClock('2026-05-10')
  await use('whole', 'a', '4', '10', '2026-05-05')
  await use('whole', 'b', '4', '20', '2026-05-05')
  await world.bill('2026-06-01')
  assert.deepEqual(await shown('whole'), ['- 19.80', '4711 1.20', '4712 2.40', '- 3.60'])
  assert.deepEqual(await checkHolds(client), [])
})

test('an entry that nobody wrote is none, whatever it is called', async () => {
  await world.setClock('2026-01-20')
  await world.subscriber('odd', { plans: ['calls'], splitBy: 'metadata.constructor' })
  await world.use('odd', '1', '100')
  await world.bill('2026-02-01')
  assert.deepEqual(await shown('odd'), ['- 12.00'])
})

test('what it may be split by', async () => {
  for (const splitBy of ['price', 'metadata.', 'costCentre', '']) {
    const { status } = await world.kvit.request('PATCH', '/v1/accounts/whole', { body: { splitBy } })
    assert.equal(status, 400, splitBy)
  }
})
