import { type ServiceState, serviceStateAt } from '../../core/charging/service-blocks.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { wish } from './enforcement-store.ts'
import { stateEvent } from './events.ts'
import * as store from './store.ts'

/** Services of an account that are looked at together. */
const PAGE = 1_000
const OPEN: ServiceState = { state: 'open', barred: [], kbps: null, reasons: [] }

/**
 * Brings the states that were told of an account's services to what its blocks make of them by now, and tells of those that have changed. The
 * account's row is locked: states of one account change one after another.
 * @param serviceId of one service alone; null of all
 */
export async function refreshStates(
  db: Database,
  accountId: string,
  serviceId: string | null,
  nowMs: number,
): Promise<void> {
  const blocks = await store.unliftedBlocks(db, [accountId])
  for (let after: string | null = null; ; ) {
    const page = await store.listServices(db, accountId, { serviceId, after, limit: PAGE, nowMs })
    const told = await store.toldStates(
      db,
      page.map(({ id }) => id),
    )
    const [changed, events]: [store.ToldState[], NewEvent[]] = [[], []]
    for (const service of page) {
      const mine = blocks.filter((block) => block.serviceId === null || block.serviceId === service.id)
      const before = told.get(service.id)
      // Whoever looks at an earlier time, such as the end of a block that a test clock was set over, comes late.
      const atMs = Math.max(nowMs, before?.changedAt.getTime() ?? nowMs)
      const state = serviceStateAt(mine.map(store.blockOf), atMs)
      if (isSame(before ?? OPEN, state)) continue
      const version = (before?.version ?? 0) + 1
      changed.push({ ...state, serviceId: service.id, accountId, version, changedAt: new Date(atMs) })
      events.push(stateEvent(service, { ...state, version }))
    }
    if (changed.length > 0) {
      await store.putStates(db, changed)
      const serviceIds = changed.map((state) => state.serviceId)
      await wish(db, { targetId: null, serviceIds }, systemClock.nowMs())
    }
    await publish(db, events, nowMs)
    if (page.length < PAGE) return
    after = page.at(-1)?.id ?? null
  }
}

/** Whether two states restrict a service alike; why they do may differ. */
function isSame(one: ServiceState, other: ServiceState): boolean {
  return one.state === other.state && one.kbps === other.kbps && String(one.barred) === String(other.barred)
}
