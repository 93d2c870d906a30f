import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lookups } from './lookups.ts'

/** What has been asked for is under way then. */
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('whoever guesses keeps a turn after each wrong guess: others who are new wait, those who are known do not', async () => {
  const pauses: (() => void)[] = []
  const lookups = new Lookups<string>('keys', async () => new Promise<void>((resolve) => void pauses.push(resolve)))
  const asked: string[] = []
  const find = async (name: string): Promise<string | null> =>
    lookups.find(name, async () => {
      asked.push(name)
      return name.startsWith('good') ? name : null
    })
  assert.equal(await find('good-1'), 'good-1')
  const wrong = [find('wrong-1'), find('wrong-2')]
  await turns()
  const fresh = find('good-2')
  await turns()
  assert.deepEqual([asked, pauses.length], [['good-1', 'wrong-1', 'wrong-2'], 2])
  assert.equal(await find('good-1'), 'good-1')
  pauses[0]?.()
  assert.equal(await wrong[0], null)
  assert.equal(await fresh, 'good-2')
  assert.equal(asked.at(-1), 'good-2')
  pauses[1]?.()
  assert.equal(await wrong[1], null)
})
