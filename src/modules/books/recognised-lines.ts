import { sql } from 'kysely'
import { dayOf, startOfDayMs } from '../../core/base/period.ts'
import { type ContractState, lineState } from '../../core/books/recognition.ts'
import { type Spread, spreadOfUse } from '../../core/books/spread.ts'
import type { DayAmount, LineKind } from '../../core/invoicing/invoice-lines.ts'
import { schemaOf } from '../../platform/db.ts'
import type { Computing, EntryOwner } from './computing.ts'
import { billedBefore, type CounterName, type CutLine, counterKey } from './usage-reader.ts'

/** Something that is recognised over time, as it stands: at the beginning of the period by what is known now, and at its end. */
export interface Subject {
  /** `line:<id>`, `usage:<counter>` or `pack:<id>`. */
  readonly subject: string
  readonly documentId: string | null
  readonly owner: EntryOwner
  /** Where the ledger has its revenue: `revenue:basic`. */
  readonly ledgerAccount: string
  readonly currency: string
  readonly billedOn: string | null
  readonly netMinor: bigint
  readonly earnedAtStart: bigint
  readonly atEnd: ContractState
}

interface LineRow extends CounterName, EntryOwner {
  readonly id: string
  /** Of a credit on request: of what it credits. */
  readonly kind: LineKind
  readonly periodEnd: string
  readonly invoiceId: string
  readonly currency: string
  readonly issuedAt: Date
  readonly net: string
  readonly throughSeq: string | null
  readonly product: string | null
  readonly discount: string | null
  /** As it is printed; null where it is printed together with others. */
  readonly shownFrom: string | null
  readonly shownUntil: string | null
}

/** Lines that are read at once. */
const PAGE = 1_000

/**
 * Lines of documents that something is left of at the beginning of these days, or that are about them, page by page: first those of documents
 * of before whose days go on, then those of documents since. Both are found by an index, however many there are of before.
 */
export async function* linePages(computing: Computing): AsyncGenerator<LineRow[]> {
  const { books, start, end } = computing
  const at = (day: string): string => new Date(startOfDayMs(day, books.zone)).toISOString()
  const [first, beyond] = [at(start), at(end)]
  const before = `l.period_end > '${start}' and i.issued_at < '${first}'`
  yield* pagesOf(computing, before, ['l.period_end', 'l.id'], (row) => [row.periodEnd, row.id])
  const since = `i.issued_at >= '${first}' and (i.issued_at < '${beyond}' or l.period_start < '${end}')`
  const place = (row: LineRow): string[] => [row.issuedAt.toISOString(), row.invoiceId, row.id]
  yield* pagesOf(computing, since, ['i.issued_at', 'i.id', 'l.id'], place)
}

/** @param order columns that lines are in order of, and which a page goes on behind. */
async function* pagesOf(
  { db, books, cutoffMs }: Computing,
  condition: string,
  order: readonly string[],
  placeOf: (row: LineRow) => readonly string[],
): AsyncGenerator<LineRow[]> {
  const schema = schemaOf(db)
  const opened = new Date(startOfDayMs(books.opensOn, books.zone)).toISOString()
  for (let after: readonly string[] | null = null; ; ) {
    const place = after?.map((text) => `'${text}'`).join(', ')
    const { rows } = await sql<LineRow>`${sql.raw(`
      select l.id, coalesce(credited.kind, l.kind) as kind, l.subscription_id as "subscriptionId", l.plan_version_id as "planVersionId", l.price_code as "priceCode",
        l.cell, l.period_start as "periodStart", l.period_end as "periodEnd", i.id as "invoiceId", i.currency,
        i.issued_at as "issuedAt", coalesce(l.net_minor, l.amount_minor)::text as net, l.through_seq::text as "throughSeq",
        case when coalesce(credited.kind, l.kind) = 'item' then l.price_code else pv.code end as product,
        coalesce(credited.basis, l.basis) ->> 'code' as discount, shown.line ->> 'from' as "shownFrom", shown.line ->> 'until' as "shownUntil",
        a.id as "accountId", c.postal_address ->> 'country' as country,
        coalesce(a.metadata ->> 'segment', c.metadata ->> 'segment') as segment
      from "${schema}".invoice_line l join "${schema}".invoice i on i.id = l.invoice_id
      join "${schema}".account a on a.id = i.account_id join "${schema}".customer c on c.id = a.customer_id
      left join "${schema}".invoice_line credited on credited.id = l.credits_line_id
      left join "${schema}".plan_version pv on pv.id = l.plan_version_id
      left join lateral (select line from jsonb_array_elements(i.document -> 'lines') line
        where l.kind <> 'usage' and line ->> 'id' = l.id::text limit 1) shown on true
      where i.issuer_id = '${books.issuerId}' and coalesce(credited.kind, l.kind) not in ('commit', 'sponsored', 'advance')
        and i.issued_at >= '${opened}' and i.issued_at <= '${new Date(cutoffMs).toISOString()}' and ${condition}
        ${place === undefined ? '' : `and (${order.join(', ')}) > (${place})`}
      order by ${order.join(', ')} limit ${PAGE}`)}`.execute(db)
    const last: LineRow | undefined = rows.at(-1)
    if (last !== undefined) yield rows
    if (last === undefined || rows.length < PAGE) return
    after = placeOf(last)
  }
}

