import { sql } from 'kysely'
import { currencyOf } from '../../core/base/currency.ts'
import { roundExact } from '../../core/base/exact.ts'
import { cycleOf, periodStart } from '../../core/base/period.ts'
import type { Plan } from '../../core/catalog/plan.ts'
import { dailyPriceOf } from '../../core/invoicing/daily-billables.ts'
import { billIndexOf } from '../../core/invoicing/due-charges.ts'
import { fixedBillables, type Life } from '../../core/invoicing/fixed-billables.ts'
import { type Billable, billableKey, targetKey } from '../../core/invoicing/invoice-lines.ts'
import { type PlanSpan, planSpansOf } from '../../core/invoicing/plan-spans.ts'
import { boundTerms, boundWindows } from '../../core/invoicing/spend-bounds.ts'
import { inLocalDays } from '../../core/subscriptions/local-days.ts'
import { type CheckResult, checkNone } from '../../platform/check.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { listPlanVersions } from '../catalog/index.ts'
import { type Account, listAccountIds, listAccountsByIds } from '../parties/index.ts'
import { anchorOf, intervalsOf, loadTimelines, parentOf } from '../subscriptions/index.ts'

/** Accounts that are read at a time. */
const PAGE = 500
const INVARIANT = 'no window that a price promises goes unbilled'

/** What documents billed of one name, with discounts left out. */
interface Billed {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly kind: Billable['kind']
  readonly periodStart: string
  readonly periodEnd: string
  readonly amountMinor: bigint
}

/**
 * Of each subscription that did not change since it was billed: every period of a fee is billed with what the fee asks
 * for it, and the charges of every window of a minimum come to it, with its true-up.
 */
export async function checkWindows(db: Database): Promise<CheckResult> {
  const plans = new Map((await listPlanVersions(db)).map(({ id, content }) => [id, content]))
  const phases = new Map([...plans].flatMap(([id, plan]) => (plan.phases === undefined ? [] : [[id, plan.phases]])))
  const runs = await firstRuns(db)
  const ids = await listAccountIds(db)
  const broken: string[] = []
  let compared = 0
  for (let at = 0; at < ids.length; at += PAGE) {
    const page = ids.slice(at, at + PAGE)
    const accounts = new Map((await listAccountsByIds(db, page)).map((account) => [account.id, account]))
    const zones = new Map([...accounts].map(([id, { zone }]) => [id, zone]))
    const timelines = await loadTimelines(db, page, { zones, phases })
    const billed = Map.groupBy(await billedOf(db, page), ({ subscriptionId }) => subscriptionId)
    const excusedOf = await excusedFees(db, page)
    const payers = await payersOf(db, accounts.values())
    const changed = await lastChanges(db, page)
    for (const row of timelines.subscriptions) {
      const account = accounts.get(row.accountId) as Account
      const billedUntil = doneUntil(account, payers)
      const billedMs = billedUntil === null ? undefined : runs.find((run) => run.untilDay >= billedUntil)?.createdMs
      const family = [row, parentOf(timelines, row)].filter((one) => one !== undefined)
      // Its end is of its row, which knows when it was changed; all else is in the list of its changes.
      const lastMs = Math.max(...family.map(({ id, updatedAt }) => Math.max(changed.get(id) ?? 0, updatedAt.getTime())))
      if (billedUntil === null || billedMs === undefined || lastMs >= billedMs) continue
      compared++
      const intervals = inLocalDays(intervalsOf(timelines, row), account.zone)
      const life = { subscriptionId: row.id, anchor: anchorOf(account, row, parentOf(timelines, row)), intervals }
      const own = billed.get(row.id) ?? []
      const excused = excusedOf.get(row.id) ?? []
      broken.push(
        ...brokenFees(account, life, plans, own, billedUntil)
          .filter(({ key }) => !excused.includes(key))
          .map(({ said }) => said),
        ...(excused.length > 0 ? [] : brokenMinima(account, life, plans, own, billedUntil)),
      )
    }
  }
  return checkNone(INVARIANT, broken, `${compared} subscriptions`)
}

