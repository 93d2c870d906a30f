import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BLOCK_REASONS, BLOCK_SCOPES, type Block, serviceStateAt, USE_KINDS } from './service-blocks.ts'

const block = (more: Partial<Block>): Block => ({
  ...{ reason: 'customer', scope: 'all', kbps: null, fromMs: 10, untilMs: null, liftedMs: null },
  ...more,
})
const OPEN = { state: 'open', barred: [], kbps: null, reasons: [] }

test('blocks that stand together bar what any of them bars', () => {
  const soft = block({ reason: 'dunning_soft', scope: 'outgoing' })
  const data = block({ reason: 'admin', scope: 'data', fromMs: 20, untilMs: 30 })
  const incoming = block({ reason: 'fraud', scope: 'incoming', fromMs: 25, liftedMs: 28 })
  const slow = block({ reason: 'admin', kbps: 64, fromMs: 5, untilMs: 40 })
  const slower = block({ reason: 'dunning_hard', kbps: 32, fromMs: 6, untilMs: 8 })
  const all = [soft, data, incoming, slow, slower]
  assert.deepEqual(serviceStateAt(all, 4), OPEN)
  assert.deepEqual(serviceStateAt(all, 5), { state: 'throttled', barred: [], kbps: 64, reasons: ['admin'] })
  assert.deepEqual(serviceStateAt(all, 7), {
    state: 'throttled',
    barred: [],
    kbps: 32,
    reasons: ['dunning_hard', 'admin'],
  })
  const [outgoing, two, three] = [['outgoing'], ['outgoing', 'data'], ['outgoing', 'incoming', 'data']]
  const reasons = ['dunning_soft', 'admin']
  assert.deepEqual(serviceStateAt(all, 10), { state: 'restricted', barred: outgoing, kbps: 64, reasons })
  assert.deepEqual(serviceStateAt(all, 20), { state: 'restricted', barred: two, kbps: 64, reasons })
  const withFraud = ['dunning_soft', 'fraud', 'admin']
  assert.deepEqual(serviceStateAt(all, 25), { state: 'blocked', barred: three, kbps: 64, reasons: withFraud })
  assert.deepEqual(serviceStateAt(all, 28), { state: 'restricted', barred: two, kbps: 64, reasons })
  assert.deepEqual(serviceStateAt(all, 40), {
    state: 'restricted',
    barred: outgoing,
    kbps: null,
    reasons: ['dunning_soft'],
  })
})

test('lifting one leaves what the others bar, whatever their order', () => {
  const time = fc.integer({ min: 0, max: 50 })
  const some = fc.record({
    reason: fc.constantFrom(...BLOCK_REASONS),
    scope: fc.constantFrom(...BLOCK_SCOPES),
    kbps: fc.option(fc.integer({ min: 1, max: 100 })),
    fromMs: time,
    untilMs: fc.option(time),
    liftedMs: fc.option(time),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 6 }), fc.nat(5), time, (blocks, at, atMs) => {
      const state = serviceStateAt(blocks, atMs)
      assert.deepEqual(serviceStateAt(blocks.toReversed(), atMs), state)
      const lifted = blocks.map((one, place) => (place === at ? { ...one, liftedMs: 0 } : one))
      const others = blocks.filter((_, place) => place !== at)
      assert.deepEqual(serviceStateAt(lifted, atMs), serviceStateAt(others, atMs))
      assert.ok(serviceStateAt(others, atMs).barred.every((kind) => state.barred.includes(kind)))
      assert.equal(state.state === 'blocked', state.barred.length === USE_KINDS.length)
    }),
  )
})
