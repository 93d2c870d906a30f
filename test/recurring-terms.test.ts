import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'
import { LifeWorld } from './life-world.ts'

const yearly = (seatChanges: string): string => `
  - code: ${seatChanges.replace('_', '-')}
    name: Seats
    currency: EUR
    prices:
      - { kind: recurring, code: seats, name: Seats, amount: 120, every: { unit: year }, seatChanges: ${seatChanges} }`
const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: thirty
    name: Thirty
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 19.95, every: { unit: month }, timing: arrears, proration: fixed30 }
${['next_bill', 'at_once', 'period_end'].map(yearly).join('')}
`

const kvit = await startKvit('recurring', '2023-01-01T06:00:00Z')
await seedOperator(kvit.client, PLANS)
const life = new LifeWorld(kvit, 'recurring')

/** First day, the day behind the last, and the amounts of the months that it touches. */
const THIRTY: readonly (readonly [string, string, string])[] = [
  ['2023-05-15', '2023-05-23', '5.32'],
  ['2023-06-15', '2023-06-23', '5.32'],
  ['2023-05-23', '2023-06-15', '14.63'],
  ['2023-05-01', '2023-05-02', '0.67'],
  ['2023-05-31', '2023-06-01', '0.67'],
  ['2023-02-01', '2023-02-02', '0.67'],
  ['2023-02-28', '2023-03-01', '0.67'],
  ['2023-01-01', '2024-01-01', '239.40'],
]

test('M11: thirty days a month, whatever the month: 19.95 on invoices', async () => {
  await life.clock('2023-01-01T06:00:00Z')
  for (const [index, [from, until]] of THIRTY.entries())
    await createSubscriber(kvit.client, `thirty-${index}`, {
      ...{ plan: 'thirty', startsAt: `${from}T00:00:00Z`, endsAt: `${until}T00:00:00Z` },
    })
  await life.clock('2024-01-01T06:00:00Z')
  await runBills(kvit.client, '2024-01-01')
  for (const [index, [from, until, amount]] of THIRTY.entries()) {
    const cents = (await life.invoicesOf(`thirty-${index}`)).reduce(
      (sum, { total }) => sum + BigInt(total.replace('.', '')),
      0n,
    )
    assert.equal(cents, BigInt(amount.replace('.', '')), `${from} until ${until}`)
  }
})

/** The account's cycle, when the price bills a change, and the days and totals of bills until 1 January 2024. */
const SEATS: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
  [
    'month',
    'next-bill',
    [
      ['2023-01-01', '600.00'],
      ['2023-02-01', '550.68'],
      ['2024-01-01', '1200.00'],
    ],
  ],
  [
    'month',
    'period-end',
    [
      ['2023-01-01', '600.00'],
      ['2024-01-01', '1750.68'],
    ],
  ],
  [
    'year',
    'at-once',
    [
      ['2023-01-01', '600.00'],
      ['2023-01-31', '550.68'],
      ['2024-01-01', '1200.00'],
    ],
  ],
  [
    'year',
    'next-bill',
    [
      ['2023-01-01', '600.00'],
      ['2024-01-01', '1750.68'],
    ],
  ],
]

for (const [cycleUnit, plan, bills] of SEATS) {
  test(`E7: from 5 to 10 seats of a year on day 31, bills by the ${cycleUnit}, ${plan}`, async () => {
    const key = `seats-${cycleUnit}-${plan}`
    await life.clock('2023-01-01T06:00:00Z')
    await kvit.client.post('/v1/customers', { key, name: key })
    const account = {
      key,
      customer: key,
      issuer: 'op',
      currency: 'EUR',
      zone: 'UTC',
      cycleAnchor: '2023-01-01',
      cycleUnit,
    }
    await kvit.client.post('/v1/accounts', account)
    const startsAt = '2023-01-01T00:00:00Z'
    await kvit.client.post('/v1/subscriptions', { key, account: key, plan, startsAt, quantity: 5 })
    await runBills(kvit.client, '2023-01-01')
    await life.clock('2023-01-31T12:00:00Z')
    await life.change(key, { kind: 'quantity', quantity: 10, at: '2023-01-31T00:00:00Z' })
    await life.billedTo('2023-02-01')
    await life.billedTo('2024-01-01')
    assert.deepEqual(
      (await life.invoicesOf(key)).map(({ billingDay, total }) => [billingDay, total]),
      bills,
    )
  })
}

test('E7: a subscription may have no seats, and get some later', async () => {
  await life.clock('2023-01-01T06:00:00Z')
  await createSubscriber(kvit.client, 'none', { plan: 'at-once', startsAt: '2023-01-01T00:00:00Z', quantity: 0 })
  await life.clock('2023-01-31T12:00:00Z')
  await runBills(kvit.client, '2023-01-31')
  assert.deepEqual(await life.invoicesOf('none'), [])
  await life.change('none', { kind: 'quantity', quantity: 5, at: '2023-01-31T00:00:00Z' })
  await life.change('none', { kind: 'quantity', quantity: 0, at: '2023-12-31T00:00:00Z' })
  await life.billedTo('2023-02-01')
  await life.billedTo('2024-01-01')
  // 5 × 120 × 334/365: the last day has none.
  assert.deepEqual(
    (await life.invoicesOf('none')).map(({ total }) => total),
    ['549.04'],
  )
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(kvit.client), [])
})
