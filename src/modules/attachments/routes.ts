import { z } from 'zod'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { RawAnswer, type Route, readRoute, type Scope, streamRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { getDispute } from '../disputes/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow } from '../parties/index.ts'
import { FILE_TYPES } from './file-type.ts'
import { addAttachment, deleteAttachment, MAX_BYTES, type Subject } from './service.ts'
import { type Attachment, contentOf, getAttachment, listAttachments } from './store.ts'

const answer = z
  .strictObject({
    id: z.uuid(),
    subject: z.strictObject({ kind: z.enum(['document', 'customer', 'dispute']), id: z.uuid() }),
    name: z.string(),
    type: z.enum(FILE_TYPES).describe('As its bytes say'),
    bytes: z.int(),
    sha256: z.string().describe('Of its bytes, in hexadecimal'),
    enclosed: z.boolean().describe('Whether it goes out with its document: in its e-invoice, and by e-mail'),
    addedBy: z.string(),
    addedAt: z.iso.datetime(),
    deleted: z.strictObject({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'Attachment' })

function view(row: Attachment): z.input<typeof answer> {
  const { id, subjectKind, subjectId, name, type, bytes, isEnclosed: enclosed, addedBy } = row
  const { deletedBy, deletedAt, deleteReason } = row
  const deleted =
    deletedAt === null ? null : { by: deletedBy ?? '', at: deletedAt.toISOString(), reason: deleteReason ?? '' }
  return {
    ...{ id, subject: { kind: subjectKind, id: subjectId }, name, type, bytes, sha256: row.sha256.toString('hex') },
    ...{ enclosed, addedBy, addedAt: row.addedAt.toISOString(), deleted },
  }
}

const ENCLOSED = {
  enclosed: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Whether it goes out with the document, inside its e-invoice: PDF, PNG, JPEG, CSV, XLSX or ODS'),
}

type Kind = Attachment['subjectKind']

async function customerOf(db: ReadContext['db'], accountId: string): Promise<string> {
  return (await getRow(db, 'account', accountId)).customerId
}

/** What files are kept with: the address, the scopes, and whose it is. */
const SUBJECTS = {
  document: {
    path: 'invoices',
    scope: 'invoices',
    find: async (db, name) => {
      const { id, accountId } = await getInvoice(db, name)
      return { subjectKind: 'document', subjectId: id, customerId: await customerOf(db, accountId) }
    },
  },
  customer: {
    path: 'customers',
    scope: 'customers',
    find: async (db, name) => {
      const { id } = await getRow(db, 'customer', name)
      return { subjectKind: 'customer', subjectId: id, customerId: id }
    },
  },
  dispute: {
    path: 'disputes',
    scope: 'invoices',
    find: async (db, name) => {
      const { id, accountId } = await getDispute(db, name)
      return { subjectKind: 'dispute', subjectId: id, customerId: await customerOf(db, accountId) }
    },
  },
} as const satisfies Readonly<
  Record<
    Kind,
    { path: string; scope: 'invoices' | 'customers'; find: (db: ReadContext['db'], name: string) => Promise<Subject> }
  >
>

function assertMay(scopes: readonly Scope[], { subjectKind }: Attachment, may: 'read' | 'write'): void {
  const scope: Scope = `${SUBJECTS[subjectKind].scope}:${may}`
  if (!scopes.includes(scope)) throw new Refusal('forbidden', `this key lacks the scope ${scope}`)
}

export function attachmentRoutes(): Route[] {
  const tag = 'Attachments'
  const byId = z.object({ id: z.uuid() })
  const ofSubjects = Object.entries(SUBJECTS).flatMap(([kind, { path, scope, find }]) => [
    writeRoute({
      url: `/v1/${path}/{reference}/attachments`,
      scope: `${scope}:write`,
      tag,
      summary: `Keep a file with a ${kind}: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text of at most 5 MB; the body is the file`,
      status: 201,
      params: z.object({ reference }),
      query: z.object({
        name: textUpTo(200).regex(/^[^/\\]+$/, 'the name of a file, without folders'),
        ...(kind === 'document' ? ENCLOSED : {}),
      }),
      bodyLimit: MAX_BYTES + 1,
      rawBody: true,
      content: { type: 'application/octet-stream', schema: z.string() },
      answer,
      handle: async (context, { params, query, body }, { caller }) => {
        const bytes = body instanceof Uint8Array ? body : new Uint8Array()
        const subject = await find(context.db, params.reference)
        const isEnclosed = 'enclosed' in query && query.enclosed === 'true'
        return view(await addAttachment(context, subject, query.name, bytes, caller.id, isEnclosed))
      },
    }),
    readRoute({
      url: `/v1/${path}/{reference}/attachments`,
      scope: `${scope}:read`,
      tag,
      summary: `Files that are kept with a ${kind}, and that were`,
      params: z.object({ reference }),
      answer: z.strictObject({ items: z.array(answer) }),
      handle: async ({ db }, { params }) => {
        return { items: (await listAttachments(db, await find(db, params.reference))).map(view) }
      },
    }),
  ])
  return [
    ...ofSubjects,
    streamRoute({
      url: '/v1/attachments/{id}/content',
      scope: 'invoices:read',
      orScope: 'customers:read',
      tag,
      summary: 'A file that is kept, as it came: a download, which browsers do not open',
      params: byId,
      handle: async ({ db }, { params }, { caller }) => {
        const found = await getAttachment(db, params.id)
        assertMay(caller.scopes, found, 'read')
        const content = await contentOf(db, params.id)
        if (content === null) throw new Refusal('not_found', `the attachment ${params.id} was deleted`)
        return new RawAnswer(found.type, content, {
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`,
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
          'cache-control': 'private, no-store',
        })
      },
    }),
    writeRoute({
      url: '/v1/attachments/{id}/deletion',
      scope: 'invoices:write',
      orScope: 'customers:write',
      tag,
      summary: 'Delete a file that is kept, with a reason: its bytes are gone, and what it was stays known',
      params: byId,
      body: z.strictObject({ reason: textUpTo(500) }),
      answer,
      handle: async (context, { params, body }, { caller }) => {
        const found = await getAttachment(context.db, params.id)
        assertMay(caller.scopes, found, 'write')
        return view(await deleteAttachment(context, found, body.reason, caller.id))
      },
    }),
  ]
}
