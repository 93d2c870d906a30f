/** A moment, in seconds since 1970, and what each line has there. */
export type Point = readonly [seconds: number, ...values: number[]]

/** A day has 1,440 minutes; more points than that are no picture. */
const MOST_POINTS = 1_500

/**
 * Points in their order, with 0 wherever the server says nothing of a step, since nothing happened there: a line that joined its
 * neighbours would say that something did. What is older than the last 1,500 steps is left out.
 */
export function gapless(points: readonly Point[], stepSeconds: number): readonly Point[] {
  const last = points.at(-1)?.[0]
  if (last === undefined) return []
  const known = new Map(points.map((point) => [point[0], point]))
  const [[earliest, ...lines]] = points as readonly [Point]
  const first = Math.max(earliest, last - (MOST_POINTS - 1) * stepSeconds)
  const nothing = lines.map(() => 0)
  return Array.from({ length: Math.round((last - first) / stepSeconds) + 1 }, (_, at): Point => {
    const seconds = first + at * stepSeconds
    return known.get(seconds) ?? [seconds, ...nothing]
  })
}

/** What stands at the marks of an axis: where several are of one day or minute, it is written once. */
export function labelsOf(marks: readonly number[], written: (seconds: number) => string): readonly string[] {
  const all = marks.map(written)
  return all.map((label, at) => (label === all[at - 1] ? '' : label))
}
