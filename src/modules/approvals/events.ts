import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'
import { APPROVAL_KINDS } from './request.ts'

const request = {
  kind: z.enum(APPROVAL_KINDS).describe('`payment` and `top_up` are reversals of these'),
  subjectId: z.uuid().describe('The payment, top-up, document or dispute'),
  subjectKey: z.string(),
  amount: z.string().describe('A decimal of the currency'),
  currency: z.string(),
  reason: z.string(),
}
const about = 'approval_request'
export const approvalRequested = eventType(
  'approval.requested',
  about,
  'Something above a limit waits for a second person: a reversal, a note on request, a write-off.',
  request,
)
export const approvalApplied = eventType(
  'approval.approved',
  about,
  'What waited is done: a second person agreed, or the limit allows it by now.',
  request,
)
export const approvalRejected = eventType('approval.rejected', about, 'What waited was rejected.', request)
export const approvalExpired = eventType(
  'approval.expired',
  about,
  'Nobody decided in time on what waited; told when it is asked for again.',
  request,
)

export const approvalEvents = [approvalRequested, approvalApplied, approvalRejected, approvalExpired]
