import type { Database } from '../../platform/db.ts'
import { having, type ListPage, type ListQuery, listPage, withText } from '../../platform/http/list-page.ts'

export interface UsageCorrection {
  readonly id: string
  readonly key: string
  readonly requestSha256: Buffer
  readonly source: string
  readonly recordId: string
  readonly action: 'retract' | 'amend'
  readonly reason: string
  readonly requestedBy: string
  readonly accountId: string
  readonly currency: string
  readonly recordBefore: object
  readonly recordAfter: object | null
  readonly difference: string
  readonly seq: bigint
  readonly createdAt: Date
}

export async function findCorrection(db: Database, key: string): Promise<UsageCorrection | undefined> {
  return (await db.selectFrom('usageCorrection').selectAll().where('key', '=', key).executeTakeFirst()) as
    | UsageCorrection
    | undefined
}

export async function insertCorrection(db: Database, row: UsageCorrection): Promise<void> {
  const recordAfter = row.recordAfter === null ? null : JSON.stringify(row.recordAfter)
  await db
    .insertInto('usageCorrection')
    .values({ ...row, recordBefore: JSON.stringify(row.recordBefore), recordAfter })
    .execute()
}

export async function listCorrections(
  db: Database,
  filter: { limit: number; source: string; recordId: string },
): Promise<UsageCorrection[]> {
  const rows = db.selectFrom('usageCorrection').selectAll().orderBy('id').limit(filter.limit)
  const query = rows.where('source', '=', filter.source).where('recordId', '=', filter.recordId)
  return (await query.execute()) as UsageCorrection[]
}

/** Corrections of usage: all, or those of records that are named. */
export async function listCorrectionPage(
  db: Database,
  query: ListQuery & { readonly source?: string | undefined; readonly id?: string | undefined },
): Promise<ListPage<UsageCorrection>> {
  const { source, id, text } = query
  return listPage(db, query, {
    table: 'usageCorrection',
    madeAt: 'createdAt',
    narrow: (rows) => having(rows, { source, recordId: id }),
    keep: (rows) => withText(rows, text, ['row.key', 'row.reason', 'row.recordId']),
  })
}
