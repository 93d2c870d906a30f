import { toRatingScale } from '../../core/base/money.ts'
import type { AccountBooks, Engine } from '../../engine/index.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { documentsMinor, lastUsageLines, withDocuments } from '../invoices/index.ts'
import { lockAccount, lockAccounts } from '../parties/index.ts'
import { markAllApplied, paymentsMinor, withPayments } from '../payments/index.ts'
import { chargesBilled } from './charges-billed.ts'
import * as store from './opening-store.ts'
import { refundTotals } from './refund-store.ts'

/**
 * Opens the balances of an account with all that its books have: the charges that documents billed, the documents, and the
 * payments. While the account’s row is locked nobody issues a document or records a payment; what comes later is applied to
 * the balances one by one.
 */
async function openBalances(
  root: Database,
  engine: Engine,
  { name, schema }: Tenant,
  nowMs: number,
  accountId: string,
): Promise<void> {
  await inTransaction(root, async (trx) => {
    const db = inSchema(trx, schema)
    const { currency } = await lockAccount(db, accountId)
    if (await store.isOpened(db, accountId)) return
    const lines = await lastUsageLines(db, [accountId])
    const opening = {
      billedCharges: chargesBilled(lines, await engine.catalog(name)),
      documentsMinor: await documentsMinor(db, accountId),
      // What is to be paid back is no money of the account any more.
      paymentsMinor:
        (await paymentsMinor(db, accountId)) - ((await refundTotals(db, [accountId])).get(accountId) ?? 0n),
    }
    await engine.takeUpBooks(name, {
      accountId,
      nowMs,
      before: {
        billedCharges: opening.billedCharges,
        documents: toRatingScale(opening.documentsMinor, currency),
        payments: toRatingScale(opening.paymentsMinor, currency),
      },
      // It has a connection of its own, and touches no row that is locked here.
      commitHook: async (commit, { events }) => {
        const within = inSchema(commit, schema)
        await store.insertOpening(within, accountId, opening, toRatingScale(1n, currency), nowMs)
        await markAllApplied(within, accountId, nowMs)
        await publish(within, events, nowMs)
      },
    })
  })
}

/** Documents and payments of a tenant’s accounts, for the engine. @param tenantNow the tenant as it is now, with its time. */
export function accountBooks(
  root: Database,
  engine: Engine,
  tenantNow: () => Promise<{ readonly tenant: Tenant; readonly nowMs: number }>,
): AccountBooks {
  return {
    begin: async (accountIds) => {
      const { tenant, nowMs } = await tenantNow()
      return inTransaction(root, async (trx) => {
        const db = inSchema(trx, tenant.schema)
        await lockAccounts(db, accountIds)
        const others = new Set([...(await withDocuments(db, accountIds)), ...(await withPayments(db, accountIds))])
        const empty = accountIds.filter((id) => !others.has(id))
        await store.openEmpty(db, empty, nowMs)
        return [...others]
      })
    },
    open: async (accountId) => {
      const { tenant, nowMs } = await tenantNow()
      await openBalances(root, engine, tenant, nowMs, accountId)
    },
  }
}
