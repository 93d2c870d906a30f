import assert from 'node:assert/strict'
import { test } from 'node:test'
import { billInOrder } from './bill-batches.ts'

/** Lets everything that can go on do so. */
const settle = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('a batch is planned while the one before it is written, and none further ahead', async () => {
  const told: string[] = []
  const gates = new Map<string, () => void>()
  const run = billInOrder(['a', 'b', 'c'], async (batch, onPlanned) => {
    told.push(`plans ${batch}`)
    onPlanned()
    await new Promise<void>((resolve) => gates.set(batch, resolve))
    told.push(`wrote ${batch}`)
  })
  await settle()
  assert.deepEqual(told, ['plans a', 'plans b'])
  gates.get('a')?.()
  await settle()
  assert.deepEqual(told.slice(2), ['wrote a', 'plans c'])
  gates.get('b')?.()
  gates.get('c')?.()
  await run
  assert.deepEqual(told.slice(4), ['wrote b', 'wrote c'])
})

test('a batch that fails ends it after the one beside it, wherever it fails', async () => {
  for (const failsAfterPlanning of [false, true]) {
    const written: string[] = []
    const run = billInOrder(['a', 'b', 'c', 'd'], async (batch, onPlanned) => {
      if (batch === 'b' && !failsAfterPlanning) throw new Error('b failed')
      onPlanned()
      await settle()
      if (batch === 'b') throw new Error('b failed')
      written.push(batch)
    })
    await assert.rejects(run, /b failed/)
    assert.equal(written.includes('a'), true)
    assert.equal(written.includes('d'), false)
  }
})

test('no batch is no work', async () => {
  await billInOrder([], async () => assert.fail('there is none'))
})
