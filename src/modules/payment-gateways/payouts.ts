import { formatMinor } from '../../core/base/money.ts'
import { payoutReceived } from '../../core/ledger/templates.ts'
import { newId, systemClock } from '../../platform/clock.ts'
import { anyOf, type Database, inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { askForJob } from '../../platform/jobs/job-store.ts'
import { notFound } from '../../platform/problems.ts'
import type { Tenant } from '../../platform/tenant.ts'
import { postEntry } from '../ledger/index.ts'
import { type Attempt, askAtOnce } from './attempt-store.ts'
import { payoutBooked } from './events.ts'
import type { Gateway } from './gateway-store.ts'
import type { Gateways } from './gateways.ts'
import type { GatewayPayout, PayoutLine } from './ports.ts'

export const FETCH_PAYOUTS = 'gateway_payouts'
export const PAYOUTS_EVERY_MS = 86_400_000

/** How long a gateway is waited for that lists what its transfers are made of. */
const TIMEOUT_MS = 120_000
/** Transfers are told of late: those of so many days before the last one are asked for again. */
const LATE_MS = 10 * 86_400_000
/** Lines that are written by one statement. */
const BATCH = 1_000
/** Differences that are told one by one. */
const MAX_DIFFERENCES = 100

/** A transfer as it is kept. */
export interface Payout {
  readonly id: string
  readonly gatewayId: string
  readonly providerId: string
  readonly currency: string
  readonly grossMinor: string
  readonly feeMinor: string
  readonly netMinor: string
  readonly arrivedOn: string
  readonly differences: readonly string[]
  readonly bookedAt: Date
}

/** Has a gateway asked, by a job, what it has transferred. */
export async function askForPayouts(db: Database, gatewayId: string, dueMs: number, nowMs: number): Promise<void> {
  await askForJob(db, { kind: FETCH_PAYOUTS, key: gatewayId, dueMs }, nowMs)
}

/** Transfers of a gateway to the bank that are not booked yet; null where it did not answer. Nothing is written. */
export async function fetchPayouts(
  db: Database,
  tenant: Pick<Tenant, 'name'>,
  gateways: Gateways,
  gateway: Gateway,
): Promise<readonly GatewayPayout[] | null> {
  const opened = await gateways.open(db, tenant, gateway)
  if (!opened.capabilities.payouts) return []
  const last = await db
    .selectFrom('gatewayPayout')
    .select('arrivedOn')
    .where('gatewayId', '=', gateway.id)
    .orderBy('arrivedOn', 'desc')
    .limit(1)
    .executeTakeFirst()
  const sinceMs = last === undefined ? 0 : Date.parse(`${last.arrivedOn}T00:00:00Z`) - LATE_MS
  return opened.payouts(sinceMs, AbortSignal.timeout(TIMEOUT_MS))
}

/** Books what was fetched, each transfer in a transaction of its own, once. @returns how many are new */
export async function bookPayouts(
  root: Database,
  tenant: Pick<Tenant, 'schema'>,
  gateway: Gateway,
  payouts: readonly GatewayPayout[],
  nowMs: number,
): Promise<number> {
  let fresh = 0
  for (const payout of payouts)
    await inTransaction(root, async (trx) => {
      if ((await bookPayout(inSchema(trx, tenant.schema), gateway, payout, nowMs)) !== null) fresh++
    })
  return fresh
}

/**
 * Books a transfer: what it is made of leaves the clearing account, fees are an expense, the rest is at the bank. Of 100.00 that were captured and
 * 25.00 that a dispute took, fee of 15.00 included, with a fee of the payment of 1.75: 75.00 leave the clearing account, 73.25 come to the bank.
 * What does not agree with what Kvit knows is kept as differences, and the gateway is asked about it.
 * @param read says what is known of the lines, where these are not of what a gateway was asked for
 * @returns its id; null where it is booked already
 */
export async function bookPayout(
  db: Database,
  gateway: Gateway,
  payout: GatewayPayout,
  nowMs: number,
  read: typeof readLines = readLines,
): Promise<string | null> {
  const { id: gatewayId, name } = gateway
  const { id: providerId, currency, netMinor, arrivesOn: arrivedOn } = payout
  const id = newId()
  const lines = await read(db, gatewayId, payout.lines)
  const differences = lines.flatMap(({ difference }) => (difference === null ? [] : [difference]))
  const moved = payout.lines.map(movedBy)
  const feeMinor = moved.reduce((sum, one) => sum + one.feeMinor, 0n)
  const linesMinor = moved.reduce((sum, one) => sum + one.grossMinor, 0n) - feeMinor
  if (linesMinor !== netMinor)
    differences.push(
      `its lines come to ${formatMinor(linesMinor, currency)}, and it is ${formatMinor(netMinor, currency)}`,
    )
  // What came to the bank is what has left: a difference stays in the clearing account, until somebody finds it.
  const grossMinor = netMinor + feeMinor
  const row = {
    ...{ id, gatewayId, providerId, currency, arrivedOn, bookedAt: new Date(nowMs) },
    ...{ grossMinor: String(grossMinor), feeMinor: String(feeMinor), netMinor: String(netMinor) },
    differences: JSON.stringify(differences.slice(0, MAX_DIFFERENCES)),
  }
  const inserted = await db
    .insertInto('gatewayPayout')
    .values(row)
    .onConflict((on) => on.columns(['gatewayId', 'providerId']).doNothing())
    .returning('id')
    .execute()
  if (inserted.length === 0) return null
  for (let at = 0; at < lines.length; at += BATCH)
    await db
      .insertInto('gatewayPayoutLine')
      .values(
        lines.slice(at, at + BATCH).map(({ line, attempt }) => ({
          ...{
            id: newId(),
            payoutId: id,
            gatewayId,
            providerId: line.id,
            kind: line.kind,
            attemptId: attempt?.id ?? null,
          },
          ...{ grossMinor: String(line.grossMinor), feeMinor: String(line.feeMinor) },
        })),
      )
      .onConflict((on) => on.columns(['gatewayId', 'providerId']).doNothing())
      .execute()
  await postEntry(db, 'payout_received', id, payoutReceived(name, currency, grossMinor, feeMinor), nowMs)
  const amounts = { gross: grossMinor, fee: feeMinor, net: netMinor }
  const texts = Object.entries(amounts).map(([of, minor]) => [of, formatMinor(minor, currency)] as const)
  const { gross = '', fee = '', net = '' } = Object.fromEntries(texts)
  const data = { gateway: name, currency, gross, fee, net, arrivedOn, differences: differences.length }
  await publish(db, [eventOf(payoutBooked, { objectId: id }, data)], nowMs)
  // Refunds and disputes that nobody has told of, and payments that are not known to have come through, are looked at.
  for (const { line, difference } of lines)
    if (line.paymentId !== null && (difference !== null || line.kind !== 'payment'))
      await askAtOnce(db, gatewayId, { key: null, subjectId: line.paymentId }, systemClock.nowMs())
  return id
}

/** What a line moves in the ledger. The fee of a dispute was taken from the clearing account when it was opened. */
function movedBy({ kind, grossMinor, feeMinor }: PayoutLine): {
  readonly grossMinor: bigint
  readonly feeMinor: bigint
} {
  if (kind === 'dispute') return { grossMinor: grossMinor - feeMinor, feeMinor: 0n }
  if (kind === 'fee') return { grossMinor: 0n, feeMinor: feeMinor - grossMinor }
  return { grossMinor, feeMinor }
}

export interface ReadPayoutLine {
  readonly line: PayoutLine
  readonly attempt: Attempt | undefined
  /** What does not agree, as a sentence. */
  readonly difference: string | null
}

async function readLines(db: Database, gatewayId: string, lines: readonly PayoutLine[]): Promise<ReadPayoutLine[]> {
  const named = [...new Set(lines.flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId])))]
  const attempts = (await db
    .selectFrom('paymentAttempt')
    .selectAll()
    .where('gatewayId', '=', gatewayId)
    .where('kind', '=', 'charge')
    .where('providerId', '=', anyOf(named, 'text'))
    .execute()) as Attempt[]
  const byId = new Map(attempts.map((attempt) => [attempt.providerId, attempt]))
  const ids = lines.map(({ id }) => id)
  const paidBefore = db.selectFrom('gatewayPayoutLine').select('providerId').where('gatewayId', '=', gatewayId)
  const rows = await paidBefore.where('providerId', '=', anyOf(ids, 'text')).execute()
  const before = new Set(rows.map(({ providerId }) => providerId))
  return lines.map((line) => {
    const attempt = line.paymentId === null ? undefined : byId.get(line.paymentId)
    return { line, attempt, difference: differenceOf(line, attempt, before.has(line.id)) }
  })
}

