import { isDeepStrictEqual } from 'node:util'
import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { formatMinor } from '../../core/base/money.ts'
import { rescale } from '../../core/base/rounding.ts'
import { type Engine, readChange } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { inTransaction } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import { isSamePerson, type Person } from '../../platform/four-eyes.ts'
import { askForJob, askToCancel } from '../../platform/jobs/job-store.ts'
import { once } from '../../platform/once.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { limitFor, readLimits } from '../balances/index.ts'
import { findPlanVersion, noPlan } from '../catalog/index.ts'
import { getRow } from '../parties/index.ts'
import { listSubscriptionsOf } from '../subscriptions/index.ts'
import { tryRecords } from './dry-run.ts'
import { reRatingEvent } from './events.ts'
import { JOB_KIND } from './jobs.ts'
import { moveAndTell } from './move-and-tell.ts'
import { newPlansOf, scopeOf } from './scope.ts'
import type { ReRating } from './store.ts'
import * as store from './store.ts'

const DAY_MS = 86_400_000

interface PlanName {
  readonly code: string
  readonly version: number
}

export interface ReRatingDraft {
  readonly key: string
  readonly reason: string
  readonly plans: readonly { readonly from: PlanName; readonly to: PlanName }[]
  readonly accounts: readonly string[] | null
  readonly from: string
  readonly until: string
}

/** Begins a re-rating: its dry run is made in the background. Once for its key. */
export async function createReRating(
  engine: Pick<Engine, 'turns'>,
  context: ReadContext,
  draft: ReRatingDraft,
  asker: Person,
): Promise<ReRating> {
  const { db, nowMs } = context
  const accounts = []
  for (const reference of draft.accounts ?? []) accounts.push((await getRow(db, 'account', reference)).id)
  const content = {
    plans: await plansOf(db, draft.plans),
    accountIds: draft.accounts === null ? null : [...new Set(accounts)].toSorted(),
    fromDay: draft.from,
    untilDay: draft.until,
    reason: draft.reason,
  }
  const find = async (): Promise<ReRating | undefined> => store.findReRating(db, { key: draft.key })
  const isSame = ({ plans, accountIds, fromDay, untilDay, reason }: ReRating): boolean =>
    isDeepStrictEqual({ plans, accountIds, fromDay, untilDay, reason }, content)
  return once(engine, context, `re-rating ${draft.key}`, find, isSame, async () => {
    const row: ReRating = {
      id: newId(),
      key: draft.key,
      status: 'computing',
      ...content,
      requestedBy: asker.id,
      requestedByPerson: asker.person,
      decidedBy: null,
      triedThrough: null,
      documents: 0,
      error: null,
      createdAt: new Date(nowMs),
      decidedAt: null,
      finishedAt: null,
    }
    await inTransaction(db, async (trx) => {
      await store.insertReRating(trx, row)
      await publish(trx, [reRatingEvent('started', row)], nowMs)
      await askForJob(trx, { kind: JOB_KIND, key: row.id }, nowMs)
    })
    return row
  })
}

async function plansOf(db: Database, plans: ReRatingDraft['plans']): Promise<store.PlanChange[]> {
  const find = async ({ code, version }: PlanName): Promise<{ id: string; currency: string }> => {
    const found = await findPlanVersion(db, code, version)
    if (found === undefined) throw noPlan(code, version)
    return { id: found.id, currency: found.content.currency }
  }
  const changes: store.PlanChange[] = []
  for (const change of plans) {
    const [from, to] = [await find(change.from), await find(change.to)]
    if (from.currency !== to.currency)
      throw new Refusal(
        'unprocessable',
        `plans: ${change.from.code} is in ${from.currency}, ${change.to.code} in ${to.currency}`,
      )
    changes.push({ from: from.id, to: to.id })
  }
  const given = new Set(changes.map(({ from }) => from))
  if (given.size < changes.length) throw new Refusal('unprocessable', 'plans: a version stands twice under "from"')
  // What is re-rated must not be found again.
  if (changes.some(({ to }) => given.has(to)))
    throw new Refusal('unprocessable', 'plans: no version may stand under "from" and under "to"')
  return changes
}

