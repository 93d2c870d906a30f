import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds } from './harness.ts'
import { startLife } from './life-world.ts'

const life = await startLife('life')

test('PR-14, on a running system: a change of plan gives the unused share back and charges the new plan on its day', async () => {
  await life.subscriber('ada', 'small')
  await runBills(life.client, '2026-03-01')
  await life.clock('2026-03-15T12:00:00Z')
  await life.use('ada-1', 'ada', '2026-03-15T11:00:00Z', '120')
  const previewed = await life.client.post('/v1/subscriptions/ada/changes/preview', { kind: 'plan', plan: 'large' })
  assert.deepEqual([previewed['billedOn'], previewed['difference']], ['2026-03-15', '57.00'])
  assert.equal(
    ((await life.client.get('/v1/subscriptions/ada/timeline'))['changes'] as Json[]).length,
    0,
    'nothing is kept',
  )
  await life.change('ada', { kind: 'plan', plan: 'large' })
  await life.use('ada-2', 'ada', '2026-03-15T12:00:00Z', '120')
  await life.use('ada-3', 'ada', '2026-03-15T11:30:00Z', '10')
  await runBills(life.client, '2026-03-15')
  assert.deepEqual(await life.lastLines('ada'), [
    'Installation 40.00',
    'Large fee (17/31) 34.00',
    'Small fee (14/31) -17.00',
  ])
  await life.billedTo('2026-04-01')
  assert.deepEqual(await life.lastLines('ada'), ['Calls 11.50', 'Calls at large 1.20', 'Large fee 62.00'])
})

test('changing and changing back at one instant costs nothing, and a withdrawn change is credited', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('bea', 'small')
  await runBills(life.client, '2026-03-01')
  await life.clock('2026-03-10T06:00:00Z')
  const at = '2026-03-08T00:00:00Z'
  await life.change('bea', { kind: 'plan', plan: 'large', at })
  await life.change('bea', { kind: 'plan', plan: 'small', at })
  await life.billedTo('2026-04-01')
  assert.deepEqual(await life.lastLines('bea'), ['Small fee 31.00'])
  const back = await life.change('bea', { kind: 'quantity', quantity: 3, at: '2026-03-11T00:00:00Z' })
  await life.billedTo('2026-05-01')
  assert.deepEqual(await life.lastLines('bea'), [
    'Small fee (1 × 10/31 + 3 × 21/31) 42.00',
    'Small fee 62.00',
    'Small fee 93.00',
  ])
  await life.client.post(`/v1/subscriptions/bea/changes/${back['id']}`, undefined, 'DELETE')
  await life.billedTo('2026-06-01')
  assert.deepEqual(await life.lastLines('bea'), [
    'Small fee -42.00',
    'Small fee -62.00',
    'Small fee -62.00',
    'Small fee 31.00',
  ])
  const twice = await life.refusal(`/v1/subscriptions/bea/changes/${back['id']}`, undefined, 'DELETE')
  assert.equal(twice, 'conflict')
})

test('a pause charges only what the plan keeps charging, and usage in it is suspended', async () => {
  await life.clock('2026-03-01T06:00:00Z')
  await life.subscriber('cleo', 'seats')
  await life.subscriber('dora', 'small')
  await life.clock('2026-04-20T06:00:00Z')
  await life.change('dora', { kind: 'pause', at: '2026-04-11T00:00:00Z' })
  await life.change('cleo', { kind: 'pause', at: '2026-04-11T00:00:00Z' })
  assert.equal((await life.client.get('/v1/subscriptions/cleo'))['state'], 'paused')
  const report = await life.use('dora-1', 'dora', '2026-04-12T00:00:00Z', '5')
  assert.equal(report['suspended'], 1)
  assert.equal((await life.client.list('/v1/suspense?reason=paused')).length, 1)
  await life.change('cleo', { kind: 'resume', at: '2026-04-21T00:00:00Z' })
  assert.equal(
    await life.refusal('/v1/subscriptions/cleo/changes', { kind: 'resume', at: '2026-04-25T00:00:00Z' }),
    'conflict',
  )
  await life.change('cleo', { kind: 'quantity', quantity: 7, at: '2026-04-26T00:00:00Z' })
  await life.billedTo('2026-05-01')
  const cleo = (await life.invoicesOf('cleo')).flatMap(({ document }) => document.lines)
  const april = cleo
    .filter(({ from }) => from.startsWith('2026-04'))
    .map(({ description, amount }) => `${description} ${amount}`)
  // Five seats at 31 and two at 15.50 are 186; one is 31: 15/30 of 31, and 5/30 of 186 make 46.50.
  assert.deepEqual(april.sort(), ['Number kept (1 × 25/30 + 7 × 5/30) 6.20', 'Seats (1 × 15/30 + 7 × 5/30) 46.50'])
})

test('units that came with a plan are for use under it, and a chain of plans gives no more than each of them once', async () => {
  await life.clock('2026-03-10T06:00:00Z')
  await life.subscriber('leo', 'talk')
  const charged = async (id: string, minutes: string, time = '2026-03-10T06:00:00Z'): Promise<string> => {
    await life.use(id, 'leo', time, minutes)
    return (await life.client.get<{ credit: { owed: string } }>('/v1/accounts/leo/balances')).credit.owed
  }
  assert.equal(Number(await charged('leo-1', '10', '2026-03-09T12:00:00Z')), 0)
  await life.change('leo', { kind: 'plan', plan: 'talk-more', at: '2026-03-10T00:00:00Z' })
  assert.equal(Number(await charged('leo-2', '101')), 2, 'the other 50 minutes of the old plan cover nothing now')
  await life.change('leo', { kind: 'plan', plan: 'talk', at: '2026-03-10T05:00:00Z' })
  assert.equal(Number(await charged('leo-3', '51')), 3, 'but they do when it is back')
  await life.change('leo', { kind: 'plan', plan: 'talk-more', at: '2026-03-10T05:30:00Z' })
  assert.equal(Number(await charged('leo-4', '1')), 5)
})

test('what cannot be is refused', async () => {
  await life.clock('2026-03-20T06:00:00Z')
  await life.subscriber('kay', 'small', { startsAt: '2026-03-10T00:00:00Z' })
  assert.equal(
    await life.refusal('/v1/subscriptions/kay/changes', { kind: 'cancel', at: '2026-03-09T23:59:59Z' }),
    'unprocessable',
  )
  assert.equal(await life.refusal('/v1/subscriptions/kay/changes', { kind: 'quantity', quantity: 1 }), 'conflict')
  assert.equal(await life.refusal('/v1/subscriptions/kay/changes', { kind: 'plan', plan: 'extra' }), 'unprocessable')
  assert.equal(await life.refusal('/v1/subscriptions/kay/changes', { kind: 'plan', plan: 'none' }), 'not_found')
  assert.equal(
    await life.refusal('/v1/subscriptions/kay/changes', { kind: 'quantity', quantity: -1 }),
    'invalid_request',
  )
  await life.change('kay', { kind: 'cancel', at: '2026-03-15T00:00:00Z' })
  assert.equal(await life.refusal('/v1/subscriptions/kay/changes', { kind: 'pause' }), 'conflict')
  assert.equal(await life.refusal('/v1/subscriptions/kay/changes/preview', { kind: 'pause' }), 'conflict')
  await life.change('kay', { kind: 'resume', at: '2026-03-20T00:00:00Z' })
  assert.equal((await life.client.get('/v1/subscriptions/kay'))['state'], 'active')
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(life.client), [])
})
