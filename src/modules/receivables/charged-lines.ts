import { toRatingScale } from '../../core/base/money.ts'
import type { BilledBefore, InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import { cellNamed, chargedAmount } from '../../core/rating/compiled-price.ts'
import type { CompiledCatalog } from '../../engine/index.ts'
import type { InvoiceLineRow } from '../invoices/index.ts'

type Named = Pick<InvoiceLine, 'planVersionId' | 'priceCode' | 'cell'>

/**
 * What had been charged for the usage that a line and the lines before it stand for, at the rating scale: as charging had
 * it when the document was issued. Lines of before do not say; it is the price of their measures.
 */
function chargedOf(
  catalog: CompiledCatalog,
  { planVersionId, priceCode, cell: name }: Named,
  { measures, records, charged }: Pick<BilledBefore, 'measures' | 'records' | 'charged'>,
): bigint {
  if (charged !== undefined || records === 0) return charged ?? 0n
  const price = catalog.plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
  const cell = price === undefined ? undefined : cellNamed(price, name)
  return price === undefined || cell === undefined ? 0n : chargedAmount(price, cell, measures)
}

/** Charges that the lines of one document bill, at the rating scale, with fees that were taken day by day; members used what
 * is of kind `sponsored`. */
export function chargesIn(currency: string, lines: readonly InvoiceLine[], catalog: CompiledCatalog): bigint {
  let charged = toRatingScale(sponsoredIn(lines), currency)
  for (const line of lines) {
    if (line.taken !== undefined) charged += line.taken - (line.billedBefore.charged ?? 0n)
    if (line.usage !== null)
      charged += chargedOf(catalog, line, line.usage) - chargedOf(catalog, line, line.billedBefore)
  }
  return charged
}

/** Charges that all documents have billed, by their last lines of each counter, at the rating scale. */
export function chargesBilled(rows: readonly InvoiceLineRow[], catalog: CompiledCatalog): bigint {
  return rows.reduce((sum, row) => {
    const charged = row.charged === null ? {} : { charged: BigInt(row.charged) }
    const usage = { measures: (row.measures ?? []).map(BigInt), records: Number(row.records ?? 0n), ...charged }
    return sum + chargedOf(catalog, row, usage)
  }, 0n)
}

/** What members used of the account’s credit: it is owed in its balances already. */
export function sponsoredIn(lines: readonly InvoiceLine[]): bigint {
  return lines.filter(({ kind }) => kind === 'sponsored').reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}
