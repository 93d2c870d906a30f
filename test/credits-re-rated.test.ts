import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { CreditWorld } from './credit-world.ts'
import { checkHolds } from './harness.ts'

/** What was given up of usage is given up, also where a re-rating moves the usage to another version of its plan. */
const world = await CreditWorld.start('credits-re-rated')
const { client } = world
const ACCOUNTS = ['void', 'part', 'much', 'plain'] as const

/** Publishes the next version of the plan with a price, and re-rates January from one version to another. */
async function reRate(from: number, to: number, price: string): Promise<void> {
  const calls = `{ kind: usage, code: calls, name: calls, meter: minutes, rate: { model: per_unit, unitAmount: ${price} } }`
  const text = `plans:\n  - { code: calls, name: calls, currency: EUR, prices: [${calls}] }`
  await client.post('/v1/catalog', { files: [{ name: 'next.yaml', text }] })
  await move({ code: 'calls', version: from }, { code: 'calls', version: to }, `to-${to}`, '2026-01-01', '2026-02-01')
}

interface Version {
  readonly code: string
  readonly version: number
}

/** Re-rates usage of some days from one version of a plan to another. */
async function move(from: Version, to: Version, key: string, first: string, until: string): Promise<void> {
  const draft = { key, reason: 'another price was agreed', plans: [{ from, to }], from: first, until }
  const { id } = await client.post<Json>('/v1/re-ratings', draft)
  const became = async (wanted: string): Promise<void> => {
    for (;;) {
      const found = await client.get<Json>(`/v1/re-ratings/${id}`)
      assert.notEqual(found['status'], 'failed', JSON.stringify(found))
      if (found['status'] === wanted) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  await became('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await became('complete')
}

/** What is left to be paid of all documents of each account. */
async function left(accounts: readonly string[]): Promise<string[]> {
  return Promise.all(
    accounts.map(async (account) =>
      (await totals(account))
        .split(' ')
        .reduce((sum, total) => sum + Number(total), 0)
        .toFixed(2),
    ),
  )
}

async function totals(account: string): Promise<string> {
  return (await world.documents(account)).map(({ total }) => total).join(' ')
}

test('100 minutes of 0.10 with 20 % of tax, given up whole, in part, or not', async () => {
  for (const account of ACCOUNTS) await world.subscriber(account, { plans: ['calls'] })
  await world.setClock('2026-01-20')
  for (const account of ACCOUNTS) await world.use(account, '1', '100')
  await world.bill('2026-02-01')
  const first = async (account: string): Promise<string> => (await world.first(account)).number
  await client.post(`/v1/invoices/${await first('void')}/void`, { key: 'v', reason: 'billing_error', rebill: false })
  const credit = { reason: 'goodwill' }
  await client.post(`/v1/invoices/${await first('part')}/credit-notes`, { ...credit, key: 'p', amount: '6.00' })
  await client.post(`/v1/invoices/${await first('much')}/credit-notes`, { ...credit, key: 'm', amount: '10.80' })
  assert.deepEqual(await Promise.all(ACCOUNTS.map(totals)), ['12.00 -12.00', '12.00 -6.00', '12.00 -10.80', '12.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('a lower price credits what is left above it, and bills nothing anew', async () => {
  await reRate(1, 2, '0.07')
  await world.bill('2026-03-01')
  // Its usage stands under the other version now, as a note of nothing says.
  // 8.40 is owed of 12.00: 3.60 are credited. Of 6.00 that are left, 2.40 are to be paid; of 1.20 that are left, nothing any more.
  assert.deepEqual(await Promise.all(ACCOUNTS.map(totals)), [
    '12.00 -12.00 0.00',
    '12.00 -6.00 -3.60',
    '12.00 -10.80 -1.20',
    '12.00 -3.60',
  ])
  assert.deepEqual(await checkHolds(client), [])
})

test('a higher price bills what is above what was given up', async () => {
  await reRate(2, 3, '0.15')
  await world.bill('2026-04-01')
  // 18.00 less 12.00, 6.00 and 10.80 that were given up.
  assert.deepEqual(await left(ACCOUNTS), ['6.00', '12.00', '7.20', '18.00'])
  assert.deepEqual(await checkHolds(client), [])
})

test('usage that moves to prices of other names is still the charge that was given up', async () => {
  const perMinute = (code: string, price: string): string =>
    `{ kind: usage, code: ${code}, name: ${code}, meter: minutes, rate: { model: per_unit, unitAmount: ${price} } }`
  const text = ['voice', 'dear'].map(
    (code, at) =>
      `plans:\n  - { code: ${code}, name: ${code}, currency: EUR, prices: [${perMinute(code, ['0.07', '0.15'][at] as string)}] }`,
  )
  for (const [at, one] of text.entries())
    await client.post('/v1/catalog', { files: [{ name: `other-${at}.yaml`, text: one }] })
  const own = ['april-void', 'april-part', 'april-plain'] as const
  for (const account of own) await world.subscriber(account, { plans: ['calls'] })
  await world.setClock('2026-04-20')
  // The newest version of `calls` is 0.15 a minute: 80 minutes of April are 12.00, with tax 14.40.
  for (const account of own) await world.use(account, 'april', '80', { day: '2026-04-05' })
  await world.bill('2026-05-01')
  const number = async (account: string): Promise<string> => (await world.documents(account)).at(-1)?.number as string
  await client.post(`/v1/invoices/${await number('april-void')}/void`, {
    key: 'av',
    reason: 'billing_error',
    rebill: false,
  })
  await client.post(`/v1/invoices/${await number('april-part')}/credit-notes`, {
    reason: 'goodwill',
    key: 'ap',
    amount: '7.20',
  })
  assert.deepEqual(await Promise.all(own.map(totals)), ['14.40 -14.40', '14.40 -7.20', '14.40'])
  await move({ code: 'calls', version: 3 }, { code: 'voice', version: 1 }, 'to-voice', '2026-04-01', '2026-05-01')
  await world.bill('2026-06-01')
  // 80 minutes of 0.07 are 5.60, with tax 6.72: given up whole, nothing is owed; of 7.20 in part, nothing either; else 6.72.
  assert.deepEqual(await left(own), ['0.00', '0.00', '6.72'])
  assert.deepEqual(await checkHolds(client), [])
  await move({ code: 'voice', version: 1 }, { code: 'dear', version: 1 }, 'to-dear', '2026-04-01', '2026-05-01')
  await world.bill('2026-07-01')
  // 12.00 again, with tax 14.40.
  assert.deepEqual(await left(own), ['0.00', '7.20', '14.40'])
  assert.deepEqual(await checkHolds(client), [])
})
