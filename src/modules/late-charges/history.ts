import { dayOf } from '../../core/base/period.ts'
import type { LateDocument, Span } from '../../core/ledger/late-charges.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { listAccountDocuments } from '../invoices/index.ts'
import type { Account } from '../parties/index.ts'

/** A document of an account with all that interest on it follows from. */
export interface DocumentHistory extends LateDocument {
  readonly id: string
  /** Whether it is one that bills late charges: those bear no interest themselves. */
  readonly isOfCharges: boolean
}

const ENDED_UNKEPT = ['broken', 'cancelled']

/**
 * How the documents of an account stood on each day, as its zone has days, from what is stored now. What was credited of a document on
 * request counts as never owed, so the settlement by its own credit notes is left out; all else counts from its day on.
 */
export async function historiesOf(
  db: Database,
  { id: accountId, zone }: Pick<Account, 'id' | 'zone'>,
  before: string,
): Promise<DocumentHistory[]> {
  const documents = await listAccountDocuments(db, [accountId])
  const late = documents.filter(
    ({ kind, dueOn, totalMinor }) => kind !== 'credit_note' && dueOn < before && totalMinor > 0n,
  )
  if (late.length === 0) return []
  const dayOfDate = (at: Date): string => dayOf(at.getTime(), zone)
  const correctedBy = new Map<string, string>()
  const credited = new Map<string, bigint>()
  const totals = new Map<string, bigint>()
  for (const { id, kind, asked, totalMinor } of documents) {
    if (kind !== 'credit_note' || asked === null) continue
    correctedBy.set(id, asked.correctsId)
    totals.set(id, -totalMinor)
    credited.set(asked.correctsId, (credited.get(asked.correctsId) ?? 0n) - totalMinor)
  }
  const ids = late.map(({ id }) => id)
  const settled = Map.groupBy(await allocationsOf(db, ids), ({ invoiceId }) => invoiceId)
  const disputes = Map.groupBy(await disputesOf(db, ids), ({ invoiceId }) => invoiceId)
  const plans = Map.groupBy(await plansOf(db, ids), ({ invoiceId }) => invoiceId)
  const ofCharges = await documentsOfCharges(db, accountId)
  return late.map(({ id, dueOn, totalMinor }) => {
    const own = plans.get(id) ?? []
    const span = (from: Date, until: Date | null): Span => ({
      from: dayOfDate(from),
      until: until === null ? null : dayOfDate(until),
    })
    const open = own.filter(({ state }) => state === 'open').map(({ createdAt }) => dayOfDate(createdAt))
    return {
      ...{ id, dueOn, owedMinor: totalMinor - (credited.get(id) ?? 0n), isOfCharges: ofCharges.has(id) },
      settled: (settled.get(id) ?? [])
        .filter(({ creditNoteId }) => creditNoteId === null || correctedBy.get(creditNoteId) !== id)
        .map(({ allocatedAt, amountMinor }) => ({ day: dayOfDate(allocatedAt), minor: BigInt(amountMinor) })),
      disputed: (disputes.get(id) ?? []).map(({ openedAt, decidedAt, amountMinor, creditNoteId }) => {
        // What was accepted is credited, and so never owed: it is not taken off twice.
        const minor = BigInt(amountMinor) - (creditNoteId === null ? 0n : (totals.get(creditNoteId) ?? 0n))
        return { ...span(openedAt, decidedAt), minor: minor > 0n ? minor : 0n }
      }),
      stopped: own
        .filter(({ state }) => state !== 'open' && !ENDED_UNKEPT.includes(state))
        .map(({ createdAt, endedAt }) => span(createdAt, endedAt)),
      waitsFrom: open.sort()[0] ?? null,
    }
  })
}

async function allocationsOf(
  db: Database,
  ids: readonly string[],
): Promise<{ invoiceId: string; creditNoteId: string | null; amountMinor: string; allocatedAt: Date }[]> {
  const query = db.selectFrom('allocation').select(['invoiceId', 'creditNoteId', 'amountMinor', 'allocatedAt'])
  return query.where('invoiceId', '=', anyOf(ids)).orderBy('id').execute()
}

async function disputesOf(
  db: Database,
  ids: readonly string[],
): Promise<
  { invoiceId: string; amountMinor: string; openedAt: Date; decidedAt: Date | null; creditNoteId: string | null }[]
> {
  const columns = ['invoiceId', 'amountMinor', 'openedAt', 'decidedAt', 'creditNoteId'] as const
  return db.selectFrom('dispute').select(columns).where('invoiceId', '=', anyOf(ids)).execute()
}

async function plansOf(
  db: Database,
  ids: readonly string[],
): Promise<{ invoiceId: string; state: string; createdAt: Date; endedAt: Date | null }[]> {
  return db
    .selectFrom('paymentPlanDocument')
    .innerJoin('paymentPlan', 'paymentPlan.id', 'paymentPlanDocument.planId')
    .select(['invoiceId', 'state', 'createdAt', 'endedAt'])
    .where('invoiceId', '=', anyOf(ids))
    .execute()
}

/** Documents that bill late charges of an account. */
async function documentsOfCharges(db: Database, accountId: string): Promise<Set<string>> {
  const charged = await db
    .selectFrom('lateCharge')
    .select('oneOffId')
    .distinct()
    .where('accountId', '=', accountId)
    .execute()
  const purposes = charged.map(({ oneOffId }) => `one-off ${oneOffId}`)
  const query = db.selectFrom('invoice').select('id').where('accountId', '=', accountId)
  return new Set(
    (await query.where('purpose', '=', anyOf(purposes, 'text')).execute()).map((row) => row['id'] as string),
  )
}
