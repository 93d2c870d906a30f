import type { Database } from '../../platform/db.ts'

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
