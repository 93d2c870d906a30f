import { sql } from 'kysely'
import { dayOf, startOfDayMs } from '../../core/base/period.ts'
import type { DayAmount } from '../../core/invoicing/invoice-lines.ts'
import type { EngineReads, UnitUse } from '../../engine/index.ts'
import { anyOf, type Database, schemaOf } from '../../platform/db.ts'
import type { Tenant } from '../../platform/tenant.ts'

/** Names a counter: the usage of a billing period under one rate of a price. */
export interface CounterName {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  readonly periodStart: string
}

/** Usage of a line that lies in two periods: what was charged between two segments of the journal. */
export interface CutLine extends CounterName {
  readonly id: string
  readonly afterSeq: number
  readonly throughSeq: number
}

export interface UsageQuery {
  readonly issuerId: string
  /** Usage from this day on is looked at. */
  readonly from: string
  /** Not part of it. */
  readonly end: string
  readonly cutoffMs: number
  readonly cutoffSeq: number
  readonly cut: readonly CutLine[]
}

/** Usage of a counter that no document bills by the cutoff, at the rating scale of its currency. */
export interface UnbilledUsage extends CounterName {
  readonly accountId: string
  /** Before the end. */
  readonly amount: bigint
  /** Of that, before the first day of the period that is computed. */
  readonly byDay: readonly DayAmount[]
}

export interface UsageFound {
  readonly unbilled: readonly UnbilledUsage[]
  /** What the usage of lines that lie in two periods was charged by the day, by their ids. */
  readonly days: ReadonlyMap<string, readonly DayAmount[]>
}

/** Reads usage out of the journal, where it does not stall charging. */
export interface UsageReader {
  usage(query: UsageQuery): Promise<UsageFound>
  /** Lots of units of an account with what was used of them. */
  unitUse(accountId: string): Promise<UnitUse[]>
}

/** Reads on the thread that it is called on. */
export function usageReader(engine: EngineReads, db: Database, { name }: Pick<Tenant, 'name'>): UsageReader {
  return {
    usage: async (query) => readUsage(engine, db, name, query),
    unitUse: async (accountId) => engine.unitUse(name, accountId),
  }
}

/** Subscriptions of an issuer that the journal is asked for by their names. */
const MAX_SUBSCRIPTIONS_NAMED = 5_000

async function readUsage(engine: EngineReads, db: Database, tenant: string, query: UsageQuery): Promise<UsageFound> {
  const { issuerId, from, end, cutoffSeq, cut } = query
  const owners = await subscriptionsOf(db, issuerId)
  const billed = await billedThrough(db, query)
  const cutBy = Map.groupBy(cut, counterKey)
  const unbilled = new Map<string, UnbilledUsage & { readonly sums: Map<string, bigint> }>()
  const days = new Map<string, Map<string, bigint>>(cut.map(({ id }) => [id, new Map()]))
  const starts = [from, ...cut.map(({ periodStart }) => periodStart)].sort()
  // Zones are at most 14 hours from UTC; which day a record is of is looked at below.
  const filter = {
    subscriptionIds: namedSubscriptions(owners, cut),
    fromMs: startOfDayMs(starts[0] as string, 'UTC') - ZONES_MS,
    untilMs: startOfDayMs(lastDay(end, cut), 'UTC') + ZONES_MS,
    afterSeq: 0,
    throughSeq: cutoffSeq,
  }
  for await (const records of engine.records(tenant, filter))
    for (const record of records) {
      const owner = owners.get(record.subscriptionId)
      if (owner === undefined) continue
      const key = counterKey(record)
      const day = dayOf(record.startMs, owner.zone)
      for (const { id, afterSeq, throughSeq } of cutBy.get(key) ?? [])
        if (record.seq > afterSeq && record.seq <= throughSeq)
          addTo(days.get(id) as Map<string, bigint>, day, record.amount)
      if (day < from || day >= end || record.seq <= (billed.get(key) ?? 0)) continue
      const { subscriptionId, planVersionId, priceCode, cell, periodStart } = record
      const known = unbilled.get(key) ?? {
        ...{ subscriptionId, planVersionId, priceCode, cell, periodStart, accountId: owner.accountId },
        ...{ amount: 0n, byDay: [], sums: new Map<string, bigint>() },
      }
      unbilled.set(key, known)
      addTo(known.sums, day, record.amount)
    }
  return {
    unbilled: [...unbilled.values()].map(({ sums, ...counter }) => {
      const byDay = inOrder(sums)
      return { ...counter, byDay, amount: byDay.reduce((sum, { amount }) => sum + amount, 0n) }
    }),
    days: new Map([...days].map(([id, sums]) => [id, inOrder(sums)])),
  }
}

