import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'
import { type PaymentPlan, PLAN_KINDS } from './store.ts'

const plan = {
  key: z.string(),
  kind: z.enum(PLAN_KINDS),
  currency: z.string(),
  amount: z.string().describe('Of all parts; a decimal of the currency'),
  parts: z.int().min(1),
  lastDueOn: z.iso.date(),
}
const types = {
  made: eventType(
    'payment_plan.made',
    'payment_plan',
    'A customer has promised to pay, or instalments were agreed on: as long as that is kept, nobody has to be reminded.',
    plan,
  ),
  kept: eventType(
    'payment_plan.kept',
    'payment_plan',
    'All parts of a promise or of instalments were paid in time.',
    plan,
  ),
  broken: eventType(
    'payment_plan.broken',
    'payment_plan',
    'The day of a part is over, and it is not paid: all that is open is due.',
    { ...plan, missing: z.string().describe('What of the parts that were due is not paid'), dueOn: z.iso.date() },
  ),
  cancelled: eventType(
    'payment_plan.cancelled',
    'payment_plan',
    'A promise or instalments were given up by somebody.',
    {
      ...plan,
      reason: z.string().nullable(),
    },
  ),
}

export const paymentPlanEvents = Object.values(types)

/** What happened to a plan. @param more of one that was broken or cancelled */
export function planEvent(
  { id, key, accountId, kind, currency }: PaymentPlan,
  parts: readonly { readonly dueOn: string; readonly amountMinor: bigint }[],
  what: keyof typeof types,
  more: object = {},
): NewEvent {
  const amount = formatMinor(
    parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    currency,
  )
  const data = { key, kind, currency, amount, parts: parts.length, lastDueOn: parts.at(-1)?.dueOn, ...more }
  return eventOf(types[what], { objectId: id, accountId }, data as never)
}
