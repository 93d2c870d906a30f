import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ReceivedLines } from './line-framing.ts'
import { LinePlaces } from './line-places.ts'

/** Takes all that can be taken. */
function takeAll(received: ReceivedLines): string[] {
  const batches: string[] = []
  for (let batch = received.takeBatch(); batch !== null; batch = received.takeBatch()) batches.push(batch)
  return batches
}

test('lines are whole and in order, however their bytes are cut: also within a character', () => {
  const texts = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll('\n', ' ')))
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (lines, sizes) => {
      const text = lines.map((line) => `${line}\n`).join('')
      const bytes = Buffer.from(text)
      const received = new ReceivedLines(new LinePlaces())
      const batches: string[] = []
      for (let at = 0, cut = 0; at < bytes.length; cut++) {
        const size = sizes[cut % sizes.length] as number
        received.add(bytes.subarray(at, at + size))
        at += size
        batches.push(...takeAll(received))
      }
      assert.ok(batches.every((batch) => batch.endsWith('\n')))
      assert.equal(batches.join(''), bytes.toString('utf8'))
    }),
  )
})

test('what is taken at once has at most 64 KiB, unless it is one line', () => {
  const received = new ReceivedLines(new LinePlaces())
  const [short, long] = [`${'a'.repeat(9_999)}\n`, `${'b'.repeat(65_000)}\n`]
  received.add(Buffer.from(short.repeat(7) + long + short))
  assert.deepEqual(
    takeAll(received).map(({ length }) => length),
    [60_000, 10_000, 65_001, 10_000],
  )
})

test('a line without end is too long, and what is no UTF-8 is refused', () => {
  const received = new ReceivedLines(new LinePlaces())
  received.add(Buffer.from('a'.repeat(65_536)))
  assert.equal(received.isTooLong, false)
  received.add(Buffer.from('a'))
  assert.equal(received.isTooLong, true)
  assert.equal(received.takeBatch(), null)
  assert.throws(() => new ReceivedLines(new LinePlaces()).add(Buffer.of(0xff, 0x0a)))
})

test('who sends without end is held back, the sooner the more waits on all connections', () => {
  const places = new LinePlaces()
  const received = new ReceivedLines(places)
  received.add(Buffer.from('a'.repeat(70_000)))
  assert.equal(received.isFull, false)
  const others = new ReceivedLines(places)
  others.add(Buffer.from('b'.repeat(64 * 1024 * 1024)))
  assert.equal(received.isFull, true)
  others.clear()
  assert.equal(received.isFull, false)
})
