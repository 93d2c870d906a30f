import { sql } from 'kysely'
import type { Preference } from '../../core/notifications/preferences.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'

/** What somebody has said, and how. */
export interface PreferenceChange {
  readonly customerId: string
  /** The contact, or the customer itself. */
  readonly personId: string
  readonly kind: string
  readonly channel: string
  /** Null takes back what was said. */
  readonly isWanted: boolean | null
  readonly origin: 'request' | 'link' | 'one_click' | 'complaint'
}

/** What holds of a person: of each kind and channel what was said last. */
export async function preferencesOf(db: Database, personId: string): Promise<Preference[]> {
  const last = db
    .selectFrom('noticePreference')
    .select(['kind', 'channel', 'isWanted'])
    .distinctOn(['kind', 'channel'])
    .where('personId', '=', personId)
    .orderBy('kind')
    .orderBy('channel')
    .orderBy('id', 'desc')
  const rows = await db.selectFrom(last.as('last')).selectAll().where(sql<boolean>`is_wanted is not null`).execute()
  return rows as unknown as Preference[]
}

/** All that a person has said, the newest first. */
export async function preferenceHistory(
  db: Database,
  personId: string,
  limit: number,
): Promise<(PreferenceChange & { readonly createdAt: Date })[]> {
  const query = db.selectFrom('noticePreference').selectAll().where('personId', '=', personId)
  return (await query.orderBy('id', 'desc').limit(limit).execute()) as never
}

/** Notes what somebody says; what holds already is not noted again. @returns whether anything changed */
export async function notePreference(db: Database, change: PreferenceChange, nowMs: number): Promise<boolean> {
  const { personId, kind, channel, isWanted } = change
  const holds = (await preferencesOf(db, personId)).find((one) => one.kind === kind && one.channel === channel)
  if ((holds?.isWanted ?? null) === isWanted) return false
  await db
    .insertInto('noticePreference')
    .values({ ...change, id: newId(), createdAt: new Date(nowMs) })
    .execute()
  return true
}
