import { sql } from 'kysely'
import { type OpenItem, OpenItems, type Payee } from '../../core/banking/matching/open-items.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import type { BankAccount } from './store.ts'

/** Accounts of one issuer and currency that money is matched with. */
const MAX_ACCOUNTS = 500_000
/** Documents, the newest first: money for older ones is matched by its account. */
const MAX_ITEMS = 500_000

/** Whom money on a bank account can be for: accounts of its issuer and currency, their documents, and IBANs that have paid before. */
export async function loadKnownMoney(
  db: Database,
  bank: Pick<BankAccount, 'issuerId' | 'currency'>,
): Promise<OpenItems> {
  const accounts = await db
    .selectFrom('account')
    .innerJoin('customer', 'customer.id', 'account.customerId')
    .select(['account.id as id', 'account.key as key', 'customer.key as customerKey', 'customer.name as customerName'])
    .where('account.issuerId', '=', bank.issuerId)
    .where('account.currency', '=', bank.currency)
    .limit(MAX_ACCOUNTS)
    .execute()
  const items = await selectItems(db)
    .innerJoin('account', 'account.id', 'invoice.accountId')
    .where('account.issuerId', '=', bank.issuerId)
    .where('invoice.currency', '=', bank.currency)
    .orderBy('invoice.id', 'desc')
    .limit(MAX_ITEMS)
    .execute()
  const payers = await db
    .selectFrom('bankLine')
    .innerJoin('bankMatch', 'bankMatch.bankLineId', 'bankLine.id')
    .select(['counterpartyIban', 'bankLine.accountId as accountId'])
    .distinct()
    .where('bankMatch.kind', '=', 'payment')
    .where('bankMatch.undoneAt', 'is', null)
    .where('bankLine.accountId', 'is not', null)
    .where('counterpartyIban', 'is not', null)
    .execute()
  const byIban = Map.groupBy(payers, (row) => row['counterpartyIban'] as string)
  return new OpenItems({
    accounts: accounts as unknown as Payee[],
    items: items.map(itemOf),
    payers: new Map([...byIban].map(([iban, rows]) => [iban, rows.map((row) => row['accountId'] as string)])),
  })
}

/** What is open of the documents of an account now. */
export async function reloadOpen(db: Database, known: OpenItems, accountId: string): Promise<void> {
  const items = await selectItems(db)
    .where('invoice.accountId', '=', anyOf([accountId]))
    .execute()
  for (const item of items.map(itemOf)) known.setOpen(item.id, accountId, item.openMinor)
}

// What a query selects is told by its type, which nobody could write down.
// oxlint-disable-next-line typescript/explicit-function-return-type
function selectItems(db: Database) {
  const settled = sql<string>`(select coalesce(sum(amount_minor), 0)::text from ${sql.id(schemaOf(db), 'allocation')} a where a.invoice_id = invoice.id)`
  return db
    .selectFrom('invoice')
    .select(['invoice.id', 'invoice.accountId', 'invoice.dueOn', 'invoice.totalMinor'])
    .select([sql<string>`invoice.document ->> 'number'`.as('number'), settled.as('settledMinor')])
    .where('invoice.kind', '!=', 'credit_note')
}

function itemOf(row: Record<string, unknown>): OpenItem {
  const openMinor = BigInt(row['totalMinor'] as string) - BigInt(row['settledMinor'] as string)
  return {
    ...{ id: row['id'] as string, number: row['number'] as string, accountId: row['accountId'] as string },
    ...{ openMinor: openMinor > 0n ? openMinor : 0n, dueOn: row['dueOn'] as string },
  }
}
