import { z } from 'zod'
import { amountText } from '../../platform/http/amount-text.ts'
import { day } from '../../platform/http/dates.ts'

/** Who says that money came in names the payment by a key of its own. */
export const paymentKey = z.string().regex(/^[\x21-\x7e]{1,128}$/)

/** What is said of money that came in, whoever says it. */
export const paymentFields = {
  account: z.string().min(1).max(128),
  currency: z.string().length(3),
  amount: amountText,
  receivedOn: day.optional(),
  reference: z.string().max(500).nullable().default(null),
}
