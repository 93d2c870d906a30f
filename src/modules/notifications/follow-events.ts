import { CAUSING_EVENTS, kindsCausedBy } from '../../core/notifications/kinds.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import type { StoredEvent } from '../../platform/events/event-type.ts'
import { listAccountsByIds } from '../parties/index.ts'
import { askNotices } from './ask-notice.ts'
import { forgetFailures } from './contact-store.ts'
import { noticeTerms } from './notice-settings.ts'

/** The address of a customer itself stands there. */
const ADDRESS_SET = 'customer.updated'
const CROSSED = 'balance.threshold_crossed'

/** Asks for the notices that events cause, in the transaction that moves the place in the feed: each once, by the id of its event. */
export const followNoticeCauses: Subscriber = {
  name: 'notices',
  types: [...CAUSING_EVENTS, ADDRESS_SET],
  begins: 'now',
  handle: async (db, events) => {
    await tryAgainAddresses(db, events)
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

/** An address of a customer itself that was set anew is tried again where it had failed, as that of a contact is. */
async function tryAgainAddresses(db: Database, events: readonly StoredEvent[]): Promise<void> {
  const ids = events.flatMap(({ type, objectId, data }) =>
    type === ADDRESS_SET && (data as { readonly changed: readonly string[] }).changed.includes('email')
      ? [objectId]
      : [],
  )
  if (ids.length === 0) return
  const query = db
    .selectFrom('customer')
    .select(['id', 'email'])
    .where('id', '=', anyOf([...new Set(ids)]))
  for (const { id, email } of await query.execute()) if (email !== null) await forgetFailures(db, id, [email])
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
