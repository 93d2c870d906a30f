/** Names of units of time, in milliseconds. */
const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ...['s', 'sec', 'second', 'seconds'].map((name) => [name, 1000] as const),
  ...['min', 'minute', 'minutes'].map((name) => [name, 60_000] as const),
  ...['h', 'hour', 'hours'].map((name) => [name, 3_600_000] as const),
])

/** How long one unit of a meter is that counts time; undefined for a meter of something else. */
export function msOfUnit({ unit, property }: { unit: string; property?: string | undefined }): number | undefined {
  return property === undefined ? undefined : UNIT_MS.get(unit.toLowerCase())
}
