import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { creditedGross } from '../../core/billing/prepaid-sale.ts'
import { type OperationContext, reverseTopUp, type TopUpReversed } from '../../core/charging/operations.ts'
import { type SoldTakenBack, takeBackSold } from '../../core/charging/sold-money.ts'
import { paymentReversed, unitsSold } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { once } from '../../platform/once.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { postEntry } from '../ledger/index.ts'
import { lockAccount } from '../parties/index.ts'
import { type Receivables, reopenDocuments, settledByOwnBalance } from '../receivables/index.ts'
import { topUpReversed } from './events.ts'
import { formatRating, lotDraft } from './lot-drafts.ts'
import { findSales, type StoredSale } from './prepaid-sale-store.ts'
import { keepTaking } from './prepaid-sales.ts'
import * as store from './store.ts'
import { originOf } from './top-ups.ts'
import { takeBackUnits } from './unit-sales.ts'

/**
 * Takes a top-up back, once, with a reason: the rest of it and of its bonuses is removed, what it has paid for is owed again,
 * and documents that it settled are open again. What was sold with its tax is credited as far as nobody has used it; the rest of that is owed
 * by the document that sold it.
 */
export async function reverseOneTopUp(
  engine: Engine,
  context: ReadContext,
  reference: string,
  { reason, reversedBy }: { readonly reason: string; readonly reversedBy: string },
  receivables: Receivables,
): Promise<{ topUp: store.TopUp; reversal: store.TopUpReversal }> {
  const { db } = context
  const topUp = await store.getTopUp(db, reference)
  const reversal = await once(
    engine,
    context,
    `top-up reversal ${topUp.id}`,
    () => store.findTopUpReversal(db, topUp.id),
    (stored) => stored.reason === reason,
    () => reverse(engine, context, topUp, reason, reversedBy),
  )
  await reopen(engine, context, topUp, BigInt(reversal.owedAgainMinor))
  await receivables.apply(context.tenant, context.nowMs, topUp.accountId)
  return { topUp, reversal }
}

async function reverse(
  engine: Engine,
  { db, tenant, nowMs }: ReadContext,
  topUp: store.TopUp,
  reason: string,
  reversedBy: string,
): Promise<store.TopUpReversal> {
  const { id: topUpId, key, accountId, currency, method } = topUp
  if (topUp.unit !== null) return reverseSale(engine, { tenant, nowMs }, topUp, reason, reversedBy)
  const amountMinor = BigInt(topUp.amountMinor)
  const minorUnit = toRatingScale(1n, currency)
  const origin = originOf(key)
  const paid = lotDraft('paid', { currency, unit: null, amount: amountMinor }, {}, origin, nowMs)
  const bonuses = topUp.bonuses.map(({ rule }) => `bonus:${rule}:${key}`)
  const sale = (await findSales(db, [origin])).get(origin)
  const row = { id: newId(), topUpId, accountId, reason, reversedBy, createdAt: new Date(nowMs) }
  let owedAgainMinor = '0'
  await engine.onAccounts<Reversed>(tenant.name, {
    accountIds: [accountId],
    nowMs,
    decide: ([context]) => {
      const operation = context as OperationContext
      const untaxed = (amountMinor - (sale?.grossMinor ?? 0n)) * minorUnit
      const ofSale = sale === undefined ? null : takeBackSold(operation, origin, creditTerms(sale), minorUnit)
      return { ...reverseTopUp(operation, untaxed, { paid, bonuses }, minorUnit), ofSale }
    },
    commitHook: async (trx, { result: { owedAgain, bonus, ofSale }, events }) => {
      const within = inSchema(trx, tenant.schema)
      owedAgainMinor = String((owedAgain + minorUnit - 1n) / minorUnit)
      await store.insertTopUpReversal(within, { ...row, owedAgainMinor })
      const postings = paymentReversed(accountId, currency, method, amountMinor)
      await postEntry(within, 'payment_reversed', row.id, postings, nowMs)
      const entry = { accountId, unit: null, key, note: reason }
      const taken = bonus > 0n ? [{ ...entry, kind: 'bonus_reversed', amount: formatRating(-bonus, currency) }] : []
      const amount = formatMinor(-amountMinor, currency)
      await store.insertEntries(within, [{ ...entry, kind: 'top_up_reversed', amount }, ...taken], nowMs)
      if (sale !== undefined && ofSale !== null) await keepTaking(within, sale, ofSale, row, nowMs)
      await publish(within, [reversedEvent(topUp, reason), ...events], nowMs)
    },
  })
  return { ...row, owedAgainMinor }
}

interface Reversed extends TopUpReversed {
  /** What became of what was sold with its tax; null where nothing was. */
  readonly ofSale: SoldTakenBack | null
}

function creditTerms(sale: StoredSale): { grossMinor: bigint; creditOf: (netMinor: bigint) => bigint } {
  return { grossMinor: sale.grossMinor, creditOf: (netMinor) => creditedGross(sale, netMinor) }
}

async function reverseSale(
  engine: Engine,
  { tenant, nowMs }: Pick<ReadContext, 'tenant' | 'nowMs'>,
  sale: store.TopUp,
  reason: string,
  reversedBy: string,
): Promise<store.TopUpReversal> {
  const { id: topUpId, key, accountId, currency, method, unit, units, amountMinor } = sale
  const row = { id: newId(), topUpId, accountId, reason, reversedBy, createdAt: new Date(nowMs), owedAgainMinor: '0' }
  await engine.onAccounts(tenant.name, {
    accountIds: [accountId],
    nowMs,
    decide: ([operation]) => takeBackUnits(operation as NonNullable<typeof operation>, key),
    commitHook: async (trx, { events }) => {
      const within = inSchema(trx, tenant.schema)
      await store.insertTopUpReversal(within, row)
      const postings = unitsSold(accountId, currency, { method, unit: unit as string }, -BigInt(amountMinor))
      await postEntry(within, 'units_sold', row.id, postings, nowMs)
      const entry = { accountId, kind: 'unit_sale_reversed', unit, amount: `-${units}`, key, note: reason }
      await store.insertEntries(within, [entry], nowMs)
      await publish(within, [reversedEvent(sale, reason), ...events], nowMs)
    },
  })
  return row
}

function reversedEvent({ id, accountId, ...row }: store.TopUp, reason: string): NewEvent {
  const amount = formatMinor(BigInt(row.amountMinor), row.currency)
  return eventOf(topUpReversed, { objectId: id, accountId }, { ...row, amount, reason })
}

/** Documents that were settled with money which is gone are open again; nothing where that is done. */
async function reopen(
  engine: Engine,
  { db: root, tenant, nowMs }: ReadContext,
  { accountId, currency }: store.TopUp,
  most: bigint,
): Promise<void> {
  if (most === 0n) return
  const report = await engine.balancesOf(tenant.name, accountId, nowMs)
  if (report === null) return
  await inTransaction(root, async (db) => {
    await lockAccount(db, accountId)
    const used = await settledByOwnBalance(db, accountId)
    const excess = used - report.balances.consumed.paid / toRatingScale(1n, currency)
    if (excess > 0n) await reopenDocuments(db, { accountId, currency }, excess < most ? excess : most, nowMs)
  })
}
