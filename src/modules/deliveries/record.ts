import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { growingPauseMs } from '../../platform/patience.ts'
import type { Delivery } from './delivery.ts'
import { deliveryEvent } from './events.ts'
import type { TransportAnswer, TransportCapabilities } from './ports.ts'
import { changeDelivery, countAsks, failDelivery, lockDelivery } from './store.ts'

/** A peer that will say what became of a document is asked after 10 s, 20 s, 40 s, … and then four times a day, for a week. */
const FIRST_ASK_MS = 10_000
const LONGEST_ASK_MS = 6 * 3_600_000
const MAX_ASKS = 40

/**
 * Notes what a peer said. The delivery is locked.
 * @param realMs by which it is asked again
 * @returns whether it is to be tried again soon
 */
export async function recordAnswer(
  db: Database,
  row: Delivery,
  { asks, confirms }: TransportCapabilities,
  answer: TransportAnswer,
  nowMs: number,
  realMs: number,
): Promise<boolean> {
  const at = new Date(nowMs)
  const { said } = answer
  switch (answer.outcome) {
    case 'sent':
    case 'delivered': {
      const isOver = answer.outcome === 'delivered'
      const askAt = !isOver && asks && confirms ? await nextAsk(db, row, realMs) : null
      const { providerId, sentAt } = row
      await changeDelivery(db, row.id, {
        ...{ state: answer.outcome, reason: null, said, askAt, providerId: answer.id ?? providerId },
        ...{ sentAt: sentAt ?? at, endedAt: isOver ? at : null },
      })
      const events = [
        ...(sentAt === null ? [deliveryEvent('sent', row)] : []),
        ...(isOver ? [deliveryEvent('delivered', row)] : []),
      ]
      await publish(db, events, nowMs)
      return false
    }
    case 'declined':
      if (!answer.mayRetry) {
        await failDelivery(db, row, answer.reason, said, nowMs)
        return false
      }
      // Of one that was taken before, this is no word on what became of it.
      if (row.sentAt === null) await changeDelivery(db, row.id, { state: 'queued', reason: answer.reason, said })
      else await changeDelivery(db, row.id, { askAt: await nextAsk(db, row, realMs) })
      return row.sentAt === null
    case 'unknown':
      if (row.sentAt !== null) {
        await changeDelivery(db, row.id, { state: 'sent', askAt: asks ? await nextAsk(db, row, realMs) : null })
        return false
      }
      await changeDelivery(db, row.id, { state: 'unknown', reason: null, said })
      if (!asks) await leaveUnknown(db, row.id, nowMs)
      return asks
  }
}

/** Nobody can be asked any more, or nobody answers: somebody has to decide. Told once. */
export async function leaveUnknown(db: Database, id: string, nowMs: number): Promise<void> {
  const row = await lockDelivery(db, id)
  if (row.state !== 'unknown' || row.reason !== null) return
  await changeDelivery(db, id, { reason: 'no_answer' })
  await publish(db, [deliveryEvent('unknown', row, 'no_answer')], nowMs)
}

async function nextAsk(db: Database, row: Delivery, realMs: number): Promise<Date | null> {
  const asks = await countAsks(db, row)
  return asks >= MAX_ASKS ? null : new Date(realMs + growingPauseMs(asks + 1, FIRST_ASK_MS, LONGEST_ASK_MS))
}
