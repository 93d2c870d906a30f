import { formatMinor, toRatingScale } from '../../core/base/money.ts'
import { dayOf, startOfDayMs } from '../../core/base/period.ts'
import type { RecurringPrice } from '../../core/catalog/plan.ts'
import { takeDailyFee } from '../../core/charging/daily-fee.ts'
import { dayOfFee, isDayOf, nextDay } from '../../core/invoicing/daily-fees.ts'
import { courseOf } from '../../core/invoicing/fixed-billables.ts'
import type { BillingTimeline } from '../../core/invoicing/recurring.ts'
import { inLocalDays } from '../../core/subscriptions/local-days.ts'
import type { Engine } from '../../engine/index.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { expireDue, insertEntries } from '../balances/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { feeKey, lastDays, putDay } from '../receivables/index.ts'
import { anchorOf, intervalsOf, listOfPlanVersions, loadTimelines, parentOf } from '../subscriptions/index.ts'
import { versionsWithDailyFees } from './commit-store.ts'
import { dailyFeeUnpaid } from './events.ts'
import { type Billing, billingOf } from './load-facts.ts'

/** Subscriptions that are read at a time. */
const PAGE = 500
/** Days of one fee that one look takes; the next look continues. */
const MAX_DAYS = 400

/** A day of a fee that is due. */
interface DueDay {
  readonly account: Account
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly price: RecurringPrice
  readonly timeline: BillingTimeline
  readonly day: string
  /** When it begins, and when it is looked at: now, or as it ends. */
  readonly atMs: number
  readonly untilMs: number
  /** It was tried before today, and not paid then: the money may have come since. */
  readonly isRetry: boolean
}

/**
 * Takes the fees of all days up to today, one day after the other, whatever a clock was moved by: what ends before a day
 * begins is ended before its fee is taken. A day that is not covered and blocks is not paid: it is tried again until it is
 * over, and is not billed.
 */
export async function takeDailyFees(billing: Billing): Promise<void> {
  const { tenant, engine } = billing
  const db = inSchema(billing.db, tenant.schema)
  const versions = await versionsWithDailyFees(db)
  if (versions.length === 0) return
  await engine.turns.take(`daily fees of ${tenant.name}`, async () => {
    const due: DueDay[] = []
    for (let after: string | undefined; ; ) {
      const page = await listOfPlanVersions(db, versions, after, PAGE)
      due.push(...(await dueDays(billing, db, page)))
      if (page.length < PAGE) break
      after = page.at(-1)?.id
    }
    let atMs = Number.NEGATIVE_INFINITY
    for (const one of due.toSorted((a, b) => a.atMs - b.atMs)) {
      if (one.atMs > atMs) await expireDue(engine, tenant, one.atMs)
      atMs = one.atMs
      await takeOne(billing, one)
    }
  })
}

async function dueDays(
  { nowMs, plans }: Billing,
  db: Database,
  page: Awaited<ReturnType<typeof listOfPlanVersions>>,
): Promise<DueDay[]> {
  const timelines = await loadTimelines(db, [...new Set(page.map(({ accountId }) => accountId))])
  const last = await lastDays(
    db,
    page.map(({ id }) => id),
  )
  const due: DueDay[] = []
  for (const subscription of page) {
    const account = await getRow(db, 'account', subscription.accountId)
    const today = dayOf(nowMs, account.zone)
    const intervals = inLocalDays(intervalsOf(timelines, subscription), account.zone)
    const anchor = anchorOf(account, subscription, parentOf(timelines, subscription))
    for (const planVersionId of new Set(intervals.map((interval) => interval.planVersionId)))
      for (const price of plans.get(planVersionId)?.prices ?? []) {
        if (price.kind !== 'recurring' || price.daily === undefined) continue
        const timeline = courseOf(account, { anchor, intervals }, plans, planVersionId, price)
        const known = last.get(feeKey({ subscriptionId: subscription.id, priceCode: price.code }))
        const isRetry = known?.day === today && !known.isPaid
        const first = intervals.find((interval) => interval.planVersionId === planVersionId)?.touched.start ?? today
        const after = known === undefined ? first : isRetry ? today : nextDay(known.day)
        const from = after > first ? after : first
        for (let day = from, days = 0; day <= today && days < MAX_DAYS; day = nextDay(day), days++) {
          if (!isDayOf(timeline, day)) continue
          const atMs = startOfDayMs(day, account.zone)
          const untilMs = Math.min(startOfDayMs(nextDay(day), account.zone) - 1, nowMs)
          due.push({
            account,
            subscriptionId: subscription.id,
            planVersionId,
            price,
            timeline,
            day,
            atMs,
            untilMs,
            isRetry,
          })
        }
      }
  }
  return due
}

async function takeOne({ engine, tenant }: Billing, one: DueDay): Promise<void> {
  const { account, subscriptionId, planVersionId, price, timeline, day, atMs, untilMs, isRetry } = one
  const { id: accountId, currency } = account
  const minor = dayOfFee(price, timeline, day, currency)
  const whenShort = price.daily?.whenShort ?? 'block'
  const fee = { amount: toRatingScale(minor, currency), subscription: subscriptionId, price: price.code, whenShort }
  await engine.onAccounts(tenant.name, {
    accountIds: [accountId],
    nowMs: untilMs,
    decide: ([operation]) =>
      takeDailyFee(operation as NonNullable<typeof operation>, fee, isRetry ? [untilMs] : [atMs, untilMs]),
    commitHook: async (trx, { result: isPaid, events }) => {
      if (isRetry && !isPaid) return
      const db = inSchema(trx, tenant.schema)
      const row = { subscriptionId, priceCode: price.code, day, accountId, planVersionId, amountMinor: String(minor) }
      await putDay(db, { ...row, isPaid, takenAt: new Date(atMs) })
      const amount = formatMinor(-minor, currency)
      const key = `${price.code}:${subscriptionId}:${day}`
      if (isPaid)
        await insertEntries(db, [{ accountId, kind: 'daily_fee', unit: null, amount, key, note: price.name }], atMs)
      const data = { subscriptionId, price: price.code, day, amount: formatMinor(minor, currency), currency }
      const told = isPaid ? [] : [eventOf(dailyFeeUnpaid, { objectId: accountId, accountId }, data)]
      await publish(db, [...events, ...told], atMs)
    },
  })
}

/** Clocks are looked at each second; a day begins somewhere every quarter of an hour. */
const STEP_MS = 900_000
/** Of each tenant of a process, the last one that was looked at. */
const lastSteps = new WeakMap<Engine, Map<string, number>>()

/** Takes daily fees as soon as a day has begun somewhere: before what ended until now is ended. */
export async function takeFeesOfNewDays(
  root: Database,
  engine: Engine,
  tenant: Tenant,
  nowMs: (tenant: Tenant) => number,
): Promise<void> {
  const looked = lastSteps.get(engine) ?? new Map<string, number>()
  lastSteps.set(engine, looked)
  const step = Math.floor(nowMs(tenant) / STEP_MS)
  if (!engine.isAwake(tenant.name) || looked.get(tenant.schema) === step) return
  looked.set(tenant.schema, step)
  if ((await versionsWithDailyFees(inSchema(root, tenant.schema))).length === 0) return
  await takeDailyFees(await billingOf(root, engine, tenant, nowMs(tenant)))
}
