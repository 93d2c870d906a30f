import { assert } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import {
  type Allocation,
  allocateOldestFirst,
  type Credit,
  replacedByNotes,
} from '../../core/ledger/allocate-payments.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { insertAllRows, type NewRows } from '../../platform/insert-rows.ts'
import { disputedOf } from '../disputes/index.ts'
import { listAccountDocuments, type OwedDocument } from '../invoices/index.ts'
import { postingRows } from '../ledger/index.ts'
import { type PaymentPorts, standingPayments } from '../payments/index.ts'
import { entryOf, SOLD, SOURCE_COLUMNS } from './allocation-entries.ts'
import * as allocations from './allocation-store.ts'
import { invoicePaid, invoicePartiallyPaid } from './events.ts'

/** Settles what is open with payments and credit notes that are there. The account's row is locked. */
export const settle: Receivables['settle'] = async (db, accountId, currency, nowMs, first) => {
  const settlement = new AccountSettlement(db, accountId, currency)
  for (const { id, amountMinor } of first?.invoices ?? []) {
    const open = (await settlement.openOf(id)) ?? 0n
    const part = open < amountMinor ? open : amountMinor
    if (first !== undefined && part > 0n) await settlement.settleOne(first.paymentId, id, part, nowMs)
  }
  await settlement.settle(nowMs)
}

type Receivables = PaymentPorts['receivables']

/**
 * What accounts owe, and what settles it, read at once. Their rows are locked in the transaction of `db`, before documents are issued in it.
 * @returns them in the order of the accounts
 */
export async function loadSettlements(
  db: Database,
  accounts: readonly { readonly id: string; readonly currency: string }[],
): Promise<AccountSettlement[]> {
  if (accounts.length === 0) return []
  const ids = accounts.map(({ id }) => id)
  const documents = Map.groupBy(await listAccountDocuments(db, ids), ({ accountId }) => accountId)
  const allocated = await allocations.allocatedOfAll(db, ids)
  const payments = await listPaidIn(db, ids)
  const disputed = await disputedOf(db, ids)
  return accounts.map(({ id, currency }) => {
    const own = { documents: documents.get(id) ?? [], allocated: allocated.get(id), payments: payments.get(id) ?? [] }
    const known = { ...own, disputed }
    return new AccountSettlement(db, id, currency, known as Known)
  })
}

interface Known {
  readonly documents: OwedDocument[]
  readonly allocated: allocations.Allocated
  readonly payments: readonly Credit[]
  /** By document; those of other accounts may be among them. */
  readonly disputed: ReadonlyMap<string, bigint>
}

/**
 * What an account owes, and what settles it, within a transaction that has locked the account's row. It is read once, and kept
 * true by what is issued and settled: a run that issues 13 documents reads it once.
 */
export class AccountSettlement {
  private readonly db: Database
  private readonly accountId: string
  private readonly currency: string
  private documents: OwedDocument[] | null
  private allocated: allocations.Allocated | null
  private payments: readonly Credit[] | null
  private disputed: ReadonlyMap<string, bigint> | null

  /** @param db in the tenant's schema. @param known where it is read already (`loadSettlements`) */
  constructor(db: Database, accountId: string, currency: string, known: Known | null = null) {
    this.db = db
    this.accountId = accountId
    this.currency = currency
    this.documents = known?.documents ?? null
    this.allocated = known?.allocated ?? null
    this.payments = known?.payments ?? null
    this.disputed = known?.disputed ?? null
  }

  /** The account's documents: those that are due first before the others. */
  async listDocuments(): Promise<readonly OwedDocument[]> {
    this.documents ??= await listAccountDocuments(this.db, [this.accountId])
    return this.documents
  }

  /** A document was issued. */
  add(document: OwedDocument): void {
    this.documents?.push(document)
    this.documents?.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  }

  /**
   * Settles what is open with what is there.
   * @param money of balances that charges have consumed, where it is known: it settles, too, and credit notes take its place where usage
   * came back that it had paid for
   */
  async settle(nowMs: number, money: BalanceMoney | null = null): Promise<void> {
    await insertAllRows(this.db, await this.rowsOfSettling(nowMs, money))
  }

