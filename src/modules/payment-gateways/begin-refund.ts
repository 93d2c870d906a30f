import { formatMinor } from '../../core/base/money.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { lockAccount } from '../parties/index.ts'
import { assertNotSending, getRefund, type Refund, sendingBy } from '../receivables/index.ts'
import { type Attempt, findAttempt, getAttempt, listRefundAttempts } from './attempt-store.ts'
import { beginAttempt } from './begin-attempt.ts'
import { listDisputes } from './disputes.ts'

/** Charges of an account that are looked through for one with enough money to refund. */
const MAX_CHARGES = 100

/**
 * Notes that a refund which is due is going to be sent through the gateway that has taken the money: to the charge whose surplus it is, to
 * the one that is named, or to the latest of the account that has as much left. Until it is known what came of it, nobody else sends it.
 */
export async function beginRefund(
  db: Database,
  { key, refundId, charge }: { readonly key: string; readonly refundId: string; readonly charge: string | null },
  nowMs: number,
): Promise<Attempt> {
  const { accountId } = await getRefund(db, refundId)
  await lockAccount(db, accountId)
  const refund = await getRefund(db, refundId)
  const known = await findAttempt(db, key)
  if (known !== undefined) {
    if (known.kind === 'refund' && known.refundId === refundId) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another payment`)
  }
  if (refund.sentAt !== null) throw new Refusal('conflict', `the refund is over: ${refund.method}`)
  assertNotSending(refund)
  const { id: chargeId, gatewayId } = await chargeFor(db, refund, charge)
  const { currency, amountMinor } = refund
  const id = newId()
  await sendingBy(db, refund, id)
  const money = { currency, amountMinor: BigInt(amountMinor) }
  const draft = {
    id,
    key,
    kind: 'refund',
    gatewayId,
    accountId,
    ...money,
    refundId,
    chargeId,
    origin: 'request',
  } as const
  return beginAttempt(db, draft, nowMs)
}

async function chargeFor(db: Database, refund: Refund, named: string | null): Promise<Attempt> {
  const { accountId, paymentId, currency, amountMinor } = refund
  const candidates = named === null ? await chargesOf(db, accountId, paymentId) : [await getAttempt(db, named)]
  for (const charge of candidates) {
    const isIts = charge.kind === 'charge' && charge.accountId === accountId && charge.state === 'succeeded'
    if (isIts && (await refundableMinor(db, charge)) >= BigInt(amountMinor)) return charge
  }
  const amount = `${formatMinor(BigInt(amountMinor), currency)} ${currency}`
  throw new Refusal(
    'unprocessable',
    `${named === null ? 'no charge of the account' : `the charge ${named}`} has ${amount} left to be refunded through its gateway: send it by another way (POST /v1/refunds/{id}/sent)`,
  )
}

async function chargesOf(db: Database, accountId: string, paymentId: string | null): Promise<Attempt[]> {
  const all = db.selectFrom('paymentAttempt').selectAll().where('accountId', '=', accountId)
  const charges = all.where('kind', '=', 'charge').where('state', '=', 'succeeded')
  const wanted = paymentId === null ? charges : charges.where('paymentId', '=', paymentId)
  return (await wanted.orderBy('id', 'desc').limit(MAX_CHARGES).execute()) as Attempt[]
}

/** What of a charge was neither refunded nor disputed, nor is about to be. */
async function refundableMinor(db: Database, charge: Attempt): Promise<bigint> {
  const refunds = (await listRefundAttempts(db, charge.id)).filter(({ state }) => state !== 'failed')
  const disputes = (await listDisputes(db, charge.id)).filter(({ state }) => state !== 'won')
  const gone = [...refunds, ...disputes].reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n)
  return BigInt(charge.capturedMinor) - BigInt(charge.refundedMinor) - gone
}
