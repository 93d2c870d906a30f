import { sql } from 'kysely'
import type { Database, DatabaseTransaction } from '../../platform/db.ts'
import type { StoredSession } from './session.ts'
import { type CounterRow, type StoredCounter, toCounterRow } from './stored-rows.ts'

/** The balances of an account after the segment `asOfSeq`, as JSON. */
export interface BalanceRow {
  readonly accountId: string
  readonly content: string
  readonly asOfSeq: number
}

/** Someone else owns the partition now: what was decided here must not be stored. */
export class FencedError extends Error {}

/** Rows that recovery reads at a time. */
const PAGE = 20_000

/** The SQL of checkpoints, for one partition of one tenant's schema: what they store, and what recovery reads of it. */
export class CheckpointRows {
  protected readonly db: Database
  readonly schema: string
  protected readonly partition: number

  constructor(db: Database, schema: string, partition: number) {
    this.db = db
    this.schema = schema
    this.partition = partition
  }

  protected table(name: string): ReturnType<typeof sql.id> {
    return sql.id(this.schema, name)
  }

  async *counters(): AsyncGenerator<CounterRow> {
    let last: StoredCounter | undefined
    for (;;) {
      const behind =
        last === undefined
          ? sql`true`
          : sql`(subscription_id, plan_version_id, price_code, cell, period_start)
              > (${last.subscription_id}::uuid, ${last.plan_version_id}::uuid, ${last.price_code}, ${last.cell}, ${last.period_start}::date)`
      const { rows } = await sql<StoredCounter>`select * from ${this.table('counter')} where ${behind}
        order by subscription_id, plan_version_id, price_code, cell, period_start limit ${PAGE}`.execute(this.db)
      for (const row of rows) yield toCounterRow(row)
      if (rows.length < PAGE) return
      last = rows.at(-1)
    }
  }

  async storeCounters(epoch: bigint, rows: readonly CounterRow[]): Promise<void> {
    const json = JSON.stringify(
      rows.map((row) => ({
        ...row,
        measures: row.measures.map(String),
        amount: String(row.amount),
        series: row.series?.toString('hex') ?? null,
      })),
    )
    await this.checkpointPart(epoch, async (trx) => {
      await sql`insert into ${this.table('counter')}
        (subscription_id, plan_version_id, price_code, cell, period_start, measures, amount, records, series, as_of_seq)
        select "subscriptionId", "planVersionId", "priceCode", cell, "periodStart", measures, amount, records,
          decode(series, 'hex'), "asOfSeq"
        from json_to_recordset(${json}::json) as row("subscriptionId" uuid, "planVersionId" uuid, "priceCode" text, cell text,
          "periodStart" date, measures numeric[], amount numeric, records bigint, series text, "asOfSeq" bigint)
        order by 1, 2, 3, 4, 5
        on conflict (subscription_id, plan_version_id, price_code, cell, period_start) do update set
          measures = excluded.measures, amount = excluded.amount, records = excluded.records,
          series = excluded.series, as_of_seq = excluded.as_of_seq`.execute(trx)
    })
  }

  async *balances(): AsyncGenerator<BalanceRow> {
    let last: string | null = null
    for (;;) {
      const { rows }: { rows: { account_id: string; content: string; as_of_seq: bigint }[] } = await sql<{
        account_id: string
        content: string
        as_of_seq: bigint
      }>`select account_id, content::text as content, as_of_seq from ${this.table('account_balance')}
        where ${last === null ? sql`true` : sql`account_id > ${last}::uuid`} order by account_id limit ${PAGE}`.execute(
        this.db,
      )
      for (const row of rows) yield { accountId: row.account_id, content: row.content, asOfSeq: Number(row.as_of_seq) }
      if (rows.length < PAGE) return
      last = rows.at(-1)?.account_id ?? null
    }
  }

  async storeBalances(epoch: bigint, rows: readonly BalanceRow[]): Promise<void> {
    await this.checkpointPart(epoch, async (trx) => {
      await sql`insert into ${this.table('account_balance')} (account_id, content, as_of_seq)
        select * from unnest(${rows.map((row) => row.accountId)}::uuid[], ${rows.map((row) => row.content)}::jsonb[],
          ${rows.map((row) => row.asOfSeq)}::bigint[]) order by 1
        on conflict (account_id) do update set content = excluded.content, as_of_seq = excluded.as_of_seq`.execute(trx)
    })
  }

  /** Sessions that ran or had expired, as texts. */
  async *sessions(): AsyncGenerator<string> {
    for (let last = ''; ; ) {
      const { rows } = await sql<{
        key: string
        content: string
      }>`select key, content from ${this.table('charging_session')}
        where key > ${last} order by key limit ${PAGE}`.execute(this.db)
      for (const { content } of rows) yield content
      if (rows.length < PAGE) return
      last = rows.at(-1)?.key ?? ''
    }
  }

  /** Removes sessions that are over, and stores the state of others. */
  async storeSessions(epoch: bigint, gone: readonly string[], rows: readonly StoredSession[]): Promise<void> {
    await this.checkpointPart(epoch, async (trx) => {
      if (gone.length > 0)
        await sql`delete from ${this.table('charging_session')} where key = any(${gone}::text[])`.execute(trx)
      if (rows.length === 0) return
      await sql`insert into ${this.table('charging_session')} (key, content)
        select "key", content from json_to_recordset(${JSON.stringify(rows)}::json) as row("key" text, content text)
        order by 1 on conflict (key) do update set content = excluded.content`.execute(trx)
    })
  }

  /**
   * Rows that a checkpoint stores need not be on the disk before it continues: its last statement, which follows them in the log,
   * makes them all durable, and what is lost before that is of a checkpoint that never was.
   */
  private async checkpointPart(epoch: bigint, work: (trx: DatabaseTransaction) => Promise<void>): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      await sql`set local synchronous_commit = off`.execute(trx)
      await this.assertEpoch(trx, epoch)
      await work(trx)
    })
  }

  /** The last segment whose facts all rows have, and the last one that there is. */
  async checkpointAndHead(): Promise<{ checkpointSeq: number; headSeq: number }> {
    const { rows } = await sql<Record<string, bigint>>`select checkpoint_seq as checkpoint, head_seq as head
      from ${this.table('partition')} where id = ${this.partition}`.execute(this.db)
    return { checkpointSeq: Number(rows[0]?.['checkpoint'] ?? 0n), headSeq: Number(rows[0]?.['head'] ?? 0n) }
  }

  /** Recovery reads the segments after it. A segment that does not exist yet cannot be within a checkpoint. */
  async storeCheckpoint(epoch: bigint, seq: number): Promise<void> {
    await sql`update ${this.table('partition')} set checkpoint_seq = ${seq}
      where id = ${this.partition} and epoch = ${epoch} and head_seq >= ${seq}`.execute(this.db)
  }

  private async assertEpoch(trx: DatabaseTransaction, epoch: bigint): Promise<void> {
    const { rows } = await sql`select 1 from ${this.table('partition')}
      where id = ${this.partition} and epoch = ${epoch} for share`.execute(trx)
    if (rows.length !== 1) throw new FencedError('the partition has another owner')
  }
}
