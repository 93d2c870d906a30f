import { z } from 'zod'
import type { SuspendedRecord } from '../../engine/index.ts'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'

const count = z.int().min(0)
const byReason = z.record(z.string(), count).describe('How many of each reason')

const usageSuspended = eventType(
  'usage.suspended',
  'usage',
  'Records could not be charged and wait in suspense. One event tells of all that came in together.',
  { records: count, reasons: byReason, importId: z.uuid().nullable() },
)
export const usageRecycled = eventType('usage.recycled', 'usage', 'Records came out of suspense and were charged.', {
  records: count,
  stillSuspended: count.describe('Those that were tried, too, and wait on'),
})
export const usageWrittenOff = eventType('usage.written_off', 'usage', 'Suspended records were given up.', {
  records: count,
  note: z.string(),
})
export const suspenseCorrected = eventType(
  'usage.suspense_corrected',
  'suspense',
  'A suspended record was corrected; it still waits.',
  {
    reason: z.string(),
  },
)

const file = {
  name: z.string(),
  delivery: z.int().describe('1 for the first time that this file came'),
  rows: count,
  charged: count,
  suspended: count,
  duplicates: count,
}
export const importStarted = eventType(
  'usage_import.started',
  'usage_import',
  'The delivery of a file of usage has begun.',
  {
    name: z.string(),
    delivery: file.delivery,
    sizeBytes: count,
  },
)
export const importFinished = eventType(
  'usage_import.finished',
  'usage_import',
  'A file of usage was read to its end.',
  file,
)
export const importRefused = eventType(
  'usage_import.refused',
  'usage_import',
  'A file of usage was closed before its end.',
  {
    ...file,
    reason: z.string(),
  },
)

export const usageEvents = [
  usageSuspended,
  usageRecycled,
  usageWrittenOff,
  suspenseCorrected,
  importStarted,
  importFinished,
  importRefused,
]

/** The most reasons that one event lists. */
const MAX_REASONS = 50

/** What one delivery put into suspense, all together: no event for each record. */
export function suspendedEvents(suspended: readonly SuspendedRecord[], importId: string | null): NewEvent[] {
  if (suspended.length === 0) return []
  const reasons: Record<string, number> = {}
  for (const { reason } of suspended)
    if (Object.hasOwn(reasons, reason) || Object.keys(reasons).length < MAX_REASONS)
      reasons[reason] = (reasons[reason] ?? 0) + 1
  return [eventOf(usageSuspended, { objectId: importId ?? 'usage' }, { records: suspended.length, reasons, importId })]
}
