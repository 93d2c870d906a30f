import { sql } from 'kysely'
import type { Database } from '../../platform/db.ts'

/** A segment as the chain sees it. Hashes are in hex. */
export interface ChainLink {
  readonly seq: number
  readonly previousDigest: string
  readonly payloadDigest: string
  readonly digest: string
}

/** Segments from one to another, both included; or some, by their numbers. */
export type ChainRange =
  | { readonly fromSeq: number; readonly throughSeq: number; readonly limit: number }
  | { readonly seqs: readonly number[] }

/** Links of the chain, in order. They have digests and no charges, some 100 bytes each. */
export async function readChain(
  db: Database,
  schema: string,
  partition: number,
  range: ChainRange,
): Promise<ChainLink[]> {
  const wanted =
    'seqs' in range
      ? sql`seq = any(${range.seqs}::bigint[])`
      : sql`seq >= ${range.fromSeq}::bigint and seq <= ${range.throughSeq}::bigint`
  const limit = 'limit' in range ? range.limit : range.seqs.length
  const { rows } = await sql<{ seq: bigint; previous_digest: Buffer; payload_digest: Buffer; digest: Buffer }>`
    select seq, previous_digest, payload_digest, digest from ${sql.id(schema, 'segment')}
    where partition_id = ${partition} and ${wanted} order by seq limit ${limit}`.execute(db)
  return rows.map((row) => ({
    seq: Number(row.seq),
    previousDigest: row.previous_digest.toString('hex'),
    payloadDigest: row.payload_digest.toString('hex'),
    digest: row.digest.toString('hex'),
  }))
}
