import { type Database, inTransaction } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { reRatingEvent } from './events.ts'
import type { ReRating, ReRatingStatus } from './store.ts'
import { moveStatus } from './store.ts'

/** Changes the status of a re-rating if it is still what was seen, and tells of it. @returns whether it was. */
export async function moveAndTell(
  db: Database,
  reRating: ReRating,
  from: readonly ReRatingStatus[],
  set: Partial<ReRating>,
  action: Parameters<typeof reRatingEvent>[0],
  nowMs: number,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const isMoved = await moveStatus(trx, reRating.id, from, set)
    if (isMoved) await publish(trx, [reRatingEvent(action, reRating)], nowMs)
    return isMoved
  })
}
