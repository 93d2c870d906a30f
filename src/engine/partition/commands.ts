import type { UsageBatch } from '../../core/mediation/usage-batch.ts'
import type { DatabaseTransaction } from '../../platform/db.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { keepOrigin } from '../../platform/origin.ts'
import { Refusal } from '../../platform/problems.ts'
import { chargeUsage, type Decision, rechargeSuspended, type SuspendedRecord } from '../charging/charge-usage.ts'
import type { FactsBuilder } from '../journal/facts-builder.ts'
import type { OnlineAnswer, OnlineBatch, OnlineRequest } from '../journal/online-request.ts'
import { countsSince, type UsageCounts } from '../journal/usage-counts.ts'
import type { PartitionState } from '../memory/partition-state.ts'
import { decideRequest } from '../online/charge-online.ts'
import { assertOpened } from '../online/closed-accounts.ts'
import type { Acceptance } from '../rating/locate-record.ts'

/** What else must become true in the commit of a decision; it gets what was decided and the number of the segment. */
export type CommitHook<T> = (trx: DatabaseTransaction, outcome: T, seq: number) => Promise<void>
/** The same, where it is new rows alone: the statement that appends the segment writes them, which is a sixth of the work. */
export type RowsOf<T> = (outcome: T) => readonly NewRows[]

/** A batch of usage to be charged. */
export interface UsageCommand {
  readonly batch: UsageBatch
  readonly acceptance: Acceptance
  /** The records come out of suspense. */
  readonly recycled: boolean
  readonly commitHook?: CommitHook<UsageOutcome>
  /** Whether the commit hook has something to do; it always has when absent. A commit without commit hooks is one statement. */
  readonly isHookNeeded?: (outcome: UsageOutcome) => boolean
}

export interface UsageOutcome {
  /** The rows of the segment that the charged records have, half-open. */
  readonly rows: { readonly from: number; readonly until: number }
  readonly counts: UsageCounts
  readonly suspended: readonly SuspendedRecord[]
  readonly events: readonly NewEvent[]
  /** Rows of records that came again while they wait in suspense: the first of them. */
  readonly waiting: readonly number[]
}

/** Requests of gateways, to be decided in order. */
export interface OnlineCommand extends OnlineBatch {
  readonly acceptance: Acceptance
  readonly commitHook?: CommitHook<OnlineOutcome>
  readonly isHookNeeded?: (outcome: OnlineOutcome) => boolean
  readonly rows?: RowsOf<OnlineOutcome>
}

/** Of requests that follow others of the same connection, before those are committed. */
export interface OnlineTurn {
  /** False once one before them has failed: it will come again, and must not find them decided. */
  isAsked(): boolean
  /** Called before they are committed: commands that are queued from then on are decided after them. */
  onDecided(): void
}

export interface OnlineOutcome extends UsageOutcome {
  readonly answers: readonly OnlineAnswer[]
}

/** What a command comes to that was refused. */
export const REFUSED = Symbol('refused')

/** A decision that may take long: others have their turn of the event loop between its steps. */
export class Steps<T> {
  readonly each: Generator<undefined, T>

  constructor(each: Generator<undefined, T>) {
    this.each = each
  }

  /** The same steps, after the last of which something is done. */
  behind(work: () => void): Steps<T> {
    return new Steps(behind(this.each, work))
  }
}

function* behind<T>(each: Generator<undefined, T>, work: () => void): Generator<undefined, T> {
  const outcome = yield* each
  work()
  return outcome
}

/** Something that decides against memory and puts what it decided into the facts of a segment. */
export interface Write<T> {
  /** Work in it, in records of usage, by which segments are filled and the queue is bounded. */
  readonly weight: number
  /** Refuses, if at all, before it changes anything. */
  decide(state: PartitionState, facts: FactsBuilder): T | Steps<T>
  readonly commitHook?: CommitHook<T> | undefined
  readonly isHookNeeded?: ((outcome: T) => boolean) | undefined
  readonly rows?: RowsOf<T> | undefined
  /** The stored bytes of a segment that the write gets for itself, in place of facts. */
  readonly payload?: Buffer
}

/** A write whose commit hook works for the request of now, whoever else's commit it is in. */
export function forNow<T>(write: Write<T>): Write<unknown> {
  const { commitHook, rows } = write
  const kept = { commitHook: commitHook && keepOrigin(commitHook), rows: rows && keepOrigin(rows) }
  return (commitHook === undefined && rows === undefined ? write : { ...write, ...kept }) as Write<unknown>
}

