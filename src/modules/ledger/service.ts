import { sql } from 'kysely'
import type { Posting } from '../../core/ledger/chart.ts'
import type { TemplateName } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

/** Writes one entry, made by one of the templates, in the transaction of what it records. */
export async function postEntry(
  db: Database,
  template: TemplateName,
  documentId: string,
  postings: readonly Posting[],
  nowMs: number,
): Promise<void> {
  if (postings.length === 0) return
  const shared = { entryId: newId(), template, documentId, postedAt: new Date(nowMs) }
  await db
    .insertInto('posting')
    .values(postings.map((posting) => ({ id: newId(), ...shared, ...posting })))
    .execute()
}

export interface TrialBalanceRow {
  readonly ledgerAccount: string
  readonly currency: string
  readonly debitMinor: string
  readonly creditMinor: string
}

/** Debits and credits per ledger account and currency; over all accounts of a currency they are equal. */
export async function trialBalance(db: Database): Promise<TrialBalanceRow[]> {
  const rows = await db
    .selectFrom('posting')
    .select([
      'ledgerAccount',
      'currency',
      sql<string>`coalesce(sum(amount_minor) filter (where amount_minor > 0), 0)::text`.as('debitMinor'),
      sql<string>`coalesce(-sum(amount_minor) filter (where amount_minor < 0), 0)::text`.as('creditMinor'),
    ])
    .groupBy(['ledgerAccount', 'currency'])
    .orderBy('currency')
    .orderBy('ledgerAccount')
    .execute()
  return rows as TrialBalanceRow[]
}
