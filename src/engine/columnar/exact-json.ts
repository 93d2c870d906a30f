/** JSON of values that hold big integers and maps, which come back as they were. */
export function toExactJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return { $n: String(part) }
    return part instanceof Map ? { $m: [...part] } : part
  })
}

/** As `toExactJson`, the same for equal values: Postgres keeps the keys of JSON in an order of its own. */
export function toComparableJson(value: unknown): string {
  return JSON.stringify(JSON.parse(toExactJson(value)), (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

export function fromExactJson(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part
    const { $n, $m } = part as { $n?: string; $m?: [unknown, unknown][] }
    if ($n !== undefined) return BigInt($n)
    return $m === undefined ? part : new Map($m)
  })
}
