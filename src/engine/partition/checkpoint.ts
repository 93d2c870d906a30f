import { fromDayNumber } from '../../core/base/period.ts'
import { toExactJson } from '../columnar/exact-json.ts'
import type { BalanceRow } from '../journal/checkpoint-rows.ts'
import type { Journal } from '../journal/journal-store.ts'
import type { StoredSession } from '../journal/session.ts'
import type { CounterRow } from '../journal/stored-rows.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import type { Environment } from './environment.ts'

/** Rows that one transaction stores: few, because requests may wait for the database meanwhile. */
const SLICE = 200
/**
 * Work on rows before others have their turn, in parts that a row has: a counter, one of its observations, a session, a lot.
 * Each takes some microseconds, so that a step takes one to two milliseconds.
 */
const STEP = 100
/** Rows of sessions that are looked at in a step: most have not changed. */
const LOOKED_AT = 10_000
/** Of sessions and observations, which are plain numbers or texts already: so many weigh as much as one part. */
const LIGHT = 16
/** How long it waits between two transactions at most. */
const MAX_REST_MS = 50

/** The row of a counter, with names instead of numbers. Memory has the facts of all segments up to `seq`. */
export function toCounterRow(
  { counters, definitions, series }: PartitionState,
  place: number,
  seq: number,
): CounterRow {
  const { subscription, cell, period } = counters.nameOf(place)
  const [planVersionId, priceCode, rateKey] = definitions.names.rateElement(cell)
  return {
    subscriptionId: definitions.parties.subscriptions.idOf(subscription),
    planVersionId,
    priceCode,
    cell: rateKey,
    periodStart: fromDayNumber(period),
    asOfSeq: seq,
    measures: counters.aggregate(place),
    amount: counters.amount(place),
    records: counters.records(place),
    series: series.bytesOf(place),
  }
}

/** How far a partition is, while its counters are stored and it continues to charge. */
interface Progress {
  decidedSeq(): number
  /**
   * Resolves when what is being decided is decided; null where nothing is: only then has memory whole segments alone. Whoever
   * gets null continues in the same moment, since another decision may begin in the next one.
   */
  deciding(): Promise<void> | null
  /** Resolves when everything decided so far is committed. */
  committed(): Promise<void>
  /** False once memory was dropped: what was read from it must not be stored. */
  isCurrent(): boolean
  /** Whether nobody asks for anything any more. */
  isAlone(): boolean
  readonly around: Pick<Environment, 'nextTurn' | 'monotonicMs' | 'after'>
}

/**
 * Stores the counters, balances and sessions that changed, in small steps between decisions, each row with the number of the
 * last segment that it has the facts of. Nothing is stored before that segment is.
 */
export async function storeChanges(
  state: PartitionState,
  store: Journal,
  epoch: bigint,
  progress: Progress,
): Promise<void> {
  const { counters, book } = state
  const sweep = new Sweep(progress)
  await sweep.rows(
    counters.takeDirty(),
    (place): [CounterRow, number] => {
      counters.markClean(place)
      const row = toCounterRow(state, place, progress.decidedSeq())
      return [row, 1 + (row.series?.length ?? 0) / (8 * LIGHT)]
    },
    async (rows) => store.storeCounters(epoch, rows),
  )
  await sweep.rows(
    book.takeDirty(),
    (account): [BalanceRow, number] => {
      const balances = book.lookClean(account)
      const row = { accountId: balances.account, content: toExactJson(balances), asOfSeq: progress.decidedSeq() }
      return [row, 1 + balances.lots.length + balances.pools.size]
    },
    async (rows) => store.storeBalances(epoch, rows),
  )
  await storeSessions(state, store, epoch, sweep)
}

async function storeSessions(
  { sessions, definitions }: PartitionState,
  store: Journal,
  epoch: bigint,
  sweep: Sweep,
): Promise<void> {
  const idOf = (account: number): string => definitions.names.accounts.idOf(account)
  const gone = sessions.takeGone()
  await sweep.rows(
    gone,
    (key): [string, number] => [key, 1 / LIGHT],
    async (keys) => store.storeSessions(epoch, keys, []),
  )
  // Those that begin meanwhile are in segments that recovery reads.
  const { rows } = sessions
  for (let from = 0; from < rows; from += LOOKED_AT) {
    const dirty: number[] = []
    for (let row = from; row < Math.min(rows, from + LOOKED_AT); row++) if (sessions.isChanged(row)) dirty.push(row)
    await sweep.rows(
      dirty,
      (row): [StoredSession, number] | null => {
        const stored = sessions.takeDirty(row, idOf)
        return stored === null ? null : [stored, 1]
      },
      async (stored) => store.storeSessions(epoch, [], stored),
    )
  }
}

/** Goes through rows a step at a time, and stores them a slice at a time. */
class Sweep {
  private readonly progress: Progress

  constructor(progress: Progress) {
    this.progress = progress
  }

  /** @param make a row and what it weighs; null where there is nothing to store any more. */
  async rows<Item, Row>(
    items: readonly Item[],
    make: (item: Item) => [row: Row, weight: number] | null,
    store: (rows: readonly Row[]) => Promise<void>,
  ): Promise<void> {
    const { progress } = this
    let rows: Row[] = []
    let [weight, stepWeight] = [0, 0]
    let isNewStep = true
    for (const item of items) {
      if (isNewStep) {
        for (let half = progress.deciding(); half !== null; half = progress.deciding()) await half
        if (!progress.isCurrent()) return
        isNewStep = false
      }
      const made = make(item)
      if (made !== null) {
        rows.push(made[0])
        weight += made[1]
        stepWeight += made[1]
      }
      if (rows.length >= SLICE || weight >= SLICE * 4) {
        await this.store(rows, store)
        rows = []
        weight = stepWeight = 0
        isNewStep = true
      } else if (stepWeight >= STEP) {
        stepWeight = 0
        await progress.around.nextTurn()
        isNewStep = true
      }
    }
    if (rows.length > 0) await this.store(rows, store)
  }

  private async store<Row>(rows: readonly Row[], store: (rows: readonly Row[]) => Promise<void>): Promise<void> {
    const { progress } = this
    await progress.committed()
    if (!progress.isCurrent()) return
    const { around } = progress
    const startedMs = around.monotonicMs()
    await store(rows)
    if (progress.isAlone()) return
    // Half of the database's time is left to others.
    const restMs = Math.min(MAX_REST_MS, around.monotonicMs() - startedMs)
    await new Promise<void>((resolve) => around.after(restMs, resolve))
  }
}
