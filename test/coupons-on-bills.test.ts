import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
  - { code: texts, name: Texts, eventType: text, aggregator: count, unit: text, scale: 0 }
plans:
  - code: arrears
    name: In arrears
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 31, every: { unit: month }, timing: arrears }
  - code: calls
    name: Calls alone
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
  - code: both
    name: Fee and calls
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 20, every: { unit: month } }
      - { kind: recurring, code: year, name: Year, amount: 120, every: { unit: year } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
  - code: capped
    name: All for at most 8
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 5, every: { unit: month }, timing: arrears }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
      - { kind: cap, code: cap, name: At most, amount: 8, every: { unit: month } }
  - code: texts-capped
    name: All for at most 8, without a fee
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
      - { kind: usage, code: texts, name: Texts, meter: texts, rate: { model: per_unit, unitAmount: 1 } }
      - { kind: cap, code: cap, name: At most, amount: 8, every: { unit: month } }
  - code: calls-and-texts
    name: Calls, and texts for a cent
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
      - { kind: usage, code: texts, name: Texts, meter: texts, rate: { model: per_unit, unitAmount: 0.01 } }
  - code: trial
    name: A week of trial
    currency: EUR
    phases:
      - { code: trial, lasts: { unit: week } }
      - { code: evergreen, lasts: null }
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: 7, every: { unit: month } }
      - { kind: commitment, code: least, name: At least, amount: 53, every: { unit: month }, proration: none }
