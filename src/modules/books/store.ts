import { sql } from 'kysely'
import type { BookLine } from '../../core/books/book-line.ts'
import type { GlAccount, GlRule } from '../../core/books/gl-rules.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, schemaOf } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'
import type { BooksPolicies } from './policies.ts'

/** The books of an issuer. */
export interface Books {
  readonly issuerId: string
  readonly currency: string
  readonly zone: string
  readonly opensOn: string
  readonly policies: BooksPolicies
  readonly createdAt: Date
}

export interface AccountingPeriod {
  readonly id: string
  readonly issuerId: string
  readonly startDay: string
  /** Not part of it. */
  readonly endDay: string
  readonly state: 'open' | 'closing' | 'closed'
  readonly generation: number
  readonly cutoffAt: Date
  readonly cutoffSeq: bigint
  /** An id of the moment: what has a greater one was made later, by the real clock. */
  readonly cutoffId: string
}

export interface PeriodChange {
  readonly id: string
  readonly issuerId: string
  readonly periodId: string
  readonly generation: number
  readonly kind: 'closed' | 'reopened'
  readonly reason: string | null
  readonly lines: bigint | null
  readonly digest: Buffer | null
  readonly previousDigest: Buffer | null
  readonly createdAt: Date
}

export async function findBooks(db: Database, issuerId: string): Promise<Books | undefined> {
  const row = await db.selectFrom('books').selectAll().where('issuerId', '=', issuerId).executeTakeFirst()
  return row as Books | undefined
}

export async function listBooks(db: Database): Promise<Books[]> {
  return (await db.selectFrom('books').selectAll().orderBy('createdAt').execute()) as unknown as Books[]
}

export async function insertBooks(db: Database, books: Books): Promise<void> {
  await db
    .insertInto('books')
    .values({ ...books, policies: JSON.stringify(books.policies) })
    .execute()
}

export async function setPolicies(db: Database, issuerId: string, policies: BooksPolicies): Promise<void> {
  await db
    .updateTable('books')
    .set({ policies: JSON.stringify(policies) })
    .where('issuerId', '=', issuerId)
    .execute()
}

export async function listGlAccounts(db: Database, issuerId: string): Promise<GlAccount[]> {
  const query = db.selectFrom('glAccount').select(['code', 'name', 'kind']).where('issuerId', '=', issuerId)
  return (await query.orderBy('code').execute()) as GlAccount[]
}

export async function listGlRules(db: Database, issuerId: string): Promise<GlRule[]> {
  const columns = ['ledger', 'detail', 'country', 'segment', 'code'] as const
  const query = db.selectFrom('glRule').select(columns).where('issuerId', '=', issuerId)
  return (await query.orderBy('ledger').orderBy('id').execute()) as GlRule[]
}

/** Adds accounts; one of a code that is there gets the new name and kind. */
export async function setGlAccounts(
  db: Database,
  issuerId: string,
  accounts: readonly GlAccount[],
  nowMs: number,
): Promise<void> {
  for (const { code, name, kind } of accounts)
    await db
      .insertInto('glAccount')
      .values({ id: newId(), issuerId, code, name, kind, createdAt: new Date(nowMs) })
      .onConflict((on) => on.columns(['issuerId', 'code']).doUpdateSet({ name, kind }))
      .execute()
}

/** Adds rules; one that says the same of what it holds for gets the new code. */
export async function setGlRules(
  db: Database,
  issuerId: string,
  rules: readonly GlRule[],
  nowMs: number,
): Promise<void> {
  for (const { ledger, detail, country, segment, code } of rules)
    await db
      .insertInto('glRule')
      .values({ id: newId(), issuerId, ledger, detail, country, segment, code, createdAt: new Date(nowMs) })
      .onConflict((on) => on.columns(['issuerId', 'ledger', 'detail', 'country', 'segment']).doUpdateSet({ code }))
      .execute()
}

/** Periods that were ever closed or asked to be, in the order of days. */
export async function listPeriods(db: Database, issuerId: string): Promise<AccountingPeriod[]> {
  const query = db.selectFrom('accountingPeriod').selectAll().where('issuerId', '=', issuerId)
  return (await query.orderBy('startDay').execute()) as AccountingPeriod[]
}

export async function insertPeriod(db: Database, period: AccountingPeriod): Promise<void> {
  await db.insertInto('accountingPeriod').values(period).execute()
}

export async function updatePeriod(
  db: Database,
  id: string,
  set: Partial<Pick<AccountingPeriod, 'state' | 'generation' | 'cutoffAt' | 'cutoffSeq' | 'cutoffId'>>,
): Promise<void> {
  await db.updateTable('accountingPeriod').set(set).where('id', '=', id).execute()
}

export async function insertChange(db: Database, change: PeriodChange): Promise<void> {
  await db.insertInto('periodChange').values(change).execute()
}

export async function listChanges(db: Database, issuerId: string): Promise<PeriodChange[]> {
  const query = db.selectFrom('periodChange').selectAll().where('issuerId', '=', issuerId)
  return (await query.orderBy('id').execute()) as PeriodChange[]
}

/** The change that closed a period as it is now. */
export async function findClosing(
  db: Database,
  { id, generation }: Pick<AccountingPeriod, 'id' | 'generation'>,
): Promise<PeriodChange | undefined> {
  const query = db.selectFrom('periodChange').selectAll().where('periodId', '=', id).where('kind', '=', 'closed')
  return (await query.where('generation', '=', generation).executeTakeFirst()) as PeriodChange | undefined
}

