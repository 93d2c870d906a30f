import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'

/** A reversal of a payment or top-up that more than one person has to agree to. */
export interface ReversalRequest {
  readonly id: string
  readonly kind: 'payment' | 'top_up'
  /** The payment or top-up. */
  readonly subjectId: string
  readonly subjectKey: string
  readonly accountId: string
  readonly currency: string
  readonly amountMinor: string
  readonly reason: string
  readonly status: 'pending' | 'applied' | 'rejected' | 'expired'
  readonly requestedBy: string
  readonly requestedByPerson: string
  readonly decidedBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly decidedAt: Date | null
}

export const REVERSAL_STATES = ['pending', 'applied', 'rejected', 'expired'] as const

const instant = z.iso.datetime()

export const reversalRequestAnswer = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['payment', 'top_up']),
    subject: z.strictObject({ id: z.uuid(), key: z.string() }).describe('The payment or top-up'),
    accountId: z.uuid(),
    currency: z.string(),
    amount: z.string().describe('A decimal of the currency'),
    reason: z.string(),
    status: z.enum(REVERSAL_STATES),
    waitsFor: z.string().nullable().describe('Whose decision it waits for, in words'),
    requestedBy: z.string().describe('The key that asked'),
    requestedByPerson: z.string().describe('Whose key that is'),
    decidedBy: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant.describe('Until then it waits'),
    decidedAt: instant.nullable(),
  })
  .meta({ id: 'ReversalRequest' })

/** A request as answers show it: one that nobody decided on in time has expired, whether anybody has asked since or not. */
export function toRequestView(
  { subjectId, subjectKey, amountMinor, ...request }: ReversalRequest,
  nowMs: number,
): object {
  const isOver = request.status === 'pending' && request.expiresAt.getTime() <= nowMs
  const status = isOver ? 'expired' : request.status
  const waitsFor =
    status === 'pending' ? 'the approval of another person, with a key that has the scope balances:approve' : null
  const amount = formatMinor(BigInt(amountMinor), request.currency)
  return { ...request, status, subject: { id: subjectId, key: subjectKey }, amount, waitsFor }
}
