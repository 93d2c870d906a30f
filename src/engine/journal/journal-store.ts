import { setImmediate } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { PREPARED } from '../../platform/database-client.ts'
import { type Database, type DatabaseTransaction, inSchema } from '../../platform/db.ts'
import { ArchiveRows } from './archive-rows.ts'
import { CheckpointRows, FencedError } from './checkpoint-rows.ts'
import { findWhose, isOfValues, type RowsAlongside, rowsParts } from './rows-alongside.ts'
import { CODEC_VERSION, FIRST_DIGEST } from './segment.ts'
import { type SegmentRow, type StoredSegment, toSegmentRow } from './stored-rows.ts'

/** A partition as its row says: where its journal ends, and what recovery starts from. */
export interface PartitionRow {
  readonly epoch: bigint
  readonly headSeq: number
  readonly headDigest: Buffer
  readonly checkpointSeq: number
  /** Segments up to here are in the archive alone. */
  readonly archivedSeq: number
  readonly hashSeed: Buffer
}

/** A segment as it is appended. */
export interface NewSegment extends SegmentRow {
  readonly payload: Buffer
  readonly identities: Buffer
}

/** What the engine asks of the store of a journal: a simulation has one in memory. */
export type Journal = Pick<
  JournalStore,
  | 'createPartition'
  | 'findOwner'
  | 'findDigest'
  | 'acquire'
  | 'renew'
  | 'release'
  | 'commit'
  | 'segments'
  | 'counters'
  | 'storeCounters'
  | 'balances'
  | 'storeBalances'
  | 'sessions'
  | 'storeSessions'
  | 'storeCheckpoint'
> & { readonly archive: Pick<ArchiveRows, 'load' | 'countRecords' | 'identities'> }

/** The last segment of a journal that somebody knows of. */
export interface Head {
  readonly seq: number
  readonly digest: Buffer
}

/** Where journals are, and how far they were known to go when this process began, by tenant. */
export interface KnownJournals {
  readonly db: Database
  /** For leases and commits, whose statements have a deadline. */
  readonly prompt: Database
  readonly heads: ReadonlyMap<string, Head>
}

const at = (ms: number): Date => new Date(ms)
const leaseEnd = (leaseMs: number): RawBuilder<unknown> =>
  sql`clock_timestamp() + ${leaseMs}::integer * interval '1 millisecond'`

const SEGMENT_COLUMNS = sql.raw(
  'seq, codec, committed_at, payload, payload_digest, digest, previous_digest, usage_from, usage_until, received, charged, suspended, duplicates, recycled, corrected',
)

/** The SQL of segments, for one partition of one tenant's schema. */
export class JournalStore extends CheckpointRows {
  /** For what has a deadline: leases and commits. */
  private readonly prompt: Database
  /** What is archived, and what recovery reads of what is not. */
  readonly archive: ArchiveRows

  /** @param prompt connections for leases and commits, whose statements are given up at their deadline */
  constructor(db: Database, schema: string, partition: number, prompt: Database = db) {
    super(db, schema, partition)
    this.prompt = prompt
    this.archive = new ArchiveRows(db, schema, partition)
  }

  async createPartition(hashSeed: Buffer): Promise<void> {
    await sql`insert into ${this.table('partition')}
      (id, epoch, head_seq, head_digest, checkpoint_seq, hash_seed)
      values (${this.partition}, 0, 0, ${FIRST_DIGEST}, 0, ${hashSeed}) on conflict do nothing`.execute(this.prompt)
  }

  async findOwner(): Promise<string | null> {
    const { rows } = await sql<{ owner: string | null }>`
      select owner from ${this.table('partition')} where id = ${this.partition}`.execute(this.prompt)
    return rows[0]?.owner ?? null
  }

  /**
   * Takes the lease and a new epoch when the lease is free, has run out, or `stealFrom` holds it. Leases follow the clock
   * of the database, which all who may own the partition share, however wrong their own are.
   */
  async acquire(owner: string, leaseMs: number, stealFrom: string | null): Promise<PartitionRow | null> {
    const { rows } = await sql<Record<string, never>>`
      update ${this.table('partition')} set owner = ${owner}, epoch = epoch + 1, lease_until = ${leaseEnd(leaseMs)}
      where id = ${this.partition} and (owner is null or lease_until < clock_timestamp() or owner = ${stealFrom ?? owner})
      returning epoch, head_seq as "headSeq", head_digest as "headDigest", checkpoint_seq as "checkpointSeq", archived_seq as "archivedSeq", hash_seed as "hashSeed"`.execute(
      this.prompt,
    )
    const row = rows[0] as Record<string, unknown> | undefined
    if (row === undefined) return null
    return {
      epoch: row['epoch'] as bigint,
      headSeq: Number(row['headSeq']),
      headDigest: row['headDigest'] as Buffer,
      checkpointSeq: Number(row['checkpointSeq']),
      archivedSeq: Number(row['archivedSeq']),
      hashSeed: row['hashSeed'] as Buffer,
    }
  }

