import { sql } from 'kysely'
import { dayBefore, startOfDayMs } from '../../core/base/period.ts'
import { divideRounded } from '../../core/base/rounding.ts'
import { AGES, agedSums } from '../../core/books/ageing.ts'
import type { BookLine } from '../../core/books/book-line.ts'
import { converted } from '../../core/books/exchange.ts'
import { badDebtReserved } from '../../core/ledger/templates.ts'
import { schemaOf } from '../../platform/db.ts'
import { type Computing, converting, linesOfEntry, rateOn } from './computing.ts'
import { openItems } from './open-items.ts'
import { hundredthsOf } from './policies.ts'

/** What accounts of the chart have come to, by kind and currency: `receivable USD`. */
export type Standing = Map<string, { readonly amountMinor: bigint; readonly booksMinor: bigint }>

/** Money, and claims and debts that are paid in money: they are worth what the rate of the day says. */
const MONETARY = ['cash', 'receivable', 'unbilled_revenue', 'sponsored', 'tax'] as const
const NOBODY = { country: null, segment: null }

/** What closed periods have of an issuer, by kind and currency, without what was only valued anew. */
async function closedStanding(
  { db, books, before }: Computing,
  templates: 'revalued' | 'bad_debt_reserved' | 'other',
): Promise<Standing> {
  if (before === null) return new Map()
  const schema = schemaOf(db)
  const which = templates === 'other' ? `b.template not in ('revalued')` : `b.template = '${templates}'`
  const { rows } = await sql<{ name: string; amount: string; books: string }>`${sql.raw(`
    select split_part(b.ledger_account, ':', 1) || ' ' || b.currency as name, sum(b.amount_minor)::text as amount, sum(b.books_minor)::text as books
    from "${schema}".book_line b join "${schema}".accounting_period p on p.id = b.period_id and p.generation = b.generation
    where b.issuer_id = '${books.issuerId}' and p.state = 'closed' and p.end_day <= '${before.endDay}' and ${which} group by 1`)}`.execute(
    db,
  )
  return new Map(
    rows.map(({ name, amount, books: worth }) => [name, { amountMinor: BigInt(amount), booksMinor: BigInt(worth) }]),
  )
}

/**
 * What is expected not to be paid of what is open at the end, by the percentages of its age: by how much it differs from what is reserved.
 * Example: 200.00 open since 40 days at 10 % and 50.00 since 100 days at 50 % are 45.00; 30.00 were reserved: 15.00 more.
 */
export async function reservedLines(computing: Computing): Promise<BookLine[]> {
  const { db, books, end } = computing
  const shares = AGES.map((age) => [age, hundredthsOf(books.policies.badDebts[age] ?? '0')] as const)
  const before = await closedStanding(computing, 'bad_debt_reserved')
  const isAsked = shares.some(([, share]) => share > 0n) || before.size > 0
  if (!isAsked) return []
  const day = dayBefore(end)
  const items = await openItems(db, books, startOfDayMs(end, books.zone))
  const byCurrency = Map.groupBy(items, ({ currency }) => currency)
  const currencies = new Set([...byCurrency.keys(), ...[...before.keys()].map((name) => name.split(' ')[1] as string)])
  return [...currencies].sort().flatMap((currency) => {
    const sums = agedSums(byCurrency.get(currency) ?? [], day)
    const wanted = shares.reduce((sum, [age, share]) => sum + divideRounded(sums[age] * share, 10_000n, 'half_up'), 0n)
    const reserved = -(before.get(`bad_debt_reserve ${currency}`)?.amountMinor ?? 0n)
    const more = wanted - reserved
    if (more === 0n) return []
    const sides = converting(computing, badDebtReserved('', currency, more), rateOn(computing, currency, day))
    const parts = { day, belongsOn: null, template: 'bad_debt_reserved', documentId: null, subject: null } as const
    return linesOfEntry(computing, NOBODY, parts, sides)
  })
}

/**
 * What money, claims and debts of other currencies are worth by the rate of the last day, against the rates at which they came: by how much
 * that differs from what the last closed period said of it. Example: 100.00 USD came at 0.80 and are worth 0.85 each: 5.00 EUR gained.
 */
export async function revaluedLines(computing: Computing, standing: Standing): Promise<BookLine[]> {
  const { books, end } = computing
  const [before, valued] = [await closedStanding(computing, 'other'), await closedStanding(computing, 'revalued')]
  const day = dayBefore(end)
  const names = new Set([...standing.keys(), ...before.keys(), ...valued.keys()])
  return [...names].sort().flatMap((name) => {
    const [kind = '', currency = ''] = name.split(' ')
    if (currency === books.currency || !MONETARY.some((one) => one === kind)) return []
    const sum = (of: 'amountMinor' | 'booksMinor'): bigint =>
      (before.get(name)?.[of] ?? 0n) + (standing.get(name)?.[of] ?? 0n)
    const rate = rateOn(computing, currency, day)
    const target = converted(sum('amountMinor'), rate, currency, books.currency) - sum('booksMinor')
    const more = target - (valued.get(name)?.booksMinor ?? 0n)
    if (more === 0n) return []
    const side = { ledgerAccount: kind, accountId: null, currency, amountMinor: 0n, booksMinor: more, rate: rate.words }
    const parts = { day, belongsOn: null, template: 'revalued', documentId: null, subject: null } as const
    return linesOfEntry(computing, NOBODY, parts, [side], 'exchange')
  })
}
