/** `received = charged + suspended + duplicates`: every record that arrived is in exactly one of them. */
export interface UsageCounts {
  received: number
  charged: number
  suspended: number
  duplicates: number
  /** Records out of suspense that were charged by this segment; they were received before. */
  recycled: number
  /** Rows that take back or replace what was charged before: they are about records that were received before. */
  corrected: number
}

export const NO_COUNTS: UsageCounts = {
  received: 0,
  charged: 0,
  suspended: 0,
  duplicates: 0,
  recycled: 0,
  corrected: 0,
}

/** Stored bytes of a segment that weigh as much as a record: holds and sessions are in segments, too. */
export const RECORD_BYTES = 100

/** Rows of records that a segment has. */
export function rowsOf({ charged, recycled, corrected }: UsageCounts): number {
  return charged + recycled + corrected
}

export function countsSince(before: UsageCounts, after: UsageCounts): UsageCounts {
  return {
    received: after.received - before.received,
    charged: after.charged - before.charged,
    suspended: after.suspended - before.suspended,
    duplicates: after.duplicates - before.duplicates,
    recycled: after.recycled - before.recycled,
    corrected: after.corrected - before.corrected,
  }
}
