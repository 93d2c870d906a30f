import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import type { Scope } from '../../platform/http/route.ts'

/** What two people may have to agree to, and the scope that the second one needs. */
export const APPROVAL_SCOPES = {
  payment: 'balances:approve',
  top_up: 'balances:approve',
  credit_note: 'invoices:approve',
  void: 'invoices:approve',
  debit_note: 'invoices:approve',
  write_off: 'invoices:approve',
  dispute: 'invoices:approve',
} as const satisfies Readonly<Record<string, Scope>>

/** `payment` and `top_up` are reversals of these; `dispute` is the credit note of one that is accepted. */
export type ApprovalKind = keyof typeof APPROVAL_SCOPES
export const APPROVAL_KINDS = Object.keys(APPROVAL_SCOPES) as [ApprovalKind, ...ApprovalKind[]]

export const APPROVAL_STATES = ['pending', 'applied', 'rejected', 'expired'] as const

/** Something that more than one person has to agree to. */
export interface ApprovalRequest {
  readonly id: string
  readonly kind: ApprovalKind
  /** The payment, top-up, document or dispute. */
  readonly subjectId: string
  /** How people call it: a key, or the number of a document. */
  readonly subjectKey: string
  readonly accountId: string
  readonly currency: string
  readonly amountMinor: string
  readonly reason: string
  /** What is carried out, as it was asked for; null where the subject says all: a reversal. */
  readonly content: object | null
  readonly status: (typeof APPROVAL_STATES)[number]
  readonly requestedBy: string
  readonly requestedByPerson: string
  readonly decidedBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly decidedAt: Date | null
}

const instant = z.iso.datetime()

export const approvalRequestAnswer = z
  .strictObject({
    id: z.uuid(),
    kind: z
      .enum(APPROVAL_KINDS)
      .describe('A reversal of a payment or top-up, a note or write-off, or what accepts a dispute'),
    subject: z.strictObject({ id: z.uuid(), key: z.string() }).describe('The payment, top-up, document or dispute'),
    accountId: z.uuid(),
    currency: z.string(),
    amount: z.string().describe('A decimal of the currency'),
    reason: z.string(),
    content: z.looseObject({}).nullable().describe('What was asked for; null of a reversal'),
    status: z.enum(APPROVAL_STATES),
    waitsFor: z.string().nullable().describe('Whose decision it waits for, in words'),
    requestedBy: z.string().describe('The key that asked'),
    requestedByPerson: z.string().describe('Whose key that is'),
    decidedBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant.describe('Until then it waits'),
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'ApprovalRequest' })

/** A request as answers show it: one that nobody decided on in time has expired, whether anybody has asked since or not. */
export function toRequestView(
  { subjectId, subjectKey, amountMinor, ...request }: ApprovalRequest,
  nowMs: number,
): z.input<typeof approvalRequestAnswer> {
  const isOver = request.status === 'pending' && request.expiresAt.getTime() <= nowMs
  const status = isOver ? 'expired' : request.status
  const waitsFor = `the approval of another person, with a key that has the scope ${APPROVAL_SCOPES[request.kind]}`
  return {
    ...request,
    ...{ status, subject: { id: subjectId, key: subjectKey }, waitsFor: status === 'pending' ? waitsFor : null },
    amount: formatMinor(BigInt(amountMinor), request.currency),
    content: request.content as Record<string, unknown> | null,
    createdAt: request.createdAt.toISOString(),
    expiresAt: request.expiresAt.toISOString(),
    decidedAt: request.decidedAt?.toISOString() ?? null,
  }
}
