import { sql } from 'kysely'
import { dayOf } from '../../core/base/period.ts'
import type { BookLine } from '../../core/books/book-line.ts'
import type { EngineReads } from '../../engine/index.ts'
import { schemaOf } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { computePeriod } from './compute-period.ts'
import type { ComputedPage, Computing } from './computing.ts'
import { toLine } from './line-store.ts'
import { standingOf } from './periods.ts'
import { listRates } from './rates.ts'
import { type Books, listGlRules } from './store.ts'
import { usageReader } from './usage-reader.ts'

/**
 * The days behind the last period that a day has seen the end of, as far as that day, to be computed as closing would; null where there are
 * none. A day within a closed period is computed from what was known when that was closed.
 */
export async function computingOpen(
  engine: EngineReads,
  { db, tenant, nowMs }: Pick<ReadContext, 'db' | 'tenant' | 'nowMs'>,
  books: Books,
  asOf: string,
  tell: (sentence: string) => void = () => undefined,
): Promise<Computing | null> {
  const { periods, openFrom } = await standingOf(db, books)
  const end = dayAfter(asOf)
  const closed = periods.filter(({ state }) => state === 'closed')
  const before = closed.findLast(({ endDay }) => endDay <= end) ?? null
  const start = before?.endDay ?? books.opensOn
  if (start >= end) return null
  const within = start < openFrom ? closed.find(({ startDay }) => startDay === start) : undefined
  const now = async (): Promise<{ cutoffMs: number; cutoffSeq: number }> => ({
    cutoffMs: nowMs,
    cutoffSeq: (await engine.head(tenant.name)).seq,
  })
  const cutoff =
    within === undefined ? await now() : { cutoffMs: within.cutoffAt.getTime(), cutoffSeq: Number(within.cutoffSeq) }
  return {
    ...{ db, books, tell, before, start, end, ...cutoff },
    ...{ rules: await listGlRules(db, books.issuerId), rates: await listRates(db, books) },
    usage: usageReader(engine, db, tenant),
  }
}

export function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

/** The day that a report is as of: today unless one is named, and none that is still to come. */
export function reportDay({ zone }: Pick<Books, 'zone'>, asOf: string | undefined, nowMs: number): string {
  const today = dayOf(nowMs, zone)
  if (asOf !== undefined && asOf > today)
    throw new Refusal('unprocessable', `${asOf} is still to come: today is ${today}`)
  return asOf ?? today
}

/** Pages of open days, as closing would write them. */
export async function* openPages(computing: Computing | null): AsyncGenerator<ComputedPage> {
  if (computing !== null) yield* computePeriod(computing)
}

/** Which lines of closed periods are meant. SQL about `b`, a line, and `p`, its period. */
export interface LineFilter {
  /** Of this day or later, and of this day or earlier. */
  readonly from?: string
  readonly until: string
  readonly code?: string
  readonly ledgerAccount?: string
  readonly accountId?: string
  readonly documentId?: string
}

function conditionOf(
  { issuerId }: Books,
  { from, until, code, ledgerAccount, accountId, documentId }: LineFilter,
): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
  return [
    `b.issuer_id = '${issuerId}' and p.state = 'closed' and p.end_day <= '${until}'::date + 1`,
    ...(from === undefined ? [] : [`b.day >= '${from}'`]),
    ...(code === undefined ? [] : [`b.code = ${quoted(code)}`]),
    ...(ledgerAccount === undefined ? [] : [`b.ledger_account = ${quoted(ledgerAccount)}`]),
    ...(accountId === undefined ? [] : [`b.account_id = ${quoted(accountId)}`]),
    ...(documentId === undefined ? [] : [`b.document_id = ${quoted(documentId)}`]),
  ].join(' and ')
}

function isMeant(line: BookLine, { from, until, code, ledgerAccount, accountId, documentId }: LineFilter): boolean {
  return (
    line.day <= until &&
    (from === undefined || line.day >= from) &&
    (code === undefined || line.code === code) &&
    (ledgerAccount === undefined || line.ledgerAccount === ledgerAccount) &&
    (accountId === undefined || line.accountId === accountId) &&
    (documentId === undefined || line.documentId === documentId)
  )
}

