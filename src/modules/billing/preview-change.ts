import { sql } from 'kysely'
import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { type AccountCharges, billingPeriodOf } from '../../core/billing/account-facts.ts'
import { linesAt } from '../../core/billing/account-lines.ts'
import { grossOf } from '../../core/billing/document-amounts.ts'
import { startDays } from '../../core/billing/moments.ts'
import { taxLines } from '../../core/billing/tax-lines.ts'
import type { InvoiceLine } from '../../core/invoicing/invoice-lines.ts'
import { taxOf } from '../../core/invoicing/line-tax.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import type { Engine } from '../../engine/index.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import type { Account } from '../parties/index.ts'
import { type ChangeRequest, type ChangeRow, type DraftedChange, draftChange } from '../subscriptions/index.ts'
import { payerOf } from './children.ts'
import {
  type BillingSources,
  type LoadedCharges,
  type LoadedFacts,
  loadChargesWith,
  loadFacts,
  sourcesOf,
} from './load-facts.ts'

/** Each period until the change takes its part of the computation. */
const MAX_AHEAD_MS = 5 * 366 * 86_400_000

/** What the first bill that a change shows on would have with the change and without it. */
interface ChangeCost {
  readonly account: Account
  readonly row: ChangeRow
  readonly day: string
  readonly without: readonly InvoiceLine[]
  readonly with: readonly InvoiceLine[]
  readonly differenceMinor: bigint
}

/** What a change that was drafted would cost. `db` sees the plan versions that the draft made. */
export async function costOfChange(
  sources: BillingSources,
  db: Database,
  nowMs: number,
  { account, row }: DraftedChange,
): Promise<ChangeCost> {
  if (row.effectiveAt.getTime() > nowMs + MAX_AHEAD_MS)
    throw new Refusal('unprocessable', 'what a change costs is told at most five years ahead; ask for an earlier time')
  const from = dayOf(Math.max(nowMs, row.effectiveAt.getTime()), account.zone)
  const latest = Temporal.PlainDate.from(from).add({ years: 1 }).toString()
  const billed = await payerOf(db, account, from)
  const [loaded] = await loadChargesWith(sources, db, [{ account: billed, until: latest }], [row])
  const [charges, changed] = present(loaded, 'the charges of an account')
  const [facts] = (await loadFacts(sources, db, [charges])) as [LoadedFacts]
  const day = billingDayFrom(changed, from)
  const lines = { without: taxedLinesAt(facts, day), with: taxedLinesAt(asChanged(facts, changed), day) }
  return { account, row, day, ...lines, differenceMinor: grossOf(lines.with) - grossOf(lines.without) }
}

function asChanged({ children = [], ...facts }: LoadedFacts, changed: LoadedCharges): LoadedFacts {
  const theirs = changed.children ?? []
  return {
    ...{ ...facts, timelines: changed.timelines },
    children: children.map((child, at) => ({ ...child, timelines: theirs[at]?.timelines ?? child.timelines })),
  }
}

/** Lines with their tax, where that can be decided. */
function taxedLinesAt(facts: LoadedFacts, day: string): readonly InvoiceLine[] {
  const lines = linesAt(facts, day)
  const taxed = taxLines(facts, lines)
  return 'held' in taxed ? lines : taxed.lines
}

/** Tells what a change would cost. Nothing is kept. */
export async function previewChange(
  engine: Engine,
  context: WriteContext,
  reference: string,
  request: ChangeRequest,
): Promise<object> {
  const { db, nowMs } = context
  // Negotiated prices make a plan version, which is undone.
  await sql`savepoint preview`.execute(db)
  const drafted = await draftChange(db, reference, request, nowMs)
  const cost = await costOfChange(await sourcesOf(engine, db, context.tenant), db, nowMs, drafted)
  await sql`rollback to savepoint preview`.execute(db)
  const { account, row } = cost
  return {
    effectiveAt: row.effectiveAt,
    billedOn: cost.day,
    currency: account.currency,
    without: toBillView(account, cost.without),
    with: toBillView(account, cost.with),
    difference: formatMinor(cost.differenceMinor, account.currency),
  }
}

/** The first day from `from` on, and not billed yet, on which the account gets a bill. */
function billingDayFrom(charges: AccountCharges, from: string): string {
  const { account } = charges
  const { billedUntil } = account
  const earliest = billedUntil === null || billedUntil < from ? from : dayAfter(billedUntil)
  const period = billingPeriodOf(account, earliest)
  const regular = period.start === earliest ? earliest : period.end
  return [...startDays(charges, regular), regular].filter((day) => day >= earliest).toSorted()[0] as string
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
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
    tax: formatMinor(sumOf(lines.map(taxOf)), currency),
    total: formatMinor(grossOf(lines), currency),
  }
}
