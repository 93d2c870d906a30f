import { leftOfDocument } from '../../core/billing/credit-request.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import type { Database } from '../../platform/db.ts'
import { getInvoice } from '../invoices/index.ts'
import { type AccountSettlement, lowerWriteOff, writtenOffOf } from '../receivables/index.ts'
import { toDocument } from './document-to-correct.ts'
import type { LoadedFacts } from './load-facts.ts'

/** Whether a line takes back what was billed before. What only lowers a charge does not. */
export function takesBack({ adjustment = '', amountMinor }: InvoiceLine): boolean {
  return adjustment === '' && amountMinor < 0n
}

/**
 * What a document that was just stored credits of others that were written off comes off their write-offs, each by what is less left of it now
 * than without these lines. A credit on request asks for that first.
 * @param number of the document
 * @param ids of its lines
 */
export async function lowerWriteOffs(
  db: Database,
  { account }: LoadedFacts,
  settlement: AccountSettlement,
  number: string,
  ids: readonly string[],
  nowMs: number,
): Promise<void> {
  const writeOffs = await writtenOffOf(db, { accountId: account.id })
  const own = new Set(ids)
  for (const [invoiceId, ofDocument] of Map.groupBy(writeOffs, (one) => one.invoiceId)) {
    const document = await toDocument(db, await getInvoice(db, invoiceId))
    const before = { ...document, lines: document.lines.filter(({ id }) => !own.has(id)) }
    let credited = leftOfDocument(before).minor - leftOfDocument(document).minor
    for (const writeOff of ofDocument.toReversed()) {
      const byMinor = credited < writeOff.amountMinor ? credited : writeOff.amountMinor
      if (byMinor <= 0n) break
      await lowerWriteOff(db, account, settlement, writeOff, { byMinor, because: number }, nowMs)
      credited -= byMinor
    }
  }
}
