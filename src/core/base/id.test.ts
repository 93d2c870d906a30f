import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isUuid, uuidV7 } from './id.ts'

const MAX_EPOCH_MS = 2 ** 48 - 1
const tenBytes = fc.uint8Array({ minLength: 10, maxLength: 10 })

test('the example of RFC 9562, appendix A.6, comes out as printed there', () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f])
  assert.equal(uuidV7(0x017f22e279b0, random), '017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
})

test('version and variant stand whatever the random bytes are', () => {
  fc.assert(
    fc.property(fc.nat(MAX_EPOCH_MS), tenBytes, (epochMs, random) => {
      const id = uuidV7(epochMs, random)
      assert.ok(isUuid(id))
      assert.equal(id[14], '7')
      assert.match(id[19] ?? '', /[89ab]/)
      assert.equal(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16), epochMs)
    }),
  )
})

test('identifiers sort by the time of their creation', () => {
  fc.assert(
    fc.property(fc.nat(MAX_EPOCH_MS), fc.nat(MAX_EPOCH_MS), tenBytes, tenBytes, (one, other, a, b) => {
      fc.pre(one !== other)
      assert.equal(uuidV7(one, a) < uuidV7(other, b), one < other)
    }),
  )
})

test('fewer than ten random bytes are a fault', () => {
  assert.throws(() => uuidV7(0, new Uint8Array(9)), /ten random bytes/)
})

for (const text of [
  '',
  '017f22e279b07cc398c4dc0c0c07398f',
  '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
  'x17f22e2-79b0-7cc3-98c4-dc0c0c07398f',
]) {
  test(`"${text}" is no identifier`, () => {
    assert.equal(isUuid(text), false)
  })
}
