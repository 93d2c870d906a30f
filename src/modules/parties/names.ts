import { z } from 'zod'
import { anyOf, type Database } from '../../platform/db.ts'
import type { ListRows } from '../../platform/http/list-page.ts'
import { getRow } from './store.ts'

/** What people call an account: its key, and whose it is. */
export interface AccountNames {
  readonly account: string
  readonly customerId: string
  readonly customer: string
  readonly customerName: string
}

/** The names of accounts, by their ids. */
export async function accountNames(db: Database, accountIds: readonly string[]): Promise<Map<string, AccountNames>> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('customer', 'customer.id', 'account.customerId')
    .select(['account.id', 'account.key as account', 'account.customerId'])
    .select(['customer.key as customer', 'customer.name as customerName'])
    .where('account.id', '=', anyOf([...new Set(accountIds)]))
    .execute()
  return new Map(rows.map(({ id, ...names }) => [id as string, names as unknown as AccountNames]))
}

/** The keys of rows, by their ids. */
export async function keysOf(
  db: Database,
  table: 'service' | 'customer' | 'account',
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const named = [...new Set(ids.filter((id) => id !== null))]
  if (named.length === 0) return new Map()
  const query = db.selectFrom(table).select(['id', 'key'])
  const rows = await query.where('id', '=', anyOf(named)).execute()
  return new Map(rows.map((row) => [row['id'] as string, row['key'] as string]))
}

/** The ids of accounts of a customer, or of one account, by references; undefined where neither is named. */
export async function accountsNamed(
  db: Database,
  { account, customer }: { account?: string | undefined; customer?: string | undefined },
): Promise<readonly string[] | undefined> {
  const one = account === undefined ? undefined : (await getRow(db, 'account', account)).id
  if (customer === undefined) return one === undefined ? undefined : [one]
  const { id: customerId } = await getRow(db, 'customer', customer)
  const query = db.selectFrom('account').select('id').where('customerId', '=', customerId)
  const ids = (await query.execute()).map((row) => row['id'] as string)
  return one === undefined ? ids : ids.filter((id) => id === one)
}

const reference = z.string().min(1).max(128).optional()

/** How lists of what accounts have are narrowed to one account, or to those of a customer. */
export const accountQuery = {
  account: reference.describe('Of this account: its id or key'),
  customer: reference.describe('Of the accounts of this customer: its id or key'),
}

export function ofAccounts(rows: ListRows, accountIds: readonly string[] | undefined): ListRows {
  return accountIds === undefined ? rows : rows.where('accountId', '=', anyOf(accountIds))
}
