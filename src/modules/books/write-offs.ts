import { z } from 'zod'
import { amountAdvice, formatMinor, parseMinor } from '../../core/base/money.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { type Route, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import {
  type ApprovalAsked,
  type ApprovalRequest,
  approvalRequestAnswer,
  askApproval,
  type CarryOut,
  toRequestView,
} from '../approvals/index.ts'
import { limitFor, nameOfDocument, readLimits } from '../balances/index.ts'
import { type CarryOutParts, carryOutForAccount } from '../billing/index.ts'
import { byReference, getInvoice } from '../invoices/index.ts'
import { lockAccount } from '../parties/index.ts'
import { findPayment, paymentKey, WRITE_OFF } from '../payments/index.ts'
import { AccountSettlement, writeOffOpen } from '../receivables/index.ts'
import { amount } from './answers.ts'

const draft = z.strictObject({
  key: paymentKey.optional().describe('Natural key; the Idempotency-Key when absent'),
  amount: amountText.optional().describe('All that is open of it when absent'),
  reason: textUpTo(500).describe('Such as "insolvent"'),
})

const answer = z.strictObject({
  key: z.string().describe('`POST /v1/payments/{reference}/reversal` with it takes it back: then it is owed again'),
  ...{ invoiceId: z.uuid(), number: z.string(), currency: z.string(), amount, reason: z.string() },
  createdAt: z.iso.datetime(),
  approvalRequest: approvalRequestAnswer.optional().describe('Nothing is written off yet: it waits for another person'),
})

export function writeOffRoute(): Route {
  return writeRoute({
    url: '/v1/invoices/{reference}/write-off',
    scope: 'books:write',
    tag: 'Books',
    summary:
      'Give up what is open of a document, or a part of it, with a reason; whoever pays later takes it back first',
    status: 201,
    params: byReference,
    body: draft,
    answer,
    handle: async (context, { params, body, idempotencyKey }, { caller }) =>
      writeOff(context, params.reference, { ...body, key: body.key ?? idempotencyKey }, caller),
  })
}

async function writeOff(
  { db, nowMs, afterCommit }: WriteContext,
  reference: string,
  { key: name, amount: wanted, reason }: z.output<typeof draft>,
  asker: Person | null,
): Promise<z.input<typeof answer>> {
  if (name === undefined)
    throw new Refusal('idempotency_key_required', 'a write-off needs a key, in the body or as Idempotency-Key')
  const { id, accountId, currency, kind, document } = await getInvoice(db, reference)
  const account = await lockAccount(db, accountId)
  afterCommit({ kind: 'apply to balances', accountId })
  const amountMinor = wanted === undefined ? null : parseMinor(wanted, currency)
  if (wanted !== undefined && (amountMinor === null || amountMinor <= 0n))
    throw new Refusal('unprocessable', `amount: ${wanted} cannot be written off: ${amountAdvice(currency)}`)
  const view = (minor: bigint, createdAt: Date): z.input<typeof answer> => ({
    ...{ key: name, invoiceId: id, number: document.number, currency, amount: formatMinor(minor, currency), reason },
    createdAt: createdAt.toISOString(),
  })
  const known = await findPayment(db, name)
  if (known !== undefined) {
    const isSame = known.method === WRITE_OFF && known.accountId === accountId && known.reference === reason
    const minor = BigInt(known.amountMinor)
    if (!isSame || (amountMinor !== null && amountMinor !== minor))
      throw new Refusal('idempotency_conflict', `the key ${name} was used for something else`)
    return view(minor, known.createdAt)
  }
  const settlement = new AccountSettlement(db, accountId, currency)
  const open = kind === 'credit_note' ? 0n : ((await settlement.openOf(id)) ?? 0n)
  const askable = kind === 'credit_note' ? 0n : ((await settlement.askableOf(id)) ?? 0n)
  const minor = amountMinor ?? askable
  if (open <= 0n) throw new Refusal('conflict', `nothing is open of ${document.number}`)
  if (open > askable && (minor > askable || askable === 0n))
    throw new Refusal(
      'conflict',
      `${formatMinor(open - askable, currency)} of what is open of ${document.number} is disputed: ${formatMinor(askable, currency)} can be written off, and the rest once the dispute is decided`,
    )
  if (minor > open)
    throw new Refusal(
      'unprocessable',
      `amount: ${formatMinor(open, currency)} is open of ${document.number}, and no more can be written off`,
    )
  const subject = {
    kind: 'write_off',
    subjectId: id,
    subjectKey: document.number,
    accountId,
    currency,
    reason,
  } as const
  const content = { key: name, ...(wanted === undefined ? {} : { amount: wanted }), reason }
  const waiting = await askForWriteOff(db, { ...subject, content, amountMinor: minor }, asker, nowMs)
  if (waiting !== null) return { ...view(minor, waiting.createdAt), approvalRequest: toRequestView(waiting, nowMs) }
  const off = { key: name, invoiceId: id, amountMinor: minor, reason }
  return view(minor, await writeOffOpen(db, account, settlement, off, nowMs))
}

async function askForWriteOff(
  db: WriteContext['db'],
  asked: Omit<ApprovalAsked, 'isAllowed'>,
  asker: Person | null,
  nowMs: number,
): Promise<ApprovalRequest | null> {
  if (asker === null) return null
  const limit = limitFor(await readLimits(db), nameOfDocument('write_off', asked.currency), asker.person, null)
  return askApproval(db, { ...asked, isAllowed: limit === null || asked.amountMinor <= limit }, asker, nowMs)
}

/** Writes off what was approved of: what is open is looked at anew. */
export function carryOutWriteOff(parts: Pick<CarryOutParts, 'engine' | 'receivables'>): CarryOut {
  return carryOutForAccount(parts, async (context, { subjectId, content }) =>
    writeOff(context, subjectId, draft.parse(content), null),
  )
}
