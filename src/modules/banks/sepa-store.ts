import type { Scheme, Sequence } from '../../core/banking/sepa/payment-files.ts'
import { isUuid } from '../../core/base/id.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'

export interface Mandate {
  readonly id: string
  readonly reference: string
  readonly accountId: string
  readonly holder: string
  readonly iban: string
  readonly bic: string | null
  readonly scheme: Scheme
  readonly isOneOff: boolean
  readonly signedOn: string
  readonly lastUsedOn: string | null
  readonly endedOn: string | null
  readonly endReason: string | null
  readonly createdAt: Date
}

export interface SepaFile {
  readonly id: string
  readonly key: string
  readonly kind: 'debits' | 'refunds'
  readonly messageId: string
  readonly bankAccountId: string
  readonly xml: string
  readonly createdBy: string
  readonly createdAt: Date
}

export const ORDER_STATES = ['sent', 'settled', 'rejected', 'returned'] as const

export interface SepaOrder {
  readonly id: string
  readonly sepaFileId: string
  readonly paymentInfoId: string
  readonly endToEndId: string
  readonly accountId: string
  readonly mandateId: string | null
  readonly invoiceId: string | null
  readonly refundId: string | null
  readonly amountMinor: string
  readonly sequence: Sequence | null
  readonly dueOn: string
  readonly state: (typeof ORDER_STATES)[number]
  readonly reason: string | null
  readonly paymentId: string | null
  readonly createdAt: Date
}

/** @param reference an id, or the reference of the mandate. */
export async function getMandate(db: Database, reference: string): Promise<Mandate> {
  const column = isUuid(reference) ? 'id' : 'reference'
  const found = await db.selectFrom('sepaMandate').selectAll().where(column, '=', reference).executeTakeFirst()
  if (found === undefined) throw notFound(`mandate ${reference}`, '/v1/mandates', 'mandate list')
  return found as Mandate
}

export async function listMandatesOf(db: Database, accountIds: readonly string[]): Promise<Mandate[]> {
  const query = db.selectFrom('sepaMandate').selectAll().where('accountId', '=', anyOf(accountIds))
  return (await query.orderBy('id').execute()) as Mandate[]
}

export async function endMandate(db: Database, id: string, endedOn: string, endReason: string): Promise<void> {
  await db
    .updateTable('sepaMandate')
    .set({ endedOn, endReason })
    .where('id', '=', id)
    .where('endedOn', 'is', null)
    .execute()
}

/** @param reference an id or a key. */
export async function getSepaFile(db: Database, reference: string): Promise<SepaFile> {
  const column = isUuid(reference) ? 'id' : 'key'
  const found = await db.selectFrom('sepaFile').selectAll().where(column, '=', reference).executeTakeFirst()
  if (found === undefined) throw notFound(`file ${reference}`, '/v1/sepa-files', 'sepa list')
  return found as SepaFile
}

export async function ordersOfFile(db: Database, sepaFileId: string): Promise<SepaOrder[]> {
  const query = db.selectFrom('sepaOrder').selectAll().where('sepaFileId', '=', sepaFileId)
  return (await query.orderBy('id').execute()) as SepaOrder[]
}

/** Orders that a bank line may be about: by its end-to-end id, or by the group that it books in one amount. */
export async function ordersOfLine(
  db: Database,
  { endToEndId, paymentInfoId }: { readonly endToEndId: string | null; readonly paymentInfoId: string | null },
): Promise<SepaOrder[]> {
  const query = db.selectFrom('sepaOrder').selectAll()
  const named = endToEndId === null ? [] : await query.where('endToEndId', '=', endToEndId).execute()
  if (named.length > 0 || paymentInfoId === null) return named as SepaOrder[]
  return (await query.where('paymentInfoId', '=', paymentInfoId).orderBy('id').execute()) as SepaOrder[]
}

export async function changeOrder(
  db: Database,
  id: string,
  set: { readonly state: SepaOrder['state']; readonly reason?: string | null; readonly paymentId?: string },
): Promise<void> {
  await db.updateTable('sepaOrder').set(set).where('id', '=', id).execute()
}