function shownPeriod({ periodStart, periodEnd, shownFrom, shownUntil }: LineRow): { start: string; end: string } {
  const [start, end] = [shownFrom ?? periodStart, shownUntil ?? periodEnd]
  return start < end ? { start, end } : { start, end: Temporal.PlainDate.from(start).add({ days: 1 }).toString() }
}

const BY_USE: ReadonlySet<LineKind> = new Set(['usage', 'cap', 'discount'])

/** Lines whose days lie on both sides of the end, or of the beginning, and go by usage. */
export async function cutLines(computing: Computing, rows: readonly LineRow[]): Promise<CutLine[]> {
  const { db, start, end } = computing
  const isCut = (day: string, { start: from, end: until }: { start: string; end: string }): boolean =>
    from < day && until > day
  const cut = rows.filter((row) => {
    const days = shownPeriod(row)
    return row.kind === 'usage' && row.throughSeq !== null && (isCut(end, days) || isCut(start, days))
  })
  if (cut.length === 0) return []
  const before = await billedBefore(db, cut)
  return cut.map((row) => ({ ...row, afterSeq: before.get(row.id) ?? 0, throughSeq: Number(row.throughSeq) }))
}

/** What lines come to at both ends of these days. @param days of usage lines that are cut, by their ids */
export function lineSubjects(
  { books, start, end }: Computing,
  rows: readonly LineRow[],
  days: ReadonlyMap<string, readonly DayAmount[]>,
): Subject[] {
  // What lowers a line belongs to the days that the line belongs to.
  const byCounter = new Map(
    rows.flatMap((row) => {
      const own = row.kind === 'usage' ? days.get(row.id) : undefined
      return own === undefined ? [] : [[`${row.invoiceId} ${counterKey(row)}`, own] as const]
    }),
  )
  return rows.map((row): Subject => {
    const { id, kind, currency, issuedAt, invoiceId, net, product, discount, accountId, country, segment } = row
    const period = shownPeriod(row)
    const used = BY_USE.has(kind) ? (days.get(id) ?? byCounter.get(`${invoiceId} ${counterKey(row)}`)) : undefined
    const spread: Spread =
      used === undefined ? { kind: 'straight', days: onDays(kind, period) } : spreadOfUse(used, period)
    const line = { netMinor: BigInt(net), billedOn: dayOf(issuedAt.getTime(), books.zone), spread }
    return {
      ...{ subject: `line:${id}`, documentId: invoiceId, owner: { accountId, country, segment }, currency },
      ledgerAccount: kind === 'discount' ? `discounts:${discount}` : `revenue:${product ?? 'unknown'}`,
      ...{ billedOn: line.billedOn, netMinor: line.netMinor },
      earnedAtStart: lineState(line, start).earnedMinor,
      atEnd: lineState(line, end),
    }
  })
}

/** What is sold once is earned on its day. */
function onDays(kind: LineKind, period: { start: string; end: string }): { start: string; end: string } {
  if (kind !== 'one_off') return period
  return { start: period.start, end: Temporal.PlainDate.from(period.start).add({ days: 1 }).toString() }
}
