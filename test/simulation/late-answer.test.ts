import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OperationContext, openLot } from '../../src/core/charging/operations.ts'
import { accountsWrite } from '../../src/engine/partition/account-writes.ts'
import { Partition } from '../../src/engine/partition/partition.ts'
import { Chance } from './chance.ts'
import { InjectedFault, SimulatedDisk } from './disk.ts'
import { EPOCH_MS, Operator } from './operator.ts'
import { SimulatedJournal } from './simulated-journal.ts'
import { SimulatedProcess } from './simulated-process.ts'
import { Timeline } from './timeline.ts'

/** Longer than it takes to drop memory, to rebuild it, and to commit again. */
const LATE_MS = 5_000

test('a commit that is answered after memory was rebuilt does not break the chain', async () => {
  const [chance, timeline, disk] = [new Chance(1), new Timeline(false), new SimulatedDisk()]
  const operator = new Operator(chance, disk)
  const host = new SimulatedProcess('p', timeline, chance, () => true)
  const journal = new SimulatedJournal(disk, host, timeline, chance, { failed: 0, unknown: 0, slow: 0 })
  const commit = journal.commit.bind(journal)
  journal.commit = async (epoch, segment, commitHooks) => {
    await commit(epoch, segment, commitHooks)
    if (segment.seq === 1) await timeline.pause(LATE_MS)
  }
  const source = operator.sourceFor(async (ms) => timeline.pause(ms))
  const partition = new Partition(journal, 1, source, () => undefined, host)
  const accountIds = [operator.accounts[0]?.id ?? '']
  const give = async (): Promise<unknown> => {
    const lot = { unit: null, source: 'bonus', amount: 1n, priority: 1, fromMs: 0, untilMs: null } as const
    const decide = ([operation]: readonly OperationContext[]): unknown =>
      openLot(operation as OperationContext, { ...lot, scope: null, isShared: false, origin: 'test' }, 'adjust')
    return partition.write(accountsWrite({ accountIds, nowMs: EPOCH_MS, decide }))
  }
  const story = (async () => {
    const first = give().catch((error: unknown) => String(error))
    await timeline.pause(1_000)
    partition.invalidate(new InjectedFault('a reload failed'))
    assert.match(String(await first), /send the same request again/)
    await give()
    await timeline.pause(LATE_MS)
    await give()
  })()
  let isDone = false
  void story.finally(() => {
    isDone = true
  })
  await timeline.run(() => isDone, 60_000)
  await story
  const rows = disk.segments.map(({ row }) => row)
  assert.equal(rows.length, 3)
  for (const [at, { previousDigest }] of rows.entries())
    if (at > 0) assert.deepEqual(previousDigest, rows[at - 1]?.digest)
})

test('what is asked while a partition closes is refused, and not left without an answer', async () => {
  const [chance, timeline, disk] = [new Chance(2), new Timeline(false), new SimulatedDisk()]
  const operator = new Operator(chance, disk)
  const host = new SimulatedProcess('p', timeline, chance, () => true)
  const journal = new SimulatedJournal(disk, host, timeline, chance, { failed: 0, unknown: 0, slow: 0 })
  const commit = journal.commit.bind(journal)
  journal.commit = async (epoch, segment, commitHooks) => {
    if (segment.seq === 2) await timeline.pause(LATE_MS)
    await commit(epoch, segment, commitHooks)
  }
  const partition = new Partition(
    journal,
    1,
    operator.sourceFor(async (ms) => timeline.pause(ms)),
    () => undefined,
    host,
  )
  const accountIds = [operator.accounts[0]?.id ?? '']
  const give = async (): Promise<unknown> => {
    const lot = { unit: null, source: 'bonus', amount: 1n, priority: 1, fromMs: 0, untilMs: null } as const
    const decide = ([operation]: readonly OperationContext[]): unknown =>
      openLot(operation as OperationContext, { ...lot, scope: null, isShared: false, origin: 'test' }, 'adjust')
    return partition.write(accountsWrite({ accountIds, nowMs: EPOCH_MS, decide }))
  }
  const late: Promise<string>[] = []
  const storeCheckpoint = journal.storeCheckpoint.bind(journal)
  journal.storeCheckpoint = async (epoch, seq) => {
    late.push(give().then(() => 'given', String))
    await timeline.pause(1)
    await storeCheckpoint(epoch, seq)
  }
  const story = (async () => {
    await give()
    await partition.close()
    assert.match((await Promise.all(late)).join(), /^Refusal: the engine is closed$|^Error: the engine is closed$/)
    await assert.rejects(give(), /the engine is closed/)
  })()
  let isDone = false
  void story.finally(() => {
    isDone = true
  })
  await timeline.run(() => isDone, 60_000)
  assert.ok(isDone, 'everybody is answered')
  await story
  assert.equal(disk.segments.length, 1)
})
