import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runWrite, type StoredAnswer } from '../src/platform/http/idempotency.ts'
import { Refusal } from '../src/platform/problems.ts'
import type { AfterCommit, Tenant } from '../src/platform/tenant.ts'
import { startKvit } from './harness.ts'

const { app } = await startKvit('heard', '2026-03-01T00:00:00Z')

test('what the engine did not hear of a write that was committed, it hears when the answer is given again', async () => {
  const { db, findTenant } = app.charging
  const tenant = (await findTenant('heard')) as Tenant
  const told: AfterCommit = { kind: 'reload accounts', accountIds: ['a'] }
  const heard: AfterCommit[] = []
  let writes = 0
  const ask = async (isAway: boolean): Promise<StoredAnswer> =>
    runWrite(
      db,
      { tenant, nowMs: 0 },
      { key: 'change-1', fingerprint: () => 'change', status: 201 },
      async (context) => {
        context.afterCommit(told)
        return { write: ++writes }
      },
      async (_context, one) => {
        if (isAway) throw new Refusal('engine_unavailable', 'the engine is recovering')
        heard.push(one)
      },
    )
  await assert.rejects(async () => ask(true), /recovering/)
  assert.deepEqual(heard, [])
  const { body, isReplayed } = await ask(false)
  assert.deepEqual([body, isReplayed, writes], ['{"write":1}', true, 1])
  assert.deepEqual(heard, [told])
})
