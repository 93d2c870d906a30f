import { periodAt, periodIndexOf } from '../../core/base/period.ts'
import { adjustedBillables } from '../../core/invoicing/adjusted-billables.ts'
import { type BillingMoment, billingMoments } from '../../core/invoicing/billing-moments.ts'
import type { DiscountInForce } from '../../core/invoicing/discount-terms.ts'
import { type Billable, type InvoiceLine, targetKey, toInvoiceLines } from '../../core/invoicing/invoice-lines.ts'
import { compareByPlan } from '../../core/invoicing/reading-order.ts'
import { type SponsoredUsage, sponsoredBillables } from '../../core/invoicing/sponsored-usage.ts'
import { staysOf } from '../../core/invoicing/stays.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { discountsInForce } from '../discounts/index.ts'
import { type Account, cycleOf } from '../parties/index.ts'
import { sponsoredUsage } from '../receivables/index.ts'
import type { ChangeRow } from '../subscriptions/index.ts'
import { loadAccountBilling, sourcesOf, startDays } from './account-billing.ts'
import { collectBillables, withdrawnBillables } from './billables.ts'
import type { AccountBilled } from './billed-before.ts'
import type { AccountBilling, BillingSources } from './billing-facts.ts'

/** What a bill run needs for every account. */
export interface Billing extends BillingSources {
  readonly db: Database
  readonly nowMs: number
}

export async function billingOf(db: Database, engine: Engine, tenant: Tenant, nowMs: number): Promise<Billing> {
  return { db, nowMs, ...(await sourcesOf(engine, inSchema(db, tenant.schema), tenant)) }
}

/** What the lines of an account follow from. */
export interface AccountFacts extends AccountBilling {
  readonly discounts: readonly DiscountInForce[]
  /** What members used of the account's credit, as far as it is looked at. */
  readonly sponsored: readonly SponsoredUsage[]
}

/**
 * @param until levels that hold on without records are known in periods that begin before this day.
 * @param more changes of subscriptions that are not recorded: what would be billed with them.
 */
export async function readFacts(
  sources: BillingSources,
  db: Database,
  account: Account,
  until: string,
  more: readonly ChangeRow[] = [],
): Promise<AccountFacts> {
  const billing = await loadAccountBilling(sources, db, account, until, more)
  const discounts = await discountsInForce(db, account)
  return { ...billing, discounts, sponsored: await sponsoredUsage(db, account.id, until) }
}

/** The billing moments of an account that are not done. */
export function momentsOf(facts: AccountFacts, until: string): BillingMoment[] {
  const { cycleAnchor, billedUntil } = facts.account
  const days = startDays(facts, until)
  // Who only pays for others is billed from when there is something to bill.
  if (facts.lives.length === 0) days.push(...facts.sponsored.map(({ firstDay }) => firstDay))
  const cycle = cycleOf(facts.account)
  // Terms that were bought are paid, whatever became of the subscription.
  const paidFor = [
    ...facts.counters.map(({ periodStart }) => periodStart),
    ...facts.openedTerms.map(({ termStart }) => termStart),
  ]
  const charged = paidFor.map((day) => periodAt(cycleAnchor, cycle, periodIndexOf(cycleAnchor, cycle, day)).end)
  return billingMoments(cycleAnchor, cycle, days, billedUntil, until, charged)
}

/** Lines for what is due on a day and not billed: bill runs and previews come from here. */
export function linesAt(facts: AccountFacts, before: AccountBilled, day: string): InvoiceLine[] {
  const charges = collectBillables(facts, day, true)
  const running = new Set(charges.filter(({ usage, period }) => usage !== null && period.end > day).map(targetKey))
  // Once an interim invoice billed some of a running period, discounts and caps look at all of its usage.
  const isPartlyBilled = [...running].some((key) => before.billed.has(key))
  const counted = isPartlyBilled ? charges : charges.filter((charge) => !running.has(targetKey(charge)))
  const whole = [
    ...withAdjustments(facts, before, counted, day),
    ...sponsoredBillables(facts.account, facts.sponsored, day),
  ]
  return toLines(facts, before, whole).filter((line) => !running.has(targetKey(line)))
}

/** Lines for usage up to now, of running periods too, with its caps and discounts: those of an interim invoice. */
export function usageLinesAt(facts: AccountFacts, before: AccountBilled, day: string): InvoiceLine[] {
  const whole = withAdjustments(facts, before, collectBillables(facts, day, true), day)
  const usage = new Set(whole.filter((billable) => billable.usage !== null).map(targetKey))
  return toLines(facts, before, whole).filter((line) => usage.has(targetKey(line)))
}

function withAdjustments(
  facts: AccountFacts,
  { issued }: AccountBilled,
  charges: readonly Billable[],
  day: string,
): Billable[] {
  const { account, lives, plans, discounts } = facts
  const { cycleAnchor: anchor, zone, currency, billedUntil } = account
  const stays = lives.flatMap((life) => staysOf(life, zone))
  const billDays = { anchor, cycle: cycleOf(account) }
  const adjusting = { currency, zone, billDays, plans, stays, discounts, billedUntil, issued }
  return adjustedBillables(charges, adjusting, day)
}

function toLines(facts: AccountFacts, before: AccountBilled, whole: readonly Billable[]): InvoiceLine[] {
  const withdrawn = withdrawnBillables(whole, before.ceasing)
  return asPrinted(facts, toInvoiceLines([...whole, ...withdrawn], before.billed, facts.account.currency))
}

/** Late usage last, before it what members used; what lowers a line stands below it. */
function asPrinted(facts: AccountFacts, lines: readonly InvoiceLine[]): InvoiceLine[] {
  const heads = new Map(lines.filter(({ adjustment = '' }) => adjustment === '').map((line) => [targetKey(line), line]))
  const compare = compareByPlan(facts.plans)
  const placed = lines.map((line, index) => ({ line, head: heads.get(targetKey(line)) ?? line, index }))
  return placed
    .toSorted(
      (a, b) =>
        Number(a.head.isLate) - Number(b.head.isLate) ||
        Number(a.head.kind === 'sponsored') - Number(b.head.kind === 'sponsored') ||
        compare(a.head, b.head) ||
        Number(a.line !== a.head) - Number(b.line !== b.head) ||
        a.index - b.index,
    )
    .map(({ line }) => line)
}
