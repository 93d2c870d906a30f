import { createHash } from 'node:crypto'
import { formatMinor } from '../../core/base/money.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import {
  compareRegistry,
  type KnownTransaction,
  type RegistryDifference,
  type RegistryMapping,
  type RegistryRow,
  readRegistry,
} from '../../core/terminals/registry.ts'
import { newId } from '../../platform/clock.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { bookPayout, type GatewayPayout, gatewayOfId, type ReadPayoutLine } from '../payment-gateways/index.ts'
import { registryCompared } from './events.ts'
import { type Network, transactionsBetween, transactionsNamed } from './store.ts'

/** Differences that are kept one by one. */
const MAX_KEPT = 1_000

export interface RegistryDraft {
  readonly key: string
  readonly from: string
  readonly until: string
  readonly text: string
  readonly mapping: RegistryMapping | null
  /** Where the network has transferred the money of the registry to the bank: the amount, and the day on which it comes. */
  readonly payout: { readonly netMinor: bigint; readonly arrivesOn: string } | null
}

export interface RegistryRecord {
  readonly id: string
  readonly gatewayId: string
  readonly key: string
  readonly fromOn: string
  readonly untilOn: string
  readonly digest: Buffer
  readonly rows: number
  readonly agreed: number
  readonly totalMinor: string
  readonly feeMinor: string
  readonly differences: readonly {
    readonly kind: RegistryDifference['kind']
    readonly txnId: string
    readonly there: string | null
    readonly here: string | null
  }[]
  readonly differenceCount: number
  readonly payoutId: string | null
  readonly createdAt: Date
}

/**
 * Compares what a network says that it took on some days with what is known, and keeps what differs. The same registry again is the same. Where its money
 * was transferred, that is booked as a payout: what the network has kept is its fee.
 */
