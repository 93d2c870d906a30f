import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { reRatingEvent } from './events.ts'
import type { ReRating, ReRatingStatus } from './store.ts'
import { moveStatus } from './store.ts'

/**
 * Changes the status of a re-rating if it is still what was read, and publishes the event. @returns whether it was.
 * @param db a transaction in the tenant's schema
 */
export async function moveAndTell(
  db: Database,
  reRating: ReRating,
  from: readonly ReRatingStatus[],
  set: Partial<ReRating>,
  action: Parameters<typeof reRatingEvent>[0],
  nowMs: number,
): Promise<boolean> {
  const isMoved = await moveStatus(db, reRating.id, from, set)
  if (isMoved) await publish(db, [reRatingEvent(action, reRating)], nowMs)
  return isMoved
}
