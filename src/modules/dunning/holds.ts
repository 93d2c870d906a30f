import { dayOf } from '../../core/base/period.ts'
import { newId } from '../../platform/clock.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { getRow, lockAccount } from '../parties/index.ts'
import { holdEvent } from './events.ts'
import * as store from './store.ts'

/** Nothing is done on an account until a day, or until it is released. */
export async function holdAccount(
  { db, nowMs }: WriteContext,
  reference: string,
  { reason, until }: { readonly reason: string; readonly until: string | null },
  madeBy: string,
): Promise<void> {
  const { id: accountId } = await getRow(db, 'account', reference)
  const { key, zone } = await lockAccount(db, accountId)
  const today = dayOf(nowMs, zone)
  if (until !== null && until < today) throw new Refusal('unprocessable', 'until: that day is over')
  const standing = (await store.holdsOf(db, [accountId])).get(accountId)
  if (store.isHeldOn(standing, today)) throw new Refusal('conflict', `the account ${key} is held already`)
  // One whose last day is over makes room.
  const over = { releasedBy: 'dunning', releasedAt: new Date(nowMs), releaseReason: 'its last day was over' }
  if (standing !== undefined) await store.releaseHold(db, standing.id, over)
  const hold: store.HoldRow = {
    ...{ id: newId(), accountId, reason, untilOn: until, madeBy, madeAt: new Date(nowMs) },
    ...{ releasedBy: null, releasedAt: null, releaseReason: null },
  }
  await store.insertHold(db, hold)
  await publish(db, [holdEvent('placed', hold)], nowMs)
}

export async function releaseAccount(
  { db, nowMs }: WriteContext,
  reference: string,
  reason: string | null,
  releasedBy: string,
): Promise<void> {
  const { id: accountId } = await getRow(db, 'account', reference)
  const { key } = await lockAccount(db, accountId)
  const hold = (await store.holdsOf(db, [accountId])).get(accountId)
  if (hold === undefined) throw new Refusal('conflict', `the account ${key} is not held`)
  await store.releaseHold(db, hold.id, { releasedBy, releasedAt: new Date(nowMs), releaseReason: reason })
  await publish(db, [holdEvent('released', hold)], nowMs)
}
