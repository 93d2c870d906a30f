import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import type { PayerSpan } from '../../core/billing/payers.ts'
import type { CustomerTax, IssuerTax } from '../../core/billing/tax-facts.ts'
import type { ElectronicAddress } from '../../core/invoicing/document-tax.ts'
import type { EInvoiceTerms } from '../../core/invoicing/einvoice-terms.ts'
import type { BankAccount } from '../../core/invoicing/pay-to.ts'
import type { LineOwner } from '../../core/pages/brand.ts'
import type { Language } from '../../core/words/languages.ts'
import { noteChange, noteChanges } from '../../platform/changed-rows.ts'
import { anyOf, byName, type Database, schemaOf } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Row } from './kind.ts'
import type { Kind } from './schemas.ts'

export interface Issuer extends Row, IssuerTax {
  readonly legalForm: string | null
  readonly key: string
  readonly name: string
  readonly address: string
  readonly taxId: string | null
  readonly bankDetails: string | null
  readonly bankAccounts: readonly BankAccount[]
  readonly correctiveForm: boolean
  readonly invoiceSeries: string
  readonly creditNoteSeries: string
  readonly brand: string | null
}
export interface Customer extends Row, Omit<CustomerTax, 'language'> {
  readonly purchaseOrder: string | null
  readonly electronicAddress: ElectronicAddress | null
  readonly einvoice: EInvoiceTerms | null
  readonly key: string
  readonly name: string
  readonly email: string | null
  readonly address: string | null
  readonly taxId: string | null
  readonly language: Language
  /** When what was known of it was erased; null where it was not. */
  readonly erasedAt: Date | null
}
export interface Account extends Row {
  readonly customerId: string
  readonly issuerId: string
  readonly currency: string
  readonly zone: string
  readonly cycleUnit: 'day' | 'week' | 'month' | 'year'
  readonly cycleCount: number
  readonly cycleAnchor: string
  readonly termsDays: number
  readonly billedUntil: string | null
  readonly creditLimitMinor: string | null
  readonly sponsorAccountId: string | null
  readonly sponsorCaps: Readonly<Record<string, string>>
  readonly thresholds: readonly object[]
  /** Unbilled usage from which on an interim invoice is issued; null never. */
  readonly progressiveThresholdMinor: string | null
  readonly progressiveRepeats: boolean
  readonly pricesIncludeTax: boolean
  /** How long its bills stay drafts: `P3D`, `PT36H`; null for what the settings of billing say. */
  readonly gracePeriod: string | null
  readonly brand: string | null
  /** What its bills are split by, a document each; null where they are not. */
  readonly splitBy: LineOwner | null
  /** Who is billed for its periods from which day on, where it is not the account itself; in the order of the days. */
  readonly billedTo: readonly PayerSpan[]
}
export interface Service extends Row {
  readonly accountId: string
  readonly validFrom: Date
  readonly validUntil: Date | null
}
interface Rows {
  issuer: Issuer
  customer: Customer
  account: Account
  service: Service
}

/** By id or by key. A service's key names the one that began last. @param kind its table */
export async function findThing<R extends Row = Row>(
  db: Database,
  kind: string,
  reference: string,
): Promise<R | undefined> {
  const base = byName(db).selectFrom(kind).selectAll()
  const query = isUuid(reference) ? base.where('id', '=', reference) : base.where('key', '=', reference)
  return (await query.orderBy('id', 'desc').limit(1).executeTakeFirst()) as R | undefined
}

export async function getThing<R extends Row = Row>(db: Database, kind: string, reference: string): Promise<R> {
  const row = await findThing<R>(db, kind, reference)
  if (row === undefined)
    throw new Refusal(
      'not_found',
      `there is no ${kind} ${reference}; GET /v1/${kind}s (kvit ${kind} list) shows which there are`,
    )
  return row
}

export async function getRow<K extends Kind>(db: Database, kind: K, reference: string): Promise<Rows[K]> {
  return getThing<Rows[K]>(db, kind, reference)
}

/** Nothing is made for a customer that was erased, and nothing is said of it. */
export function assertNotErased({ key, erasedAt }: Pick<Customer, 'key' | 'erasedAt'>): void {
  if (erasedAt !== null) throw new Refusal('conflict', `customer ${key} was erased: make another customer`)
}

/** An account for which something is to be made. */
export async function accountInUse(db: Database, reference: string): Promise<Account> {
  const account = await getRow(db, 'account', reference)
  assertNotErased(await getRow(db, 'customer', account.customerId))
  return account
}

/** What distinguishes accounts, and their currency. */
export type NamedAccount = Pick<Account, 'id' | 'key' | 'currency'>

/** Accounts by the references that name them, ids or keys; those that are not there are absent. */
export async function findAccounts(db: Database, references: ReadonlySet<string>): Promise<Map<string, NamedAccount>> {
  const { ids = [], keys = [] } = Object.groupBy(references, (reference) => (isUuid(reference) ? 'ids' : 'keys'))
  const query = db.selectFrom('account').select(['id', 'key', 'currency'])
  const rows = await query
    .where((eb) => eb.or([eb('id', '=', anyOf(ids)), eb('key', '=', anyOf(keys, 'text'))]))
    .execute()
  const found = new Map<string, NamedAccount>()
  for (const row of rows as NamedAccount[])
    for (const name of [row.id, row.key]) if (references.has(name)) found.set(name, row)
  return found
}

