import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../platform/clock.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { attachmentAdded, attachmentDeleted } from './events.ts'
import { FILE_TYPES, fileTypeOf, mayBeEnclosed } from './file-type.ts'
import { attachmentSettings } from './settings.ts'
import * as store from './store.ts'

/** Bytes of one file: what mail and e-invoices take, too. */
export const MAX_BYTES = 5_000_000
/** Files that are kept with one thing. */
const MAX_FILES = 20
const MEGABYTE = 1_000_000n
/** Bytes of all files that go out with one document: in base64 a third more, which access points and mail servers still take. */
const MAX_ENCLOSED_BYTES = 10_000_000

export interface Subject extends Pick<store.Attachment, 'subjectKind' | 'subjectId' | 'customerId'> {}

/** Keeps a file; the same bytes under the same name are kept once. @param isEnclosed whether it goes out with its document */
export async function addAttachment(
  { db, nowMs }: WriteContext,
  subject: Subject,
  name: string,
  content: Uint8Array,
  addedBy: string,
  isEnclosed: boolean,
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
  if (isEnclosed && same?.isEnclosed !== true)
    assertFits({ subjectKind: subject.subjectKind, name, type }, content, others)
  if (same !== undefined) {
    if (isEnclosed && !same.isEnclosed) await store.markEnclosed(db, same.id)
    return { ...same, isEnclosed: same.isEnclosed || isEnclosed }
  }
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
    ...{
      id: newId(),
      ...subject,
      name,
      type,
      bytes: content.length,
      sha256,
      isEnclosed,
      addedBy,
      addedAt: new Date(nowMs),
    },
    ...{ deletedBy: null, deletedAt: null, deleteReason: null },
  }
  await store.insertAttachment(db, { ...row, content })
  await publish(db, [told(row)], nowMs)
  return row
}

/** @throws Refusal where a file cannot be inside of an e-invoice with the others: its rules would be broken, or it is too large */
function assertFits(
  { subjectKind, name, type }: Pick<store.Attachment, 'subjectKind' | 'name' | 'type'>,
  content: Uint8Array,
  others: readonly store.Attachment[],
): void {
  if (subjectKind !== 'document')
    throw new Refusal('unprocessable', 'enclosed: a file goes out with a document, and this is kept with none')
  if (!mayBeEnclosed(type))
    throw new Refusal(
      'unprocessable',
      `${name} is ${type}, and EN 16931 takes PDF, PNG, JPEG, CSV, XLSX and ODS inside of an e-invoice (BR-CL-24)`,
    )
  const enclosed = others.filter((one) => one.isEnclosed)
  if (enclosed.some((one) => one.name.toLowerCase() === name.toLowerCase()))
    throw new Refusal('conflict', `a file ${name} goes out with it already: give this one another name (BR-DE-22)`)
  const bytes = enclosed.reduce((sum, one) => sum + one.bytes, content.length)
  if (bytes > MAX_ENCLOSED_BYTES)
    throw new Refusal(
      'conflict',
      `files that go out with a document have at most ${MAX_ENCLOSED_BYTES} bytes, not ${bytes}`,
    )
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
