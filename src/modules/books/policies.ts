import { z } from 'zod'
import { parseDecimal, toScale } from '../../core/base/decimal.ts'
import { AGES } from '../../core/books/ageing.ts'

const percent = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,2})?$/, 'write a percentage such as 12.5')
  .refine((text) => Number(text) < 100, 'less than 100')

/** How an issuer keeps its books. */
export const policies = z
  .strictObject({
    period: z.enum(['month', 'quarter', 'year']).default('month').describe('How long its periods are'),
    unusedUnits: percent
      .default('0')
      .describe('Percent of sold units that are expected never to be used: earned with those that are used'),
    badDebts: z
      .partialRecord(z.enum(AGES), percent)
      .default({})
      .describe('Percent of what is open that is expected not to be paid, by how long it is due'),
  })
  .meta({ id: 'BooksPolicies' })

export type BooksPolicies = z.output<typeof policies>

/** A percentage in hundredths: `12.5` is 1250. */
export function hundredthsOf(text: string): bigint {
  const value = parseDecimal(text)
  return value === null ? 0n : toScale(value, 2)
}
