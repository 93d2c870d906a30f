import { BEYOND_MS, FIRST_MS } from '../core/base/calendar-range.ts'
import type { UsageCounts } from './journal/usage-counts.ts'

export type { SegmentFacts } from './journal/segment.ts'
export { encodeFacts } from './journal/segment-codec.ts'
export { unpackFacts } from './journal/segment-payload.ts'
export { RECORD_BYTES, rowsOf, type UsageCounts } from './journal/usage-counts.ts'

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

/** A record that the archive has under one of the names in a query. */
export interface ArchivedRecord extends RecordName {
  /** The index of the name in the query. */
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

/** Of records whatever their time. */
export const ANY_TIME = { fromMs: FIRST_MS, untilMs: BEYOND_MS } as const

/** Which charges are wanted. Times bound the records' starts, half-open; segments bound when they were charged. */
export interface RecordFilter {
  /** Null for all. */
  readonly subscriptionIds: ReadonlySet<string> | null
  readonly fromMs: number
  readonly untilMs: number
  readonly afterSeq: number
  readonly throughSeq: number
  /** Leaves out records as they came. */
  readonly onlyChanges?: boolean
}

/** One record's charge under one price, as the journal has it. */
export interface ChargedRecord {
  readonly seq: number
  /** Place of the record in its segment. */
  readonly row: number
  readonly source: string
  readonly id: string
  readonly service: string
  readonly type: string
  readonly startMs: number
  /** NaN where the record has no end. */
  readonly endMs: number
  readonly data: string
  readonly subscriptionId: string
  readonly planVersionId: string
  readonly priceCode: string
  readonly cell: string
  readonly periodStart: string
  /** Increase of the quantity, at the meter's scale. */
  readonly quantity: bigint
  /** Increase of every measure; the first is the quantity. */
  readonly measures: readonly bigint[]
  /** At the currency's rating scale. */
  readonly amount: bigint
  /** As `changeText` writes it, where the charge is of a correction; null for a record as it came. */
  readonly change: string | null
  /** The record is not counted by it: a later counter begins elsewhere because of the record. */
  readonly isCarriedOn: boolean
}

/** Money that usage moved in the balances of one account: so much of it under some prices about some time. */
export interface UsageMoney {
  /** Whose usage it was: the account's own, or that of a member that it sponsors. */
  readonly memberId: string
  /** Start of the usage, to a quarter of an hour; null for what was charged before there were balances. */
  readonly startMs: number | null
  /** Codes of the prices that charged it together. */
  readonly prices: readonly string[]
  /** At the rating scale; negative where it was taken. */
  readonly amount: bigint
}

/** A query of the archive. */
export interface UsageMoneyQuery {
  readonly accountId: string
  /** As the journal numbers kinds of movements. */
  readonly kinds: readonly number[]
  readonly stepMs: number
  readonly afterSeq: number
}

/** What usage took of the lots of units of one account, and the texts of the facts that opened its lots. */
export interface UnitsTaken {
  readonly facts: readonly string[]
  readonly taken: readonly { readonly lot: number; readonly startMs: number; readonly amount: bigint }[]
}

/** A file that is to be read, and what it is known by: one with other bytes is not read. */
type FileToRead = Pick<ArchiveFile, 'path' | 'sha256'>

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
    files: readonly FileToRead[],
    segments: readonly { readonly seq: number; readonly counts: UsageCounts }[],
  ): Promise<Uint8Array[]>
  /** The records of some names that are in some files, with their corrections, in the order of the journal. */
  find(files: readonly FileToRead[], names: readonly RecordName[]): Promise<ArchivedRecord[]>
  /** Charges that a filter wants, in the order in which they were charged. */
  charges(files: readonly FileToRead[], filter: RecordFilter): Promise<ChargedRecord[]>
  /** Money that usage moved in the balances of an account, out of files that were written together. */
  usageMoney(files: readonly FileToRead[], query: UsageMoneyQuery): Promise<UsageMoney[]>
  /** What usage took of the lots of units of an account, out of files that were written together. */
  unitUse(files: readonly FileToRead[], query: UsageMoneyQuery): Promise<UnitsTaken>
  /** SHA-256 of a file as it is now; null where it is gone. */
  digest(path: string): Promise<Buffer | null>
  /** Removes files of a folder that no row names: an interrupted archiving has left them. */
  removeUnknown(folder: string, known: ReadonlySet<string>): Promise<void>
  close(): Promise<void>
}
