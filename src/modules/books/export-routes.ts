import { sql } from 'kysely'
import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { dayBefore } from '../../core/base/period.ts'
import { basJournal } from '../../core/books/exports/bas.ts'
import { csvJournal } from '../../core/books/exports/csv.ts'
import { datevJournal, inWindows1252 } from '../../core/books/exports/datev.ts'
import type { Journal, JournalLine } from '../../core/books/exports/journal.ts'
import { saftJournal } from '../../core/books/exports/saft.ts'
import type { EngineReads } from '../../engine/index.ts'
import { anyOf, schemaOf } from '../../platform/db.ts'
import { day as dayInput } from '../../platform/http/dates.ts'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { accountNames, type Issuer } from '../parties/index.ts'
import { amount, day, line, report, viewLine } from './answers.ts'
import { computingOpen, linesOf, reportDay, sumsOf } from './books-lines.ts'
import { getBooks } from './issuer-books.ts'
import { type Books, listGlAccounts } from './store.ts'

/** Lines of one export. */
const MAX_LINES = 200_000

const query = z.object({
  from: dayInput,
  until: dayInput.describe('The last day'),
  format: z
    .enum(['json', 'csv', 'datev', 'saft', 'bas'])
    .default('json')
    .describe('`bas` is XML for programs of the 1C and BAS family'),
  consultant: z.coerce.number().int().min(1001).max(9_999_999).default(1001).describe('Of DATEV: Beraternummer'),
  client: z.coerce.number().int().min(1).max(99_999).default(1).describe('Of DATEV: Mandantennummer'),
  accountLength: z.coerce.number().int().min(4).max(8).default(4).describe('Of DATEV: digits of its accounts'),
  yearStart: dayInput.optional().describe('Of DATEV: first day of the financial year; 1 January when absent'),
})

/** Journals for other programs. */
export function exportRoutes(engine: EngineReads): Route[] {
  return [
    streamRoute({
      ...report,
      url: '/v1/books/{issuer}/journal',
      summary: 'All entries of the books of some days, as JSON, CSV, DATEV Buchungsstapel (EXTF), SAF-T or XML for BAS',
      query,
      answer: z.strictObject({
        ...{ from: day, until: day, currency: z.string(), debit: amount, credit: amount },
        items: z.array(line.extend({ reference: z.string(), account: z.string(), customer: z.string() })),
      }),
      handle: async (context, { params, query: asked }) => {
        const { books, issuer } = await getBooks(context.db, params.issuer)
        if (asked.from > asked.until) throw new Refusal('unprocessable', 'until: a day before from')
        const until = reportDay(books, asked.until, context.nowMs)
        const journal = await journalOf(engine, context, { books, issuer }, { ...asked, until })
        return answerOf(journal, asked, books)
      },
    }),
  ]
}

type Asked = z.output<typeof query>

function answerOf(
  journal: Journal,
  { format, consultant, client, accountLength, yearStart }: Asked,
  books: Books,
): object {
  const { from, until, currency, lines } = journal
  const file = (type: string, name: string, body: string | Uint8Array): RawAnswer =>
    new RawAnswer(type, body, { 'content-disposition': `attachment; filename="${name}"` })
  switch (format) {
    case 'csv':
      return file('text/csv; charset=utf-8', `journal-${from}-${until}.csv`, csvJournal(journal))
    case 'saft':
      return file('application/xml; charset=utf-8', `saft-${from}-${until}.xml`, saftJournal(journal))
    case 'bas':
      return file('application/xml; charset=utf-8', `journal-${from}-${until}.xml`, basJournal(journal))
    case 'datev': {
      const terms = { consultant, client, accountLength, yearStart: yearStart ?? `${from.slice(0, 4)}-01-01` }
      const text = asRefusal(() => datevJournal(journal, terms))
      return file('text/csv; charset=windows-1252', `EXTF_Buchungsstapel_${from}_${until}.csv`, inWindows1252(text))
    }
    case 'json': {
      const total = (sign: bigint): string =>
        formatMinor(
          lines.reduce((sum, { booksMinor }) => (booksMinor * sign > 0n ? sum + booksMinor * sign : sum), 0n),
          currency,
        )
      const items = lines.map(({ reference, account, customer, ...own }) => ({
        ...viewLine(own, books),
        reference,
        account,
        customer,
      }))
      return { from, until, currency, debit: total(1n), credit: total(-1n), items }
    }
  }
}

