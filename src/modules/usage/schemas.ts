import { z } from 'zod'
import { parseDecimal } from '../../core/base/decimal.ts'
import { isZone } from '../../core/base/period.ts'
import { SUSPENSE_REASONS, type SuspenseReason } from '../../core/mediation/suspense-reason.ts'

const template = z.string().min(1).max(500)
const column = z.string().min(1).max(200)
const time = z.strictObject({
  column,
  format: z.enum(['iso', 'local', 'epoch_s', 'epoch_ms']).default('iso'),
  zone: z.string().refine(isZone, 'use an IANA zone such as UTC').default('UTC'),
})

/** A mapping file: how the rows of a foreign file become usage records. */
const mappingSchema = z.strictObject({
  name: z.string().min(1).max(200),
  format: z.enum(['csv', 'ndjson']).default('csv'),
  delimiter: z.string().length(1).default(','),
  source: template,
  type: template,
  id: template,
  service: template,
  time,
  end: time.optional(),
  data: z.record(
    z.string().min(1).max(128),
    z.strictObject({
      column,
      kind: z.enum(['number', 'text']).default('number'),
      factor: z
        .string()
        .refine((text) => parseDecimal(text) !== null, 'write a plain decimal such as "0.001"')
        .optional(),
      decimalComma: z.boolean().default(false),
      grouping: z.enum(['.', ',', ' ', "'"]).optional(),
    }),
  ),
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
