import { CAUSING_EVENTS, kindsCausedBy } from '../../core/notifications/kinds.ts'
import type { Database } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import type { StoredEvent } from '../../platform/events/event-type.ts'
import { listAccountsByIds } from '../parties/index.ts'
import { askNotices } from './ask-notice.ts'
import { noticeTerms } from './notice-settings.ts'

const CROSSED = 'balance.threshold_crossed'

/** Asks for the notices that events cause, in the transaction that moves the place in the feed: each once, by the id of its event. */
export const followNoticeCauses: Subscriber = {
  name: 'notices',
  types: CAUSING_EVENTS,
  begins: 'now',
  handle: async (db, events) => {
    if (!(await noticeTerms(db)).on) return
    const told = await withThresholds(db, events)
    await askNotices(
      db,
      told.flatMap(({ event: { id, type, objectId, accountId, createdAt }, data }) =>
        accountId === null
          ? []
          : kindsCausedBy(type, data).map(({ name }) => ({
              ...{ kind: name, accountId, about: objectId, data, key: id },
              ...{ nowMs: createdAt.getTime(), origin: 'event' as const },
            })),
      ),
    )
  },
}

interface Told {
  readonly event: StoredEvent
  readonly data: Readonly<Record<string, unknown>>
}

/** What an event says: of a service, its key is what people know it by. */
function valuesIn({ type, data }: StoredEvent): Readonly<Record<string, unknown>> {
  const told = data as Readonly<Record<string, unknown>>
  return type.startsWith('service.') ? { ...told, service: told['key'] } : told
}

/** What of a threshold of an account is said. */
interface Watched {
  readonly code?: string
  readonly amount?: string | null
  readonly unit?: string | null
  readonly percent?: number | null
}

/** An event names a threshold by its code: what it is stands with the account. */
async function withThresholds(db: Database, events: readonly StoredEvent[]): Promise<Told[]> {
  const ids = events.flatMap(({ type, accountId }) => (type === CROSSED && accountId !== null ? [accountId] : []))
  const accounts = new Map(
    (ids.length === 0 ? [] : await listAccountsByIds(db, [...new Set(ids)])).map((account) => [account.id, account]),
  )
  return events.map((event) => {
    const data = valuesIn(event)
    const account = event.type === CROSSED ? accounts.get(event.accountId ?? '') : undefined
    if (account === undefined) return { event, data }
    const code = data['threshold']
    const {
      amount = null,
      unit = null,
      percent = null,
    } = (account.thresholds as readonly Watched[]).find((threshold) => threshold.code === code) ?? {}
    const isUsedUp = percent !== null && percent >= 100 ? 'yes' : 'no'
    const { currency } = account
    return {
      event,
      data: { ...data, amount, unit, currency, percent: percent === null ? null : String(percent), isUsedUp },
    }
  })
}
