import { sql } from 'kysely'
import { firstIdOf, msOfId } from '../../core/base/id.ts'
import { dayBefore, dayOf, startOfDayMs } from '../../core/base/period.ts'
import type { BookLine } from '../../core/books/book-line.ts'
import { isOfBalanceSheet } from '../../core/books/gl-rules.ts'
import type { TemplateName } from '../../core/ledger/templates.ts'
import { anyOf, schemaOf } from '../../platform/db.ts'
import { type BookSide, type Computing, converting, type EntryOwner, linesOfEntry, rateOn } from './computing.ts'
import { type AccountingPeriod, isBooked } from './store.ts'

interface PostingRow extends EntryOwner {
  readonly id: string
  readonly entryId: string
  readonly template: TemplateName
  readonly ledgerAccount: string
  readonly ofAccount: string | null
  readonly currency: string
  readonly amountMinor: string
  readonly documentId: string
  readonly postedAt: Date
}

/** Postings that are read at once: whole entries, so an entry of more than these is not. */
const PAGE = 5_000

/** Who owns the entry of a posting `p`: the account of one of its sides, or of the sale of units that it is about. */
function ownerOf(schema: string): string {
  return `left join lateral (select coalesce(
      (select q.account_id from "${schema}".posting q where q.entry_id = p.entry_id and q.account_id is not null order by q.id limit 1),
      (select t.account_id from "${schema}".top_up t where t.id = p.document_id),
      (select r.account_id from "${schema}".top_up_reversal r where r.id = p.document_id)) as id) owner on true
    join "${schema}".account a on a.id = owner.id join "${schema}".customer c on c.id = a.customer_id`
}

const SEGMENT = `coalesce(a.metadata ->> 'segment', c.metadata ->> 'segment')`

/** What the operational ledger has posted in these days, as lines of the books. */
export async function* postedLines(computing: Computing): AsyncGenerator<BookLine[]> {
  const { db, books, start, end } = computing
  const [fromMs, untilMs] = [startOfDayMs(start, books.zone), startOfDayMs(end, books.zone)]
  yield* pagesOf(computing, `p.posted_at >= '${iso(fromMs)}' and p.posted_at < '${iso(untilMs)}'`)
  const { before } = computing
  if (before === null) return
  // What was not committed yet when the period before was closed, and what a clock that went back has posted.
  yield* pagesOf(computing, `p.posted_at < '${iso(fromMs)}' and p.id > '${lateSince(before)}' and not ${isBooked(db)}`)
}

const iso = (ms: number): string => new Date(ms).toISOString()
/** Transactions are much shorter. */
const SLACK_MS = 3_600_000

/** The id from which on postings may have come after a period was closed: the next one has what of them is not in it. */
export function lateSince({ cutoffId }: Pick<AccountingPeriod, 'cutoffId'>): string {
  return firstIdOf(msOfId(cutoffId) - SLACK_MS)
}

async function* pagesOf(computing: Computing, condition: string): AsyncGenerator<BookLine[]> {
  const { db, books } = computing
  const schema = schemaOf(db)
  for (let after: PostingRow | undefined; ; ) {
    const beyond =
      after === undefined
        ? ''
        : `and (p.posted_at, p.entry_id) > ('${after.postedAt.toISOString()}', '${after.entryId}')`
    const { rows } = await sql<PostingRow>`${sql.raw(`select p.id, p.entry_id as "entryId", p.template,
        p.ledger_account as "ledgerAccount", p.account_id as "ofAccount", p.currency, p.amount_minor::text as "amountMinor",
        p.document_id as "documentId", p.posted_at as "postedAt", owner.id as "accountId",
        c.postal_address ->> 'country' as country, ${SEGMENT} as segment
      from "${schema}".posting p ${ownerOf(schema)}
      where a.issuer_id = '${books.issuerId}' and ${condition} ${beyond}
      order by p.posted_at, p.entry_id, p.id limit ${PAGE}`)}`.execute(db)
    const last = rows.at(-1)
    if (last === undefined) return
    // The last entry of a full page may continue on the next one.
    const whole = rows.length < PAGE ? rows : rows.filter(({ entryId }) => entryId !== last.entryId)
    if (whole.length === 0) throw new Error(`the ledger entry ${last.entryId} has more than ${PAGE} postings`)
    yield await toLines(computing, whole)
    if (rows.length < PAGE) return
    after = whole.at(-1)
  }
}

