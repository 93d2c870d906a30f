import { currencyOf } from '../../core/base/currency.ts'
import { decimal, toScale } from '../../core/base/decimal.ts'
import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { dayOf, startOfDayMs } from '../../core/base/period.ts'
import type { EngineReads } from '../../engine/index.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { listEntries } from '../balances/index.ts'
import { type Invoice, listInvoices } from '../invoices/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { listPayments, listReversals } from '../payments/index.ts'
import { disputedOpenOf, listRefundsOf } from '../receivables/index.ts'

/** Something that changed what an account has. */
interface StatementEntry {
  readonly atMs: number
  readonly kind: 'usage' | 'document' | 'payment' | 'balance'
  /** Number of a document, key of a payment or an operation. */
  readonly reference: string | null
  readonly description: string
  /** At the rating scale; negative where the account has less by it. */
  readonly amount: bigint
  /** Of a document, as it is printed. */
  readonly total: string | null
}

export interface Statement {
  readonly account: Account
  readonly opening: bigint
  readonly entries: readonly (StatementEntry & { readonly day: string; readonly balance: bigint })[]
  readonly closing: bigint
  /** What of the documents is disputed now. */
  readonly disputed: bigint
}

/** Rows of one kind that a statement goes through. */
const MAX_ROWS = 100_000
/** A loan: what is used of it counts, not that it was given. */
const LOANS = new Set(['promise'])

/** What an account had, what came and went in days of its zone, half-open, and what it had then. */
export async function statementOf(
  engine: EngineReads,
  context: ReadContext,
  reference: string,
  range: { from?: string | undefined; until?: string | undefined },
): Promise<Statement> {
  const account = await getRow(context.db, 'account', reference)
  const all = [
    ...(await usageEntries(engine, context, account)),
    ...(await documentEntries(context, account)),
    ...(await paymentEntries(context, account)),
    ...(await balanceEntries(context, account)),
  ].toSorted((a, b) => a.atMs - b.atMs)
  const fromMs = range.from === undefined ? Number.NEGATIVE_INFINITY : startOfDayMs(range.from, account.zone)
  const untilMs = range.until === undefined ? Number.POSITIVE_INFINITY : startOfDayMs(range.until, account.zone)
  const opening = all.reduce((sum, { atMs, amount }) => (atMs < fromMs ? sum + amount : sum), 0n)
  let balance = opening
  const entries = all
    .filter(({ atMs }) => atMs >= fromMs && atMs < untilMs)
    .map((entry) => {
      balance += entry.amount
      return { ...entry, day: dayOf(entry.atMs, account.zone), balance }
    })
  const disputed = await disputedOpenOf(context.db, account.id)
  return { account, opening, entries, closing: balance, disputed: toRatingScale(disputed, account.currency) }
}

/** Usage by day, member and prices: at the end of its day. */
async function usageEntries(
  engine: EngineReads,
  { db, tenant, nowMs }: ReadContext,
  account: Account,
): Promise<StatementEntry[]> {
  const report = await engine.balancesOf(tenant.name, account.id, nowMs)
  if (report === null) return []
  const openedMs = report.balances.openedMs ?? 0
  const parts = await engine.usageMoney(tenant.name, account.id)
  const keys = new Map([[account.id, '']])
  for (const { memberId } of parts)
    if (!keys.has(memberId)) keys.set(memberId, ` of ${(await getRow(db, 'account', memberId)).key}`)
  const byLine = Map.groupBy(parts, ({ memberId, startMs, prices }) => {
    const day = startMs === null ? '' : dayOf(startMs, account.zone)
    return [day, keys.get(memberId), prices.join(' + ')].join('\n')
  })
  return [...byLine].map(([name, group]) => {
    const [day = '', member = '', prices = ''] = name.split('\n')
    return {
      atMs: day === '' ? openedMs : endOfDayMs(day, account.zone),
      kind: 'usage',
      reference: null,
      description: day === '' ? 'usage before there were balances' : `usage${member}: ${prices}`,
      amount: group.reduce((sum, { amount }) => sum + amount, 0n),
      total: null,
    }
  })
}

function endOfDayMs(day: string, zone: string): number {
  return startOfDayMs(Temporal.PlainDate.from(day).add({ days: 1 }).toString(), zone) - 1
}

