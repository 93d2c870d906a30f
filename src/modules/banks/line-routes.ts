import { z } from 'zod'
import { formatMinor, parseMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { day } from '../../platform/http/dates.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { having, listOf, listPage, listQuery, withText } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { approvalRequestAnswer, toRequestView } from '../approvals/index.ts'
import { getMovement } from '../cash-desk/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow } from '../parties/index.ts'
import { getPayout } from '../payment-gateways/index.ts'
import { type AskReversal, getPayment } from '../payments/index.ts'
import { AccountSettlement, getRefund, type Receivables } from '../receivables/index.ts'
import { lineAnswer, viewLines } from './answers.ts'
import { bookCash } from './book-cash.ts'
import * as book from './book-match.ts'
import { lineStateChanged } from './events.ts'
import * as store from './store.ts'
import { undoMatches } from './undo-match.ts'

const byId = z.object({ id: z.uuid() })
const why = textUpTo(500)
const matchDraft = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('payment'),
    account: reference,
    invoices: z
      .array(textUpTo(64))
      .max(100)
      .default([])
      .describe('Ids or numbers, in the order in which they are settled; the oldest first when empty'),
    amount: amountText.optional().describe('All that is open of the line unless set: the rest may be for others'),
  }),
  z.strictObject({ kind: z.literal('fee') }),
  z.strictObject({ kind: z.literal('outside'), reason: why }),
  z.strictObject({ kind: z.literal('refund'), refund: z.uuid() }),
  z.strictObject({ kind: z.literal('return'), payment: reference }),
  z.strictObject({ kind: z.literal('recorded'), payment: reference }),
  z.strictObject({ kind: z.literal('payout'), payout: z.uuid() }),
  z.strictObject({ kind: z.literal('cash'), movement: z.uuid().describe('Cash of a desk that went to the bank') }),
  z.strictObject({ kind: z.literal('offset'), line: z.uuid() }),
])
type MatchDraft = z.output<typeof matchDraft>
const read = { scope: 'payments:read', tag: 'Banks' } as const
const write = { scope: 'payments:write', tag: 'Banks', params: byId, answer: lineAnswer } as const