/** The rows of some ids. */
export async function listByIds(db: Database, kind: string, ids: readonly string[]): Promise<Row[]> {
  const query = byName(db).selectFrom(kind).selectAll().where('id', '=', anyOf(ids))
  return (await query.execute()) as unknown as Row[]
}

export async function isSponsor(db: Database, accountId: string): Promise<boolean> {
  const found = db.selectFrom('account').select('id').where('sponsorAccountId', '=', accountId).limit(1)
  return (await found.executeTakeFirst()) !== undefined
}

/** The first day of the last period whose usage documents have billed, of a running one too; null where none has. */
export async function lastUsageBilled(db: Database, accountId: string): Promise<string | null> {
  const query = db.selectFrom('invoiceLine').select('periodStart').where('accountId', '=', accountId)
  const billed = query.where('kind', '=', 'usage').where('isUnbilled', '=', false)
  return (await billed.orderBy('periodStart', 'desc').limit(1).executeTakeFirst())?.periodStart ?? null
}

/** Accounts that are, were, or will be billed to some others. */
export async function listBilledTo(db: Database, payerIds: readonly string[]): Promise<Account[]> {
  if (payerIds.length === 0) return []
  const named = payerIds.map((id) => sql`billed_to @> ${JSON.stringify([{ payerId: id }])}::jsonb`)
  const query = db.selectFrom('account').selectAll().where(sql<boolean>`billed_to <> '[]'`)
  return (await query
    .where(sql<boolean>`(${sql.join(named, sql` or `)})`)
    .orderBy('key')
    .execute()) as Account[]
}

export async function insertThing(db: Database, kind: string, row: object): Promise<Row> {
  return (await byName(db).insertInto(kind).values(row).returningAll().executeTakeFirstOrThrow()) as unknown as Row
}

export async function updateThing(db: Database, kind: string, id: string, set: object): Promise<void> {
  await byName(db).updateTable(kind).set(set).where('id', '=', id).execute()
  await noteChange(db, kind, id)
}

/** Makes writers of services with one key take turns. */
export async function lockServiceKey(db: Database, key: string): Promise<void> {
  await db
    .insertInto('serviceKey')
    .values({ key })
    .onConflict((on) => on.doNothing())
    .execute()
  await db.selectFrom('serviceKey').select('key').where('key', '=', key).forUpdate().execute()
}

export async function listServicesOfKey(db: Database, key: string): Promise<Service[]> {
  return (await db.selectFrom('service').selectAll().where('key', '=', key).execute()) as Service[]
}

export async function listAccountsByIds(db: Database, ids: readonly string[]): Promise<Account[]> {
  const query = db.selectFrom('account').selectAll().where('id', '=', anyOf(ids))
  return (await query.orderBy('id').execute()) as Account[]
}

export async function listAccountIds(db: Database): Promise<string[]> {
  return Object.values(await listInBillingOrder(db)).flat()
}

/** Members are billed before their sponsors: documents of sponsors bill what those of their members have settled with their credit. */
export async function listInBillingOrder(db: Database): Promise<{ members: string[]; others: string[] }> {
  const rows = await db.selectFrom('account').select(['id', 'sponsorAccountId']).orderBy('id').execute()
  const groups = Object.groupBy(rows, ({ sponsorAccountId: id }) => (id === null ? 'others' : 'members'))
  const idsOf = (group: typeof rows = []): string[] => group.map((row) => row['id'] as string)
  return { members: idsOf(groups.members), others: idsOf(groups.others) }
}

/** Accounts that are billed before their periods end. */
export async function listProgressiveAccountIds(db: Database): Promise<string[]> {
  const query = db.selectFrom('account').select('id').where('progressiveThresholdMinor', 'is not', null)
  return (await query.orderBy('id').execute()).map((row) => row['id'] as string)
}

/**
 * Whoever bills or settles an account takes turns. Rows that only refer to it are not held up: the engine commits such rows,
 * and who holds this lock may wait for the engine.
 */
export async function lockAccount(db: Database, id: string): Promise<Account> {
  return (await db
    .selectFrom('account')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow()) as Account
}

/** Locks accounts, always in one order, so that nobody waits for a caller who waits for him. */
export async function lockAccounts(db: Database, ids: readonly string[]): Promise<void> {
  const query = db.selectFrom('account').select('id').where('id', '=', anyOf(ids))
  await query.orderBy('id').forNoKeyUpdate().execute()
}

/** @param days by the id of the account; their rows are locked */
export async function setBilledUntil(db: Database, days: ReadonlyMap<string, string>): Promise<void> {
  if (days.size === 0) return
  const ids = [...days.keys()]
  await sql`update ${sql.id(schemaOf(db), 'account')} as account set billed_until = billed.until
    from unnest(${ids}::uuid[], ${[...days.values()]}::date[]) as billed(id, until) where account.id = billed.id`.execute(
    db,
  )
  await noteChanges(db, 'billing of account', ids)
}

export async function zonesOf(db: Database, accountIds: readonly string[]): Promise<Map<string, string>> {
  const query = db.selectFrom('account').select(['id', 'zone']).where('id', '=', anyOf(accountIds))
  return new Map((await query.execute()).map((row) => [row['id'] as string, row['zone'] as string]))
}
