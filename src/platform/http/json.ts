/** JSON with big integers as decimal strings: no amount ever becomes a float on its way out. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)) ?? 'null'
}
