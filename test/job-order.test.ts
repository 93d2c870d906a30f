import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSchema } from '../src/platform/db.ts'
import { askForJob } from '../src/platform/jobs/job-store.ts'
import { handler, JobsWorld, signal } from './jobs-world.ts'
import { until } from './test-postgres.ts'

const world = await JobsWorld.start('work', '2026-01-01T00:00:00Z')
const { client } = world.kvit
const DAY_MS = 86_400_000

test('a thousand jobs of one tenant do not hold up one of another', async () => {
  await client.post('/v1/tenants', { name: 'quiet', clock: '2026-01-01T00:00:00Z' })
  const open = signal()
  let [atWork, most] = [0, 0]
  const runner = world.runner('busy', [
    handler('flood', async ({ tenant }) => {
      if (tenant.name === 'quiet') return
      most = Math.max(most, ++atWork)
      await open.given
      atWork--
    }),
  ])
  await inSchema(world.db, 't_work')
    .transaction()
    .execute(async (trx) => {
      for (let n = 0; n < 1_000; n++) await askForJob(trx, { kind: 'flood', key: `k${n}` }, 0)
    })
  await runner.look()
  assert.equal(atWork, 3)
  await world.ask('quiet', { kind: 'flood', key: 'one' })
  await runner.look()
  await world.all('quiet', 'flood', 'complete')
  assert.equal(atWork, 3)
  open.give()
  await until(
    'some are done',
    async () => (await world.jobs('work', 'flood')).filter((job) => job.state === 'complete').length > 20,
  )
  await runner.close()
  assert.equal(most, 3)
})

test('a clock that is set forward by 400 days runs what became due, in the order of time, each as of its day', async () => {
  const runs: string[] = []
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  const start = Date.UTC(2026, 0, 1)
  const runner = world.runner('calendar', [
    handler('period', async ({ key, nowMs, tenant }) => {
      runs.push(`${day(nowMs)} period ${key}`)
      if (Number(key) === 3) return
      const db = inSchema(world.db, tenant.schema)
      // What follows is due long before the time to which the clock was set.
      await db.transaction().execute(async (trx) => {
        await askForJob(trx, { kind: 'reminder', key, dueMs: nowMs + 7 * DAY_MS }, nowMs)
        await askForJob(trx, { kind: 'period', key: String(Number(key) + 1), dueMs: nowMs + 120 * DAY_MS }, nowMs)
      })
    }),
    handler('reminder', async ({ key, nowMs }) => void runs.push(`${day(nowMs)} reminder ${key}`)),
    handler('expiry', async ({ key, nowMs }) => void runs.push(`${day(nowMs)} expiry ${key}`)),
  ])
  for (const days of [200, 20, 450, 125])
    await world.ask('work', { kind: 'expiry', key: String(days), dueMs: start + days * DAY_MS })
  await world.ask('work', { kind: 'period', key: '1', dueMs: start + 30 * DAY_MS })
  await runner.look()
  assert.deepEqual(runs, [])
  await client.post('/v1/tenants/work', { clock: new Date(start + 400 * DAY_MS).toISOString() }, 'PATCH')
  await until('all is done that is due', async () => {
    await runner.look()
    return runs.length === 8
  })
  await runner.close()
  assert.deepEqual(runs, [
    '2026-01-21 expiry 20',
    '2026-01-31 period 1',
    '2026-02-07 reminder 1',
    '2026-05-06 expiry 125',
    '2026-05-31 period 2',
    '2026-06-07 reminder 2',
    '2026-07-20 expiry 200',
    '2026-09-28 period 3',
  ])
  const left = (await world.jobs('work', 'expiry')).filter(({ state }) => state === 'waiting')
  assert.deepEqual(
    left.map(({ key }) => key),
    ['450'],
  )
})