/**
 * Puts hashes into the journal, in a segment of their own: its bytes can be shown to anybody, because nothing of
 * anybody is in them.
 * @param memory that was current when the records were read: after a restart they may be in the journal already.
 */
export function anchorWrite(payload: Buffer, commitHook: CommitHook<null>, memory: object): Write<null> {
  const decide = (state: PartitionState): null => {
    assertSame(state, memory)
    return null
  }
  return { weight: 1, payload, commitHook, decide }
}

/** Refuses what was prepared with a memory that was dropped since: another process may have charged meanwhile. */
export function assertSame(state: PartitionState, memory: object): void {
  if (state !== memory) throw new Refusal('engine_unavailable', 'the engine started anew; send the request again')
}

/** What a decision comes to that begins now, when it is made. */
function outcomeOf({ facts, suspended, events, waiting }: Decision): () => UsageOutcome {
  const [before, from] = [{ ...facts.counts }, facts.size]
  return () => {
    const rows = { from, until: facts.size }
    return { rows, counts: countsSince(before, facts.counts), suspended, events, waiting }
  }
}

/** Records of a step, and online requests: a tenth and half of a millisecond, with an ordinary plan. */
const STEP = { records: 32, requests: 16 }

/**
 * A decision about so many things one after another, in steps where they are more than one step: what steps need costs as much
 * as a record.
 * @param work decides those from one to before another, in order
 */
function decideInOrder<T>(
  count: number,
  step: number,
  work: (from: number, until: number) => void,
  outcome: () => T,
): T | Steps<T> {
  if (count > step) return new Steps(stepsOf(count, step, work, outcome))
  work(0, count)
  return outcome()
}

function* stepsOf<T>(
  count: number,
  step: number,
  work: (from: number, until: number) => void,
  outcome: () => T,
): Generator<undefined, T> {
  for (let from = 0; from < count; from += step) {
    work(from, Math.min(from + step, count))
    yield
  }
  return outcome()
}

export function usageWrite({
  batch,
  acceptance,
  recycled,
  commitHook,
  isHookNeeded,
}: UsageCommand): Write<UsageOutcome> {
  return {
    weight: batch.count,
    commitHook,
    isHookNeeded,
    decide(state, facts) {
      const decision = { state, batch, acceptance, facts, suspended: [], events: [], waiting: [] }
      const outcome = outcomeOf(decision)
      const charge = recycled ? rechargeSuspended : chargeUsage
      return decideInOrder(batch.count, STEP.records, (from, until) => charge(decision, from, until), outcome)
    },
  }
}

/**
 * What deciding a request takes, in records of usage of some 3 µs: a step of a session releases, charges and sets aside. Around
 * it as much is done in the same turn of the event loop, of reading requests and writing answers, so it counts twice.
 */
const WEIGHTS: Readonly<Record<OnlineRequest['op'], number>> = {
  ...{ invalid: 1, event: 4, refund: 4 },
  ...{ start: 20, update: 20, end: 20 },
}

export function onlineWrite({
  batch,
  requests,
  acceptance,
  commitHook,
  isHookNeeded,
  rows,
}: OnlineCommand): Write<OnlineOutcome> {
  return {
    weight: requests.reduce((sum, { op }) => sum + WEIGHTS[op], 0),
    commitHook,
    isHookNeeded,
    rows,
    decide(state, facts) {
      assertOpened(state, requests)
      const decision = { state, batch, acceptance, facts, suspended: [], events: [], waiting: [] }
      const outcome = outcomeOf(decision)
      const answers: OnlineAnswer[] = []
      const decide = (from: number, until: number): void => {
        for (let at = from; at < until; at++) answers.push(decideRequest(decision, requests[at] as OnlineRequest))
      }
      return decideInOrder(requests.length, STEP.requests, decide, () => ({ ...outcome(), answers }))
    },
  }
}

/** A command of a partition, with the caller that waits for the answer. */
interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}
export interface WriteCommand extends Waiting {
  readonly kind: 'write'
  readonly write: Write<unknown>
}
export interface ReadCommand extends Waiting {
  readonly kind: 'read'
  read(state: PartitionState, seq: number): unknown
}
export type Command = WriteCommand | ReadCommand
