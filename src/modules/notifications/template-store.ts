import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import { notFound, Refusal } from '../../platform/problems.ts'

/** Of one kind, channel, language and brand. */
const MOST_VERSIONS = 1_000

/** A version of what a tenant says of a kind. */
export interface NoticeTemplate {
  readonly id: string
  readonly kind: string
  /** `*` is any. */
  readonly channel: string
  readonly language: string
  readonly brand: string | null
  readonly version: number
  readonly subject: string | null
  readonly text: string
  readonly html: string | null
  readonly state: 'draft' | 'approved' | 'rejected'
  readonly requestedBy: string
  readonly requestedByPerson: string | null
  readonly createdAt: Date
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
}

/** What a message is, as far as templates are chosen by it. */
interface Meant {
  readonly kind: string
  readonly channel: string
  readonly language: string
  readonly brand: string | null
}

/** The last version that was approved of what fits best: of the brand before any, of the channel before any. Null where there is none: the words that Kvit ships. */
export async function findTemplate(
  db: Database,
  { kind, channel, language, brand }: Meant,
): Promise<NoticeTemplate | null> {
  const query = db
    .selectFrom('noticeTemplate')
    .selectAll()
    .where('kind', '=', kind)
    .where('language', '=', language)
    .where('state', '=', 'approved')
    .where('channel', 'in', [channel, '*'])
    .where((on) =>
      brand === null ? on('brand', 'is', null) : on.or([on('brand', 'is', null), on('brand', '=', brand)]),
    )
  const found = await query
    .orderBy('brand', (order) => order.asc().nullsLast())
    .orderBy('channel', 'desc')
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return (found as NoticeTemplate | undefined) ?? null
}

/** @throws Refusal `not_found` */
export async function lockTemplate(db: Database, id: string): Promise<NoticeTemplate> {
  const found = await db.selectFrom('noticeTemplate').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (found === undefined) throw notFound(`template ${id}`, '/v1/notice-templates', 'notice templates')
  return found
}

type Draft = Omit<NoticeTemplate, 'version' | 'state' | 'decidedBy' | 'decidedAt'>

/** A further version of what a kind says. Writers of templates take turns. */
export async function insertTemplate(db: Database, draft: Draft): Promise<NoticeTemplate> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' notice templates'))`.execute(db)
  const { kind, channel, language, brand } = draft
  const same = db.selectFrom('noticeTemplate').select('version').where('kind', '=', kind).where('channel', '=', channel)
  const last = await same
    .where('language', '=', language)
    .where('brand', brand === null ? 'is' : '=', brand)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const version = (last?.version ?? 0) + 1
  if (version > MOST_VERSIONS) throw new Refusal('unprocessable', `a template has at most ${MOST_VERSIONS} versions`)
  const made: NoticeTemplate = { ...draft, version, state: 'draft', decidedBy: null, decidedAt: null }
  await db.insertInto('noticeTemplate').values(made).execute()
  return made
}

export async function decideTemplate(
  db: Database,
  draft: NoticeTemplate,
  state: 'approved' | 'rejected',
  decidedBy: string,
  nowMs: number,
): Promise<NoticeTemplate> {
  const set = { state, decidedBy, decidedAt: new Date(nowMs) }
  await db.updateTable('noticeTemplate').set(set).where('id', '=', draft.id).execute()
  return { ...draft, ...set }
}
