import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Barring, ServiceBarrings } from './service-barrings.ts'

const others = { names: new Set(['call-in', 'data']), isExcept: true }
const outgoing: Barring = { fromMs: 100, untilMs: 200, types: others, why: 'outgoing' }
const data: Barring = {
  fromMs: 150,
  untilMs: Number.POSITIVE_INFINITY,
  types: { names: new Set(['data']), isExcept: false },
  why: 'data',
}

test('a barring holds from its beginning until before its end, for the types that it means', () => {
  const barrings = new ServiceBarrings()
  barrings.put(5_000, [outgoing, data])
  for (const [type, atMs, why] of [
    ['call', 99, null],
    ['call', 100, 'outgoing'],
    ['call', 199, 'outgoing'],
    ['call', 200, null],
    ['call-in', 150, null],
    ['data', 149, null],
    ['data', 150, 'data'],
    ['data', 9_999, 'data'],
  ] as const)
    assert.equal(barrings.whyNot(5_000, type, atMs), why, `${type} at ${atMs}`)
  assert.ok(barrings.has(5_000))
  assert.equal(barrings.has(4_999), false)
  assert.equal(barrings.whyNot(4_999, 'call', 150), null)
})

test('what bars everything names no type; what is taken away bars nothing', () => {
  const barrings = new ServiceBarrings()
  barrings.put(1, [{ ...outgoing, types: null }])
  assert.equal(barrings.whyNot(1, 'call-in', 150), 'outgoing')
  barrings.put(1)
  assert.equal(barrings.has(1), false)
  assert.equal(barrings.whyNot(1, 'call-in', 150), null)
})
