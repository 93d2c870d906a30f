import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

export interface UsageOfMinute {
  readonly minute: string
  readonly received: number
  readonly charged: number
  readonly suspended: number
  readonly duplicates: number
}

/** Segments that are looked at: the newest, by their key. At one a commit that is an hour, or the last minutes of a very busy one. */
const SEGMENTS = 4_000

/** What came of usage in the last hour, minute by minute, by the clock of the database. */
export async function recentUsage(db: Database, schema: string, partition: number): Promise<UsageOfMinute[]> {
  const { rows } = await sql<UsageOfMinute>`
    select to_char(date_trunc('minute', committed_at at time zone 'UTC'), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as minute,
      sum(received)::integer as received, sum(charged)::integer as charged, sum(suspended)::integer as suspended,
      sum(duplicates)::integer as duplicates
    from (
      select committed_at, received, charged, suspended, duplicates from ${sql.id(schema, 'segment')}
      where partition_id = ${partition} order by seq desc limit ${SEGMENTS}
    ) as newest
    where committed_at > clock_timestamp() - interval '1 hour' and received > 0 group by 1 order by 1`.execute(db)
  return rows
}
