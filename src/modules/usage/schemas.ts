import { z } from 'zod'
import { parseDecimal } from '../../core/base/decimal.ts'
import { parseExpression } from '../../core/mediation/expression.ts'
import { SUSPENSE_REASONS, type SuspenseReason } from '../../core/mediation/suspense-reason.ts'
import { zone } from '../../platform/http/dates.ts'

const template = z.string().min(1).max(500)
const column = z.string().min(1).max(200)
const none = z.array(z.string().max(100)).max(100).optional()
const time = z.strictObject({
  column,
  none,
  format: z.enum(['iso', 'local', 'epoch_s', 'epoch_ms']).default('iso'),
  zone: zone.default('UTC'),
})

/** Columns that an expression reads as times, beside those of `time` and `end`. */
const MAX_TIMES = 10
const dataColumn = z
  .strictObject({
    column: column.optional(),
    expression: z.string().min(1).max(500).optional(),
    times: z.array(time).max(MAX_TIMES).optional(),
    kind: z.enum(['number', 'text']).default('number'),
    none,
    factor: z
      .string()
      .refine((text) => parseDecimal(text) !== null, 'write a plain decimal such as "0.001"')
      .optional(),
    round: z.enum(['half_up', 'half_even', 'up', 'down']).optional(),
    decimalComma: z.boolean().default(false),
    grouping: z.enum(['.', ',', ' ', "'"]).optional(),
  })
  .superRefine((value, context) => {
    const issue = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message })
    if ((value.column === undefined) === (value.expression === undefined))
      issue('column', 'give either a column or an expression')
    if (value.times !== undefined && value.expression === undefined) issue('times', 'only an expression reads times')
    if (value.kind === 'text' && value.expression !== undefined) issue('kind', 'an expression gives a number')
    if (value.kind === 'text' && value.round !== undefined) issue('round', 'only numbers are rounded')
    if (value.expression === undefined) return
    try {
      parseExpression(value.expression)
    } catch (error) {
      issue('expression', error instanceof Error ? error.message : String(error))
    }
  })

/** A mapping file: how the rows of a foreign file become usage records. */
const mappingSchema = z.strictObject({
  name: z.string().min(1).max(200),
  format: z.enum(['csv', 'ndjson']).default('csv'),
  delimiter: z.string().length(1).default(','),
  none,
  source: template,
  type: template,
  id: template,
  service: template,
  time,
  end: time.optional(),
  data: z.record(z.string().min(1).max(128), dataColumn),
})

/** Of a file that is delivered. */
export const fingerprint = z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 of the file in hex')

export const importStart = z.strictObject({
  name: z.string().min(1).max(500).describe('The name of the file'),
  fingerprint,
  sizeBytes: z.number().int().min(0),
  mapping: mappingSchema,
})

const reasons = Object.keys(SUSPENSE_REASONS) as [SuspenseReason, ...SuspenseReason[]]
export const suspenseFilter = {
  reason: z.enum(reasons).optional(),
  status: z.enum(['open', 'recycled', 'written_off']).optional(),
  import: z.uuid().optional(),
}
