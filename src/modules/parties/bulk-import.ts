import { sql } from 'kysely'
import type { z } from 'zod'
import { csvRows } from '../../core/mediation/csv.ts'
import type { Database } from '../../platform/db.ts'
import { type FieldForm, formOf, listedTexts } from '../../platform/http/field-form.ts'
import { Pauses } from '../../platform/pauses.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ThingKind } from './kind.ts'
import { findThing } from './store.ts'
import { insertDraft, type ThingDraft } from './things.ts'

/** Rows of one request; the CLI sends larger files in parts. */
const MAX_ROWS = 2_000
/** Characters of a row. */
const MAX_ROW = 64 * 1024

export interface ImportReport {
  readonly rows: number
  readonly created: Record<string, number>
  /** Things whose key existed; they stay as they are. */
  existing: number
  readonly errors: { row: number; message: string }[]
  readonly accountIds: string[]
}

/**
 * Creates customers, accounts, services and subscriptions from rows of CSV with columns such as `customer.key` and
 * `subscription.plan`. What exists by its key is left alone, so that a file may be sent again. A row with a mistake is
 * reported and makes nothing; its neighbours are made.
 * @param kinds in the order in which the things of a row are made: each may refer to those before
 */
export async function importCustomers(
  db: Database,
  kinds: readonly ThingKind[],
  text: string,
  nowMs: number,
): Promise<ImportReport> {
  const [head, ...rows] = await readRows(text)
  if (head?.cells.length === 1 && /[;\t]/.test(head.raw))
    throw new Refusal(
      'unprocessable',
      'the columns of the header are not divided by commas: save the file as CSV with commas',
    )
  const columns = (head?.cells ?? []).map((cell) => parseColumn(kinds, cell.trim()))
  const report: ImportReport = {
    rows: rows.length,
    created: Object.fromEntries(kinds.map(({ name }) => [name, 0])),
    existing: 0,
    errors: [],
    accountIds: [],
  }
  const accountIds = new Set<string>()
  const pauses = new Pauses()
  for (const [index, { cells }] of rows.entries()) {
    await pauses.take()
    const drafts = parseRow(kinds, columns, cells)
    if (typeof drafts === 'string') {
      report.errors.push({ row: index + 2, message: drafts })
      continue
    }
    await importRow(db, kinds, drafts, index + 2, report, accountIds, nowMs)
  }
  return { ...report, accountIds: [...accountIds] }
}

/** Header and rows; others have their turn in between. */
async function readRows(text: string): Promise<{ raw: string; cells: string[] }[]> {
  const rows = []
  const pauses = new Pauses()
  for (const row of csvRows(text, ',', MAX_ROW)) {
    if (row.raw.length > MAX_ROW)
      throw new Refusal('payload_too_large', `line ${row.line}: a row has at most ${MAX_ROW} characters`)
    if (rows.push(row) > MAX_ROWS + 1) throw new Refusal('payload_too_large', `at most ${MAX_ROWS} rows a request`)
    await pauses.take()
  }
  return rows
}

/** What exists must belong where the row says: else the row would sell one customer's service to another. */
async function assertSameParent(db: Database, kind: string, known: object, draft: ThingDraft): Promise<void> {
  for (const parent of ['customer', 'issuer', 'account']) {
    const reference = (draft as unknown as Record<string, unknown>)[parent]
    const parentId = (known as Record<string, unknown>)[`${parent}Id`]
    if (typeof reference !== 'string' || parentId === undefined) continue
    if ((await findThing(db, parent, reference))?.id !== parentId) {
      throw new Refusal('conflict', `the ${kind} ${draft.key} exists and belongs to another ${parent}`)
    }
  }
}

/** A column such as `customer.name`, or `customer.metadata.region` with the key of an entry. */
interface Column {
  readonly kind: string
  readonly field: string
  readonly entry?: string
  readonly form: FieldForm
}

function parseColumn(kinds: readonly ThingKind[], name: string): Column {
  const [, kind = '', field = '', entry] = /^(\w+)\.(\w+)(?:\.(.+))?$/.exec(name) ?? []
  const schema = kinds.find((one) => one.name === kind)?.schema
  const isKnown = schema !== undefined && Object.hasOwn(schema.shape, field)
  if (!isKnown || (field === 'metadata') !== (entry !== undefined))
    throw new Refusal(
      'unprocessable',
      `unknown column "${name}"; columns are written like customer.key, account.zone, subscription.plan, customer.metadata.region`,
    )
  return { kind, field, form: formOf(schema.shape[field] as z.ZodType), ...(entry === undefined ? {} : { entry }) }
}

type Drafts = Readonly<Record<string, ThingDraft | undefined>>

function parseRow(kinds: readonly ThingKind[], columns: readonly Column[], cells: readonly string[]): Drafts | string {
  if (cells.length !== columns.length) return `${cells.length} cells where the header has ${columns.length}`
  const values: Record<string, Record<string, unknown> | undefined> = {}
  columns.forEach(({ kind, field, entry, form }, at) => {
    const text = (cells[at] as string).trim()
    if (text === '') return
    const own = values[kind] ?? {}
    const value = entry === undefined ? toValue(form, text) : { ...(own[field] as object | undefined), [entry]: text }
    values[kind] = { ...own, [field]: value }
  })
  const drafts: Record<string, ThingDraft> = {}
  for (const { name: kind, schema } of kinds) {
    const value = values[kind]
    if (value === undefined) continue
    if (kind === 'account') value['customer'] ??= values['customer']?.['key']
    if (kind === 'account') value['issuer'] ??= values['issuer']?.['key']
    if (kind === 'service' || kind === 'subscription') value['account'] ??= values['account']?.['key']
    const parsed = schema.safeParse(value)
    if (!parsed.success)
      return parsed.error.issues.map(({ path, message }) => `${[kind, ...path].join('.')}: ${message}`).join('; ')
    drafts[kind] = parsed.data as unknown as ThingDraft
  }
  return drafts
}

/** What is written another way stays a text: the schema says what is wrong with it. */
function toValue(form: FieldForm, text: string): unknown {
  if (form === 'whole' && /^\d{1,15}$/.test(text)) return Number(text)
  if (form === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if (form === 'texts') return listedTexts(text) ?? parsedJson(text)
  return form === 'json' ? parsedJson(text) : text
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function importRow(
  db: Database,
  kinds: readonly ThingKind[],
  drafts: Drafts,
  row: number,
  report: ImportReport,
  accountIds: Set<string>,
  nowMs: number,
): Promise<void> {
  const made: string[] = []
  const touched: string[] = []
  let existing = 0
  // A savepoint: what a row made before its mistake is undone, and the transaction continues.
  await sql`savepoint import_row`.execute(db)
  try {
    for (const kind of kinds) {
      const { name } = kind
      const draft = drafts[name]
      if (draft === undefined) continue
      const known = await findThing(db, name, draft.key)
      if (known !== undefined) {
        await assertSameParent(db, name, known, draft)
        existing++
        continue
      }
      const { accountId } = await insertDraft(db, kind, draft, nowMs)
      made.push(name)
      if (accountId !== null) touched.push(accountId)
    }
    await sql`release savepoint import_row`.execute(db)
    for (const name of made) report.created[name] = (report.created[name] ?? 0) + 1
    for (const id of touched) accountIds.add(id)
    report.existing += existing
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'engine_unavailable') throw error
    await sql`rollback to savepoint import_row`.execute(db)
    report.errors.push({ row, message: error.message })
  }
}