  /** @returns whether the epoch is still current. */
  async renew(epoch: bigint, leaseMs: number): Promise<boolean> {
    const { numAffectedRows } = await sql`update ${this.table('partition')} set lease_until = ${leaseEnd(leaseMs)}
      where id = ${this.partition} and epoch = ${epoch}`.execute(this.prompt)
    return numAffectedRows === 1n
  }

  async release(epoch: bigint): Promise<void> {
    await sql`update ${this.table('partition')} set owner = null, lease_until = null
      where id = ${this.partition} and epoch = ${epoch}`.execute(this.prompt)
  }

  /** The digest of a segment; null where there is none. */
  async findDigest(seq: number): Promise<Buffer | null> {
    const { rows } = await sql<{ digest: Buffer }>`select digest from ${this.table('segment')}
      where partition_id = ${this.partition} and seq = ${seq}`.execute(this.prompt)
    return rows[0]?.digest ?? null
  }

  /**
   * Appends a segment, with whatever else must become true with it, or nothing at all.
   * @param rows are written by the statement that appends it: without commit hooks it is the only statement that the commit makes
   */
  async commit(
    epoch: bigint,
    segment: NewSegment,
    commitHooks: readonly ((trx: DatabaseTransaction) => Promise<void>)[],
    rows: readonly RowsAlongside[] = [],
  ): Promise<void> {
    const { seq, counts, payload, payloadDigest, digest, previousDigest, usageFromMs, usageUntilMs } = segment
    const append = sql<{ seq: bigint }>`${sql.raw(PREPARED)}
      with head as (
        update ${this.table('partition')} set head_seq = ${seq}, head_digest = ${digest}
        where id = ${this.partition} and epoch = ${epoch} and head_seq = ${seq - 1} returning id
      ), appended as (insert into ${this.table('segment')} (partition_id, seq, epoch, codec, committed_at, usage_from, usage_until,
        received, charged, suspended, duplicates, recycled, corrected, payload, identities, payload_digest, digest, previous_digest)
      select head.id, ${seq}, ${epoch}, ${CODEC_VERSION}::integer, ${at(segment.committedAtMs)}::timestamptz,
        ${usageFromMs === null ? null : at(usageFromMs)}::timestamptz,
        ${usageUntilMs === null ? null : at(usageUntilMs)}::timestamptz,
        ${counts.received}::integer, ${counts.charged}::integer, ${counts.suspended}::integer,
        ${counts.duplicates}::integer, ${counts.recycled}::integer, ${counts.corrected}::integer,
        ${payload}::bytea, ${segment.identities}::bytea, ${payloadDigest}::bytea, ${digest}::bytea, ${previousDigest}::bytea
      from head returning seq)${rowsParts(this.schema, rows)}
      select seq from appended`
    const run = async (connection: Database): Promise<void> => {
      if ((await append.execute(connection)).rows.length !== 1) throw new FencedError('the partition has another owner')
    }
    const afterwards = rows.flatMap((one) => one.rows.flatMap(({ after = [] }) => after))
    try {
      if (commitHooks.length + afterwards.length === 0) return await run(this.prompt)
      await this.prompt.transaction().execute(async (trx) => {
        await run(trx)
        for (const commitHook of commitHooks) await commitHook(trx)
        for (const work of afterwards) await work(inSchema(trx, this.schema))
      })
    } catch (error) {
      if (isOfValues(error)) await findWhose(this.prompt, this.schema, rows)
      throw error
    }
  }

  /** Segments in order, a page at a time, from `afterSeq` on; those whose usage lies outside the range are left out. */
  async *segments(
    afterSeq: number,
    range: { fromMs: number; untilMs: number } | null = null,
    db: Database = this.db,
  ): AsyncGenerator<SegmentRow> {
    let last = afterSeq
    for (;;) {
      const overlap =
        range === null ? sql`true` : sql`usage_from < ${at(range.untilMs)} and usage_until >= ${at(range.fromMs)}`
      const { rows } = await sql<StoredSegment>`
        select ${SEGMENT_COLUMNS}
        from ${this.table('segment')} where partition_id = ${this.partition} and seq > ${last} and ${overlap}
        order by seq limit ${PAGE}`.execute(db)
      let bytes = 0
      for (const row of rows) {
        yield toSegmentRow(row)
        bytes += row.payload?.length ?? 0
        if (bytes < TURN_BYTES) continue
        bytes = 0
        await setImmediate()
      }
      if (rows.length < PAGE) return
      last = Number((rows.at(-1) as StoredSegment).seq)
    }
  }

  /** The segments of some numbers, in order. */
  async segmentsOf(seqs: readonly number[]): Promise<SegmentRow[]> {
    const { rows } = await sql<StoredSegment>`select ${SEGMENT_COLUMNS} from ${this.table('segment')}
      where partition_id = ${this.partition} and seq = any(${seqs}::bigint[]) order by seq`.execute(this.db)
    return rows.map(toSegmentRow)
  }
}

/** About 16 MB of payloads in memory at a time. */
const PAGE = 64
/** Bytes of segments after which others have their turn: whoever reads a journal is not alone on its thread. */
const TURN_BYTES = 64 * 1024
