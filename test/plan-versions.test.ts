/** Plan versions that are published ahead, and plans that are read back as files. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { exportPlan } from '../src/cli/commands-catalog.ts'
import { CALLS, seedOperator, startKvit } from './harness.ts'

const { client } = await startKvit('versions', '2026-01-10T00:00:00Z')
await seedOperator(client)
await client.post('/v1/customers', { key: 'anna', name: 'Anna' })
await client.post('/v1/accounts', {
  ...{ key: 'anna', customer: 'anna', issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' },
})

const subscribe = async (key: string): Promise<Json> =>
  client.post('/v1/subscriptions', { key, account: 'anna', plan: 'basic', startsAt: '2026-01-01T00:00:00Z' })

test('a version that is published ahead is what new subscriptions get from its day on', async () => {
  const files = [{ name: 'plans.yaml', text: CALLS.replace('amount: 10', 'amount: 12') }]
  await client.post('/v1/catalog', { files, availableFrom: '2026-02-01T00:00:00Z' })
  assert.equal((await subscribe('before'))['planVersion'], 1)
  await client.post('/v1/tenants/versions', { clock: '2026-02-01T00:00:00Z' }, 'PATCH')
  assert.equal((await subscribe('after'))['planVersion'], 2)
})

test('a plan that is exported and applied again is unchanged', async () => {
  for (const version of [undefined, '2']) {
    const text = await exportPlan(client, 'basic', version)
    const { changes } = await client.post<Json & { changes: Json[] }>('/v1/catalog', {
      files: [{ name: 'exported.yaml', text }],
      dryRun: true,
    })
    assert.deepEqual(
      changes.map(({ kind, code, change }) => `${kind} ${code} ${change}`),
      ['meter minutes unchanged', 'plan basic unchanged'],
    )
  }
})
