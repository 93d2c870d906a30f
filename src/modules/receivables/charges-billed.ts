import { chargedOf } from '../../core/billing/document-amounts.ts'
import type { CompiledCatalog } from '../../engine/index.ts'
import type { InvoiceLineRow } from '../invoices/index.ts'

/** Charges that all documents have billed, by their last lines of each counter, at the rating scale. */
export function chargesBilled(rows: readonly InvoiceLineRow[], { plans }: CompiledCatalog): bigint {
  return rows.reduce((sum, row) => {
    const charged = row.charged === null ? {} : { charged: BigInt(row.charged) }
    const usage = { measures: (row.measures ?? []).map(BigInt), records: Number(row.records ?? 0n), ...charged }
    return sum + chargedOf(plans, row, usage)
  }, 0n)
}
