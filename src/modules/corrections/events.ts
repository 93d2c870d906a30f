import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const count = z.int().min(0)

export const usageCorrected = eventType(
  'usage.corrected',
  'usage_correction',
  'A record was retracted, or amended and charged anew.',
  {
    action: z.enum(['retract', 'amend']),
    source: z.string(),
    recordId: z.string(),
    currency: z.string(),
    difference: z.string().describe('By how much the charge changed, a decimal of the currency'),
  },
)

const retraction = { importId: z.uuid() }
export const retractionStarted = eventType(
  'usage_retraction.started',
  'usage_retraction',
  'All of a file of usage is taken back.',
  retraction,
)
export const retractionFinished = eventType(
  'usage_retraction.finished',
  'usage_retraction',
  'A file of usage was taken back.',
  {
    ...retraction,
    recordsRetracted: count,
    recordsGone: count.describe('Those that were taken back before'),
    suspenseWrittenOff: count,
  },
)
export const retractionFailed = eventType(
  'usage_retraction.failed',
  'usage_retraction',
  'A file could not be taken back whole; asking again goes on with it.',
  retraction,
)

export const correctionEvents = [usageCorrected, retractionStarted, retractionFinished, retractionFailed]
