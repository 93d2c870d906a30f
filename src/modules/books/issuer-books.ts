import { dayOf } from '../../core/base/period.ts'
import { type GlAccount, type GlRule, glCodeOf, PLAIN_CHART } from '../../core/books/gl-rules.ts'
import { CHART } from '../../core/ledger/chart.ts'
import type { Database, DatabaseTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { listErrors } from '../../platform/jobs/job-store.ts'
import { Refusal } from '../../platform/problems.ts'
import { getRow, type Issuer } from '../parties/index.ts'
import { booksOpened, chartChanged, policiesChanged } from './events.ts'
import { PERIOD_CLOSE, periodDays, standingOf } from './periods.ts'
import type { BooksPolicies } from './policies.ts'
import * as store from './store.ts'

export interface BooksDraft {
  readonly issuer: string
  readonly currency: string
  readonly zone: string
  readonly opensOn: string
  readonly policies: BooksPolicies
  readonly chart: 'plain' | 'none'
}

/** The books of an issuer by its reference. @throws Refusal where it keeps none */
export async function getBooks(db: Database, reference: string): Promise<{ issuer: Issuer; books: store.Books }> {
  const issuer = await getRow(db, 'issuer', reference)
  const books = await store.findBooks(db, issuer.id)
  if (books === undefined)
    throw new Refusal('not_found', `the issuer ${issuer.key} keeps no books: begin with "kvit books open"`)
  return { issuer, books }
}

/** Begins the books of an issuer. The same again is the same; they are begun once. */
export async function openBooks(db: DatabaseTransaction, draft: BooksDraft, nowMs: number): Promise<store.Books> {
  const issuer = await getRow(db, 'issuer', draft.issuer)
  const { currency, zone, opensOn, policies } = draft
  const known = await store.findBooks(db, issuer.id)
  if (known !== undefined) {
    if (known.currency === currency && known.zone === zone && known.opensOn === opensOn) return known
    throw new Refusal(
      'conflict',
      `the issuer ${issuer.key} keeps books since ${known.opensOn}, in ${known.currency}, by days of ${known.zone}`,
    )
  }
  if (Number(opensOn.slice(8)) > LAST_COMMON_DAY)
    throw new Refusal('unprocessable', 'opensOn: a day that every month has: the 28th or an earlier one')
  const books = { issuerId: issuer.id, currency, zone, opensOn, policies, createdAt: new Date(nowMs) }
  await store.insertBooks(db, books)
  if (draft.chart === 'plain') {
    await store.setGlAccounts(db, issuer.id, PLAIN_CHART, nowMs)
    const rules = PLAIN_CHART.map(
      ({ ledger, code }): GlRule => ({ ledger, code, detail: null, country: null, segment: null }),
    )
    await store.setGlRules(db, issuer.id, rules, nowMs)
  }
  await publish(db, [eventOf(booksOpened, { objectId: issuer.id }, { currency, opensOn })], nowMs)
  return books
}

const LAST_COMMON_DAY = 28
/** Accounts and rules of one issuer. */
const MAX_CHART = 5_000

/** Adds accounts and rules; those that are there get what is new of them. What is closed stays as it is. */
export async function setChart(
  db: DatabaseTransaction,
  { issuerId }: store.Books,
  accounts: readonly GlAccount[],
  rules: readonly GlRule[],
  nowMs: number,
): Promise<void> {
  await store.setGlAccounts(db, issuerId, accounts, nowMs)
  const codes = new Set((await store.listGlAccounts(db, issuerId)).map(({ code }) => code))
  const unknown = rules.find(({ code }) => !codes.has(code))
  if (unknown !== undefined)
    throw new Refusal(
      'unprocessable',
      `rules: there is no account ${unknown.code} in the chart: add it among the accounts`,
    )
  await store.setGlRules(db, issuerId, rules, nowMs)
  if (codes.size > MAX_CHART || (await store.listGlRules(db, issuerId)).length > MAX_CHART)
    throw new Refusal('unprocessable', `a chart has at most ${MAX_CHART} accounts, and as many rules`)
  const told = { accounts: accounts.length, rules: rules.length }
  await publish(db, [eventOf(chartChanged, { objectId: issuerId }, told)], nowMs)
}

/** Sets how books are kept; what is closed stays as it is. @throws Refusal for another length of periods, which follow one another */
export async function setPolicies(
  db: DatabaseTransaction,
  books: store.Books,
  policies: BooksPolicies,
  nowMs: number,
): Promise<store.Books> {
  const { period } = books.policies
  if (policies.period !== period)
    throw new Refusal('conflict', `period: it is ${period}, and stays so: periods follow one another`)
  await store.setPolicies(db, books.issuerId, policies)
  const { unusedUnits, badDebts } = policies
  await publish(db, [eventOf(policiesChanged, { objectId: books.issuerId }, { unusedUnits, badDebts })], nowMs)
  return { ...books, policies }
}

export async function viewChart(db: Database, { issuerId }: store.Books): Promise<object> {
  const accounts = await store.listGlAccounts(db, issuerId)
  const rules = await store.listGlRules(db, issuerId)
  const unmapped = Object.keys(CHART).filter((ledgerAccount) => {
    return glCodeOf(rules, { ledgerAccount, country: null, segment: null }) === null
  })
  return { accounts, rules, unmapped }
}

export async function viewBooks(db: Database, books: store.Books, issuer: Pick<Issuer, 'key'>): Promise<object> {
  const { issuerId, currency, zone, opensOn, policies, createdAt } = books
  const { openFrom } = await standingOf(db, books)
  return { issuer: issuer.key, issuerId, currency, zone, opensOn, openFrom, policies, createdAt }
}

/** Periods that an answer lists beyond those that were closed. */
const MAX_OPEN = 120

/** All periods until today, with what was done to each. */
export async function viewPeriods(db: Database, books: store.Books, nowMs: number): Promise<object[]> {
  const { periods, openFrom } = await standingOf(db, books)
  const changes = Map.groupBy(await store.listChanges(db, books.issuerId), ({ periodId }) => periodId)
  const errors = await listErrors(db, PERIOD_CLOSE, `${books.issuerId} `)
  const today = dayOf(nowMs, books.zone)
  const known = new Map(periods.map((period) => [period.startDay, period]))
  const views = periods.filter(({ state }) => state === 'closed').map((period) => viewPeriod(period, changes, errors))
  for (let start = openFrom, count = 0; start <= today && count < MAX_OPEN; count++) {
    const { end } = periodDays(books, start)
    const period = known.get(start)
    const fresh = {
      id: null,
      from: start,
      until: end,
      state: 'open',
      closings: 0,
      lines: null,
      digest: null,
      notes: null,
      error: null,
      changes: [],
    }
    views.push(period === undefined ? fresh : viewPeriod(period, changes, errors))
    start = end
  }
  return views
}

function viewPeriod(
  { id, startDay, endDay, state, generation }: store.AccountingPeriod,
  changes: ReadonlyMap<string, readonly store.PeriodChange[]>,
  errors: ReadonlyMap<string, string>,
): object {
  const own = changes.get(id) ?? []
  const closing =
    state === 'closed' ? own.find((one) => one.kind === 'closed' && one.generation === generation) : undefined
  return {
    ...{ id, from: startDay, until: endDay, state, closings: generation },
    lines: closing === undefined ? null : Number(closing.lines),
    digest: closing?.digest?.toString('hex') ?? null,
    notes: closing?.reason ?? null,
    error: state === 'closed' ? null : (errors.get(startDay) ?? null),
    changes: own.map(({ kind, reason, createdAt }) => ({ kind, reason, createdAt })),
  }
}
