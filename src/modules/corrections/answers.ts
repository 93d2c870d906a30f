import { z } from 'zod'
import { listOf } from '../../platform/http/list-page.ts'

/** What corrections are asked with and what their routes answer, for the description of the API; tests compare answers with it. */

const instant = z.iso.datetime()
const id = z.uuid()
const count = z.int().min(0)
/** Beyond what JSON's numbers hold exactly. */
const largeCount = z.string().regex(/^\d+$/)

const correctionFields = {
  source: z.string(),
  action: z.enum(['retract', 'amend']),
  reason: z.string(),
}

/** What a correction is asked with. */
export const correctionRequest = z.object({
  key: z.string().min(1).max(200),
  id: z.string(),
  ...correctionFields,
  time: z.iso.datetime({ offset: true }).optional().describe('When the record happened: it is found faster'),
  record: z.looseObject({}).optional().describe('Of an amendment: the fields that change'),
})

export const correction = z
  .strictObject({
    id,
    key: z.string(),
    recordId: z.string(),
    ...correctionFields,
    requestedBy: z.string(),
    accountId: id,
    before: z.looseObject({}),
    after: z.looseObject({}).nullable(),
    difference: z.string().describe('A decimal of the currency, exact'),
    currency: z.string(),
    segment: count.describe('Of the journal'),
    createdAt: instant,
  })
  .meta({ id: 'UsageCorrection' })

export const corrections = listOf(correction)

export const retraction = z
  .strictObject({
    id,
    key: z.string(),
    importId: id,
    reason: z.string(),
    requestedBy: z.string(),
    status: z.enum(['running', 'complete', 'failed']),
    recordsTotal: largeCount,
    recordsRetracted: largeCount,
    recordsGone: largeCount.describe('Retracted already, or amended since'),
    suspenseWrittenOff: largeCount,
    doneSeq: largeCount,
    error: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'UsageRetraction' })
