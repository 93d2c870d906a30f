/** Segments of one slice: small ones weigh little, but each costs something. */
const MAX_SEGMENTS = 5_000

/** Segments in order, in slices that end with the one by which they weigh `enough`. */
export function slicesOf<T>(segments: readonly T[], enough: number, weightOf: (segment: T) => number): T[][] {
  const slices: T[][] = []
  let weight = enough
  for (const segment of segments) {
    if (weight >= enough || (slices.at(-1)?.length ?? 0) >= MAX_SEGMENTS) {
      slices.push([])
      weight = 0
    }
    slices.at(-1)?.push(segment)
    weight += weightOf(segment)
  }
  return slices
}
