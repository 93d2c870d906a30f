import type { Database } from '../../platform/db.ts'
import { having, type ListPage, type ListQuery, listPage, withText } from '../../platform/http/list-page.ts'
import type { UsageImport } from './import-store.ts'
import { SHOWN, type SuspenseEntry, withFiles } from './store.ts'

/** Deliveries of files. */
export async function listImportPage(
  db: Database,
  query: ListQuery & { readonly fingerprint?: string | undefined; readonly status?: string | undefined },
): Promise<ListPage<UsageImport>> {
  const { fingerprint, status, text } = query
  return listPage(db, query, {
    table: 'usageImport',
    madeAt: 'createdAt',
    keep: (rows) =>
      withText(having(rows, { 'row.fingerprint': fingerprint, 'row.status': status }), text, ['row.name']),
  })
}

/** Records in suspense. Those that are open have an index by their reason. */
export async function listSuspensePage(
  db: Database,
  query: ListQuery & {
    readonly reason?: string | undefined
    readonly status?: string | undefined
    readonly import?: string | undefined
  },
): Promise<ListPage<Pick<SuspenseEntry, (typeof SHOWN)[number]>>> {
  const { reason, status, import: importId, text } = query
  const isOpen = status === 'open'
  const page = await listPage<SuspenseEntry>(db, query, {
    table: 'suspense',
    madeAt: 'receivedAt',
    narrow: (rows) => (isOpen ? having(rows, { status, reason }) : rows),
    keep: (rows) =>
      withText(
        having(rows, { 'row.importId': importId, ...(isOpen ? {} : { 'row.status': status, 'row.reason': reason }) }),
        text,
        ['row.source', 'row.recordId', 'row.service', 'row.detail'],
      ),
  })
  return { ...page, items: await withFiles(db, page.items.map(pick)) }
}

function pick(entry: SuspenseEntry): SuspenseEntry {
  return Object.fromEntries(SHOWN.map((name) => [name, entry[name]])) as unknown as SuspenseEntry
}
