import { type RawBuilder, sql } from 'kysely'
import { formatMinor } from '../../core/base/money.ts'
import { noteChanges } from '../../platform/changed-rows.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import type { PersonalRows } from '../module.ts'

/** What leads to the rows of one customer. */
export interface Whose {
  readonly customerId: string
  readonly accountIds: readonly string[]
}

/** The customer with its accounts. */
export async function whoseRows(db: Database, customerId: string): Promise<Whose> {
  const accounts = db.selectFrom('account').select('id').where('customerId', '=', customerId).orderBy('id')
  return { customerId, accountIds: (await accounts.execute()).map((row) => String(row['id'])) }
}

/** `"t_acme"."payment"`. */
function tableOf(db: Database, table: string): RawBuilder<unknown> {
  return sql.id(schemaOf(db), table)
}

function isTheirs(db: Database, { column, of }: PersonalRows, { customerId, accountIds }: Whose): RawBuilder<unknown> {
  const leads = sql`t.${sql.id(column)}`
  if (of === 'customer') return sql`${leads} = ${customerId}::uuid`
  const accounts = anyOf(accountIds)
  if (of === 'account') return sql`${leads} = ${accounts}`
  if (of === 'subscription')
    return sql`${leads} in (select id from ${tableOf(db, 'subscription')} where account_id = ${accounts})`
  return sql`${leads} in (select key from ${tableOf(db, 'service')} where account_id = ${accounts})`
}

/** The name of a row within its table, by which pages are in order. */
function nameOf({ key }: PersonalRows): RawBuilder<string> {
  return sql<string>`concat_ws(' ', ${sql.join(key.map((column) => sql`t.${sql.id(column)}`))}) collate "C"`
}

export interface FoundRow {
  readonly name: string
  /** The row as JSON has it. */
  readonly content: Readonly<Record<string, unknown>>
}

/** Rows of a table that are theirs, behind the one of a name. */
export async function listRows(
  db: Database,
  rows: PersonalRows,
  whose: Whose,
  after: string,
  limit: number,
): Promise<FoundRow[]> {
  const found = await sql<FoundRow>`
    select ${nameOf(rows)} as name, to_jsonb(t.*) - ${[...(rows.unshown ?? [])]}::text[] as content from ${tableOf(db, rows.table)} as t
    where ${isTheirs(db, rows, whose)} and ${nameOf(rows)} > ${after} order by 1 limit ${limit}`.execute(db)
  return found.rows
}

export async function countRows(db: Database, rows: PersonalRows, whose: Whose): Promise<number> {
  const found = await sql<{ count: string }>`
    select count(*)::text as count from ${tableOf(db, rows.table)} as t where ${isTheirs(db, rows, whose)}`.execute(db)
  return Number(found.rows[0]?.count ?? 0)
}

/** Sets what an erasure sets, where it is not so already. @returns how many rows were changed */
export async function eraseRows(db: Database, rows: PersonalRows, whose: Whose): Promise<number> {
  const columns = Object.entries(rows.erased ?? {})
  if (columns.length === 0) return 0
  const sets = columns.map(([column, value]) => sql`${sql.id(column)} = ${sql.raw(value)}`)
  const differs = columns.map(([column, value]) => sql`t.${sql.id(column)} is distinct from ${sql.raw(value)}`)
  const changed = await sql<{ name: string }>`
    update ${tableOf(db, rows.table)} as t set ${sql.join(sets)}
    where ${isTheirs(db, rows, whose)} and (${sql.join(differs, sql` or `)}) returning ${nameOf(rows)} as name`.execute(
    db,
  )
  const names = changed.rows.map(({ name }) => name)
  if (rows.sealedAs !== undefined) await noteChanges(db, rows.sealedAs, names)
  return names.length
}

/** Answers that are kept for repeated requests say what the things were called. @returns how many were emptied */
export async function forgetAnswers(db: Database, { customerId, accountIds }: Whose): Promise<number> {
  const named = [customerId, ...accountIds].map((id) => `%${id}%`)
  const emptied = await sql`
    update ${tableOf(db, 'idempotency')} set body = '{"erased":true}'
    where body like any(${named}::text[]) and body <> '{"erased":true}'`.execute(db)
  return Number(emptied.numAffectedRows ?? 0)
}

export interface OpenThing {
  readonly kind: 'service' | 'draft' | 'suspense' | 'ledger'
  readonly what: string
}

/** What is not over yet, besides subscriptions and their bills: at most ten of a kind. */
export async function openThings(db: Database, { accountIds }: Whose, nowMs: number): Promise<OpenThing[]> {
  const accounts = anyOf(accountIds)
  const now = new Date(nowMs)
  const t = (table: string): RawBuilder<unknown> => tableOf(db, table)
  const found = await sql<OpenThing & { readonly minor: string | null; readonly currency: string | null }>`
    (select 'service' as kind, key as what, null as minor, null as currency from ${t('service')}
      where account_id = ${accounts} and (valid_until is null or valid_until > ${now}) order by key limit 10)
    union all
    (select 'draft', account.key, null, null from ${t('document_draft')} as draft join ${t('account')} as account on account.id = account_id
      where account_id = ${accounts} limit 10)
    union all
    (select 'suspense', suspense.id::text, null, null from ${t('suspense')} as suspense
      where status = 'open' and service in (select key from ${t('service')} where account_id = ${accounts}) limit 10)
    union all
    (select 'ledger', account.key || ': ' || ledger_account, sum(amount_minor)::text, posting.currency from ${t('posting')} as posting
      join ${t('account')} as account on account.id = posting.account_id
      where account_id = ${accounts} group by account.key, ledger_account, posting.currency having sum(amount_minor) <> 0 limit 10)`.execute(
    db,
  )
  return found.rows.map(({ kind, what, minor, currency }) => {
    const amount = minor === null || currency === null ? '' : ` ${formatMinor(BigInt(minor), currency)} ${currency}`
    return { kind, what: `${what}${amount}` }
  })
}

export async function markErased(db: Database, customerId: string, erasedAt: Date): Promise<void> {
  await db.updateTable('customer').set({ erasedAt, updatedAt: erasedAt }).where('id', '=', customerId).execute()
}
