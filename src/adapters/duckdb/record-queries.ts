import { type DuckDBConnection, listValue } from '@duckdb/node-api'
import { CARRIED_ON } from '../../core/metering/observation.ts'
import type {
  ArchivedRecord,
  ChargedRecord,
  RecordFilter,
  RecordName,
  UnitsTaken,
  UsageMoney,
  UsageMoneyQuery,
} from '../../engine/ports.ts'
import { numbersOf } from './charge-columns.ts'
import { chargesIn, parquet, readInto, WIDE_TEXT } from './database.ts'

/** The records of some names in some files, each with all its charges added up. */
export async function findRecords(
  connection: DuckDBConnection,
  paths: readonly string[],
  names: readonly RecordName[],
): Promise<ArchivedRecord[]> {
  const columns: unknown[][] = Array.from({ length: 12 }, () => [])
  const query = `with wanted as (
      select unnest($1::varchar[]) as source, unnest($2::varchar[]) as id, unnest($3::integer[]) as place
    )
    select place, seq, source, id, any_value(service), any_value(type), any_value(data), epoch_ms(any_value(start)),
      epoch_ms(any_value("end")), coalesce(sum(coalesce(wide[1], amount)), 0)::varchar,
      any_value(subscription)::varchar, any_value(change)
    from ${chargesIn(paths)} join wanted using (source, id) group by place, seq, record, source, id order by seq, record`
  await readInto(connection, query, columns, [
    listValue(names.map(({ source }) => source)),
    listValue(names.map(({ id }) => id)),
    listValue(names.map((_, place) => place)),
  ])
  return (columns[0] as number[]).map((place, at) => {
    const [seq, source, id, service, type, data, start, end, amount, subscription, change] = columns
      .slice(1)
      .map((column) => column[at])
    return {
      place,
      seq: seq as number,
      source: source as string,
      id: id as string,
      service: service as string,
      type: type as string,
      data: data as string,
      startMs: Number(start),
      endMs: end === null ? Number.NaN : Number(end),
      amount: BigInt(amount as string),
      subscriptionId: subscription as string,
      change: change as string | null,
    }
  })
}

/** What of a charge is no text. */
type Numbers = Pick<
  ChargedRecord,
  'seq' | 'row' | 'startMs' | 'endMs' | 'quantity' | 'measures' | 'amount' | 'change' | 'isCarriedOn'
>

/** Whether one of a charge's observations, each a value, a time and a mark, has the mark of what is carried on. */
const IS_CARRIED_ON = `coalesce(list_contains(list_slice(observed, 3, len(observed), 3), ${CARRIED_ON}), false)`

/** Charges of some subscriptions, or of all, in a range of times and segments, in the order in which they were charged. */
export async function findCharges(
  connection: DuckDBConnection,
  paths: readonly string[],
  { subscriptionIds, fromMs, untilMs, afterSeq, throughSeq, onlyChanges }: RecordFilter,
): Promise<ChargedRecord[]> {
  const columns: unknown[][] = Array.from({ length: 20 }, () => [])
  const query = `select seq, source, id, service, type, epoch_ms(start), epoch_ms("end"), data, subscription::varchar,
      plan_version, price, cell, period::varchar, quantity, amount,
      record, more_measures, change, ${WIDE_TEXT}, ${IS_CARRIED_ON}
    from ${chargesIn(paths)}
    where ($1 is null or subscription in (select unnest($1::varchar[])::uuid)) and epoch_ms(start) >= $2::bigint and epoch_ms(start) < $3::bigint
      and seq > $4::bigint and seq <= $5::bigint and price is not null${onlyChanges === true ? ' and change is not null' : ''}
    order by seq, record, part`
  const numbers = [fromMs, untilMs, afterSeq, throughSeq].map((value) => BigInt(value))
  await readInto(connection, query, columns, [
    subscriptionIds === null ? null : listValue([...subscriptionIds]),
    ...numbers,
  ])
  return (columns[0] as number[]).map((seq, at) => {
    const [source, id, service, type, start, end, data, subscriptionId, planVersionId] = columns
      .slice(1, 10)
      .map((column) => column[at])
    const [priceCode, cell, periodStart, quantity, amount, row, more, change, wide, isCarriedOn] = columns
      .slice(10)
      .map((column) => column[at])
    const numbers = numbersOf(
      quantity as bigint | null,
      more as bigint[] | null,
      amount as bigint | null,
      wide as string | null,
    )
    const texts = { source, id, service, type, data, subscriptionId, planVersionId, priceCode, cell, periodStart }
    return {
      ...(texts as Omit<ChargedRecord, keyof Numbers>),
      seq,
      startMs: Number(start),
      endMs: end === null ? Number.NaN : Number(end),
      row: row as number,
      quantity: numbers.measures[0] as bigint,
      ...numbers,
      change: change as string | null,
      isCarriedOn: isCarriedOn as boolean,
    }
  })
}

