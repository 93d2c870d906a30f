import type { Proposal } from '../../core/banking/matching/match-transaction.ts'
import type { OpenItems } from '../../core/banking/matching/open-items.ts'
import { type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { toJson } from '../../platform/http/json.ts'
import type { JobHandler, RunningJob } from '../../platform/jobs/job.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Parts } from '../module.ts'
import { getPayment } from '../payments/index.ts'
import type { Receivables } from '../receivables/index.ts'
import { bookFee, bookPayment, bookPayout, bookRefund, bookReturn, type Decision, holdLine } from './book-match.ts'
import { loadKnownMoney, reloadOpen } from './known-money.ts'
import { decideLine } from './propose.ts'
import { orderSettled, stillSent } from './sepa-orders.ts'
import type { SepaOrder } from './sepa-store.ts'
import { type MatchingTerms, matchingTerms } from './settings.ts'
import * as store from './store.ts'

/** Looks at new lines of a bank account; its key is the account's id. */
export const MATCH_JOB = 'match_bank_lines'
/** Lines that are read at a time. */
const PORTION = 500
const MAX_ATTEMPTS = 10
/** Refusals that would be the same at the next attempt. */
const FOR_SOMEBODY: ReadonlySet<string> = new Set(['unprocessable', 'conflict', 'insufficient_balance', 'not_found'])

/** Each line is decided in a transaction of its own: what a killed process has decided stays, and is not decided again. */
export function matchJob({
  db,
  engine,
  settings,
  receivables,
}: Pick<Parts, 'db' | 'engine' | 'settings'> & { readonly receivables: Receivables }): JobHandler {
  return {
    kind: MATCH_JOB,
    maxAttempts: MAX_ATTEMPTS,
    isReady: ({ name }, onReady) => engine.isReady(name, onReady),
    work,
  }

  async function work(job: RunningJob): Promise<'done' | 'stopped'> {
    const scoped = inSchema(db, job.tenant.schema)
    const bank = await store.getBankAccount(scoped, job.key)
    const terms = await matchingTerms(settings, scoped, job.tenant.name)
    const known = await job.patiently(async () => loadKnownMoney(scoped, bank))
    for (let done = 0; ; ) {
      const ids = await job.patiently(async () => listNew(scoped, bank.id))
      if (ids.length === 0) return 'done'
      for (const id of ids) {
        if (job.isStopped() || job.isCancelled()) return 'stopped'
        const accountIds = await job.patiently(async () => decide(scoped, job, id, known, terms))
        for (const accountId of accountIds) await job.patiently(async () => tellBalances(scoped, job, known, accountId))
        done++
      }
      await job.tell({ done, total: null, words: 'bank lines' })
    }
  }

  async function decide(
    scoped: Database,
    job: RunningJob,
    id: string,
    known: OpenItems,
    terms: MatchingTerms,
  ): Promise<readonly string[]> {
    try {
      return await inTransaction(scoped, async (trx) => {
        await job.holdIn(trx)
        return applyRules(trx, id, known, terms, receivables, job.nowMs)
      })
    } catch (error) {
      const isFinal = error instanceof Refusal && FOR_SOMEBODY.has(error.code)
      if (!isFinal) throw error
      await leaveToSomebody(scoped, id, error.message)
      return []
    }
  }

  async function tellBalances(scoped: Database, job: RunningJob, known: OpenItems, accountId: string): Promise<void> {
    await reloadOpen(scoped, known, accountId)
    if ((await receivables.due(scoped, [accountId])).has(accountId))
      await receivables.apply(job.tenant, job.nowMs, accountId)
  }
}

/** What rules make of a line that nobody has looked at. @returns the accounts whose money was moved */
async function applyRules(
  db: Database,
  id: string,
  known: OpenItems,
  terms: MatchingTerms,
  receivables: Receivables,
  nowMs: number,
): Promise<readonly string[]> {
  const seen = await store.getLine(db, id)
  const bank = await store.getBankAccount(db, seen.bankAccountId)
  const verdict = await decideLine(db, seen, bank, known, terms)
  const payment = verdict.kind === 'return' ? await getPayment(db, verdict.paymentId) : null
  if (verdict.kind === 'orders') return bookOrders(db, id, verdict.orders, verdict.reasons, receivables, nowMs)
  if (verdict.kind === 'refunds') return sendRefunds(db, id, verdict.orders, verdict.reasons, nowMs)
  const accountId = verdict.kind === 'payment' ? verdict.proposal.accountId : (payment?.accountId ?? null)
  const held = await holdLine(db, id, accountId === null ? [] : [accountId])
  if (held.line.state !== 'new') return []
  const byRule = (score: number, reasons: readonly string[]): Decision => ({ madeBy: 'rule', score, reasons })
  if (verdict.kind === 'payment') {
    const { invoices, chargesMinor, score, reasons } = verdict.proposal
    const part = { accountId: verdict.proposal.accountId, amountMinor: null, invoices, chargesMinor }
    await bookPayment(db, held, part, byRule(score, reasons), receivables, nowMs)
  } else if (payment !== null && verdict.kind === 'return') {
    await bookReturn(db, held, payment, byRule(1000, verdict.reasons), receivables, nowMs)
  } else if (verdict.kind === 'payout') {
    await bookPayout(db, held, verdict.payout, byRule(1000, verdict.reasons), nowMs)
  } else if (verdict.kind === 'fee') {
    await bookFee(db, held, BigInt(held.line.amountMinor), byRule(1000, [`the bank calls it ${held.line.code}`]), nowMs)
  } else if (verdict.kind === 'wait') {
    await keepProposals(db, id, verdict.proposals, known)
  }
  return accountId === null ? [] : [accountId]
}

/** Each direct debit of a line is a payment of its customer, for its document. */
async function bookOrders(
  db: Database,
  id: string,
  orders: readonly SepaOrder[],
  reasons: readonly string[],
  receivables: Receivables,
  nowMs: number,
): Promise<readonly string[]> {
  const held = await holdLine(
    db,
    id,
    orders.map(({ accountId }) => accountId),
  )
  // What came to an end meanwhile, such as by an answer of the bank, has the line looked at again.
  if (held.line.state !== 'new' || (await stillSent(db, orders)).length < orders.length) return []
  for (const order of orders) {
    const { accountId, invoiceId } = order
    const amountMinor = BigInt(order.amountMinor)
    const invoices = invoiceId === null ? [] : [{ id: invoiceId, amountMinor }]
    const part = { accountId, amountMinor, invoices, chargesMinor: 0n }
    const payment = await bookPayment(db, held, part, { madeBy: 'rule', score: 1000, reasons }, receivables, nowMs)
    await orderSettled(db, order, payment.id, nowMs)
  }
  return [...new Set(orders.map(({ accountId }) => accountId))]
}

/** Each transfer of a line is a refund that was sent. */
async function sendRefunds(
  db: Database,
  id: string,
  orders: readonly SepaOrder[],
  reasons: readonly string[],
  nowMs: number,
): Promise<readonly string[]> {
  const accountIds = [...new Set(orders.map(({ accountId }) => accountId))]
  const held = await holdLine(db, id, accountIds)
  if (held.line.state !== 'new' || (await stillSent(db, orders)).length < orders.length) return []
  for (const { refundId } of orders)
    if (refundId !== null) await bookRefund(db, held, refundId, { madeBy: 'rule', score: 1000, reasons }, nowMs)
  return accountIds
}

/**
 * What a rule was sure of cannot be booked, such as a return of a payment that somebody has reversed before: the line waits, with the reason as
 * its note, and holds up no other.
 */
async function leaveToSomebody(db: Database, id: string, note: string): Promise<void> {
  await db
    .updateTable('bankLine')
    .set({ state: 'waiting', note: note.slice(0, 500) })
    .where('id', '=', id)
    .where('state', '=', 'new')
    .execute()
}

async function keepProposals(
  db: Database,
  id: string,
  proposals: readonly Proposal[],
  known: OpenItems,
): Promise<void> {
  const kept = proposals.map(
    ({ accountId, score, reasons, invoices }): store.KeptProposal => ({
      ...{ accountId, account: known.accounts.get(accountId)?.key ?? '', score, reasons },
      invoices: invoices.map((one) => ({ ...one, amountMinor: String(one.amountMinor) })),
    }),
  )
  await db
    .updateTable('bankLine')
    .set({ state: 'waiting', proposals: toJson(kept) })
    .where('id', '=', id)
    .execute()
}

async function listNew(db: Database, bankAccountId: string): Promise<string[]> {
  const query = db
    .selectFrom('bankLine')
    .select('id')
    .where('state', '=', 'new')
    .where('bankAccountId', '=', bankAccountId)
  return (await query.orderBy('id').limit(PORTION).execute()).map(({ id }) => id as string)
}
