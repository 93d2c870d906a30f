import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares without telling by its time where two texts differ. */
export function isSameText(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
