import { formatMinor } from '../../core/base/money.ts'
import { paymentAllocated } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { postingRows } from '../ledger/index.ts'
import * as allocations from './allocation-store.ts'
import { invoiceReopened } from './events.ts'

/** Opens again what a payment had settled: its allocations are taken back by others below zero, and nothing is edited. */
export async function reopenPaid(
  db: Database,
  {
    id: paymentId,
    accountId,
    currency,
  }: { readonly id: string; readonly accountId: string; readonly currency: string },
  nowMs: number,
): Promise<void> {
  const source = { paymentId }
  for (const { invoiceId, amountMinor } of await allocations.effectiveAllocations(db, source))
    await takeBack(db, { accountId, currency, invoiceId, source }, amountMinor, nowMs)
}

/** Opens documents again that money of an account’s balances had settled, the latest first: that money is gone. */
export async function reopenDocuments(
  db: Database,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const source = { balanceSource: 'paid' } as const
  let rest = amountMinor
  for (const { invoiceId, amountMinor: settled } of await allocations.effectiveAllocations(db, {
    accountId,
    payerAccountId: null,
    ...source,
  })) {
    const part = settled < rest ? settled : rest
    if (part > 0n) await takeBack(db, { accountId, currency, invoiceId, source }, part, nowMs)
    rest -= part
  }
}

interface Settled {
  readonly accountId: string
  readonly currency: string
  readonly invoiceId: string
  readonly source: { readonly paymentId: string } | { readonly balanceSource: 'paid' }
}

async function takeBack(
  db: Database,
  { accountId, currency, invoiceId, source }: Settled,
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const id = newId()
  const allocation = { id, accountId, invoiceId, amountMinor: String(-amountMinor), allocatedAt: new Date(nowMs) }
  const postings = paymentAllocated(accountId, currency, -amountMinor)
  const data = { currency, amount: formatMinor(amountMinor, currency) }
  await insertAllRows(db, [
    allocations.allocationRows([{ ...allocation, ...source }]),
    postingRows([{ template: 'allocation_reversed', documentId: id, postings }], nowMs),
    eventRows([eventOf(invoiceReopened, { objectId: invoiceId, accountId }, data)], nowMs),
  ])
}