/** Money that usage moved in the balances of an account, added up by member, time and prices. */
export async function findUsageMoney(
  connection: DuckDBConnection,
  paths: readonly string[],
  { accountId, kinds, stepMs, afterSeq }: UsageMoneyQuery,
): Promise<UsageMoney[]> {
  const columns: unknown[][] = Array.from({ length: 4 }, () => [])
  const [movements, charges] = [paths.filter(isOfMovements), paths.filter((path) => !isOfMovements(path))]
  // A segment may have movements alone; then nothing in these files says what they were for.
  const used =
    charges.length === 0
      ? 'select 0 as seq, 0 as record, null::timestamp as start, null::varchar as prices limit 0'
      : `select seq, record, any_value(start) as start, string_agg(distinct price, ' ' order by price) as prices
        from ${parquet(charges)} where account in (select member from moved) group by seq, record`
  const query = `with moved as (
      select seq, record, member, remaining from ${parquet(movements)}
      where account = $1::uuid and unit is null and kind in (select unnest($2::integer[])) and seq > $3::bigint
    ), used as (${used})
    select moved.member::varchar, epoch_ms(used.start) // $4::bigint * $4::bigint, used.prices, sum(moved.remaining)::varchar
    from moved left join used on used.seq = moved.seq and used.record = moved.record - 1 group by 1, 2, 3`
  await readInto(connection, query, columns, [accountId, listValue([...kinds]), BigInt(afterSeq), BigInt(stepMs)])
  return (columns[0] as string[]).map((memberId, at) => {
    const [start, prices, amount] = columns.slice(1).map((column) => column[at])
    return {
      memberId,
      startMs: start === null ? null : Number(start),
      prices: prices === null ? [] : (prices as string).split(' '),
      amount: BigInt(amount as string),
    }
  })
}

/** What usage took of the lots of units of an account, added up by lot and time, with the facts that opened lots. */
export async function findUnitUse(
  connection: DuckDBConnection,
  paths: readonly string[],
  { accountId, kinds, stepMs, afterSeq }: UsageMoneyQuery,
): Promise<UnitsTaken> {
  const [movements, charges] = [paths.filter(isOfMovements), paths.filter((path) => !isOfMovements(path))]
  const facts: unknown[][] = [[]]
  const opened = `select fact from ${parquet(movements)}
    where kind = 0 and seq > $1::bigint and contains(fact, '"fact":"lot"') and contains(fact, $2::varchar)`
  await readInto(connection, opened, facts, [BigInt(afterSeq), accountId])
  if (charges.length === 0) return { facts: facts[0] as string[], taken: [] }
  const columns: unknown[][] = [[], [], []]
  const query = `with moved as (
      select seq, record, member, lot, remaining from ${parquet(movements)}
      where account = $1::uuid and unit is not null and record > 0 and kind in (select unnest($2::integer[])) and seq > $3::bigint
    ), used as (
      select seq, record, any_value(start) as start
      from ${parquet(charges)} where account in (select member from moved) group by seq, record
    )
    select moved.lot::bigint, epoch_ms(used.start) // $4::bigint * $4::bigint, (-sum(moved.remaining))::varchar
    from moved join used on used.seq = moved.seq and used.record = moved.record - 1 group by 1, 2`
  await readInto(connection, query, columns, [accountId, listValue([...kinds]), BigInt(afterSeq), BigInt(stepMs)])
  const taken = (columns[0] as unknown[]).map((lot, at) => ({
    lot: Number(lot),
    startMs: Number((columns[1] as unknown[])[at]),
    amount: BigInt((columns[2] as string[])[at] as string),
  }))
  return { facts: facts[0] as string[], taken }
}

function isOfMovements(path: string): boolean {
  return path.includes('/movements/')
}