/** Those that are read; null for all, where they are too many to name. */
function namedSubscriptions(owners: ReadonlyMap<string, unknown>, cut: readonly CutLine[]): ReadonlySet<string> | null {
  if (cut.length > 0) return new Set(cut.map(({ subscriptionId }) => subscriptionId))
  return owners.size <= MAX_SUBSCRIPTIONS_NAMED ? new Set(owners.keys()) : null
}

const ZONES_MS = 14 * 3_600_000

/** A billing period is no longer than what a cut line bills. */
function lastDay(end: string, cut: readonly CutLine[]): string {
  return cut.length === 0 ? end : Temporal.PlainDate.from(end).add({ years: 1 }).toString()
}

export function counterKey({ subscriptionId, planVersionId, priceCode, cell, periodStart }: CounterName): string {
  return [subscriptionId, planVersionId, priceCode, cell, periodStart].join('\n')
}

function addTo(sums: Map<string, bigint>, name: string, amount: bigint): void {
  sums.set(name, (sums.get(name) ?? 0n) + amount)
}

function inOrder(sums: ReadonlyMap<string, bigint>): DayAmount[] {
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, amount]) => ({ day, amount }))
}

async function subscriptionsOf(
  db: Database,
  issuerId: string,
): Promise<Map<string, { readonly accountId: string; readonly zone: string }>> {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('account', 'account.id', 'subscription.accountId')
    .select(['subscription.id', 'account.id as accountId', 'account.zone'])
    .where('account.issuerId', '=', issuerId)
    .execute()
  return new Map(
    rows.map(({ id, accountId, zone }) => [id as string, { accountId: accountId as string, zone: zone as string }]),
  )
}

/** Through which segment of the journal documents until the cutoff have billed each counter. */
async function billedThrough(db: Database, { issuerId, from, cutoffMs }: UsageQuery): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('invoiceLine')
    .innerJoin('invoice', 'invoice.id', 'invoiceLine.invoiceId')
    .select(['subscriptionId', 'planVersionId', 'priceCode', 'cell', 'periodStart'])
    .select(sql<string>`max(through_seq)::text`.as('throughSeq'))
    .where('invoice.issuerId', '=', issuerId)
    .where('invoice.issuedAt', '<=', new Date(cutoffMs))
    .where('invoiceLine.periodEnd', '>', from)
    .where('invoiceLine.throughSeq', 'is not', null)
    .groupBy(['subscriptionId', 'planVersionId', 'priceCode', 'cell', 'periodStart'])
    .execute()
  return new Map(rows.map((row) => [counterKey(row as unknown as CounterName), Number(row.throughSeq)]))
}

/** Lines before some of the same counters: how far in the journal each of them had billed. */
export async function billedBefore(
  db: Database,
  lines: readonly (CounterName & { readonly id: string })[],
): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; seq: string }>`
    select line.id, coalesce(max(earlier.through_seq), 0)::text as seq
    from ${sql.id(schemaOf(db), 'invoice_line')} line
    left join ${sql.id(schemaOf(db), 'invoice_line')} earlier on earlier.subscription_id = line.subscription_id
      and earlier.plan_version_id = line.plan_version_id and earlier.price_code = line.price_code
      and earlier.cell = line.cell and earlier.period_start = line.period_start and earlier.id < line.id
    where line.id = ${anyOf(lines.map(({ id }) => id))} group by line.id`.execute(db)
  return new Map(rows.map(({ id, seq }) => [id, Number(seq)]))
}
