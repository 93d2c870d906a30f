import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../platform/clock.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { attachmentAdded, attachmentDeleted } from './events.ts'
import { FILE_TYPES, fileTypeOf } from './file-type.ts'
import { attachmentSettings } from './settings.ts'
import * as store from './store.ts'

/** Bytes of one file: what mail and e-invoices take, too. */
export const MAX_BYTES = 5_000_000
/** Files that are kept with one thing. */
const MAX_FILES = 20
const MEGABYTE = 1_000_000n

export interface Subject extends Pick<store.Attachment, 'subjectKind' | 'subjectId' | 'customerId'> {}

/** Keeps a file; the same bytes under the same name are kept once. */
export async function addAttachment(
  { db, nowMs }: WriteContext,
  subject: Subject,
  name: string,
  content: Uint8Array,
  addedBy: string,
): Promise<store.Attachment> {
  if (content.length === 0) throw new Refusal('unprocessable', 'the body is empty: send the file')
  if (content.length > MAX_BYTES)
    throw new Refusal('unprocessable', `a file has at most ${MAX_BYTES} bytes, not ${content.length}`)
  const type = fileTypeOf(content, name)
  if (type === null)
    throw new Refusal(
      'unprocessable',
      `${name}: by its bytes it is none of ${FILE_TYPES.join(', ')}, or its name ends as something else does`,
    )
  // One at a time, so that two do not pass the limits together.
  await sql`select pg_advisory_xact_lock(hashtext(current_schema() || ' attachments'))`.execute(db)
  const others = (await store.listAttachments(db, subject)).filter(({ deletedAt }) => deletedAt === null)
  const sha256 = createHash('sha256').update(content).digest()
  const same = others.find((one) => one.name === name && one.sha256.equals(sha256))
  if (same !== undefined) return same
  if (others.length >= MAX_FILES)
    throw new Refusal('conflict', `${MAX_FILES} files are kept with it already: delete one first`)
  const { totalMegabytes } = await settingValues(db, attachmentSettings)
  const kept = await store.keptBytes(db)
  if (kept + BigInt(content.length) > BigInt(totalMegabytes) * MEGABYTE)
    throw new Refusal(
      'conflict',
      `all files together may have ${totalMegabytes} MB (settings attachments), and have ${kept} bytes`,
    )
  const row: store.Attachment = {
    ...{ id: newId(), ...subject, name, type, bytes: content.length, sha256, addedBy, addedAt: new Date(nowMs) },
    ...{ deletedBy: null, deletedAt: null, deleteReason: null },
  }
  await store.insertAttachment(db, { ...row, content })
  await publish(db, [told(row)], nowMs)
  return row
}

/** Takes the bytes of a file away; what it was stays known. Once: again it is the same. */
export async function deleteAttachment(
  { db, nowMs }: WriteContext,
  found: store.Attachment,
  reason: string,
  deletedBy: string,
): Promise<store.Attachment> {
  if (found.deletedAt !== null) return found
  const deleted = { deletedBy, deletedAt: new Date(nowMs), deleteReason: reason }
  await store.emptyAttachment(db, found.id, deleted)
  await publish(db, [told(found, reason)], nowMs)
  return { ...found, ...deleted }
}

function told(row: store.Attachment, reason?: string): NewEvent {
  const { id: objectId, customerId, subjectKind: subject, subjectId, type, bytes } = row
  const data = { subject, subjectId, type, bytes, sha256: row.sha256.toString('hex') }
  return reason === undefined
    ? eventOf(attachmentAdded, { objectId, customerId }, data)
    : eventOf(attachmentDeleted, { objectId, customerId }, { ...data, reason })
}