export async function getReRating(db: Database, id: string): Promise<ReRating> {
  const found = await store.findReRating(db, { id })
  if (found === undefined) throw notFound(`re-rating ${id}`, '/v1/re-ratings', 'rerate list')
  return found
}

/**
 * Applies a re-rating whose dry run is done. Above the tenant's limits another person than its author must ask. Whoever
 * approved it and asks again gets its status.
 */
export async function approve(context: ReadContext, id: string, decider: Person): Promise<ReRating> {
  const { db, nowMs } = context
  const found = await getReRating(db, id)
  const isApproved = ({ status, decidedBy }: ReRating): boolean =>
    decidedBy === decider.id && (status === 'applying' || status === 'complete')
  if (isApproved(found)) return found
  const isRetried = found.status === 'failed' && found.decidedAt !== null
  if (found.status !== 'draft' && !isRetried) throw new Refusal('conflict', `the re-rating is ${found.status}`)
  if (isSamePerson(found, decider)) await refuseBeyondLimits(db, id, decider)
  const set = { status: 'applying', decidedBy: decider.id, decidedAt: new Date(nowMs), error: null } as const
  await inTransaction(db, async (trx) => {
    if (!(await moveAndTell(trx, found, ['draft', 'failed'], set, 'approved', nowMs))) {
      if (isApproved(await getReRating(trx, id))) return
      throw new Refusal('conflict', 'the re-rating was decided meanwhile')
    }
    await askForJob(trx, { kind: JOB_KIND, key: id }, nowMs)
  })
  return getReRating(db, id)
}

/** What moves more money than its author may move alone needs a second person. */
async function refuseBeyondLimits(db: Database, id: string, author: Person): Promise<void> {
  const limits = await readLimits(db)
  for (const { currency, moved } of await store.totalsOf(db, id)) {
    const limit = limitFor(limits, currency, author.person, null)
    if (limit === null) continue
    const { minorDigits, ratingScale } = currencyOf(currency)
    if (moved <= rescale(limit, minorDigits, ratingScale, 'half_up')) continue
    const most = `${formatMinor(limit, currency)} ${currency}`
    throw new Refusal('forbidden', `more than ${most} moves: another person than the author must approve`)
  }
}

/** Gives a re-rating up. One under way begins no further account; what it has done stays, with its documents. */
export async function cancel({ db, nowMs }: ReadContext, id: string): Promise<ReRating> {
  const asked = await getReRating(db, id)
  const dropped = { status: 'cancelled', finishedAt: new Date(nowMs) } as const
  const [isDropped, isStopped] = await inTransaction(db, async (trx) => {
    const moved = [
      await moveAndTell(trx, asked, ['computing', 'draft'], dropped, 'cancelled', nowMs),
      await store.moveStatus(trx, id, ['applying'], { status: 'cancelling' }),
    ]
    if (moved.includes(true)) await askToCancel(trx, { kind: JOB_KIND, key: id }, nowMs)
    return moved
  })
  const found = await getReRating(db, id)
  if (!isDropped && !isStopped && found.status !== 'cancelled' && found.status !== 'cancelling')
    throw new Refusal('conflict', `the re-rating is ${found.status}`)
  return found
}

const money = (amount: bigint, currency: string): string => formatScaled(amount, currencyOf(currency).ratingScale)

export async function toReRatingView(db: Database, row: ReRating): Promise<{ id: string } & Record<string, unknown>> {
  const { accountIds, triedThrough: _, ...shown } = row
  const totals = await store.totalsOf(db, row.id)
  return {
    ...shown,
    accounts: accountIds,
    totals: totals.map(({ currency, before, after, difference, moved, appliedDifference, ...counts }) => ({
      currency,
      ...counts,
      before: money(before, currency),
      after: money(after, currency),
      difference: money(difference, currency),
      moved: money(moved, currency),
      appliedDifference: money(appliedDifference, currency),
    })),
  }
}

