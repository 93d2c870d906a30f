import { type ExchangeRate, ExchangeRates } from '../../core/books/exchange.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { insertRows } from '../../platform/insert-rows.ts'

const COLUMNS = {
  id: 'uuid',
  source: 'text',
  day: 'date',
  base: 'text',
  currency: 'text',
  rate: 'numeric',
  createdAt: 'timestamptz',
} as const

/** All rates of a tenant; of two of one day and pair the one that was added later holds. */
export async function listRates(db: Database): Promise<ExchangeRates> {
  const query = db.selectFrom('exchangeRate').select(['day', 'base', 'currency', 'rate'])
  return new ExchangeRates((await query.orderBy('id').execute()) as unknown as ExchangeRate[])
}

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
