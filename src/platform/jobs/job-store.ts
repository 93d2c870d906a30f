import { type RawBuilder, sql } from 'kysely'
import { newId } from '../clock.ts'
import type { Database } from '../db.ts'
import { toJson } from '../http/json.ts'
import { currentOrigin } from '../origin.ts'
import type { Candidate } from './choose-jobs.ts'
import type { Job, JobState, Progress } from './job.ts'

/** A payload names what a job is about; what is larger has a table of its own. */
const MAX_PAYLOAD_BYTES = 16_384
const MAX_KEY_LENGTH = 200
const MAX_ERROR_LENGTH = 2_000
/** Jobs of a tenant that one look sees. */
const SEEN = 50

/** What somebody wants done. */
export interface NewJob {
  readonly kind: string
  readonly key: string
  readonly payload?: object
  /** The time, by the tenant's clock, before which it is not begun; null for at once. */
  readonly dueMs?: number | null
}

const inDatabaseTime = (ms: number): RawBuilder<Date> =>
  sql<Date>`clock_timestamp() + ${Math.round(ms)}::integer * interval '1 millisecond'`

/**
 * Asks for a job, in the transaction of the reason for it. There is one job for a kind and key: one that waits gets the new
 * time and payload, one that runs is done once more afterwards, and one that has ended begins anew.
 * @param db in the tenant's schema
 */
export async function askForJob(
  db: Database,
  { kind, key, payload = {}, dueMs = null }: NewJob,
  nowMs: number,
): Promise<void> {
  const content = toJson(payload)
  if (content.length > MAX_PAYLOAD_BYTES) throw new Error(`the payload of a job ${kind} has ${content.length} bytes`)
  if (key.length > MAX_KEY_LENGTH) throw new Error(`the key of a job ${kind} has ${key.length} characters`)
  const origin = currentOrigin()
  const asked = {
    payload: content,
    dueAt: new Date(dueMs ?? nowMs),
    isScheduled: dueMs !== null,
    requestId: origin?.requestId ?? null,
    actor: origin?.actor ?? null,
  }
  const fresh = { done: 0n, total: null, words: null, error: null, finishedAt: null, retryAt: null }
  const counts = { attempts: 0, losses: 0, isCancelAsked: false, isAskedAgain: false }
  const unlessUnderWay = <T>(column: string, value: string): RawBuilder<T> =>
    sql.raw(`case when job.state in ('waiting', 'running') then job.${column} else ${value} end`)
  await db
    .insertInto('job')
    .values({
      ...{ id: newId(), kind, key, state: 'waiting', fence: 0n, createdAt: new Date(nowMs) },
      ...asked,
      ...fresh,
      ...counts,
    })
    .onConflict((on) =>
      on.columns(['kind', 'key']).doUpdateSet({
        ...asked,
        state: sql`case when job.state = 'running' then 'running' else 'waiting' end`,
        isAskedAgain: sql`job.state = 'running'`,
        done: unlessUnderWay('done', '0'),
        total: unlessUnderWay('total', 'null'),
        words: unlessUnderWay('words', 'null'),
        error: unlessUnderWay('error', 'null'),
        retryAt: unlessUnderWay('retry_at', 'null'),
        startedAt: unlessUnderWay('started_at', 'null'),
        finishedAt: null,
        attempts: unlessUnderWay('attempts', '0'),
        losses: unlessUnderWay('losses', '0'),
        isCancelAsked: unlessUnderWay('is_cancel_asked', 'false'),
      }),
    )
    .execute()
}

export async function findJob(db: Database, id: string): Promise<Job | undefined> {
  return (await db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst()) as Job | undefined
}

/**
 * What is under way, and what could be begun, in the order in which it is due. Those that are scheduled wait for each other, so they are counted by
 * themselves: of 10,000 that wait for a long one none hides what somebody asks for meanwhile.
 * @param kinds that this process can do
 * @param isGone whether an owner is a process that is no more
 */
