import type { Adjusting } from '../../core/invoicing/adjusted-billables.ts'
import { type BilledBefore, billableKey, type LineKind, targetKey } from '../../core/invoicing/invoice-lines.ts'
import type { Database } from '../../platform/db.ts'
import type { InvoiceLineRow } from '../invoices/index.ts'

/**
 * What documents billed of an account, by billable; and the last line of each that stands for no usage and can cease to
 * be owed.
 */
export interface AccountBilled {
  readonly billed: ReadonlyMap<string, BilledBefore>
  readonly ceasing: ReadonlyMap<string, InvoiceLineRow>
  /** Lines without discounts, by the billable that they are about, the oldest first. */
  readonly issued: Adjusting['issued']
}

/** A line with the day that its document bills. */
type IssuedRow = InvoiceLineRow & { readonly billingDay: string }

export async function billedBefore(db: Database, accountId: string): Promise<AccountBilled> {
  const query = db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .selectAll('invoiceLine')
    .select('invoice.billingDay')
    .where('invoiceLine.accountId', '=', accountId)
    .orderBy('invoiceLine.id')
  return addBilled({ billed: new Map(), ceasing: new Map(), issued: new Map() }, (await query.execute()) as IssuedRow[])
}

/** What stays billed: it was bought, or others used it. */
const LASTING: ReadonlySet<LineKind> = new Set(['commit', 'sponsored'])

export function addBilled(before: AccountBilled, rows: readonly IssuedRow[]): AccountBilled {
  const billed = new Map(before.billed)
  const ceasing = new Map(before.ceasing)
  const issued = new Map([...before.issued].map(([key, parts]) => [key, [...parts]]))
  for (const row of rows) {
    const { subscriptionId, planVersionId } = row as { subscriptionId: string | null; planVersionId: string | null }
    const ids = { subscriptionId: subscriptionId ?? '', planVersionId: planVersionId ?? '' }
    const name = { ...row, ...ids, period: { start: row.periodStart } }
    const key = billableKey(name)
    if (row.kind !== 'discount') {
      const part = { id: row.id, billingDay: row.billingDay, minor: BigInt(row.amountMinor) }
      const parts = issued.get(targetKey(name))
      if (parts === undefined) issued.set(targetKey(name), [part])
      else parts.push(part)
    }
    const amountMinor = (billed.get(key)?.amountMinor ?? 0n) + BigInt(row.amountMinor)
    const charged = row.charged === null ? {} : { charged: BigInt(row.charged) }
    const measures = (row.measures ?? []).map(BigInt)
    billed.set(key, { amountMinor, measures, records: Number(row.records ?? 0n), ...charged })
    if (LASTING.has(row.kind) || (row.kind === 'usage' && row.records !== 0n)) ceasing.delete(key)
    else ceasing.set(key, row)
  }
  return { billed, ceasing, issued }
}
