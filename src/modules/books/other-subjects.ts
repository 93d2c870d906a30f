import { sql } from 'kysely'
import { currencyOf } from '../../core/base/currency.ts'
import { decimal, toScale } from '../../core/base/decimal.ts'
import { startOfDayMs } from '../../core/base/period.ts'
import { UNIT_SCALE } from '../../core/base/quantity.ts'
import { divideRounded, powerOfTen } from '../../core/base/rounding.ts'
import { packState, usageState } from '../../core/books/recognition.ts'
import type { DayAmount } from '../../core/invoicing/invoice-lines.ts'
import type { UnitUse } from '../../engine/index.ts'
import { anyOf, schemaOf } from '../../platform/db.ts'
import type { Computing, EntryOwner } from './computing.ts'
import { hundredthsOf } from './policies.ts'
import type { Subject } from './recognised-lines.ts'
import { counterKey, type UnbilledUsage } from './usage-reader.ts'

interface OwnerRow extends EntryOwner {
  readonly id: string
  readonly currency: string
  readonly pricesIncludeTax: boolean
}

/** Usage that no document bills yet is earned when it is used: so much of it is unbilled. Before caps, minimums and discounts, which documents have. */
export async function usageSubjects(computing: Computing, unbilled: readonly UnbilledUsage[]): Promise<Subject[]> {
  if (unbilled.length === 0) return []
  const { db, start } = computing
  const owners = await ownersOf(
    computing,
    unbilled.map(({ accountId }) => accountId),
  )
  const versions = await db
    .selectFrom('planVersion')
    .select(['id', 'code'])
    .where('id', '=', anyOf([...new Set(unbilled.map(({ planVersionId }) => planVersionId))]))
    .execute()
  const products = new Map(versions.map(({ id, code }) => [id as string, code as string]))
  const nets = await netShares(
    computing,
    [...owners.values()].filter(({ pricesIncludeTax }) => pricesIncludeTax).map(({ id }) => id),
  )
  return unbilled.flatMap((usage): Subject[] => {
    const owner = owners.get(usage.accountId) as OwnerRow
    const share = owner.pricesIncludeTax ? nets.get(owner.id) : ONE
    if (share === undefined) {
      computing.tell(
        `account ${owner.id}: how its usage is taxed is known with its first document; until then it is not unbilled revenue`,
      )
      return []
    }
    const toMinor = (days: readonly DayAmount[]): bigint => {
      const { minorDigits, ratingScale } = currencyOf(owner.currency)
      const sum = days.reduce((all, { amount }) => all + amount, 0n)
      return divideRounded(sum * share.net, share.amount * powerOfTen(ratingScale - minorDigits), 'half_up')
    }
    const { accountId, country, segment } = owner
    return [
      {
        ...{ subject: `usage:${counterKey(usage)}`, documentId: null, owner: { accountId, country, segment } },
        ledgerAccount: `revenue:${products.get(usage.planVersionId) ?? 'unknown'}`,
        ...{ currency: owner.currency, billedOn: null, netMinor: 0n },
        earnedAtStart: toMinor(usage.byDay.filter(({ day }) => day < start)),
        atEnd: usageState(toMinor(usage.byDay)),
      },
    ]
  })
}

interface Share {
  readonly net: bigint
  readonly amount: bigint
}
const ONE: Share = { net: 1n, amount: 1n }

