/** Coupons on what is void and billed anew: they are for the bills that they were for. Amounts are computed by hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CreditWorld, lines } from './credit-world.ts'
import { checkHolds } from './harness.ts'

const world = await CreditWorld.start('couponed')
const { client } = world
const half = { value: { kind: 'percent', percent: '50' }, duration: { kind: 'bills', count: 1 } }
await client.post('/v1/coupons', { code: 'FIRST', name: 'First', ...half })
const redeem = async (account: string): Promise<unknown> =>
  client.post('/v1/coupon-redemptions', { key: account, code: 'FIRST', account })
for (const account of ['once', 'next', 'after']) await world.subscriber(account, { plans: ['calls'] })
for (const account of ['once', 'next']) await redeem(account)
for (const [month, minutes] of [
  ['01', '100'],
  ['02', '10'],
] as const) {
  await world.setClock(`2026-${month}-20`)
  for (const account of ['once', 'next', 'after']) await world.use(account, month, minutes, { day: `2026-${month}-05` })
  await world.bill(month === '01' ? '2026-02-01' : '2026-03-01')
}

const totals = async (account: string): Promise<string[]> =>
  (await world.documents(account)).map(({ total, state }) => `${total} ${state}`)

test('half of the first bill is half of it when it is billed anew, at once, and after that, too', async () => {
  // 100 minutes of 0.10 less half, with 20 %; 10 minutes.
  assert.deepEqual(await totals('once'), ['6.00 issued', '1.20 issued'])
  const { number } = await world.first('once')
  const { rebilled } = await world.void(number, { rebill: true, atOnce: true })
  assert.deepEqual(
    rebilled.map(({ total }) => total),
    ['6.00'],
  )
  assert.deepEqual(lines(await world.last('once')), ['10.00 + 2.00', '-5.00 + -1.00'])
})

test('and when the next bill run bills it; a coupon that was redeemed after the first bill takes nothing of it', async () => {
  await world.void((await world.first('next')).number, { rebill: true })
  await redeem('after')
  await world.void((await world.first('after')).number, { rebill: true })
  await world.bill('2026-04-01')
  assert.deepEqual(await totals('next'), ['6.00 void', '1.20 issued', '-6.00 issued', '6.00 issued'])
  assert.deepEqual(lines(await world.last('next')), ['10.00 + 2.00', '-5.00 + -1.00'])
  assert.deepEqual(lines(await world.last('after')), ['10.00 + 2.00'])
  assert.equal((await totals('once')).length, 4)
  assert.deepEqual(await checkHolds(client), [])
})

test('what is billed anew is void again, and the coupon is still for it', async () => {
  const { rebilled } = await world.void((await world.last('next')).number, { rebill: true, atOnce: true })
  assert.deepEqual(
    rebilled.map(({ total }) => total),
    ['6.00'],
  )
  await world.bill('2026-05-01')
  assert.equal((await totals('next')).length, 6)
  assert.deepEqual(await checkHolds(client), [])
})
