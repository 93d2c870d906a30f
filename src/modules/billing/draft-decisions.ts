import { formatMinor, parseMinor } from '../../core/base/money.ts'
import { dueMsOf, type WaitReason } from '../../core/billing/draft-rules.ts'
import { noteChange } from '../../platform/changed-rows.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import { lockAccount } from '../parties/index.ts'
import { askForDueDrafts } from './draft-due.ts'
import * as store from './draft-store.ts'
import { type DraftSources, lookAtDraft } from './draft-view.ts'
import { draftApproved, holdPlaced, holdReleased } from './events.ts'
import { holdReasons } from './issue.ts'

/**
 * Somebody approves of a draft for the amount that was seen. What nothing else keeps is issued at once.
 * @param total that was seen, a decimal
 * @throws Refusal `conflict` where it comes to another amount now, or nothing of it needs approval
 */
export async function approveDraft(
  sources: DraftSources,
  db: Database,
  id: string,
  { total, note }: { readonly total: string; readonly note: string | null },
  { id: approvedBy, person: approvedByPerson }: Person,
): Promise<store.Draft> {
  const { accountId, kind } = await store.getDraft(db, id)
  const { currency } = await lockAccount(db, accountId)
  const draft = await store.getDraft(db, id)
  const { totalMinor, warnings, reasons, found } = await lookAtDraft(sources, db, draft)
  const now = formatMinor(totalMinor, currency)
  if (parseMinor(total, currency) !== totalMinor)
    throw new Refusal('conflict', `the draft comes to ${now} ${currency} now, not to ${total}: look at it again`)
  if (!reasons.some(({ code }) => code === 'review'))
    throw new Refusal('conflict', 'nothing of the draft needs approval')
  const billingDay = found?.due.day ?? draft.billingDay
  const approvedAt = new Date(sources.nowMs)
  await store.insertApproval(db, {
    ...{ id: newId(), draftId: id, accountId, billingDay, currency, totalMinor: String(totalMinor) },
    ...{ warnings, note, approvedBy, approvedByPerson, approvedAt },
  })
  const told = { draftId: id, kind, billingDay, currency, amount: now, warnings: warnings.map(({ code }) => code) }
  await publish(db, [eventOf(draftApproved, { objectId: accountId, accountId }, told)], sources.nowMs)
  await waitFor(
    db,
    { ...draft, warnings, totalMinor: String(totalMinor) },
    reasons.filter(({ code }) => code !== 'review'),
    sources.nowMs,
  )
  return store.getDraft(db, id)
}

/** What somebody puts on hold: a draft, or all documents of an account. */
export interface HoldAsked {
  readonly accountId: string
  readonly draftId: string | null
  readonly reason: string
  readonly untilAt: Date | null
}

/** @throws Refusal `conflict` where it is on hold for another reason or time already */
export async function placeHold(
  db: Database,
  { accountId, draftId, reason, untilAt }: HoldAsked,
  { id: placedBy, person: placedByPerson }: Person,
  nowMs: number,
): Promise<store.IssueHold> {
  await lockAccount(db, accountId)
  if (untilAt !== null && untilAt.getTime() <= nowMs)
    throw new Refusal('unprocessable', 'until: write a time that is to come')
  // It may have been issued while this one waited for the account.
  if (draftId !== null) await store.getDraft(db, draftId)
  const holds = await store.listOpenHolds(db, accountId)
  const known = holds.find((one) => one.draftId === draftId)
  if (known !== undefined) {
    if (known.reason === reason && known.untilAt?.getTime() === untilAt?.getTime()) return known
    throw new Refusal('conflict', `it is on hold already (${known.id}): release that one first`)
  }
  const released = { releasedBy: null, releasedByPerson: null, releasedAt: null }
  const placed = { placedBy, placedByPerson, placedAt: new Date(nowMs) }
  const hold = { id: newId(), accountId, draftId, untilAt, reason, ...placed, ...released }
  await store.insertHold(db, hold)
  const told = { holdId: hold.id, draftId, reason, until: untilAt }
  await publish(db, [eventOf(holdPlaced, { objectId: accountId, accountId }, told)], nowMs)
  await changeHolds(db, accountId, nowMs)
  return hold
}

/** What nothing else keeps is issued at once. Released again, the same hold. */
export async function releaseHold(
  db: Database,
  id: string,
  { id: by, person }: Person,
  nowMs: number,
): Promise<store.IssueHold> {
  const found = await store.findHold(db, id)
  if (found === undefined) throw notFound(`hold ${id}`, '/v1/invoice-holds', 'invoice holds')
  const { accountId, draftId, reason } = found
  await lockAccount(db, accountId)
  const hold = (await store.findHold(db, id)) as store.IssueHold
  if (hold.releasedAt !== null) return hold
  const released = { releasedBy: by, releasedByPerson: person, releasedAt: new Date(nowMs) }
  await store.releaseHold(db, id, released)
  await noteChange(db, 'release of hold', id)
  const told = { holdId: id, draftId, reason }
  await publish(db, [eventOf(holdReleased, { objectId: accountId, accountId }, told)], nowMs)
  await changeHolds(db, accountId, nowMs)
  return { ...hold, ...released }
}

/** Drafts of an account wait for its holds as they are now, and for all else as before. */
async function changeHolds(db: Database, accountId: string, nowMs: number): Promise<void> {
  const waits = await store.loadWaits(db, accountId)
  for (const draft of waits.drafts) {
    const others = draft.reasons.filter(({ code }) => code !== 'on_hold')
    await waitFor(db, draft, [...others, ...holdReasons(waits, draft.id, nowMs)], nowMs)
  }
}

async function waitFor(db: Database, draft: store.Draft, reasons: readonly WaitReason[], nowMs: number): Promise<void> {
  const dueMs = dueMsOf(reasons)
  const dueAt = dueMs === null ? null : new Date(Math.max(dueMs, nowMs))
  await store.updateDraft(db, { ...draft, reasons, dueAt })
  await askForDueDrafts(db, nowMs)
}
