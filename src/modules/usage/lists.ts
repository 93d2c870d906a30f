import type { Database } from '../../platform/db.ts'
import { type ListPage, type ListQuery, type ListRows, listPage, withText } from '../../platform/http/list-page.ts'
import type { UsageCorrection } from './correction-store.ts'
import { SHOWN, type SuspenseEntry, type UsageImport } from './store.ts'

/** Rows whose columns have the values that are asked for. */
function having(rows: ListRows, values: Readonly<Record<string, string | undefined>>): ListRows {
  let found = rows
  for (const [column, value] of Object.entries(values)) if (value !== undefined) found = found.where(column, '=', value)
  return found
}

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
  return { ...page, items: page.items.map((entry) => pick(entry)) }
}

function pick(entry: SuspenseEntry): SuspenseEntry {
  return Object.fromEntries(SHOWN.map((name) => [name, entry[name]])) as unknown as SuspenseEntry
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