  /** As `settle`; what it writes is written by the caller. */
  async rowsOfSettling(nowMs: number, money: BalanceMoney | null = null): Promise<NewRows[]> {
    const { db, accountId } = this
    const documents = await this.listDocuments()
    const billed = documents.filter(({ kind }) => kind !== 'credit_note')
    if (billed.length === 0) return []
    this.allocated ??= await allocations.allocatedOf(db, accountId)
    const { documents: settled, sources } = this.allocated
    this.disputed ??= await disputedOf(db, [accountId])
    const { disputed } = this
    const notes = documents.filter(({ kind }) => kind === 'credit_note').map(creditOfNote)
    const notesLeft = (): Credit[] => notes.map((note) => withoutUsed(note, sources)).filter(isLeft)
    const replaced: Allocation[] = []
    for (const balance of money === null ? [] : overdrawn(sources, money.consumed)) {
      const left = notesLeft()
      if (left.length === 0) break
      const by = { accountId, balanceSource: balance.id, payerAccountId: balance.payerId ?? null }
      const swaps = replacedByNotes(balance, await allocations.effectiveAllocations(db, by), left)
      this.note(this.allocated, swaps)
      replaced.push(...swaps)
    }
    const invoices = billed
      .map(({ id, totalMinor, sellsBalance }) => ({
        id,
        sellsBalance,
        disputedMinor: disputed.get(id) ?? 0n,
        remainingMinor: totalMinor - (settled.get(id) ?? 0n),
      }))
      .filter(({ remainingMinor }) => remainingMinor > 0n)
    if (invoices.length === 0) return this.rowsOf(replaced, [], nowMs)
    this.payments ??= (await listPaidIn(db, [accountId])).get(accountId) ?? []
    const payments = this.payments.map((payment) => withoutUsed(payment, sources)).filter(isLeft)
    const ofBalances = money === null ? [] : balanceCredits(sources, money)
    const found = allocateOldestFirst([...ofBalances, ...notesLeft(), ...payments], invoices)
    this.note(this.allocated, found)
    const paid = new Map<string, bigint>()
    for (const { invoiceId, amountMinor } of found) allocations.addTo(paid, invoiceId, amountMinor)
    const events = invoices.flatMap(({ id, remainingMinor }) => {
      const amountMinor = paid.get(id)
      if (amountMinor === undefined) return []
      return [settledEvent(accountId, id, this.currency, amountMinor, remainingMinor - amountMinor)]
    })
    return this.rowsOf([...replaced, ...found], events, nowMs)
  }

  /** What it knew is no longer so: something was taken back behind it. */
  forget(): void {
    this.documents = null
    this.allocated = null
    this.payments = null
    this.disputed = null
  }

  /** What is still to be paid of a document; null where it is no document of the account. */
  async openOf(invoiceId: string): Promise<bigint | null> {
    const document = (await this.listDocuments()).find(({ id }) => id === invoiceId)
    this.allocated ??= await allocations.allocatedOf(this.db, this.accountId)
    return document === undefined ? null : document.totalMinor - (this.allocated.documents.get(invoiceId) ?? 0n)
  }

  /** What of a document may be asked for, or given up, now: what is open of it and not disputed; null where it is no document of the account. */
  async askableOf(invoiceId: string): Promise<bigint | null> {
    const open = await this.openOf(invoiceId)
    this.disputed ??= await disputedOf(this.db, [this.accountId])
    const disputed = this.disputed.get(invoiceId) ?? 0n
    return open === null ? null : open > disputed ? open - disputed : 0n
  }

  /** Settles one document with a payment, whatever else is due before it. */
  async settleOne(paymentId: string, invoiceId: string, amountMinor: bigint, nowMs: number): Promise<void> {
    const open = await this.openOf(invoiceId)
    assert(open !== null && this.allocated !== null && amountMinor <= open, 'so much of the document is open')
    const credit: Credit = { kind: 'payment', id: paymentId, remainingMinor: amountMinor }
    const made = [{ credit, invoiceId, amountMinor }]
    this.note(this.allocated, made)
    const event = settledEvent(this.accountId, invoiceId, this.currency, amountMinor, open - amountMinor)
    await insertAllRows(this.db, this.rowsOf(made, [event], nowMs))
  }

  /** Settles the document that sells prepaid money with what came in for it. What it writes is written by the caller. */
  async rowsOfSale(invoiceId: string, amountMinor: bigint, nowMs: number): Promise<NewRows[]> {
    this.allocated ??= await allocations.allocatedOf(this.db, this.accountId)
    const credit: Credit = { kind: 'balance', id: SOLD, remainingMinor: amountMinor }
    const made = [{ credit, invoiceId, amountMinor }]
    this.note(this.allocated, made)
    return this.rowsOf(made, [settledEvent(this.accountId, invoiceId, this.currency, amountMinor, 0n)], nowMs)
  }

