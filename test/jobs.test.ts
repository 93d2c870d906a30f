import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inSchema, inTransaction } from '../src/platform/db.ts'
import { type Job, type JobHandler, JobLost } from '../src/platform/jobs/job.ts'
import { currentOrigin, forOrigin } from '../src/platform/origin.ts'
import { Refusal } from '../src/platform/problems.ts'
import { handler, JobsWorld, signal } from './jobs-world.ts'
import { until } from './test-postgres.ts'

const world = await JobsWorld.start('work', '2026-01-01T00:00:00Z')
const { kvit } = world
const { client, request } = kvit

const jobOf = async (kind: string): Promise<Job> => (await world.jobs('work', kind))[0] as Job
const eventsOf = async (job: Job): Promise<string[]> =>
  (await client.list<{ type: string }>(`/v1/events?object=${job.id}`)).map(({ type }) => type)
const post = async (job: Job, action: 'retry' | 'cancel') =>
  request('POST', `/v1/jobs/${job.id}/${action}`, { body: {} })

test('a job that several processes see is done once by one of them', async () => {
  const done: string[] = []
  const both = signal()
  const handlers = (): JobHandler[] => [
    handler('once', async ({ key }) => {
      done.push(key)
      await both.given
    }),
  ]
  const runners = ['one', 'two'].map((owner) => world.runner(owner, handlers()))
  const keys = Array.from({ length: 40 }, (_, n) => `k${n}`)
  for (const key of keys) await world.ask('work', { kind: 'once', key })
  await Promise.all(runners.map(async (runner) => runner.look()))
  both.give()
  await until('all are done', async () => {
    await Promise.all(runners.map(async (runner) => runner.look()))
    return (await world.jobs('work', 'once')).every(({ state }) => state === 'complete')
  })
  assert.deepEqual(done.toSorted(), keys.toSorted())
})

test('a job that a process has left is gone on with by another one, and the first can write nothing any more', async () => {
  const [begun, awake] = [signal(), signal()]
  const told: string[] = []
  const first = world.runner('dies', [
    handler('left', async (job) => {
      await job.tell({ done: 3, total: 10, words: 'accounts' })
      begun.give()
      await awake.given
      const holds = inTransaction(world.db, async (trx) => job.holdIn(inSchema(trx, job.tenant.schema)))
      await assert.rejects(holds, JobLost)
      await assert.rejects(job.tell({ done: 9, total: 10 }), JobLost)
      assert.ok(job.isStopped())
      told.push('lost')
      throw new Error('it goes wrong as well')
    }),
  ])
  const second = world.runner('timelines', [
    handler('left', async (job) => {
      await inTransaction(world.db, async (trx) => job.holdIn(inSchema(trx, job.tenant.schema)))
      told.push(`taken over at ${(await jobOf('left')).done}`)
    }),
  ])
  await world.ask('work', { kind: 'left', key: 'a' })
  await first.look()
  await begun.given
  await second.look()
  assert.equal((await jobOf('left')).owner, 'dies')
  world.gone.add('dies')
  await second.look()
  await world.all('work', 'left', 'complete')
  awake.give()
  await until('the first has noticed', async () => told.includes('lost'))
  await first.close()
  assert.deepEqual(told, ['taken over at 3', 'lost'])
  const { state, fence, error } = await jobOf('left')
  assert.deepEqual([state, fence, error], ['complete', 2n, null])
  assert.ok(!world.faults.includes('it goes wrong as well'))
})

test('a lease that has run out is taken over, whoever had it', async () => {
  const begun = signal()
  const never = signal()
  const first = world.runner('stalls', [
    handler('lease', async () => {
      begun.give()
      await never.given
    }),
  ])
  await world.ask('work', { kind: 'lease', key: 'a' })
  await first.look()
  await begun.given
  const db = inSchema(world.db, 't_work')
  await db
    .updateTable('job')
    .set({ leaseUntil: new Date(0) })
    .where('kind', '=', 'lease')
    .execute()
  const second = world.runner('goes on', [handler('lease', async () => undefined)])
  await second.look()
  const [job] = await world.all('work', 'lease', 'complete')
  never.give()
  await first.close()
  assert.equal(job?.fence, 2n)
  assert.equal((await jobOf('lease')).state, 'complete')
})

test('what fails is tried again later, is given up after its last attempt, is seen, and runs again when asked for', async () => {
  let isBroken = true
  const failed: string[] = []
  const runner = world.runner('tries', [
    handler(
      'fails',
      async () => {
        if (isBroken) throw new Error('no such gateway')
      },
      {
        maxAttempts: 2,
        onFailed: async (_: unknown, job: Job, message: string) => void failed.push(`${job.key} ${message}`),
      },
    ),
  ])
  await world.ask('work', { kind: 'fails', key: 'a' })
  await runner.look()
  await until('it has failed once', async () => (await jobOf('fails')).attempts === 1)
  const { state, retryAt, error } = await jobOf('fails')
  assert.deepEqual([state, error, failed], ['waiting', 'no such gateway', []])
  assert.ok(retryAt !== null)
  await until('it was given up', async () => {
    await runner.look()
    return (await jobOf('fails')).state === 'failed'
  })
  assert.deepEqual(failed, ['a no such gateway'])
  const [seen] = await client.list<{ id: string; attempts: number; error: string }>('/v1/jobs?state=failed&kind=fails')
  assert.deepEqual([seen?.attempts, seen?.error], [2, 'no such gateway'])
  const job = await jobOf('fails')
  assert.deepEqual(await eventsOf(job), ['job.failed'])
  await runner.look()
  assert.equal((await jobOf('fails')).state, 'failed')
  isBroken = false
  const { status, json } = await post(job, 'retry')
  assert.deepEqual([status, json['state'], json['attempts'], json['error']], [200, 'waiting', 0, null])
  await runner.look()
  await world.all('work', 'fails', 'complete')
  assert.deepEqual(await eventsOf(job), ['job.failed', 'job.retried'])
  assert.equal((await post(job, 'retry')).status, 409)
})

