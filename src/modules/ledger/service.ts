import { sql } from 'kysely'
import type { Posting } from '../../core/ledger/chart.ts'
import type { TemplateName } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { insertRows, type NewRows } from '../../platform/insert-rows.ts'

/** Writes one entry, made by one of the templates, in the transaction of what it records. */
export async function postEntry(
  db: Database,
  template: TemplateName,
  documentId: string,
  postings: readonly Posting[],
  nowMs: number,
): Promise<void> {
  await insertRows(db, postingRows([{ template, documentId, postings }], nowMs))
}

/** What `postingRows` makes an entry of. */
export interface NewEntry {
  readonly template: TemplateName
  readonly documentId: string
  readonly postings: readonly Posting[]
}

const POSTING_COLUMNS = {
  id: 'uuid',
  entryId: 'uuid',
  template: 'text',
  documentId: 'uuid',
  postedAt: 'timestamptz',
  ledgerAccount: 'text',
  accountId: 'uuid',
  currency: 'text',
  amountMinor: 'numeric',
} as const

/** The rows of entries, to be written in the transaction of what they record. */
export function postingRows(entries: readonly NewEntry[], nowMs: number): NewRows {
  const postedAt = new Date(nowMs)
  const rows = entries.flatMap(({ postings, ...named }) => {
    const entryId = newId()
    return postings.map(({ ledgerAccount, accountId, currency, amountMinor }) => {
      const posting = { ledgerAccount, accountId, currency, amountMinor: String(amountMinor) }
      return { id: newId(), entryId, ...named, postedAt, ...posting }
    })
  })
  return { table: 'posting', columns: POSTING_COLUMNS, rows }
}

/** What an entry has posted: of one document by one template. */
export async function postingsOf(db: Database, template: TemplateName, documentId: string): Promise<Posting[]> {
  const rows = await db
    .selectFrom('posting')
    .select(['ledgerAccount', 'accountId', 'currency', 'amountMinor'])
    .where('documentId', '=', documentId)
    .where('template', '=', template)
    .execute()
  return rows.map((row) => ({ ...row, amountMinor: BigInt(row.amountMinor) }))
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
