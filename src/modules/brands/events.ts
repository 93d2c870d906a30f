import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

export const brandPublished = eventType('brand.published', 'brand', 'A version of a brand was published.', {
  key: z.string(),
  version: z.int(),
  digest: z.string(),
})

export const brandEvents = [brandPublished]
