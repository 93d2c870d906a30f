import { sql } from 'kysely'
import type { BookLine } from '../../core/books/book-line.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'
import type { AccountingPeriod } from './store.ts'

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
