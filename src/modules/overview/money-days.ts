import { dayOf, fromDayNumber, toDayNumber } from '../../core/base/period.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { type MoneyOfDay, moneyByDay } from '../ledger/index.ts'

/** Days that money is shown of, today included. */
const DAYS = 31
/** Tenants whose days are kept. */
const MAX_KEPT = 1_000

/** Days that are over, for good: a transaction that began in one has ended a day later. */
interface Kept {
  readonly from: string
  readonly until: string
  readonly rows: readonly MoneyOfDay[]
}
const kept = new Map<string, Kept>()

/**
 * What was billed and collected in the last days. A month of a million documents a year takes a third of a second to add up, so days
 * that are over are added up once; the rest is yesterday and today. A test clock may go back into a day that was over: of such a tenant
 * nothing is kept.
 */
export async function moneyOfDays({ db, tenant, nowMs }: ReadContext): Promise<readonly MoneyOfDay[]> {
  const today = toDayNumber(dayOf(nowMs, 'UTC'))
  const [from, yesterday] = [fromDayNumber(today + 1 - DAYS), fromDayNumber(today - 1)]
  if (tenant.clockMs !== null) return moneyByDay(db, from, new Date(nowMs))
  const known = kept.get(tenant.schema)
  const isKnown = known !== undefined && known.from <= from && known.until === yesterday
  const over = isKnown ? known.rows : await overDays(db, from, yesterday)
  if (!isKnown) {
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(tenant.schema, { from, until: yesterday, rows: over })
  }
  return [...over, ...(await moneyByDay(db, yesterday, new Date(nowMs)))]
}

async function overDays(db: ReadContext['db'], from: string, until: string): Promise<readonly MoneyOfDay[]> {
  const rows = await moneyByDay(db, from, new Date(`${until}T00:00:00Z`))
  // What was posted in the first moment of the day that follows is of that day.
  return rows.filter(({ day }) => day < until)
}
