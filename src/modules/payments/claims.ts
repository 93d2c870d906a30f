import type { Database } from '../../platform/db.ts'

/** What is on its way to pay a document, by a means that no gateway knows: a direct debit in a file that went to a bank. */
export interface Claim {
  readonly key: string
  readonly amountMinor: string
}

/** Nobody else asks for this part of a document from now on, until the claim ends. The account's row is locked. */
export async function claimDocument(
  db: Database,
  { key, invoiceId, amountMinor }: { readonly key: string; readonly invoiceId: string; readonly amountMinor: bigint },
  nowMs: number,
): Promise<void> {
  const row = { key, invoiceId, amountMinor: String(amountMinor), createdAt: new Date(nowMs), endedAt: null }
  await db.insertInto('paymentClaim').values(row).execute()
}

export async function endClaim(db: Database, key: string, nowMs: number): Promise<void> {
  const query = db.updateTable('paymentClaim').set({ endedAt: new Date(nowMs) })
  await query.where('key', '=', key).where('endedAt', 'is', null).execute()
}

export async function claimsOf(db: Database, invoiceId: string): Promise<Claim[]> {
  const query = db.selectFrom('paymentClaim').select(['key', 'amountMinor']).where('invoiceId', '=', invoiceId)
  return query.where('endedAt', 'is', null).execute()
}
