import { cycleOf } from '../base/period.ts'
import { adjustedBillables } from '../invoicing/adjusted-billables.ts'
import { type Billable, type InvoiceLine, targetKey, toInvoiceLines } from '../invoicing/invoice-lines.ts'
import { planSpansOf } from '../invoicing/plan-spans.ts'
import { compareByPlan } from '../invoicing/reading-order.ts'
import { sponsoredBillables } from '../invoicing/sponsored-usage.ts'
import { compiledPriceOf } from '../rating/compiled-plans.ts'
import type { AccountFacts } from './account-facts.ts'
import { collectBillables, withdrawnBillables } from './billables.ts'
import { heldAtConceded, type MovedUsage } from './conceded.ts'
import { payerOfCharge } from './payers.ts'

/** Lines for what is due on a day and not billed: of the account, and behind them of each that is billed to it. */
export function linesAt(facts: AccountFacts, day: string): InvoiceLine[] {
  return [...ownLinesAt(facts, day), ...(facts.children ?? []).flatMap((child) => ownLinesAt(child, day))]
}

function ownLinesAt(facts: AccountFacts, day: string): InvoiceLine[] {
  const charges = collectBillables(facts, day, true)
  const running = new Set(charges.filter(({ usage, period }) => usage !== null && period.end > day).map(targetKey))
  // Once an interim invoice billed some of a running period, discounts and caps look at all of its usage.
  const isPartlyBilled = [...running].some((key) => facts.billed.billed.has(key))
  const counted = isPartlyBilled ? charges : charges.filter((charge) => !running.has(targetKey(charge)))
  const whole = [...withAdjustments(facts, counted, day), ...sponsoredBillables(facts.account, facts.sponsored, day)]
  return toLines(facts, whole).filter((line) => !running.has(targetKey(line)))
}

/** Lines for usage up to now, of running periods too, with its caps and discounts: those of an interim invoice. */
export function usageLinesAt(facts: AccountFacts, day: string): InvoiceLine[] {
  const whole = withAdjustments(facts, collectBillables(facts, day, true), day)
  const usage = new Set(whole.filter((billable) => billable.usage !== null).map(targetKey))
  return toLines(facts, whole).filter((line) => usage.has(targetKey(line)))
}

function withAdjustments(facts: AccountFacts, charges: readonly Billable[], day: string): Billable[] {
  const { account, timelines, plans, discounts, billed } = facts
  const { cycleAnchor: anchor, zone, currency, billedUntil } = account
  const spans = timelines.flatMap((life) => planSpansOf(life, zone))
  const billDays = { anchor, cycle: cycleOf(account) }
  const adjusting = { currency, zone, billDays, plans, spans, discounts, billedUntil, issued: billed.issued }
  return adjustedBillables(charges, adjusting, day)
}

function toLines(facts: AccountFacts, whole: readonly Billable[]): InvoiceLine[] {
  const { billed, ceasing, conceded } = facts.billed
  const { currency } = facts.account
  const asked = [...whole, ...withdrawnBillables(whole, ceasing)]
  const due = heldAtConceded(asked, conceded, currency, () => movedUsageOf(facts))
  return billedHere(facts, asPrinted(facts, toInvoiceLines(due, billed, currency)))
}

/** All is computed whole, whoever is billed for it; then everybody has the lines of their own. */
function billedHere({ account, payerId }: AccountFacts, lines: readonly InvoiceLine[]): InvoiceLine[] {
  const { id, billedTo = [] } = account
  if (billedTo.length === 0) return [...lines]
  const own = lines.filter((line) => payerOfCharge(billedTo, line) === (payerId ?? null))
  return payerId === undefined ? own : own.map((line) => ({ ...line, accountId: id }))
}

function movedUsageOf({ timelines, compiled }: AccountFacts): MovedUsage {
  const had = new Map(
    timelines.map((life) => [life.subscriptionId, new Set(life.intervals.map(({ planVersionId }) => planVersionId))]),
  )
  return {
    isMoved: ({ usage, subscriptionId, planVersionId }) =>
      usage !== null && had.get(subscriptionId)?.has(planVersionId) !== true,
    meterOf: (billable) => compiledPriceOf(compiled, billable)?.meter.code ?? '',
  }
}

/** Late usage last, before it what members used; what lowers a line follows it. */
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
