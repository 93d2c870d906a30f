import { sql } from 'kysely'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf, periodAt, periodIndexOf } from '../../core/base/period.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import type { Engine } from '../../engine/index.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { listPlanVersions } from '../catalog/index.ts'
import { type Account, type ChangeRequest, draftChange } from '../customers/index.ts'
import { linesOn, loadAccountBilling, startDays } from './account-billing.ts'
import type { AccountBilling } from './billables.ts'

/** What the first bill that a change shows on would have with the change and without it. Nothing is kept. */
export async function previewChange(
  engine: Engine,
  { db, tenant, nowMs }: WriteContext,
  reference: string,
  request: ChangeRequest,
): Promise<object> {
  // Negotiated prices make a plan version, which is undone.
  await sql`savepoint preview`.execute(db)
  const { account, row } = await draftChange(db, reference, request, nowMs)
  const reload = async (): Promise<Pick<AccountBilling, 'plans' | 'catalog'>> => ({
    plans: new Map((await listPlanVersions(db)).map(({ id, content }) => [id, content])),
    catalog: await engine.catalog(tenant.name),
  })
  const sources = { engine, tenant, reload, ...(await reload()) }
  const without = await loadAccountBilling(sources, db, account)
  const changed = await loadAccountBilling(sources, db, account, [row])
  const from = dayOf(Math.max(nowMs, row.effectiveAt.getTime()), account.zone)
  const day = billingDayFrom(account, changed, from)
  const [before, after] = [await linesOn(db, without, day), await linesOn(db, changed, day)]
  await sql`rollback to savepoint preview`.execute(db)
  return {
    effectiveAt: row.effectiveAt,
    billedOn: day,
    currency: account.currency,
    without: toBillView(account, before),
    with: toBillView(account, after),
    difference: formatMinor(totalOf(after) - totalOf(before), account.currency),
  }
}

/** The first day from `from` on, and not billed yet, on which the account gets a bill. */
function billingDayFrom(account: Account, facts: AccountBilling, from: string): string {
  const { cycleAnchor, cycleUnit: unit, cycleCount: count, billedUntil } = account
  const cycle = { unit, count }
  const earliest = billedUntil === null || billedUntil < from ? from : dayAfter(billedUntil)
  const period = periodAt(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, earliest))
  const regular = period.start === earliest ? earliest : period.end
  return [...startDays(facts, regular), regular].filter((day) => day >= earliest).toSorted()[0] as string
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

function totalOf(lines: readonly InvoiceLine[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

function toBillView({ currency }: Account, lines: readonly InvoiceLine[]): object {
  return {
    lines: lines.map(({ kind, description, subscriptionId, shown, isLate, amountMinor }) => ({
      kind,
      description,
      subscriptionId,
      from: shown.start,
      until: shown.end,
      isLate,
      amount: formatMinor(amountMinor, currency),
    })),
    total: formatMinor(totalOf(lines), currency),
  }
}
