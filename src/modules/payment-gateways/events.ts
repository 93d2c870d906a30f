import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const amount = z.string().describe('A decimal of the currency')
const gateway = z.string().describe('The name of the payment gateway')
const settings = {
  gateway,
  adapter: z.string(),
  isOpen: z.boolean(),
  secrets: z.array(z.string()).describe('The names of credentials that were set or removed'),
}
export const gatewayCreated = eventType(
  'payment_gateway.created',
  'payment_gateway',
  'A payment gateway was set up.',
  settings,
)
export const gatewayUpdated = eventType(
  'payment_gateway.updated',
  'payment_gateway',
  'A payment gateway was changed.',
  settings,
)

const attempt = {
  key: z.string(),
  kind: z.enum(['charge', 'refund', 'setup']),
  gateway,
  currency: z.string(),
  amount: amount.describe('What was asked for'),
  invoiceId: z.uuid().nullable(),
}
const of = (type: string, meaning: string) => eventType(`payment_attempt.${type}`, 'payment_attempt', meaning, attempt)
export const attemptCreated = of(
  'created',
  'A gateway is going to be asked to charge, to refund, or to keep a means of payment.',
)
export const attemptPending = of('pending', 'The payer or a bank has yet to do something.')
export const attemptUnknown = of(
  'unknown',
  'A gateway did not answer: it is asked again until it is known what came of it.',
)
export const attemptSucceeded = of('succeeded', 'A gateway has done what it was asked for.')
export const attemptFailed = eventType('payment_attempt.failed', 'payment_attempt', 'A gateway has refused.', {
  ...attempt,
  reason: z.string(),
  mayRetry: z.boolean().describe('Another attempt may go through later'),
})

const method = { key: z.string(), gateway, kind: z.string().nullable(), last4: z.string().nullable() }
export const methodAdded = eventType(
  'payment_method.added',
  'payment_method',
  'A gateway keeps a means of payment.',
  method,
)
export const methodDefault = eventType(
  'payment_method.default_changed',
  'payment_method',
  'A means of payment is what its account is charged by from now on.',
  method,
)
export const methodRemoved = eventType(
  'payment_method.removed',
  'payment_method',
  'A means of payment is charged no longer.',
  method,
)

const dispute = {
  attemptId: z.uuid(),
  gateway,
  currency: z.string(),
  amount,
  fee: amount.describe('What the gateway keeps for it'),
}
const disputed = (type: string, meaning: string) => eventType(`dispute.${type}`, 'dispute', meaning, dispute)
export const disputeOpened = disputed('opened', 'A payer disputes a payment: its money is gone while that is open.')
export const disputeWon = disputed('won', 'A disputed payment is the operator’s again.')
export const disputeLost = disputed('lost', 'A disputed payment is the payer’s for good.')

export const payoutBooked = eventType('payout.booked', 'payout', 'A gateway has transferred money to the bank.', {
  gateway,
  currency: z.string(),
  gross: amount.describe('What has left the clearing account'),
  fee: amount,
  net: amount.describe('What came to the bank'),
  arrivedOn: z.iso.date(),
  differences: z.int().describe('How much does not agree with what Kvit knows'),
})

export const autoChargeSet = eventType(
  'auto_charge.set',
  'account',
  'It was set when documents of an account are charged.',
  {
    on: z.enum(['issue', 'due', 'never']),
  },
)
export const autoChargeStopped = eventType(
  'auto_charge.stopped',
  'invoice',
  'A document is not charged again by itself: somebody has to see to it.',
  { reason: z.string() },
)

export const gatewayEvents = [
  ...[gatewayCreated, gatewayUpdated, attemptCreated, attemptPending, attemptUnknown, attemptSucceeded, attemptFailed],
  ...[
    methodAdded,
    methodDefault,
    methodRemoved,
    disputeOpened,
    disputeWon,
    disputeLost,
    payoutBooked,
    autoChargeSet,
    autoChargeStopped,
  ],
]
