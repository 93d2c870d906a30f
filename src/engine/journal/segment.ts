import { createHash } from 'node:crypto'
import { assert } from '../../core/base/assert.ts'
import type { UsageCounts } from './usage-counts.ts'

export const CODEC_VERSION = 3
/** Stands among the kinds of movements for a fact of another shape, which is found in `accountFacts`. */
export const ACCOUNT_FACT = 0
/** What the first segment of a partition names as its predecessor. */
export const FIRST_DIGEST = Buffer.alloc(32)

/** The facts of one micro-batch, as columns. Dictionaries hold each text once; the columns hold places in them. */
export interface SegmentFacts {
  readonly counts: UsageCounts
  readonly sources: readonly string[]
  readonly services: readonly string[]
  readonly types: readonly string[]
  readonly subscriptions: readonly string[]
  /** Price cells as `[plan version id, price code, cell name]`. */
  readonly cells: readonly (readonly [string, string, string])[]
  /** How many measures the charges of each cell carry. */
  readonly measures: readonly number[]
  readonly id: readonly string[]
  readonly data: readonly string[]
  readonly source: readonly number[]
  readonly service: readonly number[]
  readonly type: readonly number[]
  readonly subscription: readonly number[]
  readonly startMs: readonly number[]
  /** NaN where the record has no end. */
  readonly endMs: readonly number[]
  /** Corrections that rows are of, as `changeText` writes them; by 1 + their place, 0 where a record is as it came. */
  readonly changes: readonly string[]
  readonly change: readonly number[]
  /** Charges: the record's row, the cell, the period's first day, the increase of each measure, the amount. */
  readonly chargeRecord: readonly number[]
  readonly chargeRateKey: readonly number[]
  readonly chargePeriod: readonly number[]
  readonly chargeMeasures: readonly bigint[]
  readonly chargeAmount: readonly bigint[]
  /** What meters that keep a series have observed: the charge, and value, time and mark of the observation. */
  readonly observedCharge: readonly number[]
  readonly observedValue: readonly bigint[]
  readonly observedMs: readonly number[]
  readonly observedMark: readonly number[]
  /** Facts of accounts, in order: movements of balances, by 1 + the place of their kind, and others. */
  readonly accounts: readonly string[]
  readonly units: readonly string[]
  readonly accountFacts: readonly string[]
  readonly moveKind: readonly number[]
  readonly moveAccount: readonly number[]
  readonly moveMember: readonly number[]
  readonly movePeriod: readonly number[]
  readonly moveLot: readonly number[]
  /** 1 + the place of the unit; 0 for money. */
  readonly moveUnit: readonly number[]
  /** 1 + the place of the lot's source; 0 for the credit limit. */
  readonly moveSource: readonly number[]
  /** 1 + the record's row; 0 where it is about none. */
  readonly moveRecord: readonly number[]
  readonly moveRemaining: readonly bigint[]
  readonly moveHeld: readonly bigint[]
}

export function payloadDigestOf(payload: Buffer): Buffer {
  return createHash('sha256').update(payload).digest()
}

/**
 * The chain: SHA-256 over the previous digest, the place in the journal, the codec and the digest of the stored bytes.
 * So the chain can be followed by whoever has the digests alone.
 */
export function digestOf(previous: Buffer, partition: number, seq: number, payloadDigest: Buffer): Buffer {
  assert(previous.length === 32 && payloadDigest.length === 32, 'a digest has 32 bytes')
  const place = Buffer.alloc(16)
  place.writeUInt32BE(partition, 0)
  place.writeUInt32BE(CODEC_VERSION, 4)
  place.writeBigUInt64BE(BigInt(seq), 8)
  return createHash('sha256').update(previous).update(place).update(payloadDigest).digest()
}