/** Lines of statements, and what somebody decides of them. */
export function lineRoutes(receivables: Receivables, askReversal: AskReversal): Route[] {
  const viewOne = async (db: Database, id: string): Promise<object> =>
    (await viewLines(db, [await store.getLine(db, id)]))[0] as object
  return [
    readRoute({
      ...read,
      url: '/v1/bank-lines',
      summary: 'Money on bank accounts, line by line; those that wait for a decision have proposals',
      query: z.object({
        ...listQuery,
        bankAccount: reference.optional(),
        account: reference.optional().describe('Whose money it is'),
        state: z.enum(store.LINE_STATES).optional(),
        from: day.optional().describe('Booked on this day or later'),
        until: day.optional().describe('Booked before this day'),
      }),
      answer: listOf(lineAnswer),
      handle: async ({ db }, { query }) => {
        const bank =
          query.bankAccount === undefined ? undefined : (await store.getBankAccount(db, query.bankAccount)).id
        const owner = query.account === undefined ? undefined : (await getRow(db, 'account', query.account)).id
        const { state, from, until, text } = query
        const page = await listPage<store.LineRow>(db, query, {
          ...{ table: 'bankLine', madeAt: 'createdAt' },
          narrow: (rows) => {
            const ofBank = bank === undefined ? rows : rows.where('bankAccountId', '=', bank)
            return owner === undefined ? ofBank : ofBank.where('accountId', '=', owner)
          },
          keep: (rows) => {
            let kept = having(rows, { 'row.state': state })
            if (from !== undefined) kept = kept.where('row.bookedOn', '>=', from)
            if (until !== undefined) kept = kept.where('row.bookedOn', '<', until)
            return withText(kept, text, [
              'row.remittance',
              'row.counterpartyName',
              'row.counterpartyIban',
              'row.endToEndId',
            ])
          },
        })
        return { ...page, items: await viewLines(db, page.items) }
      },
    }),
    readRoute({
      ...read,
      url: '/v1/bank-lines/{id}',
      summary: 'A line: what it was for, or what it may be for and why',
      params: byId,
      answer: lineAnswer,
      handle: async ({ db }, { params }) => viewOne(db, params.id),
    }),
    writeRoute({
      ...write,
      url: '/v1/bank-lines/{id}/matches',
      summary:
        'Say what a line is for: a payment, a fee, a refund, a return, a payment recorded by hand, a payout of a provider, cash of a desk, another line, or nothing of ours',
      status: 201,
      body: matchDraft,
      handle: async (context, { params, body }, { caller }) => {
        await decide(context, params.id, body, caller.id, receivables)
        return viewOne(context.db, params.id)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/bank-lines/{id}/acceptance',
      summary: 'Accept a proposal of a line: the first, or the one of an account',
      status: 201,
      body: z.strictObject({ account: reference.optional() }),
      handle: async (context, { params, body }, { caller }) => {
        const { proposals } = await store.getLine(context.db, params.id)
        const wanted = body.account === undefined ? null : (await getRow(context.db, 'account', body.account)).id
        const found = proposals.find(({ accountId }) => wanted === null || accountId === wanted)
        if (found === undefined)
          throw new Refusal('unprocessable', 'the line has no such proposal: say what it is for (POST …/matches)')
        const invoices = found.invoices.map(({ id }) => id)
        await decide(
          context,
          params.id,
          { kind: 'payment', account: found.accountId, invoices },
          caller.id,
          receivables,
        )
        return viewOne(context.db, params.id)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/bank-lines/{id}/state',
      summary: 'Set a line aside, note that it is to be returned to its sender, or let it wait for a decision again',
      body: z.strictObject({
        state: z.enum(['set_aside', 'to_return', 'waiting']),
        note: why.nullable().default(null),
      }),
      handle: async ({ db, nowMs }, { params, body }) => {
        const { line, bank } = await book.holdLine(db, params.id)
        if (line.state === 'done')
          throw new Refusal('conflict', 'nothing of the line is open: undo what it was for first')
        if (body.state === 'to_return' && BigInt(line.amountMinor) <= 0n)
          throw new Refusal('unprocessable', 'state: only money that came in can be returned to its sender')
        await store.updateLine(db, params.id, body)
        const told = { bankAccount: bank.key, state: body.state }
        await publish(db, [eventOf(lineStateChanged, { objectId: params.id }, told)], nowMs)
        return viewOne(db, params.id)
      },
    }),
    writeRoute({
      ...write,
      url: '/v1/bank-lines/{id}/undo',
      summary:
        'Take back what a line was for: its money is in suspense again, and payments of it are reversed. Above the limit of the settings it waits for another person: the answer has the request',
      body: z.strictObject({ reason: why }),
      answer: lineAnswer.extend({ approvalRequest: approvalRequestAnswer.optional() }),
      handle: async (context, { params, body: { reason } }, { caller }) => {
        const { db, nowMs } = context
        const matches = await store.matchesOf(db, [params.id])
        const paid = matches.filter(({ kind, paymentId }) => kind === 'payment' && paymentId !== null)
        const payments = await Promise.all(paid.map(async ({ paymentId }) => getPayment(db, paymentId as string)))
        for (const { id, key, accountId, currency, amountMinor } of payments) {
          const subject = {
            kind: 'payment',
            subjectId: id,
            subjectKey: key,
            accountId,
            currency,
            amountMinor: BigInt(amountMinor),
            reason,
          } as const
          const waiting = await askReversal(db, subject, caller, nowMs)
          if (waiting !== null)
            return { ...(await viewOne(db, params.id)), approvalRequest: toRequestView(waiting, nowMs) }
        }
        const accountIds = payments.map(({ accountId }) => accountId)
        const held = await book.holdLine(db, params.id, accountIds)
        for (const accountId of accountIds) context.afterCommit({ kind: 'apply to balances', accountId })
        await undoMatches(db, held, { reason, undoneBy: caller.id }, receivables, nowMs)
        return viewOne(db, params.id)
      },
    }),
  ]
}

/** Carries out what somebody has decided of a line. */
async function decide(
  context: WriteContext,
  lineId: string,
  draft: MatchDraft,
  madeBy: string,
  receivables: Receivables,
): Promise<void> {
  const { db, nowMs } = context
  const decision: book.Decision = { madeBy, score: null, reasons: draft.kind === 'outside' ? [draft.reason] : [] }
  if (draft.kind === 'payment') return payFor(context, lineId, draft, decision, receivables)
  if (draft.kind === 'offset') {
    const [first, second] = [lineId, draft.line].toSorted() as [string, string]
    if (first === second) throw new Refusal('unprocessable', 'line: name another line')
    const lines = [await book.holdLine(db, first), await book.holdLine(db, second)]
    const held = lines.find(({ line }) => line.id === lineId) as book.HeldLine
    const other = lines.find(({ line }) => line.id === draft.line) as book.HeldLine
    return book.bookOffset(db, held, other.line, decision, nowMs)
  }
  if (draft.kind === 'return' || draft.kind === 'recorded') {
    const payment = await getPayment(db, draft.payment)
    const held = await book.holdLine(db, lineId, [payment.accountId])
    context.afterCommit({ kind: 'apply to balances', accountId: payment.accountId })
    if (draft.kind === 'return') return book.bookReturn(db, held, payment, decision, receivables, nowMs)
    return book.bookRecorded(db, held, payment, decision, nowMs)
  }
  if (draft.kind === 'refund') {
    const refund = await getRefund(db, draft.refund)
    const held = await book.holdLine(db, lineId, [refund.accountId])
    return book.bookRefund(db, held, draft.refund, decision, nowMs)
  }
  const held = await book.holdLine(db, lineId)
  if (draft.kind === 'payout') return book.bookPayout(db, held, await getPayout(db, draft.payout), decision, nowMs)
  if (draft.kind === 'cash') return bookCash(db, held, await getMovement(db, draft.movement), decision, nowMs)
  if (draft.kind === 'outside') return book.bookOutside(db, held, decision, nowMs)
  const open = await store.openMinor(db, held.line)
  if (open >= 0n) throw new Refusal('unprocessable', 'kind: a fee is money that went out')
  return book.bookFee(db, held, open, decision, nowMs)
}

async function payFor(
  context: WriteContext,
  lineId: string,
  draft: Extract<MatchDraft, { readonly kind: 'payment' }>,
  decision: book.Decision,
  receivables: Receivables,
): Promise<void> {
  const { db, nowMs } = context
  const { id: accountId, key, currency } = await getRow(db, 'account', draft.account)
  const held = await book.holdLine(db, lineId, [accountId])
  if (currency !== held.bank.currency)
    throw new Refusal('unprocessable', `account: ${key} is in ${currency}, and the line in ${held.bank.currency}`)
  const open = await store.openMinor(db, held.line)
  if (open <= 0n)
    throw new Refusal(
      'conflict',
      open === 0n ? 'the line is matched already: undo that first' : 'the line is money that went out',
    )
  const amountMinor = draft.amount === undefined ? open : parseMinor(draft.amount, currency)
  if (amountMinor === null || amountMinor <= 0n || amountMinor > open)
    throw new Refusal('unprocessable', `amount: ${formatMinor(open, currency)} ${currency} of the line are open`)
  const settlement = new AccountSettlement(db, accountId, currency)
  const invoices: { id: string; amountMinor: bigint }[] = []
  let rest = amountMinor
  for (const named of draft.invoices) {
    const { id, document, kind } = await getInvoice(db, named)
    const due = kind === 'credit_note' ? null : await settlement.openOf(id)
    if (due === null) throw new Refusal('unprocessable', `invoices: ${document.number} is no invoice of account ${key}`)
    const part = due < rest ? due : rest
    if (part > 0n) invoices.push({ id, amountMinor: part })
    rest -= part
  }
  context.afterCommit({ kind: 'apply to balances', accountId })
  const part = { accountId, amountMinor, invoices, chargesMinor: 0n }
  await book.bookPayment(db, held, part, decision, receivables, nowMs)
}
