import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { connect, type Database, type DatabaseTransaction, inSchema } from '../src/platform/db.ts'
import { EventFeed, type Subscriber } from '../src/platform/events/event-feed.ts'
import { eventOf, eventType, type NewEvent } from '../src/platform/events/event-type.ts'
import { numberEvents } from '../src/platform/events/number-events.ts'
import { listenInTransaction, publish } from '../src/platform/events/publish.ts'
import { currentOrigin, forOrigin, keepOrigin } from '../src/platform/origin.ts'
import { startKvit } from './harness.ts'

const CLOCK = '2026-02-01T00:00:00Z'
const NOW = Date.parse(CLOCK)
const { client, config } = await startKvit('order', CLOCK)
const root = connect(String(config.databaseUrl))
const second = connect(String(config.databaseUrl))
after(async () => {
  await root.destroy()
  await second.destroy()
})
const tenant = { name: 'order', schema: 't_order', clockMs: NOW, acceptanceWindowDays: 400 }
const db = inSchema(root, tenant.schema)
const happened = eventType('thing.happened', 'thing', 'A thing happened.', { note: z.string() })
const thing = (note: string): NewEvent => eventOf(happened, { objectId: note }, { note })

before(async () => {
  await db.deleteFrom('event').execute()
  await db.updateTable('eventHead').set({ seq: 0n }).execute()
})

interface Told {
  readonly id: string
  readonly seq: number
  readonly type: string
  readonly objectId: string
  readonly requestId: string | null
  readonly actor: string | null
  readonly data: Record<string, unknown>
}
const notes = (events: readonly Told[]): string[] => events.map(({ objectId }) => objectId)
interface Page {
  readonly items: Told[]
  readonly nextCursor: string | null
  readonly previousCursor: string | null
}

/** A transaction that is open until it is told to end. */
function open(of: Database): {
  readonly trx: Promise<DatabaseTransaction>
  readonly commit: () => Promise<void>
} {
  const began = Promise.withResolvers<DatabaseTransaction>()
  const end = Promise.withResolvers<void>()
  const whole = of.transaction().execute(async (trx) => {
    began.resolve(trx)
    await end.promise
  })
  return {
    trx: began.promise,
    commit: async () => {
      end.resolve()
      await whole
    },
  }
}

test('an event that was written early and commits late is behind what readers have seen, and none is missed', async () => {
  const slow = open(root)
  const within = inSchema(await slow.trx, tenant.schema)
  await publish(within, [thing('early, late to commit')], NOW)
  await publish(db, [thing('a'), thing('b')], NOW)
  const first = await client.get<Page>('/v1/events')
  assert.deepEqual(notes(first.items), ['a', 'b'])
  await publish(db, [thing('c')], NOW)
  await slow.commit()
  const next = await client.get<Page>(`/v1/events?cursor=${first.items.at(-1)?.id}`)
  assert.deepEqual(notes(next.items), ['early, late to commit', 'c'])
  assert.deepEqual(
    [...first.items, ...next.items].map(({ seq }) => seq),
    [1, 2, 3, 4],
  )
})

test('what is rolled back is never told of, and leaves no gap', async () => {
  const gone = root.transaction().execute(async (trx) => {
    await publish(inSchema(trx, tenant.schema), [thing('gone')], NOW)
    throw new Error('no')
  })
  await assert.rejects(gone)
  await publish(db, [thing('d')], NOW)
  const all = await client.list<Told>('/v1/events')
  assert.deepEqual(
    all.map(({ seq, objectId }) => [seq, objectId]),
    [
      [1, 'a'],
      [2, 'b'],
      [3, 'early, late to commit'],
      [4, 'c'],
      [5, 'd'],
    ],
  )
})

test('many writers and several who number: every event has one number, and causes come before effects', async () => {
  const writers = Array.from({ length: 12 }, async (_, writer) => {
    for (let step = 0; step < 25; step++) {
      const of = writer % 2 === 0 ? root : second
      // The effect is written in another transaction, after the cause is committed, by another connection.
      await of.transaction().execute(async (trx) => {
        await publish(inSchema(trx, tenant.schema), [thing(`w${writer}-${step}`)], NOW)
        if (step % 5 === 0) await sql`select pg_sleep(0.005)`.execute(trx)
      })
    }
  })
  let isOver = false
  const numbering = [root, second].map(async (one) => {
    while (!isOver) await numberEvents(one, tenant.schema)
  })
  await Promise.all(writers)
  isOver = true
  await Promise.all(numbering)
  const all = await client.list<Told>('/v1/events')
  assert.deepEqual(
    all.map(({ seq }) => seq),
    all.map((_, at) => at + 1),
  )
  const told = notes(all).filter((note) => note.startsWith('w'))
  assert.equal(new Set(told).size, 300)
  for (let writer = 0; writer < 12; writer++) {
    const own = told.filter((note) => note.startsWith(`w${writer}-`))
    assert.deepEqual(
      own,
      Array.from({ length: 25 }, (_, step) => `w${writer}-${step}`),
    )
  }
})