/** What a format cannot say is told as a problem. */
function asRefusal<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('unprocessable', error.message)
    throw error
  }
}

async function journalOf(
  engine: EngineReads,
  context: ReadContext,
  { books, issuer }: { readonly books: Books; readonly issuer: Issuer },
  { from, until, format }: Pick<Asked, 'from' | 'until' | 'format'>,
): Promise<Journal> {
  const { db, nowMs } = context
  const found: JournalLine[] = []
  const computing = await computingOpen(engine, context, books, until)
  for await (const lines of linesOf(context, books, computing, { from, until })) {
    if (found.length + lines.length > MAX_LINES)
      throw new Refusal('unprocessable', `there are more than ${MAX_LINES} lines: ask for fewer days`)
    for (const one of lines) found.push({ ...one, reference: '', account: '', customer: '' })
  }
  const ids = new Set(found.flatMap(({ documentId }) => documentId ?? []))
  const [references, names] = [await referencesOf(context, [...ids]), await accountNames(db, accountsIn(found))]
  const opening = new Map<string, bigint>()
  if (format === 'saft' && from > books.opensOn) {
    const before = dayBefore(from)
    const sums = await sumsOf(context, books, await computingOpen(engine, context, books, before), { until: before })
    for (const { code, booksDebit, booksCredit } of sums)
      if (code !== null) opening.set(code, (opening.get(code) ?? 0n) + booksDebit - booksCredit)
  }
  const { name, address, taxId, postalAddress, registrations } = issuer
  return {
    company: {
      name,
      address,
      taxId: taxId ?? registrations[0]?.number ?? null,
      country: postalAddress?.country ?? null,
    },
    ...{ currency: books.currency, from, until, madeMs: nowMs, opening },
    accounts: await listGlAccounts(db, books.issuerId),
    lines: found.map((one) => ({
      ...one,
      reference: references.get(one.documentId ?? '') ?? '',
      account: names.get(one.accountId ?? '')?.account ?? '',
      customer: names.get(one.accountId ?? '')?.customerName ?? '',
    })),
  }
}

function accountsIn(lines: readonly JournalLine[]): string[] {
  return [...new Set(lines.flatMap(({ accountId }) => accountId ?? []))]
}

/** What people know documents, payments and sales by: numbers and keys. */
async function referencesOf({ db }: Pick<ReadContext, 'db'>, ids: readonly string[]): Promise<Map<string, string>> {
  const schema = schemaOf(db)
  const table = (name: string): string => `"${schema}".${name}`
  const { rows } = await sql<{ id: string; reference: string }>`${sql.raw(`with named as (
      select id, document ->> 'number' as reference from ${table('invoice')}
      union all select id, key from ${table('payment')} union all select id, key from ${table('top_up')}
      union all select id, key from ${table('prepaid_sale')}
      union all select r.id, p.key from ${table('payment_reversal')} r join ${table('payment')} p on p.id = r.payment_id
      union all select r.id, t.key from ${table('top_up_reversal')} r join ${table('top_up')} t on t.id = r.top_up_id
      union all select l.id, i.document ->> 'number' from ${table('allocation')} l join ${table('invoice')} i on i.id = l.invoice_id
    ) select id, reference from named where id = `)}${anyOf(ids)}`.execute(db)
  return new Map(rows.map(({ id, reference }) => [id, reference]))
}
