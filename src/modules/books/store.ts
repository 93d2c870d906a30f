import type { GlAccount, GlRule } from '../../core/books/gl-rules.ts'
import { newId } from '../../platform/clock.ts'
import { type Database, schemaOf } from '../../platform/db.ts'
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

/** Whether a posting stands in a period that is closed as it is. SQL about `p`, a row of postings. */
export function isBooked(db: Database): string {
  const schema = schemaOf(db)
  return `exists (select from "${schema}".book_line b join "${schema}".accounting_period ap
    on ap.id = b.period_id and ap.generation = b.generation and ap.state = 'closed' where b.posting_id = p.id)`
}
