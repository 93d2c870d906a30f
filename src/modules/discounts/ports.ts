import type { Database } from '../../platform/db.ts'

/** What discounts gave on documents so far, by their id and currency; positive, and on how many bills. Implemented by invoices. */
export type ListGiven = (
  db: Database,
  ids: readonly string[],
) => Promise<readonly { readonly id: string; readonly currency: string; readonly amountMinor: bigint; bills: number }[]>
