import type { SuspenseReason } from '../../core/mediation/suspense-reason.ts'

/** Why a record is not charged, and in words. */
export type Fault = readonly [SuspenseReason, string]

export function isFault<T extends object>(result: T | Fault): result is Fault {
  return Array.isArray(result) && typeof result[0] === 'string'
}
