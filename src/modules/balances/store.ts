import { isUuid } from '../../core/base/id.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { insertRows, type NewRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'

export interface TopUp {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly currency: string
  readonly amountMinor: string
  readonly method: string
  readonly reference: string | null
  readonly bonuses: readonly { readonly rule: string; readonly amount: string }[]
  readonly createdAt: Date
  /** Units that were sold, how many, and the price of each; null where money comes in to be used. */
  readonly unit: string | null
  readonly units: string | null
  readonly unitPrice: string | null
}

export interface TopUpReversal {
  readonly id: string
  readonly topUpId: string
  readonly accountId: string
  readonly reason: string
  /** The key that asked for it. */
  readonly reversedBy: string
  readonly createdAt: Date
  readonly owedAgainMinor: string
}

export interface BalanceEntry {
  readonly id: string
  readonly accountId: string
  readonly kind: string
  readonly unit: string | null
  /** A decimal of the unit, or of the account's currency. */
  readonly amount: string
  readonly key: string | null
  readonly note: string | null
  readonly createdAt: Date
}

export type NewBalanceEntry = Omit<BalanceEntry, 'id' | 'createdAt'>

const ENTRY_COLUMNS = {
  id: 'uuid',
  accountId: 'uuid',
  kind: 'text',
  unit: 'text',
  amount: 'numeric',
  key: 'text',
  note: 'text',
  createdAt: 'timestamptz',
} as const

export function entryRows(entries: readonly NewBalanceEntry[], nowMs: number): NewRows {
  const rows = entries.map((entry) => ({ ...entry, id: newId(), createdAt: new Date(nowMs) }))
  return { table: 'balanceEntry', columns: ENTRY_COLUMNS, rows }
}

export async function insertEntries(db: Database, entries: readonly NewBalanceEntry[], nowMs: number): Promise<void> {
  await insertRows(db, entryRows(entries, nowMs))
}

/** Of an operation whose key is the tenant's: a transfer, of which it is the paying side, or a promise. */
export async function findEntry(
  db: Database,
  kind: 'transfer_out' | 'promise',
  key: string,
): Promise<BalanceEntry | undefined> {
  const query = db.selectFrom('balanceEntry').selectAll().where('kind', '=', kind).where('key', '=', key)
  return await query.executeTakeFirst()
}

export async function listEntries(db: Database, accountId: string, page: { limit: number }): Promise<BalanceEntry[]> {
  const query = db
    .selectFrom('balanceEntry')
    .selectAll()
    .where('accountId', '=', accountId)
    .orderBy('id')
    .limit(page.limit)
  return await query.execute()
}

/** @param reference an id or a key. */
export async function getTopUp(db: Database, reference: string): Promise<TopUp> {
  const column = isUuid(reference) ? 'id' : 'key'
  const found = await db.selectFrom('topUp').selectAll().where(column, '=', reference).executeTakeFirst()
  if (found === undefined) throw new Refusal('not_found', `no top-up ${reference}`)
  return found as TopUp
}

export async function findTopUpReversal(db: Database, topUpId: string): Promise<TopUpReversal | undefined> {
  const query = db.selectFrom('topUpReversal').selectAll().where('topUpId', '=', topUpId)
  return await query.executeTakeFirst()
}

export async function insertTopUpReversal(db: Database, reversal: TopUpReversal): Promise<void> {
  await db.insertInto('topUpReversal').values(reversal).execute()
}

/** Top-ups by their keys. */
export async function findTopUps(db: Database, keys: ReadonlySet<string>): Promise<Map<string, TopUp>> {
  const rows = await db
    .selectFrom('topUp')
    .selectAll()
    .where('key', '=', anyOf([...keys], 'text'))
    .execute()
  return new Map((rows as TopUp[]).map((row) => [row.key, row]))
}

const TOP_UP_COLUMNS = {
  id: 'uuid',
  key: 'text',
  accountId: 'uuid',
  currency: 'text',
  amountMinor: 'numeric',
  method: 'text',
  reference: 'text',
  bonuses: 'jsonb',
  createdAt: 'timestamptz',
  unit: 'text',
  units: 'numeric',
  unitPrice: 'numeric',
} as const

export function topUpRows(rows: readonly TopUp[]): NewRows {
  return { table: 'topUp', columns: TOP_UP_COLUMNS, rows }
}

/** Of some accounts, those that were topped up before. */
export async function accountsWithTopUps(db: Database, accountIds: ReadonlySet<string>): Promise<Set<string>> {
  const query = db.selectFrom('topUp').select('accountId').distinct()
  const rows = await query.where('accountId', '=', anyOf([...accountIds])).execute()
  return new Set(rows.map((row) => row['accountId'] as string))
}

/** What the tenant set, and which limits one person alone has set. */
export async function readSettings(db: Database): Promise<{ content: object; limitsSetBy: object }> {
  const row = await db.selectFrom('chargingSettings').select(['content', 'limitsSetBy']).executeTakeFirst()
  return { content: row?.['content'] ?? {}, limitsSetBy: row?.['limitsSetBy'] ?? {} }
}

export async function writeSettings(db: Database, content: object, limitsSetBy: object): Promise<void> {
  const row = { content: JSON.stringify(content), limitsSetBy: JSON.stringify(limitsSetBy) }
  await db
    .insertInto('chargingSettings')
    .values({ one: true, ...row })
    .onConflict((on) => on.column('one').doUpdateSet(row))
    .execute()
}
