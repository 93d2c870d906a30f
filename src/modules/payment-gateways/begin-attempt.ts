import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { type Attempt, getAttempt, insertAttempt, type NewAttempt } from './attempt-store.ts'
import { gatewayOfId } from './gateway-store.ts'
import { attemptEvent } from './record-attempt.ts'

/** Notes what a gateway is going to be asked for, in the transaction that is committed before it is. */
export async function beginAttempt(db: Database, draft: NewAttempt, nowMs: number): Promise<Attempt> {
  await insertAttempt(db, draft, nowMs, systemClock.nowMs())
  const attempt = await getAttempt(db, draft.id)
  await publish(db, [attemptEvent(await gatewayOfId(db, draft.gatewayId), attempt, 'created')], nowMs)
  return attempt
}
