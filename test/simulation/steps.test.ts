import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OperationContext, openLot } from '../../src/core/charging/operations.ts'
import { accountsWrite } from '../../src/engine/partition/account-writes.ts'
import { Steps, type Write } from '../../src/engine/partition/commands.ts'
import { Partition } from '../../src/engine/partition/partition.ts'
import { Chance } from './chance.ts'
import { InjectedFault, SimulatedDisk } from './disk.ts'
import { EPOCH_MS, Operator } from './operator.ts'
import { SimulatedJournal } from './simulated-journal.ts'
import { SimulatedProcess } from './simulated-process.ts'
import { Timeline } from './timeline.ts'

const GIVEN = 10

/** An account is given a unit a step; others have their turn between each two of them. */
function givingUnits(accountId: string): Write<unknown> {
  const lot = { unit: null, source: 'bonus', amount: 1n, priority: 1, fromMs: 0, untilMs: null } as const
  const give = ([operation]: readonly OperationContext[]): unknown =>
    openLot(operation as OperationContext, { ...lot, scope: null, isShared: false, origin: 'test' }, 'adjust')
  const one = accountsWrite({ accountIds: [accountId], nowMs: EPOCH_MS, decide: give }) as Write<unknown>
  return {
    ...one,
    decide: (state, facts) =>
      new Steps(
        (function* () {
          for (let given = 0; given < GIVEN; given++) {
            one.decide(state, facts)
            yield
          }
        })(),
      ),
  }
}

test('what is decided in steps lets others have their turn, and they see all of it or nothing', async () => {
  const [chance, timeline, disk] = [new Chance(1), new Timeline(false), new SimulatedDisk()]
  const operator = new Operator(chance, disk)
  const host = new SimulatedProcess('p', timeline, chance, () => true)
  host.isTurnOver = () => true
  const journal = new SimulatedJournal(disk, host, timeline, chance, { failed: 0, unknown: 0, slow: 0 })
  const source = operator.sourceFor(async (ms) => timeline.pause(ms))
  const partition = new Partition(journal, 1, source, () => undefined, host)
  const accountId = operator.accounts[0]?.id ?? ''
  let given = 0
  const look = async (): Promise<number> =>
    partition.peek(({ book }) =>
      Number(book.get(accountId)?.lots.reduce((sum, { remaining }) => sum + remaining, 0n) ?? 0n),
    )
  const write = async (): Promise<unknown> => {
    const asked = givingUnits(accountId)
    const decide: typeof asked.decide = (state, facts) => {
      const { each } = asked.decide(state, facts) as Steps<unknown>
      const counted = function* (): Generator<undefined, void> {
        for (const _ of each) {
          given++
          yield
        }
      }
      return new Steps(counted())
    }
    return partition.write({ ...asked, decide })
  }
  const until = async (count: number): Promise<void> => {
    while (given < count) await host.nextTurn()
  }
  const story = (async () => {
    const first = write()
    await until(3)
    assert.equal(given < GIVEN, true, 'this had its turn while it was being decided')
    const seen = look()
    await partition.checkpoint()
    assert.equal(given, GIVEN, 'a checkpoint stores no half of it')
    assert.equal(await seen, GIVEN)
    await first
    // Memory that is dropped in the middle: who waits is told, nothing of it is kept, and the next one is decided.
    given = 0
    const second = write().catch((error: unknown) => String(error))
    await until(3)
    partition.invalidate(new InjectedFault('a reload failed'))
    assert.match(String(await second), /send the same request again/)
    assert.equal(await look(), GIVEN)
    given = 0
    await write()
    assert.deepEqual([given, await look()], [GIVEN, 2 * GIVEN])
  })()
  let isDone = false
  void story
    .catch(() => undefined)
    .finally(() => {
      isDone = true
    })
  await timeline.run(() => isDone, 60_000)
  await story
})
