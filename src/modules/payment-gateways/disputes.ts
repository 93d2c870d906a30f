import { formatMinor } from '../../core/base/money.ts'
import { dayOf } from '../../core/base/period.ts'
import { gatewayCash, gatewayFee } from '../../core/ledger/templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { postEntry } from '../ledger/index.ts'
import { getRow } from '../parties/index.ts'
import { getPayment, leftOfPayment, listReversals, recordPayment, takeBack } from '../payments/index.ts'
import type { Attempt } from './attempt-store.ts'
import { disputeLost, disputeOpened, disputeWon } from './events.ts'
import type { GatewayDispute } from './ports.ts'
import type { Recording } from './recording.ts'

/** A payer's dispute of what was charged, and what it has moved. */
export interface Dispute {
  readonly id: string
  readonly attemptId: string
  readonly accountId: string
  readonly providerId: string
  readonly state: 'open' | 'won' | 'lost'
  readonly currency: string
  readonly amountMinor: string
  readonly feeMinor: string
  readonly reversalId: string | null
  readonly paymentId: string | null
  readonly openedAt: Date
  readonly closedAt: Date | null
}

/** An attempt that has come to a payment. */
export type PaidAttempt = Attempt & { readonly paymentId: string }

/**
 * Records what a gateway says of disputes: while one is open, the money is gone from the payment, and what it had settled is to be paid again;
 * the gateway keeps a fee. One that is won is a payment of its own, and settles again; one that is lost changes nothing more, unless the bank
 * has it won after all.
 */
export async function recordDisputes(
  into: Recording,
  attempt: PaidAttempt,
  told: readonly GatewayDispute[],
): Promise<void> {
  const known = new Map((await listDisputes(into.db, attempt.id)).map((dispute) => [dispute.providerId, dispute]))
  for (const dispute of told) {
    const row = known.get(dispute.id) ?? (await open(into, attempt, dispute))
    if (row.state !== 'won' && dispute.state !== 'open' && dispute.state !== row.state)
      await close(into, attempt, row, dispute.state)
  }
}

export async function listDisputes(db: Database, attemptId: string): Promise<Dispute[]> {
  return (await db.selectFrom('paymentDispute').selectAll().where('attemptId', '=', attemptId).execute()) as Dispute[]
}

async function open(into: Recording, attempt: PaidAttempt, told: GatewayDispute): Promise<Dispute> {
  const { db, gateway, receivables, nowMs } = into
  const { id: attemptId, accountId, currency, paymentId } = attempt
  const { amountMinor, feeMinor } = told
  const payment = await getPayment(db, paymentId)
  // Of what was refunded before, the payment has nothing left: that is lost with the gateway.
  const left = leftOfPayment(payment, await listReversals(db, [paymentId]))
  const takenMinor = amountMinor < left ? amountMinor : left
  const taken = { amountMinor: takenMinor, reason: `disputed at ${gateway.name}: ${told.id}`, reversedBy: attemptId }
  const reversalId = takenMinor === 0n ? null : (await takeBack(db, payment, taken, receivables, nowMs)).id
  const lostMinor = feeMinor + amountMinor - takenMinor
  const row: Dispute = {
    ...{ id: newId(), attemptId, accountId, providerId: told.id, state: 'open', currency, reversalId },
    ...{ amountMinor: String(amountMinor), feeMinor: String(feeMinor), paymentId: null },
    ...{ openedAt: new Date(nowMs), closedAt: null },
  }
  await db.insertInto('paymentDispute').values(row).execute()
  if (lostMinor !== 0n) await postEntry(db, 'gateway_fee', row.id, gatewayFee(gateway.name, currency, lostMinor), nowMs)
  await publish(db, [eventOfDispute(gateway.name, row, disputeOpened)], nowMs)
  return row
}

async function close(
  into: Recording,
  { key, invoiceId, paymentId: disputedId }: PaidAttempt,
  dispute: Dispute,
  state: 'won' | 'lost',
): Promise<void> {
  const { db, gateway, receivables, nowMs } = into
  const { id, accountId, currency, amountMinor } = dispute
  const reversals = await listReversals(db, [disputedId])
  const takenMinor = BigInt(reversals.find((one) => one.id === dispute.reversalId)?.amountMinor ?? 0)
  const lostMinor = BigInt(amountMinor) - takenMinor
  if (state === 'won' && lostMinor > 0n)
    await postEntry(db, 'gateway_fee', id, gatewayFee(gateway.name, currency, -lostMinor), nowMs)
  let paymentId: string | null = null
  if (state === 'won' && takenMinor > 0n) {
    const { zone } = await getRow(db, 'account', accountId)
    const draft = {
      ...{ key: `dispute:${id}`, method: gatewayCash(gateway.name), currency },
      ...{ amount: formatMinor(takenMinor, currency), receivedOn: dayOf(nowMs, zone), isDated: false },
      ...{ reference: key.slice(0, 500), metadata: {} },
      invoices: invoiceId === null ? [] : [{ id: invoiceId, amountMinor: takenMinor }],
    }
    paymentId = (await recordPayment(db, accountId, draft, receivables, nowMs)).id
  }
  await db
    .updateTable('paymentDispute')
    .set({ state, paymentId, closedAt: new Date(nowMs) })
    .where('id', '=', id)
    .execute()
  await publish(db, [eventOfDispute(gateway.name, dispute, state === 'won' ? disputeWon : disputeLost)], nowMs)
}

function eventOfDispute(
  gateway: string,
  { id: objectId, accountId, attemptId, currency, amountMinor, feeMinor }: Dispute,
  type: typeof disputeOpened,
): ReturnType<typeof eventOf> {
  const [amount, fee] = [amountMinor, feeMinor].map((minor) => formatMinor(BigInt(minor), currency)) as [string, string]
  return eventOf(type, { objectId, accountId }, { attemptId, gateway, currency, amount, fee })
}