const NAMES = { invoice: 'invoice', credit_note: 'credit note', debit_note: 'debit note' } as const

/** Documents take from balances what they bill beyond usage; where there are none, their total. */
async function documentEntries({ db }: ReadContext, { id: accountId }: Account): Promise<StatementEntry[]> {
  const invoices = await listInvoices(db, { accountId, limit: MAX_ROWS })
  const refunds = new Map((await listRefundsOf(db, accountId)).map((refund) => [refund.creditNoteId, refund]))
  const returned = invoices.flatMap((invoice) => {
    const refund = refunds.get(invoice.id)
    return refund === undefined ? [] : [refundEntry(invoice, refund)]
  })
  const own = invoices.map(({ document, issuedAt, totalMinor, currency, balanceAdjustment, balanceAppliedAt }) => {
    const taken = balanceAppliedAt === null ? 0n : BigInt(balanceAdjustment ?? '0')
    return {
      atMs: issuedAt.getTime(),
      kind: 'document',
      reference: document.number,
      description: NAMES[document.kind],
      amount: balanceAdjustment === null ? -toRatingScale(BigInt(totalMinor), currency) : -taken,
      total: formatMinor(BigInt(totalMinor), currency),
    } as const
  })
  return [...own, ...returned]
}

/** What is to be paid back of a credit note is no money of the account: open balances have the note without it. */
function refundEntry(
  { document, totalMinor, currency, balanceAdjustment }: Invoice,
  { createdAt, amountMinor }: { readonly createdAt: Date; readonly amountMinor: string },
): StatementEntry {
  const isWhole =
    balanceAdjustment === null || BigInt(balanceAdjustment) === toRatingScale(BigInt(totalMinor), currency)
  return {
    atMs: createdAt.getTime(),
    kind: 'payment',
    reference: document.number,
    description: 'refund',
    amount: isWhole ? -toRatingScale(BigInt(amountMinor), currency) : 0n,
    total: formatMinor(BigInt(amountMinor), currency),
  }
}

/** The others are called by their method: `bank`, `deposit`. */
const METHOD_NAMES: Readonly<Record<string, string>> = { write_off: 'written off' }

/** Payments and their reversals. Balances that are open have them a moment later. */
async function paymentEntries({ db }: ReadContext, { id: accountId }: Account): Promise<StatementEntry[]> {
  const payments = await listPayments(db, { accountId, limit: MAX_ROWS })
  const found = await listReversals(
    db,
    payments.map(({ id }) => id),
  )
  const reversals = Map.groupBy(found, ({ paymentId }) => paymentId)
  const entryOf = (
    { key, currency }: (typeof payments)[number],
    { createdAt, amountMinor }: { readonly createdAt: Date; readonly amountMinor: string },
    isHeard: boolean,
    [sign, description]: readonly [bigint, string],
  ): StatementEntry => ({
    atMs: createdAt.getTime(),
    kind: 'payment',
    reference: key,
    description,
    amount: isHeard ? sign * toRatingScale(BigInt(amountMinor), currency) : 0n,
    total: null,
  })
  return payments.flatMap((payment) => {
    const { id, method, lowersOwed, balanceAppliedAt } = payment
    const own = entryOf(payment, payment, !lowersOwed || balanceAppliedAt !== null, [
      1n,
      METHOD_NAMES[method] ?? method,
    ])
    const taken = (reversals.get(id) ?? []).map((reversal) => {
      const isHeard = !reversal.raisesOwed || reversal.balanceAppliedAt !== null
      return entryOf(payment, reversal, isHeard, [-1n, `reversed: ${reversal.reason}`])
    })
    return [own, ...taken]
  })
}

async function balanceEntries({ db }: ReadContext, { id, currency }: Account): Promise<StatementEntry[]> {
  const { ratingScale } = currencyOf(currency)
  return (await listEntries(db, id, { limit: MAX_ROWS }))
    .filter(({ unit, kind }) => unit === null && !LOANS.has(kind))
    .map(({ kind, amount, key, createdAt }) => ({
      atMs: createdAt.getTime(),
      kind: 'balance',
      reference: key,
      description: kind,
      amount: toScale(decimal(amount), ratingScale),
      total: null,
    }))
}
