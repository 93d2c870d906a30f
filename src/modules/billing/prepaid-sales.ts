import { dayOf } from '../../core/base/period.ts'
import { planSale, planTaking, purposeOfSale } from '../../core/billing/prepaid-sale.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import type { JobHandler } from '../../platform/jobs/job.ts'
import { PREPAID_SALES_JOB, type StoredSale } from '../balances/index.ts'
import { findByPurpose, getInvoice, insertRequest } from '../invoices/index.ts'
import type { Parts } from '../module.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { reopenSale } from '../receivables/index.ts'
import { tellBalances } from './bill-accounts.ts'
import { toDocument } from './document-to-correct.ts'
import { type Billing, billingOf, loadAccount } from './load-facts.ts'
import { missingSaleDocuments, type TakenSale } from './prepaid-sale-documents.ts'
import { settlementOf, storeDocuments } from './store-documents.ts'

/** The last ones an hour apart. */
const MAX_ATTEMPTS = 20
/** Documents of an account that are issued in one transaction. */
const TOGETHER = 50

/**
 * Issues the documents of prepaid money that was sold with its tax, and credits those that were taken back. All of it was decided with the
 * money: nothing is left to wait for, so that they are no drafts. Which are missing follows from the rows, whatever was cut off.
 */
export function prepaidSalesJob({ db: root, engine, notary }: Pick<Parts, 'db' | 'engine' | 'notary'>): JobHandler {
  return {
    kind: PREPAID_SALES_JOB,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work: async (job) => {
      const { key: accountId, tenant, nowMs } = job
      const billing = await job.patiently(async () => billingOf(root, engine, tenant, nowMs))
      for (;;) {
        if (job.isStopped()) return 'stopped'
        const issued = await inTransaction(root, async (trx) => {
          const db = inSchema(trx, tenant.schema)
          const account = await lockAccount(db, accountId)
          const { sales, takings } = await missingSaleDocuments(db, accountId, TOGETHER)
          if (sales.length > 0) await issueSales(billing, db, account, sales)
          for (const taking of takings) await creditTaking(billing, db, account, taking)
          if (sales.length + takings.length > 0) await notary.ask(db, nowMs)
          return sales.length + takings.length
        })
        if (issued === 0) break
      }
      await tellBalances(billing, accountId)
      return 'done'
    },
  }
}

async function issueSales(
  billing: Billing,
  db: Database,
  account: Account,
  sales: readonly StoredSale[],
): Promise<void> {
  const { nowMs } = billing
  const facts = await loadAccount(billing, db, account, dayOf(nowMs, account.zone))
  const settlement = settlementOf(db, facts)
  const toIssue = sales.map((sale) => {
    return { facts, settlement, planned: planSale(facts, sale), paidMinor: sale.grossMinor }
  })
  await storeDocuments(db, toIssue, nowMs)
}

/** What had come in for the document is gone: it is open again, but for what its money had left, which is credited. */
async function creditTaking(
  billing: Billing,
  db: Database,
  account: Account,
  { sale, taking }: TakenSale,
): Promise<void> {
  const { nowMs } = billing
  const { id: accountId, currency } = account
  const invoiceId = (await findByPurpose(db, accountId, purposeOfSale(sale))) as string
  const invoice = await getInvoice(db, invoiceId)
  await reopenSale(db, { accountId, currency, invoiceId }, sale.grossMinor, nowMs)
  const day = dayOf(nowMs, account.zone)
  const facts = await loadAccount(billing, db, account, day)
  const settlement = settlementOf(db, facts)
  const why = { sale, leftMinor: BigInt(taking.leftMinor), day, reason: taking.reason }
  const planned = planTaking(facts, await toDocument(db, invoice), why)
  if (planned === null) return settlement.settle(nowMs)
  const money = 'open_invoices'
  const asked = { correctsId: invoiceId, money, refundMinor: 0n } as const
  const [noteId] = (await storeDocuments(db, [{ facts, planned, settlement, asked }], nowMs)) as [string]
  await insertRequest(db, {
    ...{
      invoiceId: noteId,
      correctsId: invoiceId,
      accountId,
      key: planned.purpose,
      content: { reason: taking.reason },
    },
    ...{ kind: 'credit', reasonCode: 'returned', money, refundMinor: '0', rebill: false },
    ...{ requestedBy: taking.reversedBy, createdAt: new Date(nowMs) },
  })
}