export async function listCandidates(
  db: Database,
  kinds: readonly string[],
  nowMs: number,
  isGone: (owner: string) => boolean,
): Promise<Candidate[]> {
  const first = (isScheduled: boolean) =>
    db
      .selectFrom('job')
      .select(['id', 'kind', 'state', 'dueAt', 'isScheduled', 'fence', 'owner', 'isCancelAsked'])
      .select(sql<boolean>`coalesce(lease_until < clock_timestamp(), false)`.as('hasRunOut'))
      .where('kind', 'in', kinds)
      .where('isScheduled', '=', isScheduled)
      .where(
        sql<boolean>`(state = 'running' or state = 'waiting' and due_at <= ${new Date(nowMs)} and (retry_at is null or retry_at <= clock_timestamp()))`,
      )
      // Those that run come first, and are few.
      .orderBy('state')
      .orderBy('dueAt')
      .orderBy('id')
      .limit(SEEN)
  const asked = db.selectFrom(first(false).as('asked')).selectAll()
  const rows = (await asked.unionAll(db.selectFrom(first(true).as('scheduled')).selectAll()).execute()) as Row[]
  const seen = rows.map(({ owner, hasRunOut, ...row }) => ({
    ...row,
    isLeft: row.state === 'running' && (hasRunOut || (owner !== null && isGone(owner))),
  }))
  return seen.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

type Row = Omit<Candidate, 'isLeft'> & Pick<Job, 'owner'> & { readonly hasRunOut: boolean }

/** Which take of a job is meant: whoever has taken it since has another number. */
export type Deduction = Pick<Job, 'id' | 'fence'>

/** Takes a job that looked free. @returns null where another process was quicker. */
export async function takeJob(
  db: Database,
  { id, fence, state }: Pick<Candidate, 'id' | 'fence' | 'state'>,
  owner: string,
  leaseMs: number,
  nowMs: number,
): Promise<Job | null> {
  const row = await db
    .updateTable('job')
    .set({
      ...{ state: 'running', owner, leaseUntil: inDatabaseTime(leaseMs), fence: fence + 1n },
      startedAt: sql`coalesce(started_at, ${new Date(nowMs)})`,
      losses: sql`losses + ${state === 'running' ? 1 : 0}`,
    })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirst()
  return (row as Job | undefined) ?? null
}

/** @returns whether somebody has asked to end it; null where it is no longer the caller's. */
export async function renewLease(db: Database, take: Deduction, leaseMs: number): Promise<boolean | null> {
  const row = await changeHeld(db, take, { leaseUntil: inDatabaseTime(leaseMs) })
  return row?.isCancelAsked ?? null
}

/** Changes a job that is worked on. @returns it, or undefined where it is no longer the caller's. */
async function changeHeld(
  db: Database,
  { id, fence }: Deduction,
  set: Readonly<Record<string, unknown>>,
): Promise<Job | undefined> {
  const held = db.updateTable('job').set(set).where('id', '=', id).where('fence', '=', fence)
  return (await held.where('state', '=', 'running').returningAll().executeTakeFirst()) as Job | undefined
}

export async function isHeld(db: Database, { id, fence }: Deduction): Promise<boolean> {
  const held = db.selectFrom('job').select('id').where('id', '=', id).where('fence', '=', fence)
  return (await held.where('state', '=', 'running').forUpdate().execute()).length > 0
}

export async function noteProgress(db: Database, take: Deduction, { done, total, words }: Progress): Promise<boolean> {
  const set = { done: BigInt(done), total: total === null ? null : BigInt(total), words: words ?? null, losses: 0 }
  return (await changeHeld(db, take, set)) !== undefined
}

const FREE = { owner: null, leaseUntil: null }

/** Gives a job back, to be continued: by another process, or here after a while. */
export async function releaseJob(db: Database, take: Deduction, error: string | null): Promise<void> {
  await changeHeld(db, take, { ...FREE, state: 'waiting', error: error?.slice(0, MAX_ERROR_LENGTH) ?? null })
}

/** Notes a failure after which it is tried again. */
export async function retryLater(db: Database, take: Deduction, error: string, pauseMs: number): Promise<void> {
  const failed = { attempts: sql`attempts + 1`, error: error.slice(0, MAX_ERROR_LENGTH) }
  await changeHeld(db, take, { ...FREE, ...failed, state: 'waiting', retryAt: inDatabaseTime(pauseMs) })
}

/**
 * Ends a job; one that was requested again meanwhile waits for its next time.
 * @returns it, or undefined where it is no longer the caller's.
 */
export async function endJob(
  db: Database,
  take: Deduction,
  state: 'complete' | 'failed' | 'cancelled',
  error: string | null,
  nowMs: number,
): Promise<Job | undefined> {
  const set = {
    ...FREE,
    ...{ losses: 0, retryAt: null, isCancelAsked: false, isAskedAgain: false },
    state: sql`case when is_asked_again then 'waiting' else ${state} end`,
    attempts: sql`case when ${state} = 'failed' and not is_asked_again then attempts + 1 else 0 end`,
    error: error?.slice(0, MAX_ERROR_LENGTH) ?? null,
    finishedAt: sql`case when is_asked_again then null else ${new Date(nowMs)}::timestamptz end`,
  }
  return changeHeld(db, take, set)
}

/** Keys of jobs of a kind that are to be done, or were given up and not put away. */
export async function listUnsettledKeys(db: Database, kind: string): Promise<string[]> {
  const query = db.selectFrom('job').select('key').where('kind', '=', kind)
  return (await query.where('state', 'in', ['waiting', 'running', 'failed']).execute()).map(({ key }) => key)
}

/** Why jobs of a kind have failed, by the rest of their keys behind a beginning that they have in common. */
export async function listErrors(db: Database, kind: string, beginning: string): Promise<Map<string, string>> {
  const query = db.selectFrom('job').select(['key', 'error']).where('kind', '=', kind)
  const rows = await query.where('key', 'like', `${beginning}%`).where('error', 'is not', null).execute()
  return new Map(rows.map(({ key, error }) => [String(key).slice(beginning.length), String(error)]))
}

/** Asks a job that has not ended to end, in the transaction of the reason for it. One that waits is brought to its end at once. */
export async function askToCancel(
  db: Database,
  { kind, key }: Pick<NewJob, 'kind' | 'key'>,
  nowMs: number,
): Promise<void> {
  const atOnce = { dueAt: sql<Date>`least(due_at, ${new Date(nowMs)})`, isScheduled: false, retryAt: null }
  const set = { isCancelAsked: true, isAskedAgain: false, ...atOnce }
  const one = db.updateTable('job').set(set).where('kind', '=', kind).where('key', '=', key)
  await one.where('state', 'in', ['waiting', 'running']).execute()
}

/** Whoever changes a job by hand, and whoever works on it, take turns. */
export async function lockJob(db: Database, id: string): Promise<void> {
  await db.selectFrom('job').select('id').where('id', '=', id).forUpdate().execute()
}

/** Changes a job by hand. Its row is locked. */
export async function changeJob(
  db: Database,
  id: string,
  set: Readonly<Record<string, unknown>> & { readonly state?: JobState },
): Promise<void> {
  await db.updateTable('job').set(set).where('id', '=', id).execute()
}

/** Deletes jobs that were done or put away before a time, the oldest first. @returns how many */
export async function deleteFinished(db: Database, before: Date, limit: number): Promise<number> {
  const old = db
    .selectFrom('job')
    .select('id')
    .where('state', 'in', ['complete', 'cancelled'])
    .where('finishedAt', '<', before)
    .orderBy('finishedAt')
    .limit(limit)
    // One that is requested again at this moment stays.
    .forUpdate()
    .skipLocked()
  const { numDeletedRows } = await db.deleteFrom('job').where('id', 'in', old).executeTakeFirst()
  return Number(numDeletedRows)
}
