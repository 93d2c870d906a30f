import { sql } from 'kysely'
import type { CsvMapping } from '../../core/banking/csv-statement.ts'
import { isUuid } from '../../core/base/id.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import type { NewRows } from '../../platform/insert-rows.ts'
import { notFound } from '../../platform/problems.ts'

export interface BankAccount {
  readonly id: string
  readonly key: string
  readonly issuerId: string
  readonly name: string
  readonly iban: string | null
  readonly number: string | null
  readonly bic: string | null
  readonly currency: string
  readonly csvMapping: CsvMapping | null
  readonly openingMinor: string
  readonly createdAt: Date
}

export interface StatementRow {
  readonly id: string
  readonly bankFileId: string
  readonly bankAccountId: string
  readonly format: string
  readonly kind: 'statement' | 'report' | 'notification'
  readonly reference: string
  readonly number: string | null
  readonly openingMinor: string | null
  readonly closingMinor: string | null
  readonly fromOn: string | null
  readonly toOn: string | null
  readonly entries: number
  readonly newEntries: number
  readonly createdAt: Date
}

export const LINE_STATES = ['new', 'waiting', 'set_aside', 'to_return', 'done'] as const
export type LineState = (typeof LINE_STATES)[number]

/** A proposal as it is kept. Amounts are in minor units. */
export interface KeptProposal {
  readonly accountId: string
  readonly account: string
  readonly score: number
  readonly reasons: readonly string[]
  readonly invoices: readonly { readonly id: string; readonly number: string; readonly amountMinor: string }[]
}

export interface LineRow {
  readonly id: string
  readonly bankAccountId: string
  readonly bankStatementId: string | null
  readonly entryId: string
  readonly entryMinor: string
  readonly fingerprint: Buffer
  readonly bankReference: string | null
  readonly balanceMinor: string | null
  readonly bookedOn: string
  readonly valueOn: string | null
  readonly amountMinor: string
  readonly chargesMinor: string
  readonly isReversal: boolean
  readonly code: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly counterpartyAccount: string | null
  readonly counterpartyBic: string | null
  readonly endToEndId: string | null
  readonly mandateId: string | null
  readonly paymentInfoId: string | null
  readonly creditorReference: string | null
  readonly remittance: string
  readonly returnReason: string | null
  readonly state: LineState
  readonly proposals: readonly KeptProposal[]
  readonly note: string | null
  readonly accountId: string | null
  readonly createdAt: Date
}

export const MATCH_KINDS = [
  ...(['payment', 'recorded', 'payout', 'cash'] as const),
  ...(['return', 'refund', 'fee', 'outside', 'offset'] as const),
] as const
type MatchKind = (typeof MATCH_KINDS)[number]

export interface MatchRow {
  readonly id: string
  readonly bankLineId: string
  readonly kind: MatchKind
  readonly amountMinor: string
  readonly paymentId: string | null
  readonly refundId: string | null
  readonly payoutId: string | null
  readonly cashMovementId: string | null
  readonly otherLineId: string | null
  readonly score: number | null
  readonly reasons: readonly string[]
  readonly madeBy: string
  readonly createdAt: Date
  readonly undoneAt: Date | null
  readonly undoneBy: string | null
}

const LINE_COLUMNS = {
  ...{ id: 'uuid', bankAccountId: 'uuid', bankStatementId: 'uuid', entryId: 'uuid', entryMinor: 'numeric' },
  ...{ fingerprint: 'text', bankReference: 'text', balanceMinor: 'numeric', bookedOn: 'date', valueOn: 'date' },
  ...{ amountMinor: 'numeric', chargesMinor: 'numeric', isReversal: 'boolean', code: 'text', counterpartyName: 'text' },
  ...{ counterpartyIban: 'text', counterpartyAccount: 'text', counterpartyBic: 'text', endToEndId: 'text' },
  ...{ mandateId: 'text', paymentInfoId: 'text', creditorReference: 'text', remittance: 'text', returnReason: 'text' },
  ...{ state: 'text', proposals: 'jsonb', note: 'text', accountId: 'uuid', createdAt: 'timestamptz' },
} as const

/** @param rows their fingerprints are hex. */
export function lineRows(rows: readonly (Omit<LineRow, 'fingerprint'> & { readonly fingerprint: string })[]): NewRows {
  const filled = { fingerprint: () => `decode(row."fingerprint", 'hex')` }
  return { table: 'bankLine', columns: LINE_COLUMNS, rows, filled }
}