export function toAccountView(row: store.ReRatingAccount): { id: string } & Record<string, unknown> {
  const { accountId: id, currency, status, records, leftOut, fault, appliedRecords, documentId } = row
  const amount = (text: string): string => money(BigInt(text), currency)
  return {
    id,
    status,
    currency,
    records,
    leftOut,
    fault,
    before: amount(row.beforeAmount),
    after: amount(row.afterAmount),
    difference: amount(row.difference),
    appliedRecords,
    appliedDifference: amount(row.appliedDifference),
    documentId,
  }
}

/** Records of an account before and after: of a draft tried anew, of others as the journal has them. */
export async function recordsOfAccount(
  engine: Engine,
  { db, tenant }: ReadContext,
  reRating: ReRating,
  accountReference: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<object[]> {
  const account = await getRow(db, 'account', accountReference)
  const found: object[] = []
  let at = 0
  const add = (view: () => object): boolean => {
    if (at++ >= offset) found.push(view())
    return found.length >= limit
  }
  if (reRating.status === 'computing' || reRating.status === 'draft') {
    const plans = await newPlansOf(db, reRating)
    const scope = await scopeOf(engine, db, tenant.name, reRating, [account.id])
    if (scope.length === 0) return []
    await engine.correct(tenant.name, async (corrections) => {
      for await (const { record, tried } of tryRecords(corrections, plans, scope)) {
        const { source, id, service, type, startMs } = record
        const view = (): object => ({
          ...{ source, id, service, type, time: new Date(startMs).toISOString() },
          before: money(tried.before, account.currency),
          after: money(tried.after, account.currency),
          difference: money(tried.difference, account.currency),
          fault: tried.fault === null ? null : tried.fault.join(': '),
        })
        if (add(view)) return
      }
    })
    return found
  }
  for await (const { source, id, service, type, startMs, back, anew } of changesOf(
    engine,
    db,
    tenant.name,
    reRating,
    account.id,
  )) {
    const view = (): object => ({
      ...{ source, id, service, type, time: new Date(startMs).toISOString() },
      before: money(-back, account.currency),
      after: money(anew, account.currency),
      difference: money(back + anew, account.currency),
      fault: null,
    })
    if (add(view)) break
  }
  return found
}

interface RecordChange {
  readonly source: string
  readonly id: string
  readonly service: string
  readonly type: string
  readonly startMs: number
  back: bigint
  anew: bigint
}

/** What a re-rating did to the records of an account, out of the journal. */
async function* changesOf(
  engine: Engine,
  db: Database,
  tenant: string,
  reRating: ReRating,
  accountId: string,
): AsyncGenerator<RecordChange> {
  const subscriptionIds = new Set((await listSubscriptionsOf(db, accountId)).map(({ id }) => id))
  const filter = {
    subscriptionIds,
    fromMs: Date.parse(reRating.fromDay) - DAY_MS,
    untilMs: Date.parse(reRating.untilDay) + DAY_MS,
    afterSeq: 0,
    throughSeq: Number.MAX_SAFE_INTEGER,
    onlyChanges: true,
  }
  let open: RecordChange | null = null
  for await (const page of engine.records(tenant, filter))
    for (const { change, amount, source, id, service, type, startMs } of page) {
      const { part, id: cause } = readChange(change ?? '[]')
      if (cause !== reRating.id) continue
      if (open !== null && (open.source !== source || open.id !== id || open.startMs !== startMs)) {
        yield open
        open = null
      }
      open ??= { source, id, service, type, startMs, back: 0n, anew: 0n }
      if (part === 'charged_anew') open.anew += amount
      else open.back += amount
    }
  if (open !== null) yield open
}
