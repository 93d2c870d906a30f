import type { Database } from '../../platform/db.ts'
import { type ListPage, type ListQuery, listPage, withText } from '../../platform/http/list-page.ts'
import { ofAccounts } from '../parties/index.ts'
import type { Adjustment } from './adjustment-store.ts'
import type { BalanceEntry } from './store.ts'

/** What moved the balances of an account but usage. */
export async function listEntryPage(
  db: Database,
  accountId: string,
  query: ListQuery,
): Promise<ListPage<BalanceEntry>> {
  return listPage(db, query, {
    table: 'balanceEntry',
    madeAt: 'createdAt',
    narrow: (rows) => rows.where('accountId', '=', accountId),
    keep: (rows) => withText(rows, query.text, ['row.kind', 'row.key', 'row.note']),
  })
}

/** @param accountIds of these accounts; of all when absent. */
export async function listAdjustmentPage(
  db: Database,
  query: ListQuery & { readonly status?: string | undefined },
  accountIds: readonly string[] | undefined,
): Promise<ListPage<Adjustment>> {
  const { status, text } = query
  return listPage(db, query, {
    table: 'adjustment',
    madeAt: 'createdAt',
    keep: (rows) => {
      const kept = ofAccounts(rows, accountIds)
      return withText(status === undefined ? kept : kept.where('row.status', '=', status), text, [
        'row.key',
        'row.reason',
      ])
    },
  })
}