function differenceOf(
  { id, kind, paymentId, grossMinor }: PayoutLine,
  attempt: Attempt | undefined,
  wasPaidBefore: boolean,
): string | null {
  if (wasPaidBefore) return `${id} was in an earlier payout`
  if (kind === 'fee') return null
  if (kind === 'other') return `${id} is neither payment, refund, dispute nor fee`
  if (attempt === undefined) return `${id} is of ${paymentId}, which is none of Kvit’s payments`
  if (kind !== 'payment' || attempt.capturedMinor === String(grossMinor)) return null
  const [told, known] = [grossMinor, BigInt(attempt.capturedMinor)].map((minor) => formatMinor(minor, attempt.currency))
  return `${id} is ${told} of ${attempt.key}, of which ${known} are known to be captured`
}

export async function getPayout(db: Database, id: string): Promise<Payout> {
  const found = await db.selectFrom('gatewayPayout').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw notFound(`payout ${id}`, '/v1/payouts', 'gateway payouts')
  return found as unknown as Payout
}

/** Payouts that came to an amount, with whose they are. @param of days on which they arrived, both included */
export async function listPayoutsOf(
  db: Database,
  {
    currency,
    netMinor,
    from,
    until,
  }: Pick<Payout, 'currency' | 'netMinor'> & { readonly from: string; readonly until: string },
): Promise<(Payout & { readonly gateway: string; readonly adapter: string })[]> {
  const query = db
    .selectFrom('gatewayPayout')
    .innerJoin('paymentGateway', 'paymentGateway.id', 'gatewayPayout.gatewayId')
    .selectAll('gatewayPayout')
    .select(['paymentGateway.name as gateway', 'paymentGateway.adapter'])
    .where('gatewayPayout.currency', '=', currency)
    .where('gatewayPayout.netMinor', '=', netMinor)
    .where('gatewayPayout.arrivedOn', '>=', from)
    .where('gatewayPayout.arrivedOn', '<=', until)
  return (await query.orderBy('gatewayPayout.id').execute()) as never
}