test('a trouble that passes by itself is no attempt', async () => {
  let troubles = 3
  const runner = world.runner('waits', [
    handler('passes', async () => {
      if (troubles-- > 0) throw new Refusal('engine_unavailable', 'the engine is recovering')
    }),
  ])
  await world.ask('work', { kind: 'passes', key: 'a' })
  await until('it is done', async () => {
    await runner.look()
    return (await jobOf('passes')).state === 'complete'
  })
  const { attempts, error } = await jobOf('passes')
  assert.deepEqual([attempts, error, troubles], [0, null, -1])
})

test('what is asked for while it runs is done once more, and as often as it is asked for again afterwards', async () => {
  const [begun, goes] = [signal(), signal()]
  const payloads: unknown[] = []
  const runner = world.runner('repeats', [
    handler('again', async ({ payload }) => {
      payloads.push(payload)
      begun.give()
      await goes.given
    }),
  ])
  await world.ask('work', { kind: 'again', key: 'a', payload: { n: 1 } })
  await runner.look()
  await begun.given
  for (const n of [2, 3]) await world.ask('work', { kind: 'again', key: 'a', payload: { n } })
  assert.equal((await jobOf('again')).state, 'running')
  goes.give()
  await world.all('work', 'again', 'complete')
  assert.deepEqual(payloads, [{ n: 1 }, { n: 3 }])
  await world.ask('work', { kind: 'again', key: 'a', payload: { n: 4 } })
  await runner.look()
  await world.all('work', 'again', 'complete')
  assert.equal(payloads.length, 3)
  assert.equal((await world.jobs('work', 'again')).length, 1)
})

test('a job is cancelled before it begins, while it runs, and when it was given up; a complete one is not', async () => {
  const [begun, cancelled] = [signal(), [] as string[]]
  const runner = world.runner('cancels', [
    handler(
      'ends',
      async (job) => {
        if (job.isCancelled()) return 'stopped'
        if (job.key === 'fails') throw new Error('broken')
        if (job.key === 'short') return 'done'
        begun.give()
        await until('it is cancelled', async () => job.isCancelled())
        return 'stopped'
      },
      { onCancelled: async (_: unknown, { key }: Job) => void cancelled.push(key) },
    ),
  ])
  const later = Date.UTC(2029, 0, 1)
  await world.ask('work', { kind: 'ends', key: 'later', dueMs: later })
  for (const key of ['runs', 'fails', 'short']) await world.ask('work', { kind: 'ends', key })
  await runner.look()
  await begun.given
  const keyed = async (key: string): Promise<Job> =>
    (await world.jobs('work', 'ends')).find((job) => job.key === key) as Job
  await until(
    'two have ended',
    async () => (await keyed('fails')).state === 'failed' && (await keyed('short')).state === 'complete',
  )
  for (const key of ['later', 'runs', 'fails']) assert.equal((await post(await keyed(key), 'cancel')).status, 200)
  assert.equal((await post(await keyed('short'), 'cancel')).status, 409)
  assert.equal((await keyed('runs')).state, 'running')
  await runner.look()
  await until('all are cancelled', async () => {
    const { items } = await client.get<{ items: Job[] }>('/v1/jobs?kind=ends&state=cancelled')
    return items.length === 3
  })
  assert.deepEqual(cancelled.toSorted(), ['later', 'runs'])
  assert.deepEqual(await eventsOf(await keyed('fails')), ['job.failed', 'job.cancelled'])
  assert.deepEqual(await eventsOf(await keyed('runs')), ['job.cancelled'])
  // Asked for again, it begins anew.
  await world.ask('work', { kind: 'ends', key: 'later', dueMs: later })
  const { state, isCancelAsked, startedAt } = await keyed('later')
  assert.deepEqual([state, isCancelAsked, startedAt], ['waiting', false, null])
})

test('a process that closes lets jobs come to a point from which another one goes on', async () => {
  const begun = signal()
  const first = world.runner('closes', [
    handler('handed', async (job) => {
      begun.give()
      await until('it is to stop', async () => job.isStopped())
      return 'stopped'
    }),
  ])
  await world.ask('work', { kind: 'handed', key: 'a' })
  await first.look()
  await begun.given
  await first.close()
  const { state, owner, losses, attempts } = await jobOf('handed')
  assert.deepEqual([state, owner, losses, attempts], ['waiting', null, 0, 0])
  await world.runner('follows', [handler('handed', async () => undefined)]).look()
  await world.all('work', 'handed', 'complete')
})

test('what a job tells of is told for whoever asked for it, and a payload has a limit', async () => {
  const requestId = '01890000-0000-7000-8000-0000000000aa'
  const origins: unknown[] = []
  const runner = world.runner('remembers', [handler('origin', async () => void origins.push(currentOrigin()))])
  await forOrigin({ requestId, actor: 'somebody' }, async () => world.ask('work', { kind: 'origin', key: 'a' }))
  await world.ask('work', { kind: 'origin', key: 'b' })
  await forOrigin({ requestId, actor: 'another' }, async () => runner.look())
  await world.all('work', 'origin', 'complete')
  assert.deepEqual(new Set(origins), new Set([{ requestId, actor: 'somebody' }, null]))
  await assert.rejects(
    world.ask('work', { kind: 'origin', key: 'c', payload: { text: 'x'.repeat(20_000) } }),
    /payload/,
  )
})
