import { sql } from 'kysely'
import { ANCHORS_MARK } from '../../core/proof/statements.ts'
import type { Database } from '../../platform/db.ts'
import type { ArchiveFile, ClosedSegment } from '../ports.ts'
import { RECORD_BYTES, type UsageCounts } from './usage-counts.ts'

/** What is archived: the files, and the last segment that they have the facts of. */
export interface ArchivedFiles {
  readonly files: readonly ArchiveFile[]
  readonly throughSeq: number
}

/** Segments that may be archived now. */
export interface ClosedRange {
  readonly segments: number
  readonly records: number
  readonly throughSeq: number
  readonly oldestMs: number
}

/** What recovery reads of a segment. */
interface IdentityRow {
  readonly seq: number
  readonly identities: Buffer
  readonly payload: Buffer | null
}

/** Segments whose identities are fetched at a time: up to 8 MB. */
const PAGE = 32
/** Files inserted by one statement. */
const FILE_PAGE = 1_000

const ANCHOR = Buffer.from(ANCHORS_MARK)

const at = (ms: number | null): Date | null => (ms === null ? null : new Date(ms))

/** The SQL of archiving, and of what recovery reads of segments that are not archived. */
export class ArchiveRows {
  private readonly db: Database
  private readonly schema: string
  private readonly partition: number

  constructor(db: Database, schema: string, partition: number) {
    this.db = db
    this.schema = schema
    this.partition = partition
  }

  private table(name: string): ReturnType<typeof sql.id> {
    return sql.id(this.schema, name)
  }

  /** The files, and how far they go, as of one moment. */
  async load(db: Database = this.db): Promise<ArchivedFiles> {
    const { rows } = await sql<StoredFile & { archived_seq: bigint }>`
      select partition.archived_seq, file.* from ${this.table('partition')} as partition
      left join ${this.table('archive_file')} as file on file.partition_id = partition.id
      where partition.id = ${this.partition} order by file.from_seq, file.path`.execute(db)
    const files = rows.filter(({ path }) => path !== null).map(toArchiveFile)
    return { files, throughSeq: Number(rows[0]?.archived_seq ?? 0n) }
  }

  /** As `load`, after every archiving whose commit is under way: a file that is not listed here was not written, and will not be. */
  async loadSettled(): Promise<ArchivedFiles> {
    return this.db.transaction().execute(async (trx) => {
      await sql`select 1 from ${this.table('partition')} where id = ${this.partition} for share`.execute(trx)
      return this.load(trx)
    })
  }

  /** How many records the segments after `afterSeq` have charged. */
  async countRecords(afterSeq: number): Promise<number> {
    const { rows } = await sql<{ records: bigint }>`
      select coalesce(sum(charged + recycled + corrected), 0)::bigint as records from ${this.table('segment')}
      where partition_id = ${this.partition} and seq > ${afterSeq}`.execute(this.db)
    return Number(rows[0]?.records ?? 0n)
  }

  /**
   * What identifies the records of the segments after `afterSeq`, in order; with payloads after `payloadsAfterSeq`. The
   * next ones are fetched while these are worked on.
   */
  async *identities(afterSeq: number, payloadsAfterSeq: number): AsyncGenerator<IdentityRow> {
    const fetch = async (behind: number): Promise<IdentityRow[]> => {
      const { rows } = await sql<IdentityRow & { seq: bigint | number }>`
        select seq, identities, case when seq > ${payloadsAfterSeq} then payload end as payload
        from ${this.table('segment')} where partition_id = ${this.partition} and seq > ${behind}
        order by seq limit ${PAGE}`.execute(this.db)
      return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
    }
    let page = await fetch(afterSeq)
    while (page.length > 0) {
      const next = page.length < PAGE ? Promise.resolve([]) : fetch(page.at(-1)?.seq ?? 0)
      // Whoever works on this page may fail first.
      next.catch(() => undefined)
      yield* page
      page = await next
    }
  }

