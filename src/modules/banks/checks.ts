import { sql } from 'kysely'
import { formatMinor } from '../../core/base/money.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, inSnapshot } from '../../platform/db.ts'
import { gapsOf, lastClosing } from './position.ts'
import * as store from './store.ts'

/**
 * The ledger has of each bank account what its bank says; suspense is the money of lines that have no purpose yet; and each line is in the
 * ledger once.
 */
export async function checkBanks(root: Database): Promise<CheckResult[]> {
  return inSnapshot(root, async (db) => {
    const accounts = await store.listBankAccounts(db)
    const [cash, suspense, closing]: [string[], string[], string[]] = [[], [], []]
    for (const account of accounts) {
      const { id, key, currency } = account
      const { all, announced, open } = await store.lineSums(db, id)
      const balance = BigInt(account.openingMinor) + all
      const [inCash, inSuspense] = [await ledgerOf(db, `cash:bank:${key}`), await ledgerOf(db, `suspense_cash:${key}`)]
      const said = (minor: bigint): string => formatMinor(minor, currency)
      if (inCash !== balance) cash.push(`${key}: ${said(inCash)} in the ledger, ${said(balance)} by its lines`)
      if (-inSuspense !== open) suspense.push(`${key}: ${said(-inSuspense)} in the ledger, ${said(open)} of lines`)
      const statements = await store.listFinal(db, id)
      const last = lastClosing(statements)
      // Where a statement is missing, the account says so itself, and nothing can be compared.
      if (last === null || gapsOf(statements).length > 0) continue
      const told = BigInt(last.closingMinor ?? 0)
      if (balance - announced !== told)
        closing.push(`${key}: the bank says ${said(told)}, the ledger ${said(balance - announced)}`)
    }
    const lines = await db
      .selectFrom('bankLine')
      .leftJoin('posting', (join) =>
        join.onRef('posting.documentId', '=', 'bankLine.id').on('posting.template', '=', 'bank_line_booked'),
      )
      .select(['bankLine.id as id'])
      .groupBy(['bankLine.id', 'bankLine.amountMinor'])
      .having(sql<boolean>`count(posting.id) <> case when bank_line.amount_minor = 0 then 0 else 2 end`)
      .limit(20)
      .execute()
    // Otherwise a document would be asked for twice, or never again.
    const orders = await db
      .selectFrom('sepaOrder')
      .leftJoin('paymentClaim', (join) =>
        join.onRef('paymentClaim.key', '=', 'sepaOrder.endToEndId').on('paymentClaim.endedAt', 'is', null),
      )
      .select('sepaOrder.endToEndId as key')
      .where('sepaOrder.invoiceId', 'is not', null)
      .where(sql<boolean>`(sepa_order.state = 'sent') is distinct from (payment_claim.key is not null)`)
      .limit(20)
      .execute()
    const count = `${accounts.length} bank accounts`
    return [
      checkNone('a bank account in the ledger is what was there at first, and its lines', cash, count),
      checkNone(
        'a bank account in the ledger is the last closing balance of its bank, where no statement is missing',
        closing,
        count,
      ),
      checkNone('suspense cash is what of bank lines has no purpose yet', suspense, count),
      checkNone(
        'each direct debit that is on its way claims its document, and no other does',
        orders.map(({ key }) => key),
        count,
      ),
      checkNone(
        'each bank line is in the ledger once',
        lines.map(({ id }) => id as string),
        count,
      ),
    ]
  })
}

async function ledgerOf(db: Database, ledgerAccount: string): Promise<bigint> {
  const query = db.selectFrom('posting').select(sql<string>`coalesce(sum(amount_minor), 0)::text`.as('minor'))
  return BigInt((await query.where('ledgerAccount', '=', ledgerAccount).executeTakeFirstOrThrow()).minor)
}
