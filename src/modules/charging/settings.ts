import { z } from 'zod'
import { parseDecimal } from '../../core/base/decimal.ts'
import type { Database } from '../../platform/db.ts'
import { readSettings } from './store.ts'

const amount = z
  .string()
  .refine((text) => parseDecimal(text) !== null && !text.startsWith('-'), 'write a plain decimal such as "50.00"')
const byCurrency = z.record(z.string().length(3), amount)

/** What a tenant allows. */
export const settingsSchema = z.strictObject({
  approvalLimits: byCurrency
    .default({})
    .describe('Adjustments above it need the approval of a second key; without an entry all of them do'),
  promise: z
    .strictObject({
      limits: byCurrency.describe('Most that is lent'),
      fees: byCurrency.default({}),
      days: z.number().int().min(1).max(365),
    })
    .optional(),
})

export type Settings = z.infer<typeof settingsSchema>

export async function settingsOf(db: Database): Promise<Settings> {
  return settingsSchema.parse(await readSettings(db))
}
