import { assert } from './assert.ts'

/** UUID version 7 (RFC 9562): 48 bits of epoch milliseconds, then 74 random bits. Sorts by time of creation. */
export function uuidV7(epochMs: number, random: Uint8Array): string {
  assert(random.length >= 10, 'ten random bytes are needed')
  const bytes = new Uint8Array(16)
  for (let index = 5, rest = epochMs; index >= 0; index--, rest = Math.floor(rest / 256)) bytes[index] = rest % 256
  bytes.set(random.subarray(0, 10), 6)
  bytes[6] = 0x70 | ((bytes[6] as number) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f)
  const hex = bytes.toHex()
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The least UUIDv7 of a millisecond: ids that were made at it or later are not below. Times before 1970 count as 1970. */
export function firstIdOf(epochMs: number): string {
  const hex = Math.max(0, epochMs).toString(16).padStart(12, '0').slice(-12)
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(text: string): boolean {
  return UUID.test(text)
}

/** The time of a UUIDv7, in epoch milliseconds. */
export function msOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}
