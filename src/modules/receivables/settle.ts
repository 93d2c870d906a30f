import { formatMinor } from '../../core/base/money.ts'
import { allocateOldestFirst, type Credit } from '../../core/ledger/allocate-payments.ts'
import type { Posting } from '../../core/ledger/chart.ts'
import { bonusAllocated, paymentAllocated, sponsoredAllocated, type TemplateName } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { listAccountDocuments } from '../invoices/index.ts'
import { postEntry } from '../ledger/index.ts'
import { listPayments, reversedPayments } from '../payments/index.ts'
import * as allocations from './allocation-store.ts'
import { invoicePaid, invoicePartiallyPaid } from './events.ts'

/** A document of an account, those that are due first before the others. */
type OwedDocument = Awaited<ReturnType<typeof listAccountDocuments>>[number]

/** Settles what is open with payments and credit notes that are there. The account's row is locked. */
export async function settle(db: Database, accountId: string, currency: string, nowMs: number): Promise<void> {
  await settleWith(db, accountId, currency, await listAccountDocuments(db, accountId), nowMs)
}

/** As `settle`, of documents that were read, and also with money of balances that charges have consumed. */
export async function settleWith(
  db: Database,
  accountId: string,
  currency: string,
  documents: readonly OwedDocument[],
  nowMs: number,
  { consumed, waits }: BalanceMoney = NO_BALANCES,
): Promise<void> {
  const billed = documents.filter(({ kind }) => kind !== 'credit_note')
  const settled = billed.length === 0 ? NOTHING : await allocations.allocatedOf(db, accountId, 'invoiceId')
  const invoices = billed
    .map(({ id, totalMinor, sellsBalance }) => ({
      id,
      sellsBalance,
      remainingMinor: totalMinor - (settled.get(id) ?? 0n),
    }))
    .filter(({ remainingMinor }) => remainingMinor > 0n)
  if (invoices.length === 0) return
  const balances = consumed.length === 0 ? [] : await balanceCredits(db, accountId, consumed, waits)
  const credits = [...balances, ...(await listCredits(db, accountId, documents))]
  const open = new Map(invoices.map(({ id, remainingMinor }) => [id, remainingMinor]))
  const paid = new Map<string, bigint>()
  for (const { credit, invoiceId, amountMinor } of allocateOldestFirst(credits, invoices)) {
    const id = newId()
    const source = { [SOURCE_COLUMNS[credit.kind]]: credit.id, payerAccountId: credit.payerId ?? null }
    await allocations.insertAllocations(db, [
      { id, accountId, invoiceId, amountMinor: String(amountMinor), allocatedAt: new Date(nowMs), ...source },
    ])
    const entry = entryOf(credit, accountId, currency, amountMinor)
    if (entry !== null) await postEntry(db, entry[0], id, entry[1], nowMs)
    paid.set(invoiceId, (paid.get(invoiceId) ?? 0n) + amountMinor)
  }
  const events = [...paid].map(([invoiceId, amountMinor]) =>
    settledEvent(accountId, invoiceId, currency, amountMinor, (open.get(invoiceId) ?? 0n) - amountMinor),
  )
  await publish(db, events, nowMs)
}

const NOTHING: ReadonlyMap<string, bigint> = new Map()

function settledEvent(accountId: string, objectId: string, currency: string, paid: bigint, open: bigint): NewEvent {
  const [amount, left] = [paid, open].map((minor) => formatMinor(minor, currency)) as [string, string]
  return eventOf(
    open > 0n ? invoicePartiallyPaid : invoicePaid,
    { objectId, accountId },
    { currency, amount, open: left },
  )
}

/** What the ledger says of an allocation; nothing of a credit note, which stands in `receivable` already. */
function entryOf(
  { kind, id, payerId }: Credit,
  accountId: string,
  currency: string,
  amountMinor: bigint,
): [TemplateName, Posting[]] | null {
  if (kind === 'credit_note') return null
  if (kind === 'balance' && id === 'bonus') return ['bonus_allocated', bonusAllocated(accountId, currency, amountMinor)]
  if (kind === 'balance' && id === 'credit')
    return ['sponsored_allocated', sponsoredAllocated(payerId as string, accountId, currency, amountMinor)]
  return ['payment_allocated', paymentAllocated(accountId, currency, amountMinor, payerId ?? accountId)]
}

const SOURCE_COLUMNS = { payment: 'paymentId', credit_note: 'creditNoteId', balance: 'balanceSource' } as const

/** Money of a balance that charges have consumed all in all, in whole minor units. */
export interface ConsumedMoney {
  readonly source: 'paid' | 'bonus' | 'credit'
  /** The sponsor whose it was; null for the account's own. */
  readonly payerId: string | null
  readonly totalMinor: bigint
}

/** Money of balances that settles documents of an account. */
export interface BalanceMoney {
  readonly consumed: readonly ConsumedMoney[]
  /** Minor units of it that have paid for usage which no document bills yet. */
  readonly waits: bigint
}
const NO_BALANCES: BalanceMoney = { consumed: [], waits: 0n }

/**
 * What charges consumed of balances and no document has been settled with yet. A document that sells money of balances is
 * settled by the account’s own money alone, beyond what waits for documents of usage.
 */
async function balanceCredits(
  db: Database,
  accountId: string,
  consumed: readonly ConsumedMoney[],
  waits: bigint,
): Promise<Credit[]> {
  const used = await allocations.settledByBalances(db, accountId)
  const credits = consumed.map(({ source, payerId, totalMinor }): Credit => {
    const before = used.get(allocations.balanceName(source, payerId)) ?? 0n
    return { kind: 'balance', id: source, payerId, remainingMinor: totalMinor - before }
  })
  const free = credits.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n) - waits
  return credits
    .filter(({ remainingMinor }) => remainingMinor > 0n)
    .map((credit) =>
      credit.id === 'paid' && credit.payerId === null ? { ...credit, forSoldMinor: free > 0n ? free : 0n } : credit,
    )
}

async function listCredits(db: Database, accountId: string, documents: readonly OwedDocument[]): Promise<Credit[]> {
  const usedNotes = await allocations.allocatedOf(db, accountId, 'creditNoteId')
  const usedPayments = await allocations.allocatedOf(db, accountId, 'paymentId')
  const notes = documents
    .filter(({ kind }) => kind === 'credit_note')
    .map(
      ({ id, totalMinor }): Credit => ({
        kind: 'credit_note',
        id,
        remainingMinor: -totalMinor - (usedNotes.get(id) ?? 0n),
      }),
    )
  const reversed = await reversedPayments(db, accountId)
  const payments = (await listPayments(db, { accountId, limit: MAX_PAYMENTS })).map(
    ({ id, amountMinor }): Credit => ({
      kind: 'payment',
      id,
      remainingMinor: reversed.has(id) ? 0n : BigInt(amountMinor) - (usedPayments.get(id) ?? 0n),
    }),
  )
  return [...notes, ...payments].filter(({ remainingMinor }) => remainingMinor > 0n)
}

/** Payments of one account that are looked through for money left over. */
const MAX_PAYMENTS = 100_000