`

const { client } = await startKvit('coupons', '2026-01-01T06:00:00Z')
await seedOperator(client, PLANS)
const half = { value: { kind: 'percent', percent: '50' } }
for (const count of [1, 3]) {
  const duration = { kind: 'bills', count }
  await client.post('/v1/coupons', { code: `HALF-${count}`, name: 'Half', ...half, duration })
}
await client.post('/v1/coupons', { code: 'HALF', name: 'Half', ...half, duration: { kind: 'forever' } })
await client.post('/v1/coupons', {
  ...{ code: 'NINETEEN', name: 'Nineteen', currency: 'EUR', value: { kind: 'fixed', amount: '19' } },
  duration: { kind: 'forever' },
})
await client.post('/v1/coupons', {
  ...{ code: 'TENTH', name: 'Tenth', value: { kind: 'percent', percent: '10' } },
  duration: { kind: 'forever' },
})

const clock = async (time: string): Promise<void> => {
  await client.post('/v1/tenants/coupons', { clock: time, back: true }, 'PATCH')
}
const bill = async (day: string): Promise<void> => {
  await clock(`${day}T06:00:00Z`)
  await runBills(client, day)
}
const redeem = async (account: string, code: string, more: Json = {}): Promise<void> => {
  await client.post('/v1/coupon-redemptions', { key: `${account}-${code}`, code, account, ...more })
}
async function use(id: string, service: string, time: string, minutes: string): Promise<void> {
  const report = await client.post('/v1/usage', [
    { id, source: 'switch', service, type: 'call', time, data: { minutes } },
  ])
  assert.equal(report['charged'], 1)
}

interface Document {
  lines: { description: string; amount: string; from: string; until: string; kind: string }[]
}
async function documentsOf(account: string): Promise<Document[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return Promise.all(
    list.map(async ({ id }) => (await client.get<{ document: Document }>(`/v1/invoices/${id}`)).document),
  )
}
const told = ({ lines }: Document): string[] =>
  lines.map(({ description, amount, from }) => `${from.slice(0, 7)} ${description} ${amount}`)
const lastOf = async (account: string): Promise<string[]> => told((await documentsOf(account)).at(-1) as Document)

async function subscriber(key: string, plan: string, more: Json = {}): Promise<void> {
  await clock('2026-01-01T06:00:00Z')
  await createSubscriber(client, key, { plan, startsAt: '2026-01-01T00:00:00Z', ...more })
}

for (const count of [1, 3]) {
  test(`M5: a coupon for ${count} bills, redeemed on the anchor, is for the first ${count} with something in arrears`, async () => {
    await subscriber(`fee-${count}`, 'arrears')
    await subscriber(`calls-${count}`, 'calls')
    await redeem(`fee-${count}`, `HALF-${count}`)
    await redeem(`calls-${count}`, `HALF-${count}`)
    await bill('2026-01-01')
    const given: string[][] = [[], []]
    for (const month of ['02', '03', '04', '05', '06']) {
      const used = `2026-0${Number(month) - 1}-15T00:00:00Z`
      await clock(used)
      // Nothing is used in March: that bill has nothing to discount, and is not counted.
      if (month !== '04') await use(`${count}-${month}`, `calls-${count}`, used, '100')
      await bill(`2026-${month}-01`)
    }
    for (const [index, name] of ['fee', 'calls'].entries())
      for (const { lines } of await documentsOf(`${name}-${count}`))
        given[index]?.push(...lines.filter(({ kind }) => kind === 'discount').map(({ from }) => from.slice(5, 7)))
    assert.deepEqual(
      given,
      count === 1
        ? [['01'], ['01']]
        : [
            ['01', '02', '03'],
            ['01', '02', '04'],
          ],
    )
    const [redeemed] = await client.list<Json>(`/v1/coupon-redemptions?account=calls-${count}`)
    assert.equal(redeemed?.['billsLeft'], 0)
  })
}

test('M6: redeemed after an invoice was issued, a coupon is for the next one, and a row says which period it discounts', async () => {
  await subscriber('after', 'both')
  await bill('2026-01-01')
  await clock('2026-01-20T06:00:00Z')
  await use('after-1', 'after', '2026-01-10T00:00:00Z', '100')
  await bill('2026-02-01')
  await redeem('after', 'HALF-1')
  await clock('2026-02-10T06:00:00Z')
  await use('after-2', 'after', '2026-02-09T00:00:00Z', '40')
  // Of January, and billed at 10.00 already: 2.00 more.
  await use('after-3', 'after', '2026-01-11T00:00:00Z', '20')
  const { documents } = await client.get<{ documents: Document[] }>('/v1/accounts/after/next-invoice')
  const right = [
    '2026-02 Calls 4.00',
    '2026-02 Half -2.00',
    '2026-03 Fee 20.00',
    '2026-03 Half -10.00',
    '2026-01 Calls 2.00',
    '2026-01 Half -1.00',
  ]
  assert.deepEqual(documents.map(told), [right])
  await bill('2026-03-01')
  assert.deepEqual(await lastOf('after'), right)
  await bill('2026-04-01')
  assert.deepEqual(await lastOf('after'), ['2026-04 Fee 20.00'], 'it was for one bill')
})

test('M6: a bill run that comes late issues after the redemption, whatever day it bills', async () => {
  await subscriber('lagging', 'calls')
  await clock('2026-02-03T06:00:00Z')
  await use('lagging-1', 'lagging', '2026-01-10T00:00:00Z', '100')
  await redeem('lagging', 'HALF-1')
  await clock('2026-02-05T06:00:00Z')
  await runBills(client, '2026-02-01')
  assert.deepEqual(await lastOf('lagging'), ['2026-01 Calls 10.00', '2026-01 Half -5.00'])
})

test('M6: a month without a bill is not the first bill of a coupon when its usage comes late', async () => {
  await subscriber('empty', 'calls')
  await bill('2026-02-01')
  await redeem('empty', 'HALF-1')
  await clock('2026-02-10T06:00:00Z')
  await use('empty-1', 'empty', '2026-01-10T00:00:00Z', '100')
  await use('empty-2', 'empty', '2026-02-09T00:00:00Z', '40')
  await bill('2026-03-01')
  assert.deepEqual(await lastOf('empty'), [
    '2026-02 Calls 4.00',
    '2026-02 Half -2.00',
    '2026-01 Calls 10.00',
    '2026-01 Half -5.00',
  ])
})

test('M6: after an interim invoice, a coupon is for the rest of the period', async () => {
  await subscriber('interim', 'calls')
  await client.post('/v1/accounts/interim', { progressiveBilling: { threshold: '10' } }, 'PATCH')
  await clock('2026-01-10T06:00:00Z')
  await use('interim-1', 'interim', '2026-01-09T00:00:00Z', '100')
  while ((await documentsOf('interim')).length === 0) await new Promise((resolve) => setTimeout(resolve, 100))
  await redeem('interim', 'HALF-1')
  await use('interim-2', 'interim', '2026-01-10T00:00:00Z', '40')
  await bill('2026-02-01')
  assert.deepEqual(await lastOf('interim'), ['2026-01 Calls 4.00', '2026-01 Half -2.00'])
})

test('M6: of several coupons each is for what was billed after it, also in credits', async () => {
  await subscriber('several', 'calls')
  await redeem('several', 'TENTH')
  await clock('2026-01-20T06:00:00Z')
  await use('several-1', 'several', '2026-01-10T00:00:00Z', '100')
  await bill('2026-02-01')
  assert.deepEqual(await lastOf('several'), ['2026-01 Calls 10.00', '2026-01 Tenth -1.00'])
  await redeem('several', 'HALF')
  await clock('2026-02-10T06:00:00Z')
  await use('several-2', 'several', '2026-01-11T00:00:00Z', '100')
  await use('several-3', 'several', '2026-02-09T00:00:00Z', '10')
  await bill('2026-03-01')
  // A tenth of all 20.00; then half of what is left of the 10.00 that came after.
  assert.deepEqual(await lastOf('several'), [
    '2026-02 Calls 1.00',
    '2026-02 Tenth -0.10',
    '2026-02 Half -0.45',
    '2026-01 Calls 10.00',
    '2026-01 Tenth -1.00',
    '2026-01 Half -4.50',
  ])
  await clock('2026-03-10T06:00:00Z')
  const record = { source: 'switch', id: 'several-2' }
  await client.post('/v1/usage-corrections', { ...record, action: 'retract', reason: 'a test', key: 'several-2' })
  await bill('2026-04-01')
  assert.deepEqual(await lastOf('several'), ['2026-01 Calls -10.00', '2026-01 Tenth 1.00', '2026-01 Half 4.50'])
})

test('an interim invoice of the first day of a period is on the bill of that period', async () => {
  await subscriber('first-day', 'capped')
  await redeem('first-day', 'HALF')
  await client.post('/v1/accounts/first-day', { progressiveBilling: { threshold: '1' } }, 'PATCH')
  await use('first-day-1', 'first-day', '2026-01-01T02:00:00Z', '400')
  while ((await documentsOf('first-day')).length === 0) await new Promise((resolve) => setTimeout(resolve, 100))
  assert.deepEqual(await lastOf('first-day'), ['2026-01 Calls 40.00', '2026-01 At most -32.00', '2026-01 Half -4.00'])
  await bill('2026-02-01')
  // 45.00 for at most 8.00: 0.89 and 7.11, and half of it, 4.00, is 0.45 and 3.55. Nothing is to be paid, and nothing to be credited.
  assert.deepEqual(await lastOf('first-day'), [
    '2026-01 Fee 5.00',
    '2026-01 At most -4.11',
    '2026-01 Half -0.45',
    '2026-01 At most -0.89',
    '2026-01 Half 0.45',
  ])
})

test('what falls due on a day is rounded once for a discount, also where some of it is on a later bill', async () => {
  await subscriber('late-texts', 'texts-capped')
  await redeem('late-texts', 'HALF')
  await use('late-texts-1', 'late-texts', '2026-01-01T02:00:00Z', '400')
  await bill('2026-02-01')
  for (const id of ['2', '3', '4', '5', '6'])
    await client.post('/v1/usage', [
      { id: `late-texts-${id}`, source: 'switch', service: 'late-texts', type: 'text', time: '2026-01-01T03:00:00Z' },
    ])
  await bill('2026-03-01')
  // 7.11 and 0.89 by now, of which half is 3.555 and 0.445: each rounded by itself they would be 4.01, a credit note of 0.01.
  assert.deepEqual((await lastOf('late-texts')).toSorted(), [
    '2026-01 At most -0.89',
    '2026-01 At most -4.11',
    '2026-01 Half -0.44',
    '2026-01 Half 0.44',
    '2026-01 Texts 5.00',
  ])
})

test('what rounds to nothing on a bill counts with what comes of the same day on a later one', async () => {
  await subscriber('little', 'calls-and-texts')
  await redeem('little', 'TENTH')
  await use('little-1', 'little', '2026-01-01T02:00:00Z', '0.4')
  await bill('2026-02-01')
  assert.deepEqual(await lastOf('little'), ['2026-01 Calls 0.04'])
  const text = { id: 'little-2', source: 'switch', service: 'little', type: 'text', time: '2026-01-01T03:00:00Z' }
  await client.post('/v1/usage', [text])
  await bill('2026-03-01')
  // A tenth of 0.05 is 0.01, of 0.04 it was nothing.
  assert.deepEqual(await lastOf('little'), ['2026-01 Texts 0.01', '2026-01 Tenth -0.01'])
})

test('a minimum without proration falls due when its period ends, though a phase ended within it', async () => {
  await subscriber('phased', 'trial')
  await redeem('phased', 'NINETEEN')
  await bill('2026-02-01')
  const documents = await documentsOf('phased')
  // 19.00 for each bill: both that fall due on 1 February share it. The minimum is no older than the fee of February.
  assert.deepEqual(documents.map(told), [
    ['2026-01 Fee 7.00', '2026-01 Nineteen -7.00'],
    ['2026-01 At least 46.00', '2026-01 Nineteen -16.49', '2026-02 Fee 7.00', '2026-02 Nineteen -2.51'],
  ])
  const least = documents.at(-1)?.lines.find(({ description }) => description === 'At least')
  assert.deepEqual([least?.from, least?.until], ['2026-01-01', '2026-02-01'])
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
