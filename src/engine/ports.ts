import type { UsageCounts } from './usage-counts.ts'
import type { UsageMoney, UsageMoneyQuery } from './usage-money.ts'
import type { ChargedRecord, RecordFilter } from './usage-records.ts'

export type { SegmentFacts } from './segment.ts'
export { encodeFacts, unpackFacts } from './segment-codec.ts'
export { rowsOf, type UsageCounts } from './usage-counts.ts'
export type { UsageMoney, UsageMoneyQuery } from './usage-money.ts'
export type { ChargedRecord, RecordFilter } from './usage-records.ts'

/** A file of the archive, as it was when it was written and read back. */
export interface ArchiveFile {
  /** Below the archive's folder. */
  readonly path: string
  readonly kind: 'charges' | 'movements'
  /** The UTC day of the records' starts; null for movements of balances. */
  readonly day: string | null
  readonly fromSeq: number
  readonly throughSeq: number
  readonly rows: number
  readonly bytes: number
  readonly sha256: Buffer
  /** First and last start, and the last end, of the records. */
  readonly minMs: number | null
  readonly maxMs: number | null
  readonly maxEndMs: number | null
}

/** A segment whose payload is to be let go. */
export interface ClosedSegment {
  readonly seq: number
  readonly counts: UsageCounts
  readonly payload: Buffer
}

export interface RecordName {
  readonly source: string
  readonly id: string
}

/** A record that the archive has under a name that was asked for. */
export interface ArchivedRecord extends RecordName {
  /** Which of the names that were asked for. */
  readonly place: number
  readonly seq: number
  readonly service: string
  readonly type: string
  readonly data: string
  readonly startMs: number
  /** NaN where the record has no end. */
  readonly endMs: number
  readonly subscriptionId: string
  /** All its charges together, at the currency's rating scale. */
  readonly amount: bigint
  /** As `changeText` writes it; null for a record as it came. */
  readonly change: string | null
}

/** Keeps the facts of closed segments outside of Postgres, in files that can be searched. */
export interface Archive {
  /**
   * Writes segments in a row to files below `folder`, makes them durable, reads them back, and compares every fact.
   * @param accountsOf the account of each subscription, by which charges are sorted; null where it is gone.
   * @throws when a file does not say what the segments say; the segments must then be kept.
   */
  write(
    folder: string,
    segments: readonly ClosedSegment[],
    accountsOf: (subscriptionIds: readonly string[]) => (string | null)[],
  ): Promise<ArchiveFile[]>
  /** Facts of segments out of their files, as bytes of the journal's codec before compression. */
  readSegments(
    paths: readonly string[],
    segments: readonly { readonly seq: number; readonly counts: UsageCounts }[],
  ): Promise<Uint8Array[]>
  /** The records of some names that are in some files, with their corrections, in the order of the journal. */
  find(paths: readonly string[], names: readonly RecordName[]): Promise<ArchivedRecord[]>
  /** Charges that a filter wants, in the order in which they were charged. */
  charges(paths: readonly string[], filter: RecordFilter): Promise<ChargedRecord[]>
  /** Money that usage moved in the balances of an account, out of files that were written together. */
  usageMoney(paths: readonly string[], query: UsageMoneyQuery): Promise<UsageMoney[]>
  /** SHA-256 of a file as it is now; null where it is gone. */
  digest(path: string): Promise<Buffer | null>
  /** Removes what an interrupted archiving left behind: files of a folder that nobody knows. */
  removeUnknown(folder: string, known: ReadonlySet<string>): Promise<void>
  close(): Promise<void>
}