/** Debits and credits of one account of the general ledger in one currency. */
export interface CodeSums {
  readonly code: string | null
  readonly ledgerAccount: string
  readonly currency: string
  readonly debitMinor: bigint
  readonly creditMinor: bigint
  /** In the currency of the books. */
  readonly booksDebit: bigint
  readonly booksCredit: bigint
}

/** Sums of lines of closed periods, and of open days: by code, account of the chart and currency. */
export async function sumsOf(
  { db }: Pick<ReadContext, 'db'>,
  books: Books,
  computing: Computing | null,
  filter: LineFilter,
): Promise<CodeSums[]> {
  const schema = schemaOf(db)
  const side = (column: string, sign: string): string =>
    `coalesce(sum(abs(b.${column})) filter (where b.${column} ${sign} 0), 0)::text`
  const { rows } = await sql<Record<keyof CodeSums, string>>`${sql.raw(`
    select b.code, b.ledger_account as "ledgerAccount", b.currency, ${side('amount_minor', '>')} as "debitMinor",
      ${side('amount_minor', '<')} as "creditMinor", ${side('books_minor', '>')} as "booksDebit", ${side('books_minor', '<')} as "booksCredit"
    from "${schema}".book_line b join "${schema}".accounting_period p on p.id = b.period_id and p.generation = b.generation
    where ${conditionOf(books, filter)} group by 1, 2, 3`)}`.execute(db)
  const sums = new Map<string, { -readonly [K in keyof CodeSums]: CodeSums[K] }>()
  const of = (
    code: string | null,
    ledgerAccount: string,
    currency: string,
  ): { -readonly [K in keyof CodeSums]: CodeSums[K] } => {
    const name = `${code}\n${ledgerAccount}\n${currency}`
    const known = sums.get(name) ?? {
      code,
      ledgerAccount,
      currency,
      debitMinor: 0n,
      creditMinor: 0n,
      booksDebit: 0n,
      booksCredit: 0n,
    }
    sums.set(name, known)
    return known
  }
  for (const row of rows) {
    const sum = of(row.code, row.ledgerAccount, row.currency)
    for (const name of ['debitMinor', 'creditMinor', 'booksDebit', 'booksCredit'] as const)
      sum[name] += BigInt(row[name])
  }
  for await (const { lines } of openPages(computing))
    for (const line of lines) {
      if (!isMeant(line, filter)) continue
      const sum = of(line.code, line.ledgerAccount, line.currency)
      if (line.amountMinor > 0n) sum.debitMinor += line.amountMinor
      else sum.creditMinor -= line.amountMinor
      if (line.booksMinor > 0n) sum.booksDebit += line.booksMinor
      else sum.booksCredit -= line.booksMinor
    }
  return [...sums.values()].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

function orderOf({ code, ledgerAccount, currency }: CodeSums): string {
  return `${code ?? '\uffff'} ${ledgerAccount} ${currency}`
}

/** Lines of closed periods that are read at once. */
const PAGE = 5_000

/** All lines that are meant: those of closed periods in their order, then those of open days. */
export async function* linesOf(
  { db }: Pick<ReadContext, 'db'>,
  books: Books,
  computing: Computing | null,
  filter: LineFilter,
): AsyncGenerator<BookLine[]> {
  const schema = schemaOf(db)
  for (let after = ''; ; ) {
    const { rows } = await sql<
      Parameters<typeof toLine>[0] & { id: string; startDay: string; position: bigint }
    >`${sql.raw(`
      select b.id, p.start_day as "startDay", b.position, b.entry_id as "entryId", b.day, b.belongs_on as "belongsOn", b.template,
        b.document_id as "documentId", b.posting_id as "postingId", b.subject, b.ledger_account as "ledgerAccount",
        b.account_id as "accountId", b.code, b.currency, b.amount_minor::text as "amountMinor", b.books_minor::text as "booksMinor", b.rate
      from "${schema}".book_line b join "${schema}".accounting_period p on p.id = b.period_id and p.generation = b.generation
      where ${conditionOf(books, filter)} ${after}
      order by p.start_day, b.position limit ${PAGE}`)}`.execute(db)
    if (rows.length > 0) yield rows.map(toLine)
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) break
    after = `and (p.start_day, b.position) > ('${last.startDay}', ${last.position})`
  }
  for await (const { lines } of openPages(computing)) {
    const own = lines.filter((line) => isMeant(line, filter))
    if (own.length > 0) yield own
  }
}
