/** Rows that are written by the statement that appends a segment: both are there, or neither, and each is to blame for its own. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { z } from 'zod'
import { JournalStore } from '../src/engine/index.ts'
import { newId } from '../src/platform/clock.ts'
import { connect, inSchema } from '../src/platform/db.ts'
import { eventOf, eventType } from '../src/platform/events/event-type.ts'
import { eventRows, listenInTransaction } from '../src/platform/events/publish.ts'
import type { NewRows } from '../src/platform/insert-rows.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const world = await startChargingWorld('alongside')
const { app, client, config } = world.kvit
const db = connect(String(config.databaseUrl))
after(async () => db.destroy())
const scoped = inSchema(db, 't_alongside')
const NOW = Date.parse('2026-02-10T12:00:00Z')

await world.subscriber('one', { creditLimit: '0' })
await world.subscriber('two', { creditLimit: '0' })
await world.topUp('one', '1')
await world.topUp('two', '1')
const idOf = async (account: string): Promise<string> => String((await client.get(`/v1/accounts/${account}`))['id'])
const [one, two] = [await idOf('one'), await idOf('two')]

function entry(accountId: string, note: string, amount: string | null): NewRows {
  const row = { id: newId(), accountId, kind: 'test', amount, note, createdAt: new Date(NOW) }
  const columns = {
    id: 'uuid',
    accountId: 'uuid',
    kind: 'text',
    amount: 'numeric',
    note: 'text',
    createdAt: 'timestamptz',
  }
  return { table: 'balanceEntry', columns, rows: [row] }
}

const noted = async (): Promise<unknown[]> =>
  (await scoped.selectFrom('balanceEntry').select('note').where('kind', '=', 'test').orderBy('note').execute()).map(
    ({ note }) => note,
  )

const write = async (accountId: string, rows: () => readonly NewRows[]): Promise<string> => {
  const work = { accountIds: [accountId], nowMs: NOW, decide: () => null, rows }
  return app.engine.onAccounts('alongside', work).then(
    () => 'written',
    (error: { code?: string }) => String(error.code),
  )
}

test('a value that cannot be stored fails its own caller for good; the others are told to send the same again', async () => {
  const asked = (): Promise<string[]> =>
    Promise.all([
      write(one, () => [entry(one, 'a', '1')]),
      write(two, () => [entry(two, 'b', null)]),
      write(two, () => [entry(two, 'c', '1')]),
    ])
  assert.deepEqual(await asked(), ['engine_unavailable', 'unprocessable', 'engine_unavailable'])
  assert.deepEqual(await noted(), [])
  assert.equal(await write(one, () => [entry(one, 'a', '1')]), 'written')
  assert.equal(await write(two, () => [entry(two, 'c', '1'), entry(two, 'd', '2')]), 'written')
  assert.deepEqual(await noted(), ['a', 'c', 'd'])
})

test('where another owns the journal, neither the segment nor its rows are written', async () => {
  const store = new JournalStore(db, 't_alongside', 1)
  const before = await client.get('/v1/journal/head')
  const bytes = Buffer.alloc(32)
  const segment = {
    ...{ seq: Number(before['seq']) + 1, committedAtMs: NOW, usageFromMs: null, usageUntilMs: null, codec: 1 },
    ...{ payload: bytes, identities: bytes, payloadDigest: bytes, digest: bytes, previousDigest: bytes },
    counts: { received: 0, charged: 0, suspended: 0, duplicates: 0, recycled: 0, corrected: 0 },
  }
  const rows = [{ rows: [entry(one, 'fenced', '1')], blame: () => assert.fail('nobody is to blame') }]
  await assert.rejects(store.commit(0n, segment, [], rows), /another owner/)
  assert.ok(!(await noted()).includes('fenced'))
  assert.deepEqual(await client.get('/v1/journal/head'), before)
})

test('who listens in the transaction of an event is heard, and may refuse it', async () => {
  const happened = eventType('thing.happened', 'thing', 'A thing happened.', { note: z.string() })
  const events = (note: string) => () => [eventRows([eventOf(happened, { objectId: note }, { note })], NOW)]
  const heard: string[] = []
  const end = listenInTransaction({
    types: ['thing.happened'],
    handle: async (within, [event]) => {
      heard.push(String(event?.objectId))
      if (event?.objectId === 'refused') throw new Error('refused')
      // It sees what it hears of.
      const { found } = await within
        .selectFrom('event')
        .select((eb) => eb.fn.countAll<bigint>().as('found'))
        .where('type', '=', 'thing.happened')
        .executeTakeFirstOrThrow()
      assert.equal(found, 1n)
    },
  })
  assert.equal(await write(one, events('good')), 'written')
  assert.equal(await write(one, events('refused')), 'engine_unavailable')
  end()
  assert.deepEqual(heard, ['good', 'refused'])
  const told = (await client.list<{ objectId: string; type: string }>('/v1/events')).filter(
    ({ type }) => type === 'thing.happened',
  )
  assert.deepEqual(
    told.map(({ objectId }) => objectId),
    ['good'],
  )
  assert.deepEqual(await checkHolds(client), [])
})
