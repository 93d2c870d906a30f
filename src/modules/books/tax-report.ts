import { sql } from 'kysely'
import { startOfDayMs } from '../../core/base/period.ts'
import { converted } from '../../core/books/exchange.ts'
import { schemaOf } from '../../platform/db.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { dayAfter } from './books-lines.ts'
import { rateOn } from './computing.ts'
import { listRates } from './rates.ts'
import type { Books } from './store.ts'

/** What documents of some days have of one tax, and what it is on; below zero where credit notes have more. */
export interface TaxSums {
  readonly kind: string
  readonly place: string
  readonly category: string
  /** Of the rule that decided: `one_stop_shop`. */
  readonly rule: string
  /** A percentage; null for an amount per unit. */
  readonly percent: string | null
  readonly perUnit: string | null
  readonly currency: string
  readonly documents: number
  readonly baseMinor: bigint
  readonly taxMinor: bigint
}

/** Taxes of the documents that an issuer has issued on some days of its zone, by place and rate. @param until the last day */
export async function taxSums(
  { db }: Pick<ReadContext, 'db'>,
  { issuerId, zone }: Books,
  from: string,
  until: string,
): Promise<TaxSums[]> {
  const schema = schemaOf(db)
  const [first, beyond] = [from, dayAfter(until)].map((day) => new Date(startOfDayMs(day, zone)).toISOString())
  const { rows } = await sql<Record<keyof TaxSums, string>>`${sql.raw(`
    select tax.value ->> 'kind' as kind, tax.value ->> 'place' as place, tax.value ->> 'category' as category,
      part.value -> 'decision' ->> 'rule' as rule, tax.value ->> 'percent' as percent, tax.value ->> 'perUnit' as "perUnit", i.currency,
      count(distinct i.id)::text as documents, sum((part.value ->> 'netMinor')::numeric)::text as "baseMinor",
      sum((part.value -> 'taxMinor' ->> (tax.ordinality - 1)::integer)::numeric)::text as "taxMinor"
    from "${schema}".invoice i join "${schema}".invoice_line l on l.invoice_id = i.id
    cross join lateral jsonb_array_elements(l.taxes) part
    cross join lateral jsonb_array_elements(part.value -> 'decision' -> 'taxes') with ordinality tax
    where i.issuer_id = '${issuerId}' and i.issued_at >= '${first}' and i.issued_at < '${beyond}' and l.taxes is not null
    group by 1, 2, 3, 4, 5, 6, 7 order by 2, 1, 5, 4, 7`)}`.execute(db)
  return rows.map((row) => ({
    ...row,
    documents: Number(row.documents),
    baseMinor: BigInt(row.baseMinor),
    taxMinor: BigInt(row.taxMinor),
  }))
}

/** What the ledger has of tax from the documents of the same days, by currency. */
export async function taxPosted(
  { db }: Pick<ReadContext, 'db'>,
  { issuerId, zone }: Books,
  from: string,
  until: string,
): Promise<Map<string, bigint>> {
  const [first, beyond] = [from, dayAfter(until)].map((day) => new Date(startOfDayMs(day, zone)))
  const rows = await db
    .selectFrom('posting')
    .innerJoin('invoice', 'invoice.id', 'posting.documentId')
    .select(['posting.currency', (of) => of.fn.sum<string>('posting.amountMinor').as('sum')])
    .where('invoice.issuerId', '=', issuerId)
    .where('invoice.issuedAt', '>=', first as Date)
    .where('invoice.issuedAt', '<', beyond as Date)
    .where('posting.ledgerAccount', 'like', 'tax:%')
    .groupBy('posting.currency')
    .execute()
  return new Map(rows.map(({ currency, sum }) => [currency as string, -BigInt(sum)]))
}

/** A row of a return for the one-stop shop: what was supplied to consumers of a member state in a quarter, in euro. */
export interface OssRow {
  readonly quarter: string
  readonly memberState: string
  readonly rate: string
  readonly baseMinor: bigint
  readonly taxMinor: bigint
}

/** The days of a quarter, `2026-Q1`: both are part of it. */
function daysOfQuarter(quarter: string): { readonly from: string; readonly until: string } {
  const [year = '', number = ''] = quarter.split('-Q')
  const from = Temporal.PlainDate.from({ year: Number(year), month: Number(number) * 3 - 2, day: 1 })
  return { from: from.toString(), until: from.add({ months: 3 }).subtract({ days: 1 }).toString() }
}

/** What is declared in the one-stop shop for a quarter. Other currencies are converted by the rate of its last day, as the return asks. */
export async function ossRows(context: Pick<ReadContext, 'db'>, books: Books, quarter: string): Promise<OssRow[]> {
  const { from, until } = daysOfQuarter(quarter)
  const euro = { ...books, currency: 'EUR' }
  const rates = await listRates(context.db, euro)
  const sums = new Map<string, { memberState: string; rate: string; baseMinor: bigint; taxMinor: bigint }>()
  for (const one of await taxSums(context, books, from, until)) {
    if (!one.rule.startsWith('one_stop_shop') || one.percent === null) continue
    const rate = rateOn({ rates, books: euro }, one.currency, until)
    const worth = (minor: bigint): bigint => converted(minor, rate, one.currency, 'EUR')
    const memberState = one.place.slice(0, 2)
    const name = `${memberState} ${one.percent}`
    const known = sums.get(name) ?? { memberState, rate: one.percent, baseMinor: 0n, taxMinor: 0n }
    sums.set(name, {
      ...known,
      baseMinor: known.baseMinor + worth(one.baseMinor),
      taxMinor: known.taxMinor + worth(one.taxMinor),
    })
  }
  return [...sums.values()].map((row) => ({ quarter, ...row })).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

function orderOf({ memberState, rate }: Pick<OssRow, 'memberState' | 'rate'>): string {
  return `${memberState} ${rate.padStart(6)}`
}
