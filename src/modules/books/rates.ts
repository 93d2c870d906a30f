import { type ExchangeRate, ExchangeRates } from '../../core/books/exchange.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'
import type { Books } from './store.ts'

const COLUMNS = {
  id: 'uuid',
  source: 'text',
  day: 'date',
  base: 'text',
  currency: 'text',
  rate: 'numeric',
  createdAt: 'timestamptz',
} as const

/**
 * Rates between the currencies of an issuer's accounts and that of its books, or another one, from the day on which its books begin; none where
 * there is one currency alone. Of two of one day and pair the one that was added later holds.
 */
export async function listRates(
  db: Database,
  { issuerId, opensOn, currency }: Pick<Books, 'issuerId' | 'opensOn' | 'currency'>,
): Promise<ExchangeRates> {
  const accounts = await db
    .selectFrom('account')
    .select('currency')
    .distinct()
    .where('issuerId', '=', issuerId)
    .execute()
  const currencies = new Set([currency, ...accounts.map((row) => row['currency'] as string)])
  if (currencies.size === 1) return new ExchangeRates([])
  const query = db
    .selectFrom('exchangeRate')
    .select(['day', 'base', 'currency', 'rate'])
    .where('currency', '=', anyOf([...currencies], 'text'))
    .where('day', '>=', Temporal.PlainDate.from(opensOn).subtract({ days: RATE_DAYS }).toString())
  return new ExchangeRates((await query.orderBy('id').execute()) as unknown as ExchangeRate[])
}

/** What was before the books is converted by a rate of the day before, which may be some days old. */
const RATE_DAYS = 12

/** Adds rates that are not there as they are. @returns how many are new */
export async function addRates(
  db: Database,
  source: string,
  rates: readonly ExchangeRate[],
  nowMs: number,
): Promise<number> {
  const last = new Map<string, string>()
  const days = rates.map(({ day }) => day).sort()
  const rows = await db
    .selectFrom('exchangeRate')
    .select(['day', 'base', 'currency', 'rate'])
    .where('day', '>=', days[0] ?? '')
    .where('day', '<=', days.at(-1) ?? '')
    .orderBy('id')
    .execute()
  for (const row of rows as unknown as ExchangeRate[]) last.set(nameOf(row), plain(row.rate))
  const fresh = rates.filter((rate) => last.get(nameOf(rate)) !== plain(rate.rate))
  const createdAt = new Date(nowMs)
  await insertRows(db, {
    table: 'exchangeRate',
    columns: COLUMNS,
    rows: fresh.map((rate) => ({ id: newId(), source, ...rate, createdAt })),
  })
  return fresh.length
}

function nameOf({ day, base, currency }: ExchangeRate): string {
  return `${day} ${base} ${currency}`
}

/** 1.20 and 1.2 are one rate. */
function plain(rate: string): string {
  return rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate
}

/** Rates that one answer has. */
const MAX_RATES = 400

/** Rates of a pair, the latest first, as they hold. */
export async function latestRates(
  db: Database,
  { base, currency, until }: { readonly base: string; readonly currency: string; readonly until?: string | undefined },
): Promise<object[]> {
  let query = db
    .selectFrom('exchangeRate')
    .distinctOn('day')
    .select(['day', 'base', 'currency', 'rate', 'source'])
    .where('base', '=', base)
    .where('currency', '=', currency)
  if (until !== undefined) query = query.where('day', '<=', until)
  return await query.orderBy('day', 'desc').orderBy('id', 'desc').limit(MAX_RATES).execute()
}
