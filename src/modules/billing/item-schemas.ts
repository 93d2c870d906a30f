import { z } from 'zod'
import type { Item } from '../../core/invoicing/invoice-lines.ts'
import { TAX_CLASS_CODES } from '../../core/tax/tax-classes.ts'
import { day } from '../../platform/http/dates.ts'
import { key, reference, textUpTo } from '../../platform/http/fields.ts'

/** Lines of one document, and digits of what they multiply. */
const MAX_ITEMS = 500
const amount = z.string().regex(/^\d{1,18}(\.\d{1,12})?$/, 'write a decimal, zero or more, such as 12.50')
const percent = z
  .string()
  .regex(/^(100(\.0{1,4})?|\d{1,2}(\.\d{1,4})?)$/, 'write a percentage from 0 to 100, such as 12.5')

const item = z
  .strictObject({
    description: textUpTo(500),
    quantity: amount.refine((text) => !/^[0.]+$/.test(text), 'write a quantity above zero').default('1'),
    unit: textUpTo(20).optional().describe('Such as h or piece'),
    unitPrice: amount.describe('With tax where the account has prices that include it'),
    discountPercent: percent.nullable().default(null),
    taxClass: z.enum(TAX_CLASS_CODES as [string, ...string[]]).default('general'),
    product: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_.-]{0,63}$/, 'write a code such as consulting')
      .default('one-off')
      .describe('What its revenue is kept by'),
    from: day.optional().describe('First day of the supply; the day of the request unless set'),
    until: day.optional().describe('The day after the last one; one day unless set'),
  })
  .refine(({ from, until }) => until === undefined || (from !== undefined && from < until), {
    path: ['until'],
    message: 'write a day after from',
  })

export const items = z.array(item).min(1).max(MAX_ITEMS)

export const asked = {
  key: key.describe('Your own identifier: the same key is never billed twice'),
  account: reference,
}

/** Items with all that was left out. @param today in the zone of their account */
export function itemsOf(drafts: z.output<typeof items>, today: string): Item[] {
  return drafts.map(({ from = today, until, unit = '', ...rest }) => ({
    ...rest,
    ...{ unit, from, until: until ?? Temporal.PlainDate.from(from).add({ days: 1 }).toString() },
  }))
}
