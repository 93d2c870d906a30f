import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { type Answer, startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const PLAN = `
plans:
  - code: fair
    name: Fair use
    currency: EUR
    prices:
      - { kind: allowance, code: included, name: 500 MB, unit: MB, amount: 500 }
      - { kind: usage, code: data, name: Data, meter: megabytes, rate: { model: per_unit, unitAmount: 0 } }
`
const world = await startChargingWorld('throttle')
await world.kvit.client.post('/v1/catalog', { files: [{ name: 'fair.yaml', text: PLAN }] })
const threshold = (action: string): Json[] => [
  {
    code: 'all',
    kind: 'allowance_used',
    unit: 'MB',
    percent: 100,
    action,
    ...(action === 'throttle' ? { kbps: 128 } : {}),
  },
]

async function session(key: string): Promise<(used: string | null, asks: string | null) => Promise<Answer>> {
  let sequence = 0
  const named = { session: key, service: key }
  const requested = (mb: string): Json[] => [{ type: 'data', data: { mb } }]
  await world.ask({ op: 'start', ...named, sequence, requested: requested('400') })
  return async (used, asks) =>
    world.ask({
      ...{ op: asks === null ? 'end' : 'update', ...named, sequence: ++sequence },
      ...(used === null ? {} : { used: [{ type: 'data', data: { mb: used } }] }),
      ...(asks === null ? {} : { requested: requested(asks) }),
    })
}

test('M12: throttled at 100 % of 500 MB: reports of 400, then 100; the answer to the second one says so', async () => {
  await world.subscriber('slow', { plan: 'fair', creditLimit: '0', thresholds: threshold('throttle') })
  const report = await session('slow')
  assert.equal((await report('400', '100')).groups?.[0]?.throttleKbps, undefined)
  const crossing = await report('100', '400')
  assert.deepEqual([crossing.result, crossing.groups?.[0]?.throttleKbps], ['granted', 128])
  assert.equal((await report('50', null))['throttleKbps'], 128)
})

test('M12: the report that ends a session tells of the threshold that it crosses, too', async () => {
  await world.subscriber('last', { plan: 'fair', creditLimit: '0', thresholds: threshold('throttle') })
  const report = await session('last')
  assert.equal((await report('499', '1')).groups?.[0]?.throttleKbps, undefined)
  assert.equal((await report('1', null))['throttleKbps'], 128)
})

test('M12: a report that crosses a threshold which blocks is granted nothing more', async () => {
  await world.subscriber('stop', { plan: 'fair', creditLimit: '0', thresholds: threshold('block') })
  const report = await session('stop')
  assert.equal((await report('400', '100')).groups?.[0]?.result, 'granted')
  assert.deepEqual((await report('100', '400')).groups?.[0]?.reason, 'blocked')
  assert.deepEqual(await checkHolds(world.kvit.client), [])
})