/** What of a subject a period has found; amounts are texts of integers. */
export interface RecognitionRow {
  readonly subject: string
  readonly documentId: string | null
  readonly accountId: string
  readonly ledgerAccount: string
  readonly currency: string
  readonly billedOn: string | null
  readonly netMinor: string
  readonly recognisedMinor: string
  readonly lateMinor: string
  readonly earnedMinor: string
  readonly deferredMinor: string
  readonly unbilledMinor: string
  readonly deferredBooks: string
  readonly unbilledBooks: string
}

const LINE_COLUMNS = {
  id: 'uuid',
  issuerId: 'uuid',
  periodId: 'uuid',
  generation: 'integer',
  position: 'bigint',
  entryId: 'uuid',
  day: 'date',
  belongsOn: 'date',
  template: 'text',
  documentId: 'uuid',
  postingId: 'uuid',
  subject: 'text',
  ledgerAccount: 'text',
  accountId: 'uuid',
  code: 'text',
  currency: 'text',
  amountMinor: 'numeric',
  booksMinor: 'numeric',
  rate: 'text',
} as const

const RECOGNITION_COLUMNS = {
  id: 'uuid',
  issuerId: 'uuid',
  periodId: 'uuid',
  generation: 'integer',
  subject: 'text',
  documentId: 'uuid',
  accountId: 'uuid',
  ledgerAccount: 'text',
  currency: 'text',
  billedOn: 'date',
  netMinor: 'numeric',
  recognisedMinor: 'numeric',
  lateMinor: 'numeric',
  earnedMinor: 'numeric',
  deferredMinor: 'numeric',
  unbilledMinor: 'numeric',
  deferredBooks: 'numeric',
  unbilledBooks: 'numeric',
} as const

/** @param from the position of the first of the lines in its period */
export async function insertLines(
  db: Database,
  { id: periodId, issuerId, generation }: Pick<AccountingPeriod, 'id' | 'issuerId' | 'generation'>,
  lines: readonly BookLine[],
  from: number,
): Promise<void> {
  const rows = lines.map((line, at) => ({
    ...{ id: newId(), issuerId, periodId, generation, position: from + at },
    ...line,
    amountMinor: String(line.amountMinor),
    booksMinor: String(line.booksMinor),
  }))
  await insertRows(db, { table: 'bookLine', columns: LINE_COLUMNS, rows })
}

export async function insertRecognitions(
  db: Database,
  { id: periodId, issuerId, generation }: Pick<AccountingPeriod, 'id' | 'issuerId' | 'generation'>,
  found: readonly RecognitionRow[],
): Promise<void> {
  const rows = found.map((row) => ({ id: newId(), issuerId, periodId, generation, ...row }))
  await insertRows(db, { table: 'recognition', columns: RECOGNITION_COLUMNS, rows })
}

/** Takes away what an attempt to close has left behind, before it begins again. */
export async function removeDraft(
  db: Database,
  { id, generation }: Pick<AccountingPeriod, 'id' | 'generation'>,
): Promise<void> {
  for (const table of ['bookLine', 'recognition'] as const)
    await db.deleteFrom(table).where('periodId', '=', id).where('generation', '=', generation).execute()
}

/** Rows of lines that are read at once. */
const PAGE = 5_000

/** The lines of a closed period in their order, page by page. */
export async function* linesOfPeriod(
  db: Database,
  { id, generation }: Pick<AccountingPeriod, 'id' | 'generation'>,
): AsyncGenerator<BookLine[]> {
  for (let after = -1n; ; ) {
    const rows = await db
      .selectFrom('bookLine')
      .selectAll()
      .where('periodId', '=', id)
      .where('generation', '=', generation)
      .where('position', '>', after)
      .orderBy('position')
      .limit(PAGE)
      .execute()
    if (rows.length === 0) return
    after = rows.at(-1)?.position as bigint
    yield rows.map((row) => toLine(row as unknown as StoredLine))
  }
}

type StoredLine = Omit<BookLine, 'amountMinor' | 'booksMinor'> & {
  readonly amountMinor: string
  readonly booksMinor: string
}

export function toLine(row: StoredLine): BookLine {
  const { entryId, day, belongsOn, template, documentId, postingId, subject, ledgerAccount, accountId, code } = row
  const { currency, amountMinor, booksMinor, rate } = row
  const names = { entryId, day, belongsOn, template, documentId, postingId, subject, ledgerAccount, accountId, code }
  return { ...names, currency, amountMinor: BigInt(amountMinor), booksMinor: BigInt(booksMinor), rate }
}

/** What a closed period has found of subjects that are not settled at its end. */
export async function openRecognitions(
  db: Database,
  { id, generation }: Pick<AccountingPeriod, 'id' | 'generation'>,
): Promise<RecognitionRow[]> {
  const query = db.selectFrom('recognition').selectAll().where('periodId', '=', id).where('generation', '=', generation)
  const rows = await query
    .where(sql<boolean>`(deferred_minor <> 0 or unbilled_minor <> 0)`)
    .orderBy('subject')
    .execute()
  return rows as RecognitionRow[]
}

/** Whether a posting stands in a period that is closed as it is. SQL about `p`, a row of postings. */
export function isBooked(db: Database): string {
  const schema = schemaOf(db)
  return `exists (select from "${schema}".book_line b join "${schema}".accounting_period ap
    on ap.id = b.period_id and ap.generation = b.generation and ap.state = 'closed' where b.posting_id = p.id)`
}

/** What closing periods of an issuer has failed for, by their first days. */
export async function closingErrors(db: Database, issuerId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('job')
    .select(['key', 'error'])
    .where('kind', '=', 'period_close')
    .where('key', 'like', `${issuerId} %`)
    .where('error', 'is not', null)
    .execute()
  return new Map(rows.map(({ key, error }) => [String(key).slice(issuerId.length + 1), String(error)]))
}
