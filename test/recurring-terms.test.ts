import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'
import { LifeWorld } from './life-world.ts'

const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: thirty
    name: Thirty
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 19.95, every: { unit: month }, timing: arrears, proration: fixed30 }
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

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(kvit.client), [])
})
