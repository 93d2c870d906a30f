import { type Insertable, type SelectQueryBuilder, sql } from 'kysely'
import type { SponsoredDay } from '../../core/invoicing/sponsored-usage.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Tables } from '../../platform/tables.ts'

export async function insertAllocations(
  db: Database,
  rows: readonly Insertable<Tables['allocation']>[],
): Promise<void> {
  if (rows.length > 0) await db.insertInto('allocation').values(rows).execute()
}

/** Allocated money by document or payment of one account, in minor units. */
export async function allocatedOf(
  db: Database,
  accountId: string,
  by: 'invoiceId' | 'paymentId' | 'creditNoteId',
): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('allocation')
    .select([`${by} as id`, sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', accountId)
    .where(by, 'is not', null)
    .groupBy(by)
    .execute()
  return new Map(rows.map((row) => [row['id'] as string, BigInt(row.amount)]))
}

/** Names a balance that settles documents: its source, and the sponsor whose it is. */
export function balanceName(source: string, payerId: string | null): string {
  return `${source} ${payerId ?? ''}`
}

/** What each balance has settled of an account's documents, in minor units. */
export async function settledByBalances(db: Database, accountId: string): Promise<Map<string, bigint>> {
  const rows = await db
    .selectFrom('allocation')
    .select(['balanceSource', 'payerAccountId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .where('accountId', '=', accountId)
    .where('balanceSource', 'is not', null)
    .groupBy(['balanceSource', 'payerAccountId'])
    .execute()
  return new Map(
    rows.map((row) => [
      balanceName(row['balanceSource'] as string, row['payerAccountId'] as string | null),
      BigInt(row.amount),
    ]),
  )
}

/** What an account’s own paid money of balances has settled, in minor units. */
export async function settledByOwnBalance(db: Database, accountId: string): Promise<bigint> {
  return (await settledByBalances(db, accountId)).get(balanceName('paid', null)) ?? 0n
}

/** What a sponsor's credit has settled of documents of its members, by member and billing day. */
export async function sponsoredDays(db: Database, sponsorId: string): Promise<SponsoredDay[]> {
  const rows = await db
    .selectFrom('allocation')
    .innerJoin('invoice', 'invoice.id', 'allocation.invoiceId')
    .innerJoin('account', 'account.id', 'allocation.accountId')
    .select([
      'account.id as memberId',
      'account.key as memberKey',
      'invoice.billingDay as day',
      sql<string>`sum(allocation.amount_minor)::text`.as('amount'),
    ])
    .where('allocation.payerAccountId', '=', sponsorId)
    .where('allocation.balanceSource', '=', 'credit')
    .groupBy(['account.id', 'account.key', 'invoice.billingDay'])
    .orderBy('account.key')
    .orderBy('invoice.billingDay')
    .execute()
  return rows.map(({ amount, ...row }) => ({ ...row, amountMinor: BigInt(amount) }))
}

/** What stands settled with money of a source: by invoice, the latest first. */
export async function effectiveAllocations(
  db: Database,
  by: { readonly paymentId: string } | { readonly accountId: string; readonly balanceSource: 'paid' },
): Promise<{ invoiceId: string; amountMinor: bigint }[]> {
  let query = db
    .selectFrom('allocation')
    .select(['invoiceId', sql<string>`sum(amount_minor)::text`.as('amount')])
    .groupBy('invoiceId')
    .having(sql<boolean>`sum(amount_minor) > 0`)
    .orderBy(sql`max(id::text)`, 'desc')
  query =
    'paymentId' in by
      ? query.where('paymentId', '=', by.paymentId)
      : query
          .where('accountId', '=', by.accountId)
          .where('balanceSource', '=', 'paid')
          .where('payerAccountId', 'is', null)
  const rows = await query.execute()
  return rows.map((row) => ({ invoiceId: row['invoiceId'] as string, amountMinor: BigInt(row.amount) }))
}

/** Asks for those of some accounts with documents that their balances have not settled, or that money may settle yet. */
export function selectWithOpenDocuments(
  db: Database,
  accountIds: readonly string[],
): SelectQueryBuilder<Tables, 'invoice', { accountId: string }> {
  return db
    .selectFrom('invoice')
    .select('accountId')
    .where('accountId', '=', anyOf(accountIds))
    .where((eb) =>
      eb.or([
        eb.and([eb('balanceAdjustment', 'is not', null), eb('balanceSettledAt', 'is', null)]),
        eb(
          'totalMinor',
          '>',
          eb.fn.coalesce(
            eb
              .selectFrom('allocation')
              .select((of) => of.fn.sum<string>('allocation.amountMinor').as('settled'))
              .whereRef('allocation.invoiceId', '=', 'invoice.id'),
            sql<string>`0`,
          ),
        ),
      ]),
    )
}