const SETTLING = new Set<TemplateName>(['payment_allocated', 'bonus_allocated', 'allocation_reversed'])

async function toLines(computing: Computing, rows: readonly PostingRow[]): Promise<BookLine[]> {
  const { books, start } = computing
  const settled = await daysOfSettled(computing, rows)
  return [...Map.groupBy(rows, ({ entryId }) => entryId)].flatMap(([entryId, entry]) => {
    const first = entry[0] as PostingRow
    const day = dayOf(first.postedAt.getTime(), books.zone)
    const isLate = day < start
    const parts = {
      ...{ day: isLate ? start : day, belongsOn: isLate ? day : null, subject: null },
      ...{ template: first.template, documentId: first.documentId },
    }
    const days = settled.get(first.documentId)
    const sides = entry.flatMap(({ id: postingId, ofAccount, ledgerAccount, currency, amountMinor }): BookSide[] => {
      const side = { postingId, ledgerAccount, accountId: ofAccount, currency, amountMinor: BigInt(amountMinor) }
      const ofDay = ledgerAccount === 'receivable' ? days?.billedOn : days?.paidOn
      return converting(computing, [side], rateOn(computing, currency, ofDay ?? day))
    })
    return linesOfEntry(computing, first, parts, sides, days === undefined ? 'rounding' : 'exchange', entryId)
  })
}

/**
 * Days of what was settled in another currency, by the ids of allocations: a receivable goes by the rate at which it came, and money by its
 * own; what is between them is gained or lost.
 */
async function daysOfSettled(
  { db, books }: Computing,
  rows: readonly PostingRow[],
): Promise<Map<string, { readonly billedOn: string; readonly paidOn: string | null }>> {
  const ids = rows.filter(({ template, currency }) => SETTLING.has(template) && currency !== books.currency)
  if (ids.length === 0) return new Map()
  const found = await db
    .selectFrom('allocation')
    .innerJoin('invoice', 'invoice.id', 'allocation.invoiceId')
    .leftJoin('payment', 'payment.id', 'allocation.paymentId')
    .select(['allocation.id', 'invoice.issuedAt', 'payment.createdAt'])
    .where('allocation.id', '=', anyOf(ids.map(({ documentId }) => documentId)))
    .execute()
  return new Map(
    found.map(({ id, issuedAt, createdAt }) => {
      const paidAt = createdAt as Date | null
      const billedOn = dayOf((issuedAt as Date).getTime(), books.zone)
      return [id as string, { billedOn, paidOn: paidAt === null ? null : dayOf(paidAt.getTime(), books.zone) }]
    }),
  )
}

const NOBODY = { country: null, segment: null }

/** What there was before the books: balances of each account as they were, and all that had been earned as retained earnings. */
export async function openingLines(computing: Computing): Promise<BookLine[]> {
  const { db, books, start } = computing
  const schema = schemaOf(db)
  const { rows } = await sql<Omit<PostingRow, 'id' | 'entryId' | 'template' | 'documentId' | 'postedAt'>>`${sql.raw(`
    select p.ledger_account as "ledgerAccount", p.account_id as "ofAccount", p.currency, sum(p.amount_minor)::text as "amountMinor",
      min(a.id::text) as "accountId", c.postal_address ->> 'country' as country, ${SEGMENT} as segment
    from "${schema}".posting p ${ownerOf(schema)}
    where a.issuer_id = '${books.issuerId}' and p.posted_at < '${iso(startOfDayMs(start, books.zone))}'
    group by 1, 2, 3, 6, 7 having sum(p.amount_minor) <> 0 order by 3, 1, 2`)}`.execute(db)
  return [...Map.groupBy(rows, ({ currency }) => currency)].flatMap(([currency, own]) => {
    const rate = rateOn(computing, currency, dayBefore(start))
    const parts = { day: start, belongsOn: null, template: 'opening', documentId: null, subject: null } as const
    const sides = own.map(({ ledgerAccount, ofAccount, amountMinor, ...owner }) => {
      const kept = isOfBalanceSheet(ledgerAccount) ? ledgerAccount : 'retained_earnings'
      return { ledgerAccount: kept, accountId: ofAccount, currency, amountMinor: BigInt(amountMinor), owner }
    })
    return linesOfEntry(computing, NOBODY, parts, converting(computing, sides, rate))
  })
}
