import { z } from 'zod'
import { eventOf, eventType, type NewEvent } from '../../platform/events/event-type.ts'

const data = { key: z.string(), from: z.iso.date(), until: z.iso.date(), reason: z.string() }
const of = (action: string, meaning: string): ReturnType<typeof eventType<typeof data>> =>
  eventType(`re_rating.${action}`, 're_rating', meaning, data)

const types = {
  started: of('started', 'A re-rating was asked for; what it would change is computed.'),
  drafted: of('drafted', 'What a re-rating would change is known; it waits for its approval.'),
  approved: of('approved', 'A re-rating is applied.'),
  finished: of('finished', 'A re-rating was applied to all of its accounts, and its documents are issued.'),
  cancelled: of('cancelled', 'A re-rating was given up; what it had done stays.'),
  failed: of('failed', 'A re-rating was stopped by a fault.'),
}
export const reRatingEvents = Object.values(types)

export function reRatingEvent(
  action: keyof typeof types,
  row: {
    readonly id: string
    readonly key: string
    readonly fromDay: string
    readonly untilDay: string
    readonly reason: string
  },
): NewEvent {
  const { id, key, fromDay, untilDay, reason } = row
  return eventOf(types[action], { objectId: id }, { key, from: fromDay, until: untilDay, reason })
}
