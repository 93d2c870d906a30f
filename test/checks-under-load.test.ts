import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

/** What a check compares is of one moment, though money comes in and records go to suspense meanwhile. */
const world = await startChargingWorld('loaded')
const { client } = world.kvit
const KEYS = ['one', 'two', 'three', 'four']
for (const key of KEYS) await world.subscriber(key, { creditLimit: '0' })

test('checks find nothing wrong while money, usage and suspended records come in', async () => {
  let isOver = false
  let written = 0
  const write = async (key: string, worker: number): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      const money = { account: key, amount: '5.00', currency: 'EUR', method: 'cash' }
      await client.post('/v1/top-ups', { key: `t-${key}-${worker}-${n}`, ...money })
      await client.post('/v1/payments', { key: `p-${key}-${worker}-${n}`, ...money })
      if (n % 3 === 0) await client.post(`/v1/payments/p-${key}-${worker}-${n}/reversal`, { reason: 'a test' })
      const records = [key, 'nobody'].map((service): Json => {
        const id = `${service}-${key}-${worker}-${n}`
        return { id, source: 's', service, type: 'call', time: '2026-02-10T11:00:00Z', data: {} }
      })
      await client.post('/v1/usage', records)
      written++
      // Many at once is what is tried, and not as many as there can be.
      await setTimeout(20)
    }
  }
  const writers = KEYS.flatMap((key) => [0, 1].map(async (worker) => write(key, worker)))
  try {
    for (let check = 0; check < 6; check++) assert.deepEqual(await checkHolds(client), [], `check ${check}`)
  } finally {
    isOver = true
    await Promise.all(writers)
  }
  assert.ok(written > KEYS.length)
  assert.deepEqual(await checkHolds(client), [])
  assert.ok((await client.list<Json>('/v1/suspense?status=open')).length > KEYS.length)
})
