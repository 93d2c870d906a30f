import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import type { InvoiceLineRow } from './store.ts'

/** The line that bills a charge: the first whose records go as far as the charge's segment. */
export async function lineOfCharge(
  db: Database,
  charge: Pick<InvoiceLineRow, 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell' | 'periodStart'> & {
    readonly seq: number
  },
): Promise<{ line: string; number: string } | undefined> {
  return (await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select(['invoiceLine.id as line', sql<string>`document ->> 'number'`.as('number')])
    .where('subscriptionId', '=', charge.subscriptionId)
    .where('planVersionId', '=', charge.planVersionId)
    .where('priceCode', '=', charge.priceCode)
    .where('cell', '=', charge.cell)
    .where('adjustment', '=', '')
    .where('isUnbilled', '=', false)
    .where('periodStart', '=', charge.periodStart)
    .where('throughSeq', '>=', BigInt(charge.seq))
    .orderBy('invoiceLine.id')
    .limit(1)
    .executeTakeFirst()) as { line: string; number: string } | undefined
}
