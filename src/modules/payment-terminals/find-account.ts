import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import { isCreditorReference } from '../../core/payment-codes/references.ts'
import type { TerminalReason } from '../../core/terminals/results.ts'
import { byName, type Database } from '../../platform/db.ts'
import { type Account, getRow } from '../parties/index.ts'

/** An account that a payer has named, and the document, where that is what was named. */
export interface Payee {
  readonly account: Account
  readonly invoiceId: string | null
}

type Found = readonly { readonly accountId: string; readonly invoiceId?: string }[]

/** Accounts that are looked at for one name: two are too many already. */
const MOST = 2

/**
 * The account that a payer means: each way of naming is tried in the network's order, and the first that finds one counts.
 * @param ways `account`, `service`, `customer`, `reference`, or `metadata:phone`
 * @returns why there is none
 */
export async function findPayee(
  db: Database,
  ways: readonly string[],
  text: string,
  currency: string,
  nowMs: number,
): Promise<Payee | TerminalReason> {
  for (const way of ways) {
    const found = await lookUp(db, way, text, currency, nowMs)
    const [first, second] = found
    if (first === undefined) continue
    if (second !== undefined) return 'account_ambiguous'
    const account = await getRow(db, 'account', first.accountId)
    if ((await getRow(db, 'customer', account.customerId)).erasedAt !== null) return 'account_closed'
    if (account.currency !== currency) return 'wrong_currency'
    return { account, invoiceId: first.invoiceId ?? null }
  }
  return 'account_not_found'
}

async function lookUp(db: Database, way: string, text: string, currency: string, nowMs: number): Promise<Found> {
  const from = (table: string) => byName(db).selectFrom(table).limit(MOST)
  const idsOf = (rows: readonly object[]): Found =>
    rows.map((row) => ({ accountId: String((row as { id: string }).id) }))
  if (way === 'account') return idsOf(await from('account').select('id').where('key', '=', text).execute())
  if (way === 'customer') {
    const own = from('account').innerJoin('customer', 'customer.id', 'account.customerId').select('account.id')
    return idsOf(await own.where('customer.key', '=', text).where('account.currency', '=', currency).execute())
  }
  if (way === 'service') {
    const at = new Date(nowMs)
    const rows = await from('service')
      .select('accountId as id')
      .where('key', '=', text)
      .where('validFrom', '<=', at)
      .where((on) => on.or([on('validUntil', 'is', null), on('validUntil', '>', at)]))
      .execute()
    return idsOf(rows)
  }
  if (way === 'reference') return byReference(db, text)
  const name = way.slice('metadata:'.length)
  return idsOf(await from('account').select('id').where(sql<string>`metadata ->> ${name}`, '=', text).execute())
}

/** A document by its number, or by the creditor reference that is printed on it: `INV-000123`, `RF73 INV0 0012 3`. */
async function byReference(db: Database, text: string): Promise<Found> {
  const plain = text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (plain === '' || isUuid(text)) return []
  const number = isCreditorReference(plain) ? plain.slice(4) : plain
  const rows = await db
    .selectFrom('invoice')
    .select(['id', 'accountId'])
    .where('kind', '=', 'invoice')
    .where(sql<string>`upper(regexp_replace(document ->> 'number', '[^A-Za-z0-9]', '', 'g'))`, '=', number)
    .limit(MOST)
    .execute()
  return rows.map(({ id, accountId }) => ({ accountId, invoiceId: id }))
}
