import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Journal } from '../journal/journal-store.ts'
import type { Session } from '../journal/session.ts'
import { PartitionState } from '../memory/partition-state.ts'
import { storeChanges } from './checkpoint.ts'

const idOf = (kind: number, number: number): string =>
  `019b76dc-000${kind}-7000-8000-${number.toString(16).padStart(12, '0')}`

/** Memory with counters, accounts of which the first has very many lots, and sessions of them. */
function filled(counters: number, lots: number, sessions: number): PartitionState {
  const state = new PartitionState(Uint32Array.of(1, 2, 3, 4))
  const cell = state.definitions.names.numberOfRateElement([idOf(9, 1), 'units', ''])
  for (let number = 0; number < counters; number++) {
    const subscription = state.definitions.parties.subscriptions.numberOf(idOf(1, number))
    state.counters.update(state.counters.place(subscription, cell, 20_468), [5n], 61_500n)
  }
  for (let account = 0; account < 50; account++) {
    const id = idOf(2, account)
    state.book.open(id)
    for (let number = 1; number <= (account === 0 ? lots : 2); number++) {
      const terms = { unit: null, source: 'paid', priority: 60, fromMs: 0, untilMs: null, scope: null } as const
      const content = { isShared: false, origin: `top_up:${number}`, amount: 10n, remaining: 10n, held: 0n }
      state.book.apply({ fact: 'lot', account: id, lot: { number, ...terms, ...content } })
    }
  }
  state.book.settle()
  for (let number = 0; number < sessions; number++) {
    const times = { startedMs: 1, reportedMs: 1, expiresMs: 9e12, state: 'running', sequence: 0 } as const
    const named = {
      key: `["gw","s-${number}"]`,
      service: 's',
      answer: '{"result":"granted"}',
      groups: new Map(),
    } as const
    state.putSession(number % 50, { ...named, ...times } as Session)
  }
  return state
}

test('R6: a checkpoint makes a bounded part of the rows before others have their turn, whatever there is to store', async () => {
  const state = filled(5_000, 3_000, 4_000)
  const stored = { counters: 0, balances: 0, sessions: 0 }
  let [made, most, sliceMost] = [0, 0, 0]
  const turn = async (): Promise<void> => {
    most = Math.max(most, made)
    made = 0
  }
  const store = async (name: keyof typeof stored, rows: readonly unknown[]): Promise<void> => {
    stored[name] += rows.length
    sliceMost = Math.max(sliceMost, rows.length)
    await turn()
  }
  const journal = {
    storeCounters: async (_epoch: bigint, rows: readonly unknown[]) => store('counters', rows),
    storeBalances: async (_epoch: bigint, rows: readonly unknown[]) => store('balances', rows),
    storeSessions: async (_epoch: bigint, _gone: readonly string[], rows: readonly unknown[]) =>
      store('sessions', rows),
  }
  await storeChanges(state, journal as unknown as Journal, 1n, {
    deciding: () => null,
    decidedSeq: () => {
      // Asked once for each counter and account that is made into a row.
      made++
      return 1
    },
    committed: async () => undefined,
    isCurrent: () => true,
    isAlone: () => true,
    around: { nextTurn: turn, monotonicMs: () => 0, after: () => () => undefined },
  })
  assert.deepEqual(stored, { counters: 5_000, balances: 50, sessions: 4_000 })
  assert.ok(most <= 200, `${most} rows were made in one turn`)
  assert.ok(sliceMost <= 200, `${sliceMost} rows went into one transaction`)
  assert.deepEqual([state.counters.takeDirty(), state.book.takeDirty(), state.sessions.takeGone()], [[], [], []])
})

/** A row with half of a segment would have its charges twice after a start: once stored, and once from the journal. */
test('a checkpoint reads memory only while nothing is half decided, also where a decision begins in the same moment', async () => {
  const state = filled(1_000, 0, 0)
  let half: Promise<void> | null = null
  let stored = 0
  const decide = (): void => {
    half ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      half = null
    })
  }
  const storeCounters = async (_epoch: bigint, rows: readonly unknown[]): Promise<void> => {
    stored += rows.length
  }
  const journal = { storeCounters, storeBalances: async () => undefined }
  await storeChanges(state, { ...journal, storeSessions: async () => undefined } as unknown as Journal, 1n, {
    deciding: () => {
      queueMicrotask(decide)
      return half
    },
    decidedSeq: () => {
      assert.equal(half, null)
      return 1
    },
    committed: async () => undefined,
    isCurrent: () => true,
    isAlone: () => true,
    around: { nextTurn: async () => undefined, monotonicMs: () => 0, after: () => () => undefined },
  })
  assert.equal(stored, 1_000)
})
