import { isPassing } from '../../platform/patience.ts'
import type { AccountToBill } from './bill-accounts.ts'

/** Accounts that are billed in one transaction at most: their rows are locked for some tens of milliseconds. */
const BATCH = 50

export function batchesOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / BATCH) }, (_, at) => all.slice(at * BATCH, (at + 1) * BATCH))
}

/** An account that cannot be billed, and why. */
export interface Failure<T extends AccountToBill> {
  readonly asked: T
  readonly error: unknown
}

/**
 * Bills accounts together; where one of them fails, each by itself: none keeps the others from their documents.
 * @param bill what was billed before it failed is not billed again
 * @throws what passes by itself
 */
export async function billBatch<T extends AccountToBill>(
  asked: readonly T[],
  bill: (asked: readonly T[]) => Promise<unknown>,
): Promise<Failure<T>[]> {
  try {
    await bill(asked)
    return []
  } catch (error) {
    if (isPassing(error)) throw error
    const [first, ...others] = asked
    if (first === undefined || others.length === 0) return first === undefined ? [] : [{ asked: first, error }]
    const failures: Failure<T>[] = []
    for (const one of asked) failures.push(...(await billBatch([one], bill)))
    return failures
  }
}

/**
 * Bills batches in their order: the next is planned while the one before it is written, so that neither Postgres nor this process waits for the
 * other. Nothing is locked while a batch waits for its turn, and numbers of documents follow the order of batches.
 * @param bill calls `onPlanned` when it has planned; one batch that fails ends it, after the one beside it
 */
export async function billInOrder<T>(
  batches: readonly T[],
  bill: (batch: T, onPlanned: () => void) => Promise<void>,
): Promise<void> {
  let written: Promise<{ error: unknown } | null> = Promise.resolve(null)
  for (const batch of batches) {
    const { promise: planned, resolve: onPlanned } = Promise.withResolvers<void>()
    const current = bill(batch, onPlanned).then(
      () => null,
      (error: unknown) => ({ error }),
    )
    await Promise.race([planned, current])
    const before = await written
    written = current
    if (before === null) continue
    await current
    throw before.error
  }
  const last = await written
  if (last !== null) throw last.error
}