  /** What is settled from now on is known without being read again. */
  private note({ documents, sources }: allocations.Allocated, made: readonly Allocation[]): void {
    for (const { credit, invoiceId, amountMinor } of made) {
      allocations.addTo(documents, invoiceId, amountMinor)
      allocations.addTo(sources, sourceName(credit), amountMinor)
    }
  }

  private rowsOf(made: readonly Allocation[], events: readonly NewEvent[], nowMs: number): NewRows[] {
    const { accountId, currency } = this
    const named = made.map((one) => ({ ...one, id: newId() }))
    return [
      allocations.allocationRows(
        named.map(({ id, credit, invoiceId, amountMinor }) => {
          const source = { [SOURCE_COLUMNS[credit.kind]]: credit.id, payerAccountId: credit.payerId ?? null }
          return { id, accountId, invoiceId, amountMinor: String(amountMinor), allocatedAt: new Date(nowMs), ...source }
        }),
      ),
      postingRows(
        named.flatMap(({ id, credit, amountMinor }) => {
          const entry = entryOf(credit, accountId, currency, amountMinor)
          return entry === null ? [] : [{ template: entry[0], documentId: id, postings: entry[1] }]
        }),
        nowMs,
      ),
      eventRows(events, nowMs),
    ]
  }
}

/** What of a credit note is to be paid back settles nothing; what stays the customer's settles what is issued after it. */
function creditOfNote({ id, totalMinor, asked }: OwedDocument): Credit {
  const credit: Credit = { kind: 'credit_note', id, remainingMinor: -totalMinor - (asked?.refundMinor ?? 0n) }
  if (asked === null) return credit
  return { ...credit, firstFor: asked.correctsId, onlyAfter: asked.money === 'balance' ? id : undefined }
}

/** Ids of one instant are in the order of their texts. */
function orderOf({ dueOn, id }: OwedDocument): string {
  return `${dueOn} ${id}`
}

function settledEvent(accountId: string, objectId: string, currency: string, paid: bigint, open: bigint): NewEvent {
  const [amount, left] = [paid, open].map((minor) => formatMinor(minor, currency)) as [string, string]
  return eventOf(
    open > 0n ? invoicePartiallyPaid : invoicePaid,
    { objectId, accountId },
    { currency, amount, open: left },
  )
}

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

/** Balances that have settled more than charges have consumed of them by now: usage came back. */
function overdrawn(used: ReadonlyMap<string, bigint>, consumed: readonly ConsumedMoney[]): Credit[] {
  return consumed
    .map(({ source, payerId, totalMinor }) =>
      withoutUsed({ kind: 'balance', id: source, payerId, remainingMinor: totalMinor }, used),
    )
    .filter(({ remainingMinor }) => remainingMinor < 0n)
}

/**
 * What charges consumed of balances and no document has been settled with yet. A document that sells money of balances is
 * settled by the account’s own money alone, beyond what waits for documents of usage.
 */
function balanceCredits(used: ReadonlyMap<string, bigint>, { consumed, waits }: BalanceMoney): Credit[] {
  const credits = consumed.map(({ source, payerId, totalMinor }): Credit => {
    return withoutUsed({ kind: 'balance', id: source, payerId, remainingMinor: totalMinor }, used)
  })
  const free = credits.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n) - waits
  return credits
    .filter(isLeft)
    .map((credit) =>
      credit.id === 'paid' && credit.payerId === null ? { ...credit, forSoldMinor: free > 0n ? free : 0n } : credit,
    )
}

/** Payments in the order in which they were recorded, with all of their money that was not taken back, by account. */
async function listPaidIn(db: Database, accountIds: readonly string[]): Promise<Map<string, Credit[]>> {
  const paidIn = new Map<string, Credit[]>()
  for (const { id, accountId, leftMinor } of await standingPayments(db, accountIds)) {
    const own = paidIn.get(accountId) ?? []
    own.push({ kind: 'payment', id, remainingMinor: leftMinor })
    paidIn.set(accountId, own)
  }
  return paidIn
}

/** The name of a credit among the sources of allocations. */
function sourceName({ kind, id, payerId = null }: Credit): string {
  return kind === 'balance' ? allocations.balanceName(id, payerId) : id
}

function withoutUsed(credit: Credit, used: ReadonlyMap<string, bigint>): Credit {
  return { ...credit, remainingMinor: credit.remainingMinor - (used.get(sourceName(credit)) ?? 0n) }
}

function isLeft({ remainingMinor }: Credit): boolean {
  return remainingMinor > 0n
}
