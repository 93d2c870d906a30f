import { dayOf, fromDayNumber, startOfDayMs, toDayNumber } from '../../core/base/period.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { getRow } from '../parties/index.ts'
import type { Attempt } from './attempt-store.ts'
import { autoChargeStopped } from './events.ts'
import type { GatewayRefusal } from './ports.ts'

export const AUTO_CHARGE = 'auto_charge'

/**
 * When a document is charged again after a bank has refused, counted from the first time: money comes on pay-days, whatever else was wrong with
 * a bank passes in hours, and what is wrong with a card does not pass.
 */
const RETRIES: Readonly<Record<GatewayRefusal, readonly { readonly days?: number; readonly hours?: number }[]>> = {
  insufficient_funds: [{ days: 3 }, { days: 5 }, { days: 7 }],
  declined: [{ hours: 4 }, { hours: 24 }, { hours: 72 }],
  abandoned: [{ hours: 4 }, { hours: 24 }, { hours: 72 }],
  expired_method: [],
  authentication_failed: [],
  suspected_fraud: [],
  not_allowed: [],
}

/** Asks for a document to be charged by itself. `tries` counts those that a bank has refused. */
export async function chargeAt(
  db: Database,
  { invoiceId, accountId }: { readonly invoiceId: string; readonly accountId: string },
  tries: number,
  dueMs: number,
  nowMs: number,
): Promise<void> {
  await askForJob(db, { kind: AUTO_CHARGE, key: invoiceId, payload: { accountId, tries }, dueMs }, nowMs)
}

/** A bank has refused what was charged by itself: it is tried again later, or never. */
export async function chargeLater(
  db: Database,
  attempt: Attempt,
  reason: GatewayRefusal,
  nowMs: number,
): Promise<void> {
  const { invoiceId, accountId } = attempt
  if (invoiceId === null) return
  const query = db.selectFrom('paymentAttempt').select(['createdAt']).where('invoiceId', '=', invoiceId)
  const tried = await query.where('origin', '=', 'auto').where('state', '=', 'failed').orderBy('createdAt').execute()
  const tries = tried.length
  const next = RETRIES[reason][tries - 1]
  if (next === undefined) return stopCharging(db, { invoiceId, accountId }, reason, nowMs)
  const firstMs = tried[0]?.createdAt.getTime() ?? nowMs
  const { zone } = await getRow(db, 'account', accountId)
  const dueMs =
    next.days === undefined
      ? firstMs + (next.hours ?? 0) * 3_600_000
      : startOfDayMs(fromDayNumber(toDayNumber(dayOf(firstMs, zone)) + next.days), zone)
  await chargeAt(db, { invoiceId, accountId }, tries, dueMs > nowMs ? dueMs : nowMs, nowMs)
}

/** Nothing happens by itself any more: somebody has to see to it. */
export async function stopCharging(
  db: Database,
  { invoiceId, accountId }: { readonly invoiceId: string; readonly accountId: string },
  reason: string,
  nowMs: number,
): Promise<void> {
  await publish(db, [eventOf(autoChargeStopped, { objectId: invoiceId, accountId }, { reason })], nowMs)
}
