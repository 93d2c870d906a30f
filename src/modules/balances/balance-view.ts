import { formatQuantity, UNIT_SCALE } from '../../core/base/quantity.ts'
import type { Lot } from '../../core/charging/balances.ts'
import type { BalanceReport } from '../../engine/index.ts'
import { formatRating } from './lot-drafts.ts'

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())

/** Balances as answers show them: decimals of the currency or the unit. */
export function toBalanceView(account: string, report: BalanceReport): object {
  const { currency, balances, creditLimit, available } = report
  const money = (amount: bigint): string => formatRating(amount, currency)
  const open = balances.lots.filter(({ remaining }) => remaining > 0n)
  return {
    account,
    currency,
    available: available === null ? null : money(available),
    credit: {
      limit: creditLimit === null ? null : money(creditLimit),
      owed: money(balances.owed),
      held: money(balances.creditHeld),
    },
    spentThisPeriod: money(balances.spent.amount),
    balances: [...Map.groupBy(open, ({ unit }) => unit)].map(([unit, lots]) => ({
      unit: unit ?? currency,
      remaining: amountOf(sum(lots, 'remaining'), unit, currency),
      held: amountOf(sum(lots, 'held'), unit, currency),
      lots: lots.map((lot) => toLotView(lot, currency)),
    })),
    promise:
      balances.promise === null ? null : { dueAt: instant(balances.promise.dueMs), fee: money(balances.promise.fee) },
    thresholdsCrossed: balances.crossed,
    runningSessions: report.running,
    sessions: report.sessions.map(({ key, service, startedMs, expiresMs }) => {
      const [source, session] = JSON.parse(key) as [string, string]
      return { source, session, service, startedAt: instant(startedMs), expiresAt: instant(expiresMs) }
    }),
  }
}

function sum(lots: readonly Lot[], part: 'remaining' | 'held'): bigint {
  return lots.reduce((total, lot) => total + lot[part], 0n)
}

function amountOf(amount: bigint, unit: string | null, currency: string): string {
  return unit === null ? formatRating(amount, currency) : formatQuantity(amount, UNIT_SCALE)
}

function toLotView(
  { number, unit, source, priority, fromMs, untilMs, graceMs = 0, unitPrice, isTaxed, ...more }: Lot,
  currency: string,
): object {
  const { scope, isShared, origin, ...amounts } = more
  return {
    number,
    source,
    priority,
    validFrom: instant(fromMs),
    expiresAt: instant(untilMs),
    ...(graceMs === 0 ? {} : { graceHours: graceMs / 3_600_000 }),
    ...(unitPrice === undefined ? {} : { unitPrice }),
    ...(isTaxed === undefined ? {} : { taxed: true }),
    scope,
    shared: isShared,
    origin,
    amount: amountOf(amounts.amount, unit, currency),
    remaining: amountOf(amounts.remaining, unit, currency),
    held: amountOf(amounts.held, unit, currency),
  }
}