/** @param reference an id or a key. */
export async function getBankAccount(db: Database, reference: string): Promise<BankAccount> {
  const column = isUuid(reference) ? 'id' : 'key'
  const found = await db.selectFrom('bankAccount').selectAll().where(column, '=', reference).executeTakeFirst()
  if (found === undefined) throw notFound(`bank account ${reference}`, '/v1/bank-accounts', 'bank account list')
  return found as unknown as BankAccount
}

export async function listBankAccounts(db: Database): Promise<BankAccount[]> {
  return (await db.selectFrom('bankAccount').selectAll().orderBy('key').execute()) as unknown as BankAccount[]
}

/** Locks accounts, so that what is imported to one is decided one after another. */
export async function lockBankAccounts(db: Database, ids: readonly string[]): Promise<void> {
  await db.selectFrom('bankAccount').select('id').where('id', '=', anyOf(ids)).orderBy('id').forUpdate().execute()
}

/** Statements of an account with balances, in the order of their days. */
export async function listFinal(db: Database, bankAccountId: string): Promise<StatementRow[]> {
  const query = db.selectFrom('bankStatement').selectAll().where('bankAccountId', '=', bankAccountId)
  return (await query
    .where('kind', '=', 'statement')
    .orderBy('fromOn')
    .orderBy('toOn')
    .orderBy('id')
    .execute()) as StatementRow[]
}

export async function getLine(db: Database, id: string, isLocked = false): Promise<LineRow> {
  const query = db.selectFrom('bankLine').selectAll().where('id', '=', id)
  const found = await (isLocked ? query.forUpdate() : query).executeTakeFirst()
  if (found === undefined) throw notFound(`bank line ${id}`, '/v1/bank-lines', 'bank line list')
  return found as unknown as LineRow
}

/** What holds of lines: matches that were not undone. */
export async function matchesOf(db: Database, lineIds: readonly string[]): Promise<MatchRow[]> {
  const query = db.selectFrom('bankMatch').selectAll().where('bankLineId', '=', anyOf(lineIds))
  return (await query.where('undoneAt', 'is', null).orderBy('id').execute()) as unknown as MatchRow[]
}

/** What of a line is not matched yet, with its sign. */
export async function openMinor(db: Database, line: Pick<LineRow, 'id' | 'amountMinor'>): Promise<bigint> {
  const matches = await matchesOf(db, [line.id])
  return matches.reduce((rest, { amountMinor }) => rest - BigInt(amountMinor), BigInt(line.amountMinor))
}

export async function updateLine(
  db: Database,
  id: string,
  set: { readonly state?: LineState; readonly note?: string | null; readonly accountId?: string | null },
): Promise<void> {
  await db.updateTable('bankLine').set(set).where('id', '=', id).execute()
}

/** What is booked of an account: all lines, and those of them that no final statement has yet. */
export async function lineSums(
  db: Database,
  bankAccountId: string,
): Promise<{ readonly all: bigint; readonly announced: bigint; readonly open: bigint }> {
  const sums = await db
    .selectFrom('bankLine')
    .select([
      sql<string>`coalesce(sum(amount_minor), 0)::text`.as('all'),
      sql<string>`coalesce(sum(amount_minor) filter (where bank_statement_id is null), 0)::text`.as('announced'),
    ])
    .where('bankAccountId', '=', bankAccountId)
    .executeTakeFirstOrThrow()
  const matched = await db
    .selectFrom('bankMatch')
    .innerJoin('bankLine', 'bankLine.id', 'bankMatch.bankLineId')
    .select(sql<string>`coalesce(sum(bank_match.amount_minor), 0)::text`.as('minor'))
    .where('bankLine.bankAccountId', '=', bankAccountId)
    .where('bankMatch.undoneAt', 'is', null)
    .executeTakeFirstOrThrow()
  return { all: BigInt(sums.all), announced: BigInt(sums.announced), open: BigInt(sums.all) - BigInt(matched.minor) }
}

/** Of payouts those that are on a bank line. */
export async function matchedPayouts(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const query = db.selectFrom('bankMatch').select('payoutId').where('payoutId', '=', anyOf(ids))
  const rows = await query.where('undoneAt', 'is', null).execute()
  return new Set(rows.map(({ payoutId }) => payoutId as string))
}
