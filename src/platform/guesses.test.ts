import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Guesses } from './guesses.ts'

const wrong = async (): Promise<never> => {
  throw new Error('wrong')
}
const always = (): boolean => true

test('S12: whoever guesses codes is stopped, also with many attempts at once, until a quarter of an hour is over', async () => {
  const guesses = new Guesses()
  const attempt = (atMs: number, name = 'eve'): Promise<string> =>
    guesses.attempt([{ name, most: 5 }], atMs, wrong, always).catch((error: Error) => error.message)
  const answers = await Promise.all(Array.from({ length: 8 }, () => attempt(0)))
  assert.equal(answers.filter((answer) => answer === 'wrong').length, 5)
  assert.match(await attempt(899_999), /too many wrong codes/)
  assert.equal(await attempt(0, 'other'), 'wrong')
  assert.equal(await attempt(900_000), 'wrong')
})

test('S12: right codes and other faults are no guesses', async () => {
  const guesses = new Guesses()
  for (let n = 0; n < 20; n++) {
    assert.equal(await guesses.attempt([{ name: 'ann', most: 5 }], 0, async () => 'right', always), 'right')
    await assert.rejects(
      guesses.attempt([{ name: 'ann', most: 5 }], 0, wrong, () => false),
      /wrong/,
    )
  }
})

test('S12: what is remembered of guessers is bounded', async () => {
  const guesses = new Guesses()
  for (let n = 0; n < 30_000; n++)
    await guesses.attempt([{ name: `guesser ${n}`, most: 5 }], 0, async () => 'right', always)
  assert.ok((guesses as unknown as { failures: Map<string, unknown> }).failures.size <= 20_000)
})
