import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { formatMinor } from '../../core/base/money.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import { textOfLine } from '../../core/books/book-line.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { type Database, schemaOf } from '../../platform/db.ts'
import { linesOfPeriod } from './line-store.ts'
import { standingOf } from './periods.ts'
import { lateSince } from './posted-lines.ts'
import { type AccountingPeriod, type Books, findClosing, isBooked, listBooks } from './store.ts'

/** Invariants of books, from the lines of closed periods. */
export async function checkBooks(db: Database): Promise<CheckResult[]> {
  const [unbalanced, unbooked, changed, differing, open]: string[][] = [[], [], [], [], []]
  let [closed, lines] = [0, 0]
  for (const books of await listBooks(db)) {
    const { periods, lastClosed } = await standingOf(db, books)
    let previous: Buffer | null = null
    for (const period of periods.filter(({ state }) => state === 'closed')) {
      const found = await digestOf(db, period, previous)
      const closing = await findClosing(db, period)
      closed++
      lines += found.count
      if (closing?.digest?.equals(found.digest) !== true || Number(closing.lines) !== found.count)
        changed?.push(`the period from ${period.startDay}`)
      previous = closing?.digest ?? null
      unbalanced?.push(...found.unbalanced)
      open?.push(...(await differingBalances(db, books, period)))
    }
    if (lastClosed === null) continue
    unbooked?.push(...(await unbookedPostings(db, books, lastClosed)))
    differing?.push(...(await differingSubjects(db, books)))
  }
  return [
    checkNone(
      'every entry of the books sums to zero, in each currency and in that of the books',
      unbalanced ?? [],
      `${lines} lines`,
    ),
    checkNone(
      'every posting before the end of the last closed period is in the books, once',
      unbooked ?? [],
      `${closed} periods`,
    ),
    checkNone('closed periods are as they were closed', changed ?? [], `${closed} periods`),
    checkNone(
      'recognised + deferred − unbilled = billed, for all that is recognised',
      differing ?? [],
      `${closed} periods`,
    ),
    checkNone(
      'deferred and unbilled revenue of the books are those of what is recognised',
      open ?? [],
      `${closed} periods`,
    ),
  ]
}

/** The digest over the lines of a period, and the entries among them that do not add up. */
async function digestOf(
  db: Database,
  period: AccountingPeriod,
  previous: Buffer | null,
): Promise<{ digest: Buffer; count: number; unbalanced: string[] }> {
  const hash = createHash('sha256').update(previous ?? new Uint8Array())
  const sums = new Map<string, bigint>()
  const add = (name: string, amount: bigint): void => {
    const sum = (sums.get(name) ?? 0n) + amount
    if (sum === 0n) sums.delete(name)
    else sums.set(name, sum)
  }
  let count = 0
  for await (const lines of linesOfPeriod(db, period))
    for (const line of lines) {
      hash.update(textOfLine(line))
      add(`${line.entryId} in ${line.currency}`, line.amountMinor)
      add(`${line.entryId} in the books`, line.booksMinor)
      count++
    }
  return { digest: hash.digest(), count, unbalanced: [...sums.keys()].map((name) => `entry ${name}`) }
}

/** Postings that closed periods lack or have twice. What came later than the last closing waits for the next one. */
async function unbookedPostings(db: Database, books: Books, last: AccountingPeriod): Promise<string[]> {
  const schema = schemaOf(db)
  const [first, end] = [books.opensOn, last.endDay].map((day) => new Date(startOfDayMs(day, books.zone)).toISOString())
  const { rows } = await sql<{ id: string }>`${sql.raw(`
    select p.id from "${schema}".posting p join "${schema}".account a on a.id = coalesce(
      (select q.account_id from "${schema}".posting q where q.entry_id = p.entry_id and q.account_id is not null order by q.id limit 1),
      (select t.account_id from "${schema}".top_up t where t.id = p.document_id),
      (select r.account_id from "${schema}".top_up_reversal r where r.id = p.document_id))
    where a.issuer_id = '${books.issuerId}' and p.posted_at >= '${first}' and p.posted_at < '${end}'
      and p.id < '${lateSince(last)}' and not ${isBooked(db)} limit 5`)}`.execute(db)
  const twice = await sql<{ id: string }>`${sql.raw(`
    select b.posting_id as id from "${schema}".book_line b join "${schema}".accounting_period ap
      on ap.id = b.period_id and ap.generation = b.generation and ap.state = 'closed'
    where b.posting_id is not null and b.issuer_id = '${books.issuerId}' group by 1 having count(*) > 1 limit 5`)}`.execute(
    db,
  )
  return [
    ...rows.map(({ id }) => `posting ${id} is missing`),
    ...twice.rows.map(({ id }) => `posting ${id} is there twice`),
  ]
}

/** Subjects whose periods do not add up to what was billed. */
async function differingSubjects(db: Database, { issuerId }: Books): Promise<string[]> {
  const schema = schemaOf(db)
  const { rows } = await sql<{ subject: string }>`${sql.raw(`
    with own as (select r.*, ap.end_day from "${schema}".recognition r join "${schema}".accounting_period ap
        on ap.id = r.period_id and ap.generation = r.generation and ap.state = 'closed' where r.issuer_id = '${issuerId}'),
      last as (select distinct on (subject) * from own order by subject, end_day desc),
      sums as (select subject, sum(recognised_minor) as recognised from own group by subject)
    select subject from last join sums using (subject)
    where earned_minor <> recognised
      or earned_minor + deferred_minor - unbilled_minor <> case when billed_on < end_day then net_minor else 0 end limit 5`)}`.execute(
    db,
  )
  return rows.map(({ subject }) => subject)
}

/** Where accounts of the books differ from what a period has recognised. */
async function differingBalances(
  db: Database,
  { issuerId }: Books,
  { id, generation, startDay, endDay }: AccountingPeriod,
): Promise<string[]> {
  const schema = schemaOf(db)
  const { rows } = await sql<{ currency: string; deferred: string; unbilled: string }>`${sql.raw(`
    with made as (select b.currency, coalesce(-sum(b.amount_minor) filter (where ledger_account = 'deferred_revenue'), 0) as deferred,
        coalesce(sum(b.amount_minor) filter (where ledger_account = 'unbilled_revenue'), 0) as unbilled
      from "${schema}".book_line b join "${schema}".accounting_period ap on ap.id = b.period_id and ap.generation = b.generation
      where ap.state = 'closed' and ap.issuer_id = '${issuerId}' and ap.end_day <= '${endDay}' group by 1),
    said as (select currency, sum(deferred_minor) as deferred, sum(unbilled_minor) as unbilled from "${schema}".recognition
      where period_id = '${id}' and generation = ${generation} group by 1)
    select currency, (coalesce(made.deferred, 0) - coalesce(said.deferred, 0))::text as deferred,
      (coalesce(made.unbilled, 0) - coalesce(said.unbilled, 0))::text as unbilled from made full join said using (currency)
    where coalesce(made.deferred, 0) <> coalesce(said.deferred, 0) or coalesce(made.unbilled, 0) <> coalesce(said.unbilled, 0)`)}`.execute(
    db,
  )
  return rows.map(({ currency, deferred, unbilled }) => {
    const [more, less] = [deferred, unbilled].map((minor) => formatMinor(BigInt(minor), currency))
    return `the period from ${startDay}: ${more} ${currency} deferred and ${less} unbilled too much`
  })
}