  /**
   * The oldest segments that are closed: after `afterSeq`, within the checkpoint, and committed before a moment; so
   * many that they have about `maxRecords`, or as many bytes as these would. Null when there are none.
   */
  async findClosed(afterSeq: number, committedBeforeMs: number, maxRecords: number): Promise<ClosedRange | null> {
    const { rows } = await sql<{ segments: bigint; records: bigint; through_seq: bigint | null; oldest: Date | null }>`
      select count(*) as segments, coalesce(sum(records), 0)::bigint as records, max(seq) as through_seq, min(committed_at) as oldest
      from (
        select seq, committed_at, records, sum(weight) over (order by seq) - weight as before
        from (
          select seq, committed_at, charged + recycled + corrected as records,
            greatest(charged + recycled + corrected, octet_length(payload) / ${RECORD_BYTES}) as weight
          from ${this.table('segment')}
          where partition_id = ${this.partition} and seq > ${afterSeq}
            and seq <= (select checkpoint_seq from ${this.table('partition')} where id = ${this.partition})
          order by seq limit ${MAX_SEGMENTS}
        ) as behind
      ) as closed
      where before < ${maxRecords} and committed_at < ${at(committedBeforeMs)}`.execute(this.db)
    const [row] = rows
    if (row === undefined || row.through_seq === null) return null
    const { segments, records } = row
    return {
      segments: Number(segments),
      records: Number(records),
      throughSeq: Number(row.through_seq),
      oldestMs: (row.oldest as Date).getTime(),
    }
  }

  async payloads(afterSeq: number, throughSeq: number): Promise<ClosedSegment[]> {
    const { rows } = await sql<{ seq: bigint; payload: Buffer } & UsageCounts>`
      select seq, payload, received, charged, suspended, duplicates, recycled, corrected from ${this.table('segment')}
      where partition_id = ${this.partition} and seq > ${afterSeq} and seq <= ${throughSeq} order by seq`.execute(
      this.db,
    )
    return rows.map(({ seq, payload, ...counts }) => ({ seq: Number(seq), payload, counts }))
  }

  /**
   * Lets go of the payloads of segments that are in these files, or changes nothing, when someone else is the owner. Roots over
   * documents are in no file, and stay.
   */
  async commit(
    epoch: bigint,
    { afterSeq, throughSeq, nowMs }: { afterSeq: number; throughSeq: number; nowMs: number },
    files: readonly ArchiveFile[],
  ): Promise<void> {
    await this.db.transaction().execute(async (trx) => {
      for (let from = 0; from < files.length; from += FILE_PAGE) {
        const json = JSON.stringify(files.slice(from, from + FILE_PAGE).map(toStoredFile))
        await sql`insert into ${this.table('archive_file')}
          (path, partition_id, kind, day, from_seq, through_seq, rows, bytes, sha256, min_time, max_time, max_end)
          select path, ${this.partition}::integer, kind, day, "fromSeq", "throughSeq", rows, bytes, decode(sha256, 'hex'), "minTime", "maxTime", "maxEnd"
          from json_to_recordset(${json}::json) as row(path text, kind text, day date, "fromSeq" bigint, "throughSeq" bigint,
            rows bigint, bytes bigint, sha256 text, "minTime" timestamptz, "maxTime" timestamptz, "maxEnd" timestamptz)`.execute(
          trx,
        )
      }
      await sql`update ${this.table('segment')} set identities = null, archived_at = ${at(nowMs)},
        payload = case when substring(payload from 1 for ${ANCHOR.length}) = ${ANCHOR}::bytea then payload end
        where partition_id = ${this.partition} and seq > ${afterSeq} and seq <= ${throughSeq}`.execute(trx)
      // Last, because every commit of a segment waits for this row.
      const { numAffectedRows } = await sql`update ${this.table('partition')} set archived_seq = ${throughSeq}
        where id = ${this.partition} and epoch = ${epoch} and archived_seq = ${afterSeq}`.execute(trx)
      if (numAffectedRows !== 1n) throw new Error('the partition has another owner, who archives')
    })
  }
}

/** Segments of one step of archiving at most: small ones are many. */
const MAX_SEGMENTS = 20_000

interface StoredFile {
  path: string
  kind: ArchiveFile['kind']
  day: string | null
  from_seq: bigint
  through_seq: bigint
  rows: bigint
  bytes: bigint
  sha256: Buffer
  min_time: Date | null
  max_time: Date | null
  max_end: Date | null
}

function toArchiveFile(row: StoredFile): ArchiveFile {
  return {
    path: row.path,
    kind: row.kind,
    day: row.day,
    fromSeq: Number(row.from_seq),
    throughSeq: Number(row.through_seq),
    rows: Number(row.rows),
    bytes: Number(row.bytes),
    sha256: row.sha256,
    minMs: row.min_time?.getTime() ?? null,
    maxMs: row.max_time?.getTime() ?? null,
    maxEndMs: row.max_end?.getTime() ?? null,
  }
}

function toStoredFile({ minMs, maxMs, maxEndMs, sha256, ...file }: ArchiveFile): object {
  return { ...file, sha256: sha256.toString('hex'), minTime: at(minMs), maxTime: at(maxMs), maxEnd: at(maxEndMs) }
}
