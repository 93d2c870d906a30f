import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'
import { notFound } from '../../platform/problems.ts'
import type { FileType } from './file-type.ts'

export interface Attachment {
  readonly id: string
  readonly customerId: string
  readonly subjectKind: 'document' | 'customer' | 'dispute'
  readonly subjectId: string
  readonly name: string
  readonly type: FileType
  readonly bytes: number
  readonly sha256: Buffer
  /** Whether it goes out with its document. */
  readonly isEnclosed: boolean
  readonly addedBy: string
  readonly addedAt: Date
  readonly deletedBy: string | null
  readonly deletedAt: Date | null
  readonly deleteReason: string | null
}

const SHOWN = [
  ...(['id', 'customerId', 'subjectKind', 'subjectId', 'name', 'type', 'bytes', 'sha256'] as const),
  ...(['isEnclosed', 'addedBy', 'addedAt', 'deletedBy', 'deletedAt', 'deleteReason'] as const),
] as const

export async function insertAttachment(
  db: Database,
  row: Attachment & { readonly content: Uint8Array },
): Promise<void> {
  await db.insertInto('attachment').values(row).execute()
}

export async function getAttachment(db: Database, id: string): Promise<Attachment> {
  const found = await db.selectFrom('attachment').select(SHOWN).where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`attachment ${id}`, '/v1/attachments/{id}', 'attachment list')
  return found as Attachment
}

/** Says of a file that is kept already that it goes out with its document. */
export async function markEnclosed(db: Database, id: string): Promise<void> {
  await db.updateTable('attachment').set({ isEnclosed: true }).where('id', '=', id).execute()
}

/** Files that go out with a document and are still there, with their bytes, the oldest first. */
export async function listEnclosed(
  db: Database,
  documentId: string,
): Promise<{ readonly name: string; readonly type: string; readonly content: Buffer }[]> {
  const query = db.selectFrom('attachment').select(['name', 'type', 'content']).where('subjectId', '=', documentId)
  const rows = await query.where('subjectKind', '=', 'document').where('isEnclosed', '=', true).orderBy('id').execute()
  return rows.flatMap(({ name, type, content }) => (content === null ? [] : [{ name, type, content }]))
}

/** Null once it was deleted. */
export async function contentOf(db: Database, id: string): Promise<Buffer | null> {
  const query = db.selectFrom('attachment').select('content').where('id', '=', id)
  return (await query.executeTakeFirst())?.content ?? null
}

/** The oldest first, also those that were deleted. */
export async function listAttachments(
  db: Database,
  { subjectKind, subjectId }: Pick<Attachment, 'subjectKind' | 'subjectId'>,
): Promise<Attachment[]> {
  const query = db.selectFrom('attachment').select(SHOWN).where('subjectKind', '=', subjectKind)
  return (await query.where('subjectId', '=', subjectId).orderBy('id').execute()) as Attachment[]
}

/** Bytes that all files of the tenant have together. */
export async function keptBytes(db: Database): Promise<bigint> {
  const query = db.selectFrom('attachment').select(sql<string>`coalesce(sum(bytes), 0)::text`.as('sum'))
  return BigInt((await query.where('content', 'is not', null).executeTakeFirstOrThrow()).sum)
}

export async function emptyAttachment(
  db: Database,
  id: string,
  deleted: Pick<Attachment, 'deletedBy' | 'deletedAt' | 'deleteReason'>,
): Promise<void> {
  await db
    .updateTable('attachment')
    .set({ ...deleted, content: null })
    .where('id', '=', id)
    .execute()
}
