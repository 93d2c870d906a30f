import { type SelectQueryBuilder, sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'
import type { Tables } from '../../platform/tables.ts'
import { type Claim, claimsOf } from '../payments/index.ts'

export const ATTEMPT_STATES = ['created', 'pending', 'succeeded', 'failed', 'unknown'] as const
export const ATTEMPT_KINDS = ['charge', 'refund', 'setup'] as const

/** What a gateway is asked for. Its id is the key that the gateway knows it by. */
export interface Attempt {
  readonly id: string
  readonly key: string
  readonly kind: (typeof ATTEMPT_KINDS)[number]
  readonly gatewayId: string
  readonly accountId: string
  readonly methodId: string | null
  readonly currency: string
  readonly amountMinor: string
  readonly invoiceId: string | null
  readonly claimedUntil: Date | null
  readonly refundId: string | null
  readonly chargeId: string | null
  readonly origin: 'request' | 'auto'
  readonly returnUrl: string | null
  readonly state: (typeof ATTEMPT_STATES)[number]
  readonly capturedMinor: string
  readonly refundedMinor: string
  readonly providerId: string | null
  readonly payerUrl: string | null
  readonly reason: string | null
  readonly mayRetry: boolean | null
  readonly paymentId: string | null
  /** By the real clock, as the two that follow. */
  readonly askedAt: Date
  readonly asks: number
  readonly askAt: Date | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}

/** How long whoever has begun an attempt has to take it: a process that was killed in between did not ask. */
const BEGUN_MS = 10_000
/** How long whoever has taken an attempt has to ask the gateway, before another one asks. */
const LEASE_MS = 90_000

export type NewAttempt = Pick<Attempt, 'id' | 'key' | 'kind' | 'gatewayId' | 'accountId' | 'currency' | 'origin'> &
  Partial<Pick<Attempt, 'methodId' | 'invoiceId' | 'claimedUntil' | 'refundId' | 'chargeId' | 'returnUrl'>> & {
    readonly amountMinor: bigint
  }

/** @param realMs the real time. What somebody waits for is left to whom they asked; all else may be asked for from now on. */
export async function insertAttempt(
  db: Database,
  { amountMinor, ...draft }: NewAttempt,
  nowMs: number,
  realMs: number,
): Promise<void> {
  const at = new Date(realMs)
  const askAt = new Date(draft.origin === 'request' ? realMs + BEGUN_MS : realMs)
  await db
    .insertInto('paymentAttempt')
    .values({
      ...draft,
      amountMinor: String(amountMinor),
      state: 'created',
      askedAt: at,
      askAt,
      createdAt: new Date(nowMs),
    })
    .execute()
}

export async function findAttempt(db: Database, reference: string): Promise<Attempt | undefined> {
  const column = isUuid(reference) ? 'id' : 'key'
  return (await db.selectFrom('paymentAttempt').selectAll().where(column, '=', reference).executeTakeFirst()) as
    | Attempt
    | undefined
}

/** @throws Refusal `not_found` */
export async function getAttempt(db: Database, reference: string): Promise<Attempt> {
  const found = await findAttempt(db, reference)
  if (found === undefined) throw notFound(`payment attempt ${reference}`, '/v1/payment-attempts', 'payment attempts')
  return found
}

/** The same with its row locked. The account's row is locked before. */
export async function lockAttempt(db: Database, id: string): Promise<Attempt> {
  const query = db.selectFrom('paymentAttempt').selectAll().where('id', '=', id).forUpdate()
  return (await query.executeTakeFirstOrThrow()) as Attempt
}

/** Takes an attempt to ask the gateway for it. @returns it with the time until which it is taken; undefined where another one has it */
export async function takeAttempt(db: Database, id: string, realMs: number): Promise<Attempt | undefined> {
  const [taken] = await takeWhere(
    db,
    sql<boolean>`id = ${id} and (ask_at <= ${new Date(realMs)} or asks = 0)`,
    1,
    realMs,
  )
  return taken
}

/** The same of those that are due, of which the longest waiting are taken. */
export async function takeDue(db: Database, limit: number, realMs: number): Promise<Attempt[]> {
  return takeWhere(db, sql<boolean>`ask_at <= ${new Date(realMs)}`, limit, realMs)
}

async function takeWhere(
  db: Database,
  condition: ReturnType<typeof sql<boolean>>,
  limit: number,
  realMs: number,
): Promise<Attempt[]> {
  // One statement, since most tenants have none that is due at most times.
  const taken = await db
    .with('due', (with_) => {
      const due = with_.selectFrom('paymentAttempt').select('id').where(condition).orderBy('askAt').limit(limit)
      return due.forUpdate().skipLocked()
    })
    .updateTable('paymentAttempt')
    .set({ asks: sql`asks + 1`, askAt: new Date(realMs + LEASE_MS) })
    .where('id', 'in', (where) => where.selectFrom('due').select('id'))
    .returningAll()
    .execute()
  return (taken as Attempt[]).map((attempt) => ({ ...attempt, asks: attempt.asks - 1 }))
}

type Changes = Partial<
  Pick<
    Attempt,
    | 'state'
    | 'capturedMinor'
    | 'refundedMinor'
    | 'providerId'
    | 'payerUrl'
    | 'reason'
    | 'mayRetry'
    | 'paymentId'
    | 'endedAt'
  >
>

/**
 * Notes what is known of an attempt.
 * @param taken as it was taken: whoever wants it asked again meanwhile, such as a callback, is not overruled
 * @param askAt when it is asked again, by the real clock
 */
export async function changeAttempt(
  db: Database,
  { id, askAt: lease }: Pick<Attempt, 'id' | 'askAt'>,
  changes: Changes,
  askAt: Date | null,
): Promise<void> {
  const next = sql<Date | null>`case when ask_at is not distinct from ${lease} then ${askAt} else ask_at end`
  await db
    .updateTable('paymentAttempt')
    .set({ ...changes, askAt: next })
    .where('id', '=', id)
    .execute()
}

/**
 * What claims a document: attempts, with what they may still pay of it, and what else is on its way to pay it. A page that nobody has paid on
 * claims it until its time is over.
 */
export async function listClaims(db: Database, invoiceId: string, nowMs: number): Promise<Claim[]> {
  const query = db.selectFrom('paymentAttempt').selectAll().where('invoiceId', '=', invoiceId)
  return [...((await underWay(query, nowMs).execute()) as Attempt[]), ...(await claimsOf(db, invoiceId))]
}

/** Of attempts those whose outcome is not known. A page that nobody has paid on is one until its time is over. */
function underWay<O>(
  attempts: SelectQueryBuilder<Tables, 'paymentAttempt', O>,
  nowMs: number,
): SelectQueryBuilder<Tables, 'paymentAttempt', O> {
  return attempts
    .where('state', 'in', ['created', 'pending', 'unknown'])
    .where(sql<boolean>`(state <> 'pending' or claimed_until is null or claimed_until > ${new Date(nowMs)})`)
}

/** What payers are about to pay to an account for no document of its own, in minor units: it settles what is due first. */
export async function listOpenOfAccount(db: Database, accountId: string, nowMs: number): Promise<bigint> {
  const query = db
    .selectFrom('paymentAttempt')
    .select(sql<string>`coalesce(sum(amount_minor), 0)::text`.as('amount'))
    .where('accountId', '=', accountId)
    .where('kind', '=', 'charge')
    .where('invoiceId', 'is', null)
  return BigInt((await underWay(query, nowMs).executeTakeFirstOrThrow()).amount)
}

/** Refunds through gateways of the money of a charge. */
export async function listRefundAttempts(db: Database, chargeId: string): Promise<Attempt[]> {
  return (await db.selectFrom('paymentAttempt').selectAll().where('chargeId', '=', chargeId).execute()) as Attempt[]
}

/** Asks again at once for what a callback is about, by our key or the gateway's own id. */
export async function askAtOnce(
  db: Database,
  gatewayId: string,
  { key, subjectId }: { readonly key: string | null; readonly subjectId: string | null },
  realMs: number,
): Promise<string[]> {
  const isNamed = sql<boolean>`(id::text = ${key} or provider_id = ${subjectId})`
  const rows = await db
    .updateTable('paymentAttempt')
    .set({ askAt: new Date(realMs), asks: sql`least(asks, 1)` })
    .where('gatewayId', '=', gatewayId)
    .where('asks', '>', 0)
    .where(isNamed)
    .returning('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Has everything asked again at once whose outcome is not known: its process may be no more. */
export async function askAllUnknown(db: Database, realMs: number): Promise<void> {
  const at = new Date(realMs)
  const query = db.updateTable('paymentAttempt').set({ askAt: at }).where('state', 'in', ['created', 'unknown'])
  await query.where('askAt', '>', at).execute()
}

/** Has the gateway asked at once what has become of an attempt, also of one that is over. */
export async function askAgain(db: Database, id: string, realMs: number): Promise<void> {
  const sent = db.updateTable('paymentAttempt').where('id', '=', id).where('asks', '>', 0)
  await sent.set({ askAt: new Date(realMs), asks: sql`least(asks, 1)` }).execute()
}
