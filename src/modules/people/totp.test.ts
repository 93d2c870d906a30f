import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, stepOf, stepOfCode, toBase32 } from './totp.ts'

/** RFC 6238, appendix B, for SHA-1: seconds and codes of eight digits. */
const EXAMPLES = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const
const secret = Buffer.from('12345678901234567890')

test('codes are those of the examples of RFC 6238', () => {
  for (const [seconds, code] of EXAMPLES) {
    assert.equal(codeOf(secret, stepOf(seconds * 1000), 8), code)
    assert.equal(stepOfCode(secret, code.slice(2), seconds * 1000, 0), stepOf(seconds * 1000))
  }
})

test('a code is taken one step early or late, never twice, and in no other form', () => {
  const nowMs = 1_234_567_890_000
  const now = stepOf(nowMs)
  for (const [step, taken] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const)
    assert.equal(stepOfCode(secret, codeOf(secret, now + step), nowMs, 0), taken ? now + step : null, String(step))
  assert.equal(stepOfCode(secret, codeOf(secret, now), nowMs, now), null)
  assert.equal(stepOfCode(secret, codeOf(secret, now - 1), nowMs, now), null)
  assert.equal(stepOfCode(secret, codeOf(secret, now + 1), nowMs, now), now + 1)
  assert.equal(stepOfCode(secret, `${codeOf(secret, now).slice(0, 3)} ${codeOf(secret, now).slice(3)}`, nowMs, 0), now)
  for (const code of ['', '12345', `${codeOf(secret, now)}0`, 'abcdef', codeOf(secret, now, 8)])
    assert.equal(stepOfCode(secret, code, nowMs, 0), null, code)
})

test('Base32 is that of RFC 4648 without padding', () => {
  for (const [text, code] of [
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    assert.equal(toBase32(Buffer.from(text)), code)
})