export async function recordRegistry(
  db: Database,
  network: Network,
  draft: RegistryDraft,
  nowMs: number,
): Promise<RegistryRecord> {
  const { gatewayId, currency, zone, name } = network
  const { key, from: fromOn, until: untilOn, text, payout } = draft
  const mapping = draft.mapping ?? network.registryMapping
  if (mapping === null)
    throw new Refusal('unprocessable', 'mapping: say which column is what, here or in the settings of the network')
  if (fromOn >= untilOn) throw new Refusal('unprocessable', 'until: the first day that is not in the registry')
  const digest = createHash('sha256')
    .update(
      JSON.stringify([fromOn, untilOn, text, payout === null ? null : [String(payout.netMinor), payout.arrivesOn]]),
    )
    .digest()
  // Whoever sends registries of a network takes turns.
  await db.selectFrom('terminalNetwork').select('gatewayId').where('gatewayId', '=', gatewayId).forUpdate().execute()
  const known = await findRegistry(db, gatewayId, key)
  if (known !== undefined) {
    if (known.digest.equals(digest)) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another registry`)
  }
  const rows = readRegistry(text, mapping, currency)
  if (typeof rows === 'string') throw new Refusal('mapping_invalid', rows)
  const [named, ofDays] = [
    await transactionsNamed(db, gatewayId, [...new Set(rows.map(({ txnId }) => txnId))]),
    await transactionsBetween(db, gatewayId, startOfDayMs(fromOn, zone), startOfDayMs(untilOn, zone)),
  ]
  const all = new Map<string, KnownTransaction>()
  for (const { txnId, amountMinor, state } of [...named, ...ofDays])
    all.set(txnId, { txnId, amountMinor: BigInt(amountMinor), isPaid: state === 'paid' })
  const { agreed, differences } = compareRegistry(rows, all, new Set(ofDays.map(({ txnId }) => txnId)))
  const total = (of: (row: RegistryRow) => bigint): bigint => rows.reduce((sum, row) => sum + of(row), 0n)
  const [totalMinor, feeMinor] = [total(({ sumMinor }) => sumMinor), total((row) => row.feeMinor)]
  const id = newId()
  const payoutId =
    payout === null
      ? null
      : await bookTransfer(db, network, { key, rows, feeMinor, totalMinor, payout, differences }, nowMs)
  const written = (minor: bigint | null): string | null => (minor === null ? null : formatMinor(minor, currency))
  const record: RegistryRecord = {
    ...{ id, gatewayId, key, fromOn, untilOn, digest, rows: rows.length, agreed: agreed.length },
    ...{ totalMinor: String(totalMinor), feeMinor: String(feeMinor), differenceCount: differences.length, payoutId },
    differences: differences.slice(0, MAX_KEPT).map(({ kind, txnId, thereMinor, hereMinor }) => ({
      ...{ kind, txnId, there: written(thereMinor), here: written(hereMinor) },
    })),
    createdAt: new Date(nowMs),
  }
  await db
    .insertInto('terminalRegistry')
    .values({ ...record, differences: JSON.stringify(record.differences) })
    .execute()
  const told = { network: name, key, rows: rows.length, agreed: agreed.length, differences: differences.length }
  await publish(db, [eventOf(registryCompared, { objectId: id }, told)], nowMs)
  return record
}

/** Books what a network has transferred for a registry. @returns the payout */
async function bookTransfer(
  db: Database,
  { gatewayId, currency, name }: Network,
  {
    key,
    rows,
    feeMinor,
    totalMinor,
    payout: { netMinor, arrivesOn },
    differences,
  }: {
    readonly key: string
    readonly rows: readonly RegistryRow[]
    readonly feeMinor: bigint
    readonly totalMinor: bigint
    readonly payout: NonNullable<RegistryDraft['payout']>
    readonly differences: readonly RegistryDifference[]
  },
  nowMs: number,
): Promise<string> {
  const once = new Map(rows.map((row) => [row.txnId, row]))
  const lines = [...once.values()].map(({ txnId, sumMinor, feeMinor: fee }) => ({
    ...({ id: txnId, kind: 'payment', paymentId: txnId, grossMinor: sumMinor, feeMinor: fee } as const),
  }))
  // Without a column of fees, what was taken and not transferred is the fee of all of it.
  const restMinor = totalMinor - feeMinor - netMinor
  if (feeMinor === 0n && restMinor > 0n)
    lines.push({ id: `${key}:fee`, kind: 'fee', paymentId: null, grossMinor: 0n, feeMinor: restMinor } as never)
  const payout: GatewayPayout = { id: key, currency, netMinor, arrivesOn, lines }
  const differing = new Map(differences.map((one) => [one.txnId, one]))
  const read = async (): Promise<ReadPayoutLine[]> => {
    const ids = lines.map((line) => line.id)
    const paidBefore = await paidOutAmong(db, gatewayId, ids)
    return payout.lines.map((line) => {
      const found = differing.get(line.id)
      const difference = paidBefore.has(line.id)
        ? `${line.id} was in an earlier payout`
        : found === undefined
          ? null
          : `${line.id}: ${found.kind.replaceAll('_', ' ')}`
      return { line, attempt: undefined, difference }
    })
  }
  const id = await bookPayout(db, await gatewayOfId(db, gatewayId), payout, nowMs, read)
  if (id === null) throw new Refusal('conflict', `payout: ${key} of ${name} was booked before`)
  return id
}

async function paidOutAmong(db: Database, gatewayId: string, ids: readonly string[]): Promise<Set<string>> {
  const query = db.selectFrom('gatewayPayoutLine').select('providerId').where('gatewayId', '=', gatewayId)
  const rows = await query.where('providerId', '=', anyOf(ids, 'text')).execute()
  return new Set(rows.map(({ providerId }) => providerId))
}

async function findRegistry(db: Database, gatewayId: string, key: string): Promise<RegistryRecord | undefined> {
  const query = db.selectFrom('terminalRegistry').selectAll().where('gatewayId', '=', gatewayId)
  return (await query.where('key', '=', key).executeTakeFirst()) as unknown as RegistryRecord | undefined
}
