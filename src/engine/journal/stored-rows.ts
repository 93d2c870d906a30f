import { CODEC_VERSION } from './segment.ts'
import type { UsageCounts } from './usage-counts.ts'

export interface SegmentRow {
  readonly seq: number
  readonly digest: Buffer
  readonly previousDigest: Buffer
  /** Null once the segment is in the archive. */
  readonly payload: Buffer | null
  readonly payloadDigest: Buffer
  readonly committedAtMs: number
  readonly counts: UsageCounts
  readonly usageFromMs: number | null
  readonly usageUntilMs: number | null
}

export interface CounterRow {
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  readonly periodStart: string
  readonly measures: readonly bigint[]
  readonly amount: bigint
  readonly records: number
  /** What its meter has observed, as `SeriesTable` writes it; null where the meter adds up. */
  readonly series: Buffer | null
  readonly asOfSeq: number
}

/** Rows as Postgres gives them, and what the engine makes of them. */
export interface StoredSegment {
  seq: bigint
  payload: Buffer | null
  codec: number
  committed_at: Date
  payload_digest: Buffer
  digest: Buffer
  previous_digest: Buffer
  usage_from: Date | null
  usage_until: Date | null
  received: number
  charged: number
  suspended: number
  duplicates: number
  recycled: number
  corrected: number
}

export function toSegmentRow(row: StoredSegment): SegmentRow {
  const { received, charged, suspended, duplicates, recycled, corrected } = row
  if (row.codec !== CODEC_VERSION)
    throw new Error(`segment ${row.seq} is of codec ${row.codec}, which this version of Kvit does not read`)
  return {
    seq: Number(row.seq),
    digest: row.digest,
    previousDigest: row.previous_digest,
    payload: row.payload,
    payloadDigest: row.payload_digest,
    committedAtMs: row.committed_at.getTime(),
    counts: { received, charged, suspended, duplicates, recycled, corrected },
    usageFromMs: row.usage_from?.getTime() ?? null,
    usageUntilMs: row.usage_until?.getTime() ?? null,
  }
}

export interface StoredCounter {
  subscription_id: string
  plan_version_id: string
  price_code: string
  cell: string
  period_start: string
  measures: string[]
  amount: string
  records: bigint
  series: Buffer | null
  as_of_seq: bigint
}

export function toCounterRow(row: StoredCounter): CounterRow {
  return {
    subscriptionId: row.subscription_id,
    planVersionId: row.plan_version_id,
    priceCode: row.price_code,
    cell: row.cell,
    periodStart: row.period_start,
    measures: row.measures.map(BigInt),
    amount: BigInt(row.amount),
    records: Number(row.records),
    series: row.series,
    asOfSeq: Number(row.as_of_seq),
  }
}