/** Whoever is, or was, billed for some accounts, by their ids. */
async function payersOf(db: Database, accounts: Iterable<Account>): Promise<Map<string, Account>> {
  const ids = [...accounts].flatMap(({ billedTo }) => billedTo.flatMap(({ payerId }) => payerId ?? []))
  if (ids.length === 0) return new Map()
  return new Map((await listAccountsByIds(db, [...new Set(ids)])).map((account) => [account.id, account]))
}

/** Until when an account and all that pay for it are billed; null where one of them never was. */
function doneUntil({ billedUntil, billedTo }: Account, payers: ReadonlyMap<string, Account>): string | null {
  const own = billedTo.flatMap(({ payerId }) => (payerId === null ? [] : [payers.get(payerId)?.billedUntil ?? null]))
  return [billedUntil, ...own].reduce((least, day) => (least === null || day === null || day < least ? day : least))
}

function brokenFees(
  account: Account,
  life: Life,
  plans: ReadonlyMap<string, Plan>,
  billed: readonly Billed[],
  until: string,
): { readonly key: string; readonly said: string }[] {
  const { minorDigits } = currencyOf(account.currency)
  const keyOf = (one: Billed): string => billableKey({ ...one, cell: '', period: { start: one.periodStart } })
  const isFee = ({ kind }: { kind: Billable['kind'] }): boolean => kind === 'recurring' || kind === 'one_off'
  const open = new Map<string, bigint>()
  for (const one of fixedBillables(account, life, plans, until).filter(isFee))
    open.set(billableKey(one), (open.get(billableKey(one)) ?? 0n) + roundExact(one.amount, minorDigits))
  // What is taken day by day is billed by the days that were paid, which the check of what is owed compares.
  const isDaily = (one: Billed): boolean => dailyPriceOf(plans.get(one.planVersionId), one.priceCode) !== undefined
  // A line that takes usage back whole has no counter any more, and is written like a fee.
  const isUsage = ({ planVersionId, priceCode }: Billed): boolean =>
    plans.get(planVersionId)?.prices.some(({ kind, code }) => kind === 'usage' && code === priceCode) === true
  for (const one of billed.filter((line) => isFee(line) && !isUsage(line) && !isDaily(line)))
    open.set(keyOf(one), (open.get(keyOf(one)) ?? 0n) - one.amountMinor)
  return [...open]
    .filter(([, minor]) => minor !== 0n)
    .map(([key, minor]) => ({ key, said: `${key.split('\n').join(' ')}: ${minor} not billed` }))
}

/** Windows whose charges follow from whole periods; those that cut through periods follow from the records alone. */
function brokenMinima(
  account: Account,
  life: Life,
  plans: ReadonlyMap<string, Plan>,
  billed: readonly Billed[],
  until: string,
): string[] {
  const billDays = { anchor: account.cycleAnchor, cycle: cycleOf(account) }
  const { minorDigits } = currencyOf(account.currency)
  const firstDays = new Map(fixedBillables(account, life, plans, until).map((fee) => [targetKey(fee), fee.shown.start]))
  const dayOf = (one: Billed): string =>
    firstDays.get(targetKey({ ...one, cell: '', period: { start: one.periodStart } })) ?? one.periodStart
  return planSpansOf(life, account.zone).flatMap((span) =>
    boundTerms(plans.get(span.planVersionId), span, 'commitment').flatMap((terms) => {
      const { code, counts } = terms.bound
      return boundWindows(terms, 'arrears', until).flatMap(({ period, active, amount: minimum }) => {
        const billedOn = periodStart(billDays.anchor, billDays.cycle, billIndexOf(active.end, billDays))
        const counted = countedIn(span, period, counts, code, billed, dayOf)
        if (billedOn > until || counted === null || counted >= roundExact(minimum, minorDigits)) return []
        return [`${code} of ${span.subscriptionId} from ${active.start}: billed ${counted}`]
      })
    }),
  )
}

