import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

const publishedAt = { publishedAt: z.iso.datetime() }

export const meterPublished = eventType('meter.published', 'meter', 'A meter can be used by plans.', {
  code: z.string(),
  ...publishedAt,
})

export const schedulePublished = eventType('schedule.published', 'schedule', 'A schedule can be used by plans.', {
  code: z.string(),
  ...publishedAt,
})

export const planPublished = eventType(
  'plan.published',
  'plan_version',
  'A version of a plan was published, in one currency. With a subscription, its prices were negotiated for that one alone.',
  {
    code: z.string(),
    version: z.int(),
    currency: z.string(),
    availableFrom: z.iso.datetime().nullable().describe('When new subscriptions begin to get it; null: at once'),
    subscriptionId: z.uuid().nullable(),
    ...publishedAt,
  },
)

export const planMetadataChanged = eventType(
  'plan.metadata_changed',
  'plan',
  'What callers keep beside a plan was changed.',
  { code: z.string() },
)

export const deckPublished = eventType(
  'rate_deck.published',
  'rate_deck_version',
  'A version of a rate deck was imported.',
  { code: z.string(), version: z.int(), effectiveFrom: z.iso.date(), rows: z.int().describe('Prefixes in it') },
)

export const catalogEvents = [meterPublished, schedulePublished, planPublished, planMetadataChanged, deckPublished]
