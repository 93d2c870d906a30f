import { createHash } from 'node:crypto'

/** JSON with sorted keys, so that equal contents have equal digests. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

export function digestOfContent(value: unknown): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest()
}
