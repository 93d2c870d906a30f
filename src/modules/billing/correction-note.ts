import { type InvoiceLine, targetKey } from '../../core/invoicing/invoice-lines.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { documentsOfPeriods, findByPurpose } from '../invoices/index.ts'
import { lockAccount } from '../parties/index.ts'
import { applyToBalances } from '../receivables/index.ts'
import { type Billing, readFacts, usageLinesAt } from './account-lines.ts'
import { issueDocument } from './bill-account.ts'
import { collectBillables } from './billables.ts'
import { billedBefore } from './billed-before.ts'

/** Which counters a note is about, and what it is for: one note an account and cause. */
interface CorrectionCause {
  /** Names the cause among all of an account, such as a re-rating. */
  readonly purpose: string
  readonly reason: string
  readonly planVersionIds: ReadonlySet<string>
  /** First days of billing periods, half-open. */
  readonly from: string
  readonly until: string
}

/**
 * Bills at once by how much the usage of periods that are billed already has changed: a credit note, or a debit note that
 * is paid like an invoice. It names the documents that billed this usage before; those are never changed. What else of these
 * periods is not billed yet comes with it.
 * @returns the document's id; null where nothing was billed, or nothing has changed. Asked again, the same id.
 */
export async function issueCorrectionNote(
  billing: Billing,
  accountId: string,
  cause: CorrectionCause,
): Promise<string | null> {
  const { tenant, engine, nowMs } = billing
  const id = await inTransaction(billing.db, async (trx) =>
    issue(billing, inSchema(trx, tenant.schema), accountId, cause),
  )
  if (id !== null && (await engine.hasBalances(tenant.name, accountId)))
    await applyToBalances(billing.db, engine, tenant, nowMs, accountId)
  return id
}

async function issue(
  billing: Billing,
  db: Database,
  accountId: string,
  cause: CorrectionCause,
): Promise<string | null> {
  const account = await lockAccount(db, accountId)
  const known = await findByPurpose(db, accountId, cause.purpose)
  if (known !== undefined) return known
  if (account.billedUntil === null) return null
  const facts = await readFacts(billing, db, account, account.billedUntil)
  const before = await billedBefore(db, accountId)
  const due = new Set(
    collectBillables(facts, account.billedUntil)
      .filter(({ kind, period }) => kind === 'usage' && period.end > cause.from && period.start < cause.until)
      .map(targetKey),
  )
  // With what caps and discounts take of it. What was charged again did not come late.
  const isOfCause = ({ planVersionId }: InvoiceLine): boolean => cause.planVersionIds.has(planVersionId)
  const lines = usageLinesAt(facts, before, account.billedUntil)
    .filter((line) => due.has(targetKey(line)))
    .map((line) => (isOfCause(line) ? { ...line, isLate: false } : line))
  // Usage that moved to a version of the same price waits for the next document of its period, which bills both sides of it.
  if (lines.filter(isOfCause).reduce((sum, { amountMinor }) => sum + amountMinor, 0n) === 0n) return null
  const corrects = await documentsOfPeriods(db, accountId, [...new Set(lines.map(({ period }) => period.start))])
  const moment = { day: account.billedUntil, purpose: cause.purpose }
  return issueDocument(billing, db, facts, moment, lines, { reason: cause.reason, corrects })
}