test('a list goes both ways, from the first event or from the last one', async () => {
  const newest = await client.get<Page>('/v1/events?order=newest&limit=3')
  assert.deepEqual(
    newest.items.map(({ seq }) => seq),
    [305, 304, 303],
  )
  const older = await client.get<Page>(`/v1/events?order=newest&limit=3&cursor=${newest.nextCursor}`)
  assert.deepEqual(
    older.items.map(({ seq }) => seq),
    [302, 301, 300],
  )
  const back = await client.get<Page>(`/v1/events?order=newest&limit=3&before=${older.previousCursor}`)
  assert.deepEqual(back.items, newest.items)
  const one = await client.get<Told>(`/v1/events/${newest.items[0]?.id}`)
  assert.deepEqual(one, newest.items[0])
})

test('a work that is done later is done for the request that asked for it', () => {
  const seen: (string | null)[] = []
  const origin = { requestId: '01890000-0000-7000-8000-000000000001', actor: 'key' }
  const later = forOrigin(origin, () => keepOrigin((note: string) => seen.push(note, currentActor())))
  later('done')
  seen.push(currentActor())
  assert.deepEqual(seen, ['done', 'key', null])
})

function currentActor(): string | null {
  return currentOrigin()?.actor ?? null
}

function noFault(error: unknown): never {
  throw error
}

/** Keeps what it gets, in memory and, with its place, in a table. */
function recorder(
  name: string,
  types: readonly string[],
  options: Partial<Subscriber> = {},
): Subscriber & { got: string[] } {
  const got: string[] = []
  return {
    name,
    types,
    begins: 'first',
    handle: async (_db, events) => void got.push(...events.map(({ objectId }) => objectId)),
    ...options,
    got,
  }
}

test('subscribers get all events once and in order, in batches; a new one may begin with now', async () => {
  const all = recorder('all', ['thing.*'])
  const none = recorder('none', ['invoice.*'])
  const fresh = recorder('fresh', ['*'], { begins: 'now' })
  const feed = new EventFeed(root, [all, none, fresh], noFault)
  await feed.deliver(tenant)
  assert.equal(all.got.length, 305)
  assert.deepEqual(notes(await client.list<Told>('/v1/events')), all.got)
  assert.deepEqual([none.got, fresh.got], [[], []])
  await publish(db, [thing('e')], NOW)
  await feed.deliver(tenant)
  assert.deepEqual([all.got.at(-1), none.got, fresh.got], ['e', [], ['e']])
})

test('one that fails is tried again after a pause, from where it was, and does not stop the others', async () => {
  let nowMs = NOW
  const faults: string[] = []
  let fails = 2
  const failing = recorder('failing', ['*'], {
    begins: 'now',
    handle: async (within, events) => {
      await within
        .insertInto('idempotency')
        .values({
          key: `seen ${events[0]?.objectId}`,
          requestSha256: Buffer.alloc(32),
          status: 0,
          body: '',
          createdAt: new Date(NOW),
        })
        .execute()
      failing.got.push(...events.map(({ objectId }) => objectId))
      if (fails-- > 0) throw new Error('not now')
    },
  })
  const other = recorder('other', ['*'], { begins: 'now' })
  const feed = new EventFeed(
    root,
    [failing, other],
    (error) => faults.push(String(error)),
    () => nowMs,
  )
  await feed.deliver(tenant)
  await publish(db, [thing('f')], NOW)
  await feed.deliver(tenant)
  await feed.deliver(tenant)
  assert.deepEqual([faults.length, failing.got, other.got], [1, ['f'], ['f']])
  nowMs += 1_000
  await feed.deliver(tenant)
  assert.deepEqual(faults.length, 2)
  nowMs += 1_999
  await feed.deliver(tenant)
  assert.deepEqual(failing.got, ['f', 'f'])
  nowMs += 1
  await feed.deliver(tenant)
  await feed.deliver(tenant)
  // What it wrote was undone with its failures, and is there once.
  assert.deepEqual([failing.got, other.got], [['f', 'f', 'f'], ['f']])
  const kept = await db.selectFrom('idempotency').select('key').where('key', 'like', 'seen %').execute()
  assert.deepEqual(kept, [{ key: 'seen f' }])
})

test('of two processes one at a time serves a subscriber', async () => {
  const got: string[] = []
  const shared = (): Subscriber =>
    recorder('shared', ['*'], {
      handle: async (_db, events) => void got.push(...events.map(({ objectId }) => objectId)),
    })
  const feeds = [root, second].map((one) => new EventFeed(one, [shared()], noFault))
  await Promise.all(feeds.map(async (feed) => feed.deliver(tenant)))
  assert.deepEqual(got, notes(await client.list<Told>('/v1/events')))
})

test('a listener works in the transaction that publishes: what it refuses does not happen', async () => {
  const heard: string[] = []
  const end = listenInTransaction({
    types: ['thing.happened'],
    handle: async (_within, events) => {
      heard.push(...events.map(({ objectId }) => objectId))
      if (events.some(({ objectId }) => objectId === 'refused')) throw new Error('refused')
    },
  })
  await publish(db, [thing('heard')], NOW)
  await assert.rejects(
    root.transaction().execute(async (trx) => publish(inSchema(trx, tenant.schema), [thing('refused')], NOW)),
  )
  end()
  await publish(db, [thing('g')], NOW)
  assert.deepEqual(heard, ['heard', 'refused'])
  const all = notes(await client.list<Told>('/v1/events'))
  assert.deepEqual(all.slice(-2), ['heard', 'g'])
})