/** Accounts as owners of entries, by their ids. */
export async function ownersOf({ db }: Computing, accountIds: readonly string[]): Promise<Map<string, OwnerRow>> {
  if (accountIds.length === 0) return new Map()
  const schema = schemaOf(db)
  const { rows } = await sql<OwnerRow>`${sql.raw(`
    select a.id, a.id as "accountId", a.currency, a.prices_include_tax as "pricesIncludeTax", c.postal_address ->> 'country' as country,
      coalesce(a.metadata ->> 'segment', c.metadata ->> 'segment') as segment
    from "${schema}".account a join "${schema}".customer c on c.id = a.customer_id where a.id = `)}${anyOf([...new Set(accountIds)])}`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** What of prices that include tax is without it, by the last usage that documents of an account have billed. */
async function netShares({ db }: Computing, accountIds: readonly string[]): Promise<Map<string, Share>> {
  if (accountIds.length === 0) return new Map()
  const { rows } = await sql<{ accountId: string; net: string; amount: string }>`
    select distinct on (account_id) account_id as "accountId", net_minor::text as net, amount_minor::text as amount
    from ${sql.id(schemaOf(db), 'invoice_line')}
    where account_id = ${anyOf(accountIds)} and kind = 'usage' and net_minor is not null and amount_minor > 0
    order by account_id, id desc`.execute(db)
  return new Map(rows.map(({ accountId, net, amount }) => [accountId, { net: BigInt(net), amount: BigInt(amount) }]))
}

interface PackRow extends EntryOwner {
  readonly id: string
  readonly key: string
  readonly currency: string
  readonly unit: string
  readonly units: string
  readonly price: string
  readonly createdAt: Date
  readonly reversedAt: Date | null
}

/** Packs of units that were sold in these days, or of which something is deferred at their beginning. @param open their subjects */
export async function packSubjects(
  computing: Computing,
  open: readonly string[],
): Promise<(Subject & { readonly brokenMinor: bigint })[]> {
  const { db, books, start, end, usage } = computing
  const schema = schemaOf(db)
  const at = (day: string): string => new Date(startOfDayMs(day, books.zone)).toISOString()
  const { rows } = await sql<PackRow>`${sql.raw(`
    select t.id, t.key, t.currency, t.unit, t.units::text as units, t.amount_minor::text as price, t.created_at as "createdAt",
      r.created_at as "reversedAt", a.id as "accountId", c.postal_address ->> 'country' as country,
      coalesce(a.metadata ->> 'segment', c.metadata ->> 'segment') as segment
    from "${schema}".top_up t join "${schema}".account a on a.id = t.account_id join "${schema}".customer c on c.id = a.customer_id
    left join "${schema}".top_up_reversal r on r.top_up_id = t.id
    where a.issuer_id = '${books.issuerId}' and t.unit is not null and (t.created_at >= '${at(start)}' and t.created_at < '${at(end)}' or t.id = `)}${anyOf(
    open.map((subject) => subject.slice('pack:'.length)),
  )}) order by t.id`.execute(db)
  const found: (Subject & { readonly brokenMinor: bigint })[] = []
  for (const [accountId, packs] of Map.groupBy(rows, (row) => row.accountId)) {
    const lots = new Map((await usage.unitUse(accountId)).map((lot) => [lot.origin, lot]))
    for (const pack of packs) found.push(packSubject(computing, pack, lots.get(`units:${pack.key}`)))
  }
  return found
}

function packSubject(
  { books, start, end }: Computing,
  { id, currency, unit, units, price, createdAt, reversedAt, accountId, country, segment }: PackRow,
  lot: UnitUse | undefined,
): Subject & { readonly brokenMinor: bigint } {
  const sold = {
    priceMinor: BigInt(price),
    units: toScale(decimal(units), UNIT_SCALE),
    unusedShare: hundredthsOf(books.policies.unusedUnits),
  }
  const stateBefore = (day: string, mayBeOver = true): ReturnType<typeof packState> => {
    const beforeMs = startOfDayMs(day, books.zone)
    const used = (lot?.uses ?? []).reduce((sum, use) => (use.startMs < beforeMs ? sum + use.amount : sum), 0n)
    const isSold = createdAt.getTime() < beforeMs && (reversedAt === null || reversedAt.getTime() >= beforeMs)
    const untilMs = lot?.untilMs ?? null
    return packState(sold, { used, isSold, isOver: mayBeOver && untilMs !== null && untilMs <= beforeMs })
  }
  const atEnd = stateBefore(end)
  const broken = (day: string): bigint => stateBefore(day).earnedMinor - stateBefore(day, false).earnedMinor
  const isSold = reversedAt === null || reversedAt.getTime() >= startOfDayMs(end, books.zone)
  return {
    ...{ subject: `pack:${id}`, documentId: id, owner: { accountId, country, segment }, currency },
    ...{ ledgerAccount: `revenue:units:${unit}`, netMinor: isSold ? sold.priceMinor : 0n },
    billedOn: new Date(createdAt).toISOString().slice(0, 10),
    earnedAtStart: stateBefore(start).earnedMinor,
    atEnd,
    brokenMinor: broken(end) - broken(start),
  }
}
