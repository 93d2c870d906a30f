import { formatMinor } from '../../core/base/money.ts'
import type { Credit } from '../../core/ledger/allocate-payments.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { postingRows } from '../ledger/index.ts'
import { DEPOSIT, getPayment, reversePayment } from '../payments/index.ts'
import { entryOf, SOLD } from './allocation-entries.ts'
import * as allocations from './allocation-store.ts'
import { invoiceReopened } from './events.ts'
import { isOpened } from './opening-store.ts'

/**
 * Opens again what a payment had settled, the latest first, beyond what is left of its money: its allocations are taken back by others below
 * zero, and nothing is edited. Of a payment that had settled 60.00 and 40.00, and of which 70.00 are left, 30.00 of the latter are open.
 */
export async function reopenPaid(
  db: Database,
  {
    id: paymentId,
    accountId,
    currency,
  }: { readonly id: string; readonly accountId: string; readonly currency: string },
  leftMinor: bigint,
  nowMs: number,
): Promise<void> {
  const source = { paymentId }
  const settled = await allocations.effectiveAllocations(db, source)
  const excess = settled.reduce((sum, { amountMinor }) => sum + amountMinor, -leftMinor)
  await takeBackLatest(db, { accountId, currency, source }, settled, excess, nowMs)
}

async function takeBackLatest(
  db: Database,
  of: Omit<Settled, 'invoiceId'>,
  settled: readonly { readonly invoiceId: string; readonly amountMinor: bigint }[],
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  let rest = amountMinor
  for (const { invoiceId, amountMinor: one } of settled) {
    const part = one < rest ? one : rest
    if (part > 0n) await takeBack(db, { ...of, invoiceId }, part, nowMs)
    rest -= part
  }
}

/** Opens documents again that money of an account’s balances had settled, the latest first: that money is gone. */
export async function reopenDocuments(
  db: Database,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const source = { balanceSource: 'paid' } as const
  const settled = await allocations.effectiveAllocations(db, { accountId, payerAccountId: null, ...source })
  await takeBackLatest(db, { accountId, currency, source }, settled, amountMinor, nowMs)
}

/** Opens the document again that sold prepaid money: what had come in for it is gone. */
export async function reopenSale(
  db: Database,
  settled: Omit<Settled, 'source'>,
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  await takeBack(db, { ...settled, source: { balanceSource: SOLD } }, amountMinor, nowMs)
}

/** What reverses a payment and lets nothing else settle in its place yet: more of the same transaction follows. */
export const REOPENING = { reopenPaid, isOpened, settle: async () => {}, onReversed: async () => {} }

/**
 * Opens a document that is void again, whatever settled it: what did is free to settle others. What came out of a deposit goes back to it: it
 * is security, and settles what somebody says.
 */
export async function reopenVoided(
  db: Database,
  settled: {
    readonly invoiceId: string
    readonly number: string
    readonly accountId: string
    readonly currency: string
  },
  nowMs: number,
): Promise<void> {
  const { number, ...of } = settled
  for (const { amountMinor, ...source } of await allocations.sourcesOf(db, of.invoiceId)) {
    const payment = source.paymentId === null ? null : await getPayment(db, source.paymentId)
    if (payment?.method !== DEPOSIT) await takeBack(db, { ...of, source }, amountMinor, nowMs)
    else await reversePayment(db, payment, { reason: `${number} is void`, reversedBy: 'billing' }, REOPENING, nowMs)
  }
}

interface Settled {
  readonly accountId: string
  readonly currency: string
  readonly invoiceId: string
  readonly source: Partial<allocations.AllocationSource>
}

/** The ledger's word for what an allocation is of. */
function creditOf({ paymentId, creditNoteId, balanceSource, payerAccountId }: Settled['source']): Credit {
  const kind = paymentId != null ? 'payment' : creditNoteId != null ? 'credit_note' : 'balance'
  const id = paymentId ?? creditNoteId ?? balanceSource ?? ''
  return { kind, id, payerId: payerAccountId ?? null, remainingMinor: 0n }
}

async function takeBack(
  db: Database,
  { accountId, currency, invoiceId, source }: Settled,
  amountMinor: bigint,
  nowMs: number,
): Promise<void> {
  const id = newId()
  const allocation = { id, accountId, invoiceId, amountMinor: String(-amountMinor), allocatedAt: new Date(nowMs) }
  const postings = entryOf(creditOf(source), accountId, currency, -amountMinor)?.[1] ?? []
  const data = { currency, amount: formatMinor(amountMinor, currency) }
  await insertAllRows(db, [
    allocations.allocationRows([{ ...allocation, ...source }]),
    postingRows(postings.length === 0 ? [] : [{ template: 'allocation_reversed', documentId: id, postings }], nowMs),
    eventRows([eventOf(invoiceReopened, { objectId: invoiceId, accountId }, data)], nowMs),
  ])
}
