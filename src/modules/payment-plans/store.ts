import { isUuid } from '../../core/base/id.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

export const PLAN_KINDS = ['promise', 'instalments'] as const
export const PLAN_STATES = ['open', 'kept', 'broken', 'cancelled'] as const

export interface PaymentPlan {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly kind: (typeof PLAN_KINDS)[number]
  readonly currency: string
  readonly content: unknown
  readonly promisedBy: string | null
  readonly note: string | null
  readonly state: (typeof PLAN_STATES)[number]
  readonly madeBy: string
  readonly createdAt: Date
  readonly endedAt: Date | null
  readonly endReason: string | null
}

export interface PlanDocument {
  readonly planId: string
  readonly invoiceId: string
  /** What was open of it when the plan was made. */
  readonly openMinor: string
  readonly isOpen: boolean
}

export interface StoredPart {
  readonly planId: string
  readonly position: number
  readonly dueOn: string
  readonly amountMinor: string
}

export async function findPlan(db: Database, reference: string): Promise<PaymentPlan | undefined> {
  const column = isUuid(reference) ? 'id' : 'key'
  const query = db.selectFrom('paymentPlan').selectAll().where(column, '=', reference)
  return (await query.executeTakeFirst()) as PaymentPlan | undefined
}

/** @throws Refusal `not_found` */
export async function getPlan(db: Database, reference: string): Promise<PaymentPlan> {
  const found = await findPlan(db, reference)
  if (found === undefined) throw notFound(`payment plan ${reference}`, '/v1/payment-plans', 'payment-plan list')
  return found
}

export async function insertPlan(
  db: Database,
  { content, ...plan }: PaymentPlan,
  documents: readonly PlanDocument[],
  parts: readonly StoredPart[],
): Promise<void> {
  await db
    .insertInto('paymentPlan')
    .values({ ...plan, content: JSON.stringify(content) })
    .execute()
  await db
    .insertInto('paymentPlanDocument')
    .values([...documents])
    .execute()
  await db
    .insertInto('paymentPlanPart')
    .values([...parts])
    .execute()
}

export async function endPlan(
  db: Database,
  { id }: Pick<PaymentPlan, 'id'>,
  ended: Pick<PaymentPlan, 'state' | 'endedAt' | 'endReason'>,
): Promise<void> {
  await db.updateTable('paymentPlan').set(ended).where('id', '=', id).execute()
  await db.updateTable('paymentPlanDocument').set({ isOpen: false }).where('planId', '=', id).execute()
}

export async function documentsOf(db: Database, planIds: readonly string[]): Promise<PlanDocument[]> {
  const query = db.selectFrom('paymentPlanDocument').selectAll().where('planId', '=', anyOf(planIds))
  return (await query.orderBy('planId').orderBy('invoiceId').execute()) as PlanDocument[]
}

export async function partsOf(db: Database, planIds: readonly string[]): Promise<StoredPart[]> {
  const query = db.selectFrom('paymentPlanPart').selectAll().where('planId', '=', anyOf(planIds))
  return (await query.orderBy('planId').orderBy('position').execute()) as StoredPart[]
}

export async function openPlansOf(db: Database, accountIds: readonly string[]): Promise<PaymentPlan[]> {
  const query = db.selectFrom('paymentPlan').selectAll().where('accountId', '=', anyOf(accountIds))
  return (await query.where('state', '=', 'open').orderBy('accountId').execute()) as PaymentPlan[]
}

/** The open plan that a document is in. */
export async function openPlanFor(db: Database, invoiceId: string): Promise<PaymentPlan | undefined> {
  const query = db
    .selectFrom('paymentPlan')
    .innerJoin('paymentPlanDocument', 'paymentPlanDocument.planId', 'paymentPlan.id')
    .selectAll('paymentPlan')
    .where('paymentPlanDocument.invoiceId', '=', invoiceId)
    .where('paymentPlanDocument.isOpen', '=', true)
  return (await query.executeTakeFirst()) as PaymentPlan | undefined
}

/** The documents of accounts that are in open plans. */
export async function plannedDocuments(db: Database, accountIds: readonly string[]): Promise<Set<string>> {
  const query = db
    .selectFrom('paymentPlan')
    .innerJoin('paymentPlanDocument', 'paymentPlanDocument.planId', 'paymentPlan.id')
    .select('paymentPlanDocument.invoiceId')
    .where('paymentPlan.accountId', '=', anyOf(accountIds))
    .where('paymentPlanDocument.isOpen', '=', true)
  return new Set((await query.execute()).map((row) => row['invoiceId'] as string))
}
