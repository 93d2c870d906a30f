import { currencyOf } from '../../core/base/currency.ts'
import { decimal, formatScaled, toScale } from '../../core/base/decimal.ts'
import { formatMinor } from '../../core/base/money.ts'
import { type DayPeriod, dayOf, startOfDayMs } from '../../core/base/period.ts'
import { rescale } from '../../core/base/rounding.ts'
import { isAskedOn } from '../../core/billing/tax-facts.ts'
import { commitTaxClass } from '../../core/billing/tax-lines.ts'
import type { ContractCommit } from '../../core/catalog/plan.ts'
import { type LotDraft, openLot } from '../../core/charging/operations.ts'
import { commitTerms, termsBought } from '../../core/invoicing/contract-commits.ts'
import { planSpansOf } from '../../core/invoicing/plan-spans.ts'
import { commitOpened } from '../../core/ledger/commit-credited.ts'
import { inLocalDays } from '../../core/subscriptions/local-days.ts'
import { isTaxedWhenSold } from '../../core/tax/decide-tax.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { postEntry } from '../ledger/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { intervalsOf, listOfPlanVersions, loadTimelines, type Subscription } from '../subscriptions/index.ts'
import * as store from './commit-store.ts'
import { commitOpened as commitOpenedEvent } from './events.ts'
import type { Billing } from './load-facts.ts'

/** Subscriptions that are read at a time. */
const PAGE = 1000

/**
 * Opens what commits give when their terms begin: a lot of money for the term, which usage of the subscription draws down
 * before anything else is paid. The lot and its row are one commit, so that each term has one.
 */
export async function openDueCommits(billing: Billing): Promise<void> {
  const versions = [...billing.plans].filter(([, { prices }]) => prices.some(({ kind }) => kind === 'commit'))
  if (versions.length === 0) return
  const { engine, tenant, nowMs, plans } = billing
  const db = inSchema(billing.db, tenant.schema)
  await engine.turns.take(`commits of ${tenant.name}`, async () => {
    const ids = versions.map(([id]) => id)
    for (let after: string | undefined; ; ) {
      const page = await listOfPlanVersions(db, ids, after, PAGE)
      const opened = await store.openedTerms(
        db,
        page.map(({ id }) => id),
      )
      const timelines = await loadTimelines(db, [...new Set(page.map(({ accountId }) => accountId))])
      for (const subscription of page) {
        const account = await getRow(db, 'account', subscription.accountId)
        const today = dayOf(nowMs, account.zone)
        const intervals = inLocalDays(intervalsOf(timelines, subscription), account.zone)
        for (const span of planSpansOf(
          { subscriptionId: subscription.id, anchor: account.cycleAnchor, intervals },
          account.zone,
        ))
          for (const price of plans.get(span.planVersionId)?.prices ?? []) {
            if (price.kind !== 'commit') continue
            const bought = termsBought(opened.get(subscription.id) ?? [], plans, span, price.code)
            for (const term of commitTerms(price, span, today, bought))
              if (!bought.some(({ start }) => start === term.start))
                await openTerm(billing, account, subscription, span.planVersionId, price, term)
          }
      }
      if (page.length < PAGE) return
      after = page.at(-1)?.id
    }
  })
}

async function openTerm(
  { db, engine, tenant, nowMs }: Billing,
  account: Account,
  subscription: Subscription,
  planVersionId: string,
  { code, amount, priority, graceHours, scope, taxClass }: ContractCommit,
  term: DayPeriod,
): Promise<void> {
  const { currency, zone } = account
  const { minorDigits, ratingScale } = currencyOf(currency)
  const minor = toScale(decimal(amount), minorDigits)
  const issuer = await getRow(inSchema(db, tenant.schema), 'issuer', account.issuerId)
  const isTaxed = isTaxedWhenSold(commitTaxClass(taxClass, account.pricesIncludeTax)) && isAskedOn(issuer, term.start)
  const origin = `commit:${subscription.key}:${code}:${term.start}`
  const lot: LotDraft = {
    unit: null,
    source: 'paid',
    amount: rescale(minor, minorDigits, ratingScale, 'half_up'),
    priority,
    fromMs: nowMs,
    untilMs: startOfDayMs(term.end, zone),
    ...(graceHours === undefined ? {} : { graceMs: graceHours * 3_600_000 }),
    scope: { ...scope, subscriptions: [subscription.id] },
    isShared: false,
    ...(isTaxed ? { isTaxed } : {}),
    origin,
  }
  const row = {
    ...{ id: newId(), accountId: account.id, subscriptionId: subscription.id, planVersionId, code, origin },
    ...{ termStart: term.start, termEnd: term.end, amountMinor: String(minor), openedAt: new Date(nowMs) },
  }
  await engine.onAccounts(tenant.name, {
    accountIds: [account.id],
    nowMs,
    decide: ([operation]) => {
      if (operation !== undefined) openLot(operation, lot, 'top_up')
    },
    commitHook: async (trx, { events }) => {
      const within = inSchema(trx, tenant.schema)
      await store.insertTerm(within, row)
      await postEntry(within, 'commit_opened', row.id, commitOpened(account.id, currency, code, minor), nowMs)
      const { id: accountId } = account
      const data = { ...row, termStart: term.start, termEnd: term.end, amount: formatMinor(minor, currency), currency }
      await publish(within, [eventOf(commitOpenedEvent, { objectId: accountId, accountId }, data), ...events], nowMs)
    },
  })
}

/** The commits of an account with what is left of each. */
export async function viewCommits(
  engine: Engine,
  { db, tenant, nowMs }: ReadContext,
  account: Account,
): Promise<object> {
  const { currency } = account
  const { ratingScale } = currencyOf(currency)
  const report = await engine.balancesOf(tenant.name, account.id, nowMs)
  const left = new Map((report?.balances.lots ?? []).map(({ origin, remaining }) => [origin, remaining]))
  const items = (await store.listTerms(db, [account.id])).map(({ origin, amountMinor, ...term }) => ({
    ...term,
    currency,
    amount: formatMinor(BigInt(amountMinor), currency),
    // Lots that are used up are forgotten after a while.
    left: formatScaled(left.get(origin) ?? 0n, ratingScale),
  }))
  return { items }
}
