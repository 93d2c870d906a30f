import { z } from 'zod'
import { SUSPENSE_REASONS } from '../../core/mediation/suspense-reason.ts'
import { FIELD_LIMITS } from '../../core/mediation/usage-batch.ts'
import { listOf } from '../../platform/http/list-page.ts'

/** What usage is sent as and what its routes answer, for the description of the API; tests compare answers with it. */

const instant = z.iso.datetime()
const id = z.uuid()
const count = z.int().min(0)
/** Beyond what JSON's numbers hold exactly. */
const largeCount = z.string().regex(/^\d+$/)
const reason = z.enum(Object.keys(SUSPENSE_REASONS))

export const record = z
  .object({
    id: z.string().min(1).max(FIELD_LIMITS.id).describe('(source, id) makes a repetition harmless'),
    source: z.string().min(1).max(FIELD_LIMITS.source),
    service: z
      .string()
      .min(1)
      .max(FIELD_LIMITS.service)
      .describe('What usage points at: a meter, a number, an API key'),
    type: z.string().min(1).max(FIELD_LIMITS.type),
    time: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }).optional(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .meta({ id: 'UsageRecord' })

/** What an open record is corrected with. */
export const suspenseCorrection = z.object({
  record: z.looseObject({}).describe('The record as it should have been, whole'),
  note: z.string().optional().describe('Why: its first 1,000 characters are kept'),
})

export const report = z.strictObject({
  received: count,
  charged: count,
  suspended: count,
  duplicates: count,
  firstSuspended: z.array(z.strictObject({ index: count, reason, detail: z.string() })),
  firstWaiting: z
    .array(z.strictObject({ index: count, id, reason, detail: z.string() }))
    .describe(
      'Of the duplicates, those that are not charged: they wait in suspense, under this id and for this reason',
    ),
})

export const usageImport = z
  .strictObject({
    id,
    name: z.string(),
    fingerprint: z.string(),
    delivery: count.describe('1 for the first time that this file came, 2 for the second'),
    mapping: z.looseObject({}),
    header: z.array(z.string()).nullable(),
    status: z.enum(['open', 'complete', 'refused']),
    refusal: z.string().nullable().describe('Why it was closed before its end, of a refused one'),
    sizeBytes: largeCount,
    nextOffset: largeCount.describe('Where the next chunk begins'),
    rows: largeCount,
    received: largeCount,
    charged: largeCount,
    suspended: largeCount,
    duplicates: largeCount,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'UsageImport' })

export const usageImports = listOf(usageImport)

export const suspended = z
  .strictObject({
    id,
    status: z.enum(['open', 'recycled', 'written_off']),
    reason,
    detail: z.string(),
    record: z.string().describe('The record as it came, or as it was corrected'),
    source: z.string(),
    recordId: z.string(),
    service: z.string(),
    type: z.string(),
    importId: id.nullable(),
    importRow: largeCount.nullable().describe('Of its file, from 1 on, the header not counted'),
    file: z.string().nullable().describe('The name of the file that it came with'),
    note: z.string().nullable(),
    receivedAt: instant,
  })
  .meta({ id: 'SuspendedRecord' })

export const suspense = listOf(suspended)

export const suspenseReasons = z.strictObject({
  items: z.array(
    z.strictObject({
      reason,
      status: z.string(),
      records: largeCount,
      oldest: instant,
      meaning: z.string(),
    }),
  ),
})

export const recycled = z.strictObject({ recycled: count, stillSuspended: count })
export const writtenOff = z.strictObject({ writtenOff: count })

const missing = {
  service: z.string().describe('Its key'),
  expected: count.describe('Readings that there should be while the service was there'),
  missing: count,
  gaps: z.array(z.strictObject({ from: instant, until: instant, missing: count })),
}

export const gaps = z.strictObject(missing)

export const gapsOfServices = listOf(
  z.strictObject({
    ...{ id, account: z.string(), customer: z.string(), customerName: z.string(), ...missing },
    gaps: missing.gaps.describe('The first hundred'),
  }),
)
