import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import smpp from 'smpp'
import { partHeader, textParts } from './text-parts.ts'

test('a text takes as many parts as a network charges for', () => {
  for (const [text, dataCoding, count] of [
    ['a'.repeat(160), 0, 1],
    ['a'.repeat(161), 0, 2],
    ['a'.repeat(306), 0, 2],
    ['a'.repeat(307), 0, 3],
    ['€'.repeat(80), 0, 1],
    // 153 septets hold 76 of these and half a one, which goes into the next part.
    ['€'.repeat(153), 0, 3],
    ['ї'.repeat(70), 8, 1],
    ['ї'.repeat(71), 8, 2],
    ['ї'.repeat(134), 8, 2],
    ['ї'.repeat(135), 8, 3],
    // 67 units hold 33 of these.
    ['😀'.repeat(67), 8, 3],
    ['', 0, 1],
  ] as const) {
    const made = textParts(text, 'udh8')
    assert.deepEqual([made.dataCoding, made.parts.length], [dataCoding, count], `${text.slice(0, 2)}… ${text.length}`)
  }
  assert.equal(textParts('a'.repeat(305), 'udh16').parts.length, 3)
  assert.equal(textParts('plain', 'udh8', 'ucs2').dataCoding, 8)
})

test('parts together are the text, by another coder of the alphabet, and none is longer than the network takes', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...Array.from('aZ09@£ΔßÆ€{}~\n \'"')), maxLength: 700 }),
    fc.string({ unit: 'grapheme', maxLength: 400 }),
  )
  fc.assert(
    fc.property(text, fc.constantFrom('udh8' as const, 'udh16' as const), (given, longTexts) => {
      const { dataCoding, parts } = textParts(given, longTexts)
      const read = (part: Buffer): string =>
        dataCoding === 0 ? smpp.gsmCoder.decode(part, 0) : Buffer.from(part).swap16().toString('utf16le')
      assert.equal(parts.map(read).join(''), given.replaceAll('\r\n', '\n'))
      const header = parts.length > 1 ? partHeader(longTexts, 7, parts.length, 0).length : 0
      const most = dataCoding === 0 ? Math.floor(((140 - header) * 8) / 7) : 140 - header
      for (const part of parts) assert.ok(part.length <= most && (parts.length === 1 || part.length > 0))
    }),
  )
})
