import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { isUuid } from '../../core/base/id.ts'
import { cycleOf, dayOf, periodIndexOf, periodStart } from '../../core/base/period.ts'
import { momentsOf } from '../../core/billing/moments.ts'
import { type PlannedDocument, planBills, planItems, printDocument } from '../../core/billing/plan-document.ts'
import type { InvoiceDocument } from '../../core/invoicing/document.ts'
import type { Item } from '../../core/invoicing/invoice-lines.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { type Account, lockAccount } from '../parties/index.ts'
import { type BillingSources, type LoadedFacts, loadAccount } from './load-facts.ts'

export interface ProForma {
  readonly id: string
  readonly key: string
  readonly accountId: string
  readonly issuerId: string
  readonly number: bigint
  readonly currency: string
  readonly totalMinor: string
  readonly issuedOn: string
  /** The lines that it was made of; null where it shows the next bill. */
  readonly content: { readonly items: readonly Item[] } | null
  readonly document: InvoiceDocument
  readonly requestedBy: string
  readonly requestedByPerson: string
  readonly createdAt: Date
}

const SERIES = 'PF'

/** The key of the invoice that a pro forma is turned into: there is one. */
export function invoiceKeyOf({ id }: Pick<ProForma, 'id'>): string {
  return `pro-forma:${id}`
}

/**
 * Makes a document that shows what would be billed: of lines that somebody wrote, or of the next bill. It is no invoice: it has a number of
 * its own series, is in no ledger, and nobody owes it. Asked again with the same key, the same one. In a transaction of `db`.
 */
export async function makeProForma(
  sources: BillingSources,
  db: Database,
  accountId: string,
  { key, items }: { readonly key: string; readonly items: readonly Item[] | null },
  { id: requestedBy, person: requestedByPerson }: Person,
  nowMs: number,
): Promise<ProForma> {
  const account = await lockAccount(db, accountId)
  const known = await findProForma(db, { key })
  if (known !== undefined) {
    if (known.accountId === accountId && isSameAsked(known, items)) return known
    throw new Refusal('conflict', `the key ${key} was used for another pro forma invoice`)
  }
  const { facts, planned } = await plannedOf(sources, db, account, items, nowMs)
  if (planned.held.length > 0)
    throw new Refusal('unprocessable', `its tax cannot be decided: ${planned.held.join('; ')}`)
  const number = await nextNumber(db, account.issuerId)
  const issuedOn = dayOf(nowMs, account.zone)
  const ids = planned.lines.map((_, at) => `${SERIES}/${at + 1}`)
  const printed = printDocument(facts, planned, {
    number: `${SERIES}-${String(number).padStart(6, '0')}`,
    issuedOn,
    ids,
  })
  // It asks for no payment of its own: what is paid is the invoice.
  const { payTo: _payTo, ...document } = printed
  const row: ProForma = {
    ...{ id: newId(), key, accountId, issuerId: account.issuerId, number, currency: account.currency },
    ...{ totalMinor: String(planned.totalMinor), issuedOn, content: items === null ? null : { items } },
    document: { ...document, mark: 'pro_forma' },
    ...{ requestedBy, requestedByPerson, createdAt: new Date(nowMs) },
  }
  const stored = { ...row, content: row.content === null ? null : JSON.stringify(row.content) }
  await db
    .insertInto('proForma')
    .values({ ...stored, document: JSON.stringify(row.document) })
    .execute()
  return row
}

function isSameAsked({ content }: ProForma, items: readonly Item[] | null): boolean {
  const said = ({ from: _from, until: _until, ...item }: Item): object => item
  return isDeepStrictEqual(content?.items.map(said) ?? null, items?.map(said) ?? null)
}

async function plannedOf(
  sources: BillingSources,
  db: Database,
  account: Account,
  items: readonly Item[] | null,
  nowMs: number,
): Promise<{ readonly facts: LoadedFacts; readonly planned: PlannedDocument }> {
  const today = dayOf(nowMs, account.zone)
  const cycle = cycleOf(account)
  const next = periodStart(account.cycleAnchor, cycle, periodIndexOf(account.cycleAnchor, cycle, today) + 1)
  const facts = await loadAccount(sources, db, account, items === null ? next : today)
  if (items !== null) return { facts, planned: planItems(facts, { day: today, purpose: SERIES, items }) }
  const [planned] = planBills(facts, momentsOf(facts, next)).toReversed()
  if (planned === undefined) throw new Refusal('unprocessable', `nothing is to be billed until ${next}`)
  return { facts, planned }
}

/** Without gap: whoever makes one for the issuer waits for the one before. */
async function nextNumber(db: Database, issuerId: string): Promise<bigint> {
  await db.selectFrom('issuer').select('id').where('id', '=', issuerId).forNoKeyUpdate().execute()
  const query = db.selectFrom('proForma').select('number').where('issuerId', '=', issuerId)
  const last = await query.orderBy('number', 'desc').limit(1).executeTakeFirst()
  return (last?.number ?? 0n) + 1n
}

async function findProForma(db: Database, by: { key: string } | { id: string }): Promise<ProForma | undefined> {
  const [column, value] = Object.entries(by)[0] as ['key' | 'id', string]
  const query = db.selectFrom('proForma').selectAll().where(column, '=', value)
  return (await query.executeTakeFirst()) as unknown as ProForma | undefined
}

/** @param reference an id, a number as it is printed (PF-000001), or a key */
export async function getProForma(db: Database, reference: string): Promise<ProForma> {
  const [found, other] = isUuid(reference)
    ? [await findProForma(db, { id: reference })]
    : await proFormasNamed(db, reference)
  if (found === undefined)
    throw notFound(`pro forma invoice ${reference}`, '/v1/pro-forma-invoices', 'invoice pro-forma list')
  if (other !== undefined)
    throw new Refusal('conflict', `two pro forma invoices are called ${reference}; name it by its id`)
  return found
}

async function proFormasNamed(db: Database, name: string): Promise<ProForma[]> {
  const query = db.selectFrom('proForma').selectAll()
  const named = query.where((of) => of.or([of('key', '=', name), of(sql<string>`document ->> 'number'`, '=', name)]))
  return (await named.orderBy('id').limit(2).execute()) as unknown as ProForma[]
}