/** Null where a charge is of several windows. */
function countedIn(
  { planVersionId }: PlanSpan,
  { start, end }: { readonly start: string; readonly end: string },
  counts: readonly string[] | undefined,
  code: string,
  billed: readonly Billed[],
  dayOf: (one: Billed) => string,
): bigint | null {
  const own = billed.filter(
    (one) =>
      one.planVersionId === planVersionId &&
      one.kind !== 'commit' &&
      (one.priceCode === code || (one.kind !== 'commitment' && (counts?.includes(one.priceCode) ?? true))),
  )
  const within = own.filter((one) => dayOf(one) >= start && dayOf(one) < end)
  const isCut = own.some(
    (one) =>
      one.kind === 'usage' &&
      one.periodStart < end &&
      one.periodEnd > start &&
      (one.periodStart < start || one.periodEnd > end),
  )
  return isCut ? null : within.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
}

async function billedOf(db: Database, accountIds: readonly string[]): Promise<Billed[]> {
  const rows = await db
    .selectFrom('invoiceLine')
    .select(['subscriptionId', 'planVersionId', 'priceCode', 'kind', 'periodStart', 'periodEnd'])
    .select(sql<string>`sum(amount_minor)::text`.as('amount'))
    .where('accountId', '=', anyOf(accountIds))
    .where('kind', 'not in', ['discount', 'sponsored', 'item', 'advance', 'credit'])
    .where('isUnbilled', '=', false)
    .groupBy(['subscriptionId', 'planVersionId', 'priceCode', 'kind', 'periodStart', 'periodEnd'])
    .execute()
  return rows.map(({ amount, ...row }) => ({ ...(row as Omit<Billed, 'amountMinor'>), amountMinor: BigInt(amount) }))
}

/**
 * By subscription, fees that are billed with what was given up of them on request, since their price is less; and those that were voided
 * to be billed anew, which the next run does.
 */
async function excusedFees(db: Database, accountIds: readonly string[]): Promise<Map<string, string[]>> {
  const columns = ['subscriptionId', 'planVersionId', 'priceCode', 'cell', 'periodStart'] as const
  const rows = await db
    .selectFrom('invoiceLine')
    .select(columns)
    .where('accountId', '=', anyOf(accountIds))
    .groupBy(columns)
    .having(
      sql<boolean>`coalesce(sum(amount_minor) filter (where not is_unbilled), 0) = 0
        and (bool_or(is_unbilled) or sum(amount_minor) filter (where kind = 'credit') < 0)`,
    )
    .execute()
  const found = new Map<string, string[]>()
  for (const { periodStart: start, ...row } of rows) {
    const { subscriptionId, planVersionId } = row
    if (subscriptionId === null || planVersionId === null) continue
    const key = billableKey({ ...row, subscriptionId, planVersionId, period: { start } })
    found.set(subscriptionId, [...(found.get(subscriptionId) ?? []), key])
  }
  return found
}

/** When runs up to a day began first, by the day. */
async function firstRuns(db: Database): Promise<{ untilDay: string; createdMs: number }[]> {
  const rows = await db.selectFrom('billRun').select(['untilDay', 'createdAt']).orderBy('untilDay').execute()
  const runs = rows.map((row) => ({
    untilDay: row['untilDay'] as string,
    createdMs: (row['createdAt'] as Date).getTime(),
  }))
  return runs.map((run) => ({
    ...run,
    createdMs: Math.min(...runs.filter(({ untilDay }) => untilDay >= run.untilDay).map(({ createdMs }) => createdMs)),
  }))
}

/** When each subscription was changed last, or a change of it was withdrawn. */
async function lastChanges(db: Database, accountIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('subscriptionChange')
    .innerJoin('subscription', 'subscription.id', 'subscriptionChange.subscriptionId')
    .select(['subscriptionId', sql<Date>`max(greatest(recorded_at, withdrawn_at))`.as('last')])
    .where('accountId', '=', anyOf(accountIds))
    .groupBy('subscriptionId')
    .execute()
  return new Map(rows.map((row) => [row['subscriptionId'] as string, row.last.getTime()]))
}
