import type { BilledLine } from '../../core/billing/billed-lines.ts'
import { printedNumber } from '../../core/invoicing/document-number.ts'
import type { LineKind } from '../../core/invoicing/invoice-lines.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { readTaxes, type StoredTax } from './stored-taxes.ts'

/** All lines of accounts' documents, in the order in which they were issued. */
export async function listBilledLines(
  db: Database,
  accountIds: readonly string[],
): Promise<(BilledLine & { readonly accountId: string })[]> {
  const rows = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .selectAll('invoiceLine')
    .select(['invoice.billingDay', 'invoice.series', 'invoice.number'])
    .where('invoiceLine.accountId', '=', anyOf(accountIds))
    .orderBy('invoiceLine.id')
    .execute()
  return rows.map(
    ({
      id,
      kind,
      priceCode,
      cell,
      adjustment,
      description,
      basis,
      amountMinor,
      measures,
      records,
      charged,
      taxes,
      ...row
    }) => ({
      ...{ id, priceCode, cell, adjustment, description, billingDay: row.billingDay, accountId: row.accountId },
      kind: kind as LineKind,
      document: printedNumber(row.series, row.number),
      subscriptionId: row.subscriptionId ?? '',
      planVersionId: row.planVersionId ?? '',
      period: { start: row.periodStart, end: row.periodEnd },
      basis: basis as BilledLine['basis'],
      amountMinor: BigInt(amountMinor),
      measures: (measures ?? []).map(BigInt),
      records: records === null ? null : Number(records),
      charged: charged === null ? null : BigInt(charged),
      creditsLineId: row.creditsLineId,
      isUnbilled: row.isUnbilled,
      tax: taxes === null ? null : readTaxes(taxes as unknown as readonly StoredTax[]),
    }),
  )
}
