import { sql } from 'kysely'
import { csvRows } from '../../core/mediation/csv.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { type Draft, type Kind, schemas } from './schemas.ts'
import { insertDraft } from './service.ts'
import { findRow } from './store.ts'

/** Order in which the things of a row are made: each may refer to those before. */
const ORDER: readonly Kind[] = ['issuer', 'customer', 'account', 'service', 'subscription']
/** Rows of one request; the CLI sends larger files in parts. */
const MAX_ROWS = 2_000
const INTEGERS = new Set(['cycleCount', 'termsDays', 'planVersion', 'quantity', 'trialDays', 'termCount'])

export interface ImportReport {
  readonly rows: number
  readonly created: Record<Kind, number>
  /** Things whose key existed; they stay as they are. */
  existing: number
  readonly errors: { row: number; message: string }[]
  readonly accountIds: string[]
}

/**
 * Creates customers, accounts, services and subscriptions from rows of CSV with columns such as `customer.key` and
 * `subscription.plan`. What exists by its key is left alone, so that a file may be sent again. A row with a mistake is
 * reported and makes nothing; its neighbours are made.
 */
export async function importCustomers(db: Database, text: string, nowMs: number): Promise<ImportReport> {
  const [head, ...rows] = [...csvRows(text, ',')]
  if (head?.cells.length === 1 && /[;\t]/.test(head.raw))
    throw new Refusal(
      'unprocessable',
      'the columns of the header are not divided by commas: save the file as CSV with commas',
    )
  const columns = (head?.cells ?? []).map((cell) => parseColumn(cell.trim()))
  if (rows.length > MAX_ROWS) throw new Refusal('payload_too_large', `at most ${MAX_ROWS} rows a request`)
  const report: ImportReport = {
    rows: rows.length,
    created: { issuer: 0, customer: 0, account: 0, service: 0, subscription: 0 },
    existing: 0,
    errors: [],
    accountIds: [],
  }
  const accountIds = new Set<string>()
  for (const [index, { cells }] of rows.entries()) {
    const drafts = parseRow(columns, cells)
    if (typeof drafts === 'string') {
      report.errors.push({ row: index + 2, message: drafts })
      continue
    }
    await importRow(db, drafts, index + 2, report, accountIds, nowMs)
  }
  return { ...report, accountIds: [...accountIds] }
}

/** What exists must belong where the row says: else the row would sell one customer's service to another. */
async function assertSameParent<K extends Kind>(db: Database, kind: K, known: object, draft: Draft<K>): Promise<void> {
  for (const parent of ['customer', 'issuer', 'account'] as const) {
    const reference = (draft as Record<string, unknown>)[parent]
    const parentId = (known as Record<string, unknown>)[`${parent}Id`]
    if (typeof reference !== 'string' || parentId === undefined) continue
    if ((await findRow(db, parent, reference))?.id !== parentId) {
      throw new Refusal('conflict', `the ${kind} ${draft.key} exists and belongs to another ${parent}`)
    }
  }
}

/** A column such as `customer.name`, or `customer.metadata.region` with the key of an entry. */
interface Column {
  readonly kind: Kind
  readonly field: string
  readonly entry?: string
}

function parseColumn(name: string): Column {
  const [, kind = '', field = '', entry] = /^(\w+)\.(\w+)(?:\.(.+))?$/.exec(name) ?? []
  const isKnown = Object.hasOwn(schemas, kind) && Object.hasOwn(schemas[kind as Kind].shape, field)
  if (!isKnown || (field === 'metadata') !== (entry !== undefined))
    throw new Refusal(
      'unprocessable',
      `unknown column "${name}"; columns are written like customer.key, account.zone, subscription.plan, customer.metadata.region`,
    )
  return { kind: kind as Kind, field, ...(entry === undefined ? {} : { entry }) }
}

type Drafts = Partial<Record<Kind, unknown>>

function parseRow(columns: readonly Column[], cells: readonly string[]): Drafts | string {
  if (cells.length !== columns.length) return `${cells.length} cells where the header has ${columns.length}`
  const values: Partial<Record<Kind, Record<string, unknown>>> = {}
  columns.forEach(({ kind, field, entry }, at) => {
    const text = (cells[at] as string).trim()
    if (text === '') return
    const own = values[kind] ?? {}
    const value = entry === undefined ? toValue(field, text) : { ...(own[field] as object | undefined), [entry]: text }
    values[kind] = { ...own, [field]: value }
  })
  const drafts: Drafts = {}
  for (const kind of ORDER) {
    const value = values[kind]
    if (value === undefined) continue
    if (kind === 'account') value['customer'] ??= values.customer?.['key']
    if (kind === 'account') value['issuer'] ??= values.issuer?.['key']
    if (kind === 'service' || kind === 'subscription') value['account'] ??= values.account?.['key']
    const parsed = schemas[kind].safeParse(value)
    if (!parsed.success)
      return parsed.error.issues.map(({ path, message }) => `${[kind, ...path].join('.')}: ${message}`).join('; ')
    drafts[kind] = parsed.data
  }
  return drafts
}

function toValue(field: string, text: string): unknown {
  if (INTEGERS.has(field) && /^\d{1,15}$/.test(text)) return Number(text)
  return field === 'renews' && /^(true|false)$/.test(text) ? text === 'true' : text
}

async function importRow(
  db: Database,
  drafts: Drafts,
  row: number,
  report: ImportReport,
  accountIds: Set<string>,
  nowMs: number,
): Promise<void> {
  const made: Kind[] = []
  const touched: string[] = []
  let existing = 0
  // A savepoint: what a row made before its mistake is undone, and the transaction goes on.
  await sql`savepoint import_row`.execute(db)
  try {
    for (const kind of ORDER) {
      const draft = drafts[kind] as Draft<Kind> | undefined
      if (draft === undefined) continue
      const known = await findRow(db, kind, draft.key)
      if (known !== undefined) {
        await assertSameParent(db, kind, known, draft)
        existing++
        continue
      }
      const { accountId } = await insertDraft(db, kind, draft, nowMs)
      made.push(kind)
      if (accountId !== null) touched.push(accountId)
    }
    await sql`release savepoint import_row`.execute(db)
    for (const kind of made) report.created[kind]++
    for (const id of touched) accountIds.add(id)
    report.existing += existing
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'engine_unavailable') throw error
    await sql`rollback to savepoint import_row`.execute(db)
    report.errors.push({ row, message: error.message })
  }
}
