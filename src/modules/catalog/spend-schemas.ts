import { z } from 'zod'
import { whole } from './whole.ts'

/** Longest list of prices that a minimum or maximum counts. */
const MAX_COUNTED = 1000

/** Prices that are about what others come to: minimums, maximums, and money that is bought to be drawn down. */
export function spendSchemas<
  C extends z.ZodType,
  T extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Y extends z.ZodType,
  N extends z.ZodType,
  X extends z.ZodType,
>({
  code,
  name,
  taxClass,
  quantity,
  balance,
  cycle,
  names,
}: {
  code: C
  name: T
  taxClass: X
  quantity: Q
  balance: B
  cycle: Y
  names: N
}) {
  const bound = {
    code,
    name,
    taxClass,
    amount: quantity,
    every: cycle,
    counts: z.array(code).min(1).max(MAX_COUNTED).optional(),
    proration: z.enum(['day', 'none']).default('day'),
  }
  return [
    z.strictObject({ kind: z.literal('commitment'), ...bound }),
    z.strictObject({ kind: z.literal('cap'), ...bound }),
    z.strictObject({
      kind: z.literal('commit'),
      code,
      name,
      taxClass,
      amount: balance,
      term: cycle,
      renews: z.boolean().default(false),
      instalments: cycle.optional(),
      priority: whole(0, 1000).default(30),
      graceHours: whole(0, 2_232).optional(),
      scope: z.strictObject({ meters: names.optional(), prices: names.optional(), cells: names.optional() }).optional(),
    }),
  ] as const
}
