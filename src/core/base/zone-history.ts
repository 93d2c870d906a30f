import { assert } from './assert.ts'

/** A zone and the first local day on which it is that of an account; null for the zone that it began with. */
export interface ZoneSpan {
  readonly zone: string
  readonly fromDay: string | null
}

/**
 * Wherever a zone is expected, one that changed may be given: `Europe/Kyiv 2026-05-01 America/New_York` is Kyiv until the
 * first of May begins in New York. The day before is longer or shorter by the difference, so days tile time.
 */
export function zoneSpans(text: string): ZoneSpan[] {
  const [first = '', ...changes] = text.split(' ')
  const spans: ZoneSpan[] = [{ zone: first, fromDay: null }]
  for (let at = 0; at < changes.length; at += 2)
    spans.push({ fromDay: changes[at] as string, zone: changes[at + 1] as string })
  return spans
}

/** The history with another zone from a day on; what was to come from that day or later is replaced. */
export function withZoneFrom(text: string, zone: string, fromDay: string): string {
  const kept = zoneSpans(text).filter((span) => span.fromDay === null || span.fromDay < fromDay)
  const spans = kept.at(-1)?.zone === zone ? kept : [...kept, { zone, fromDay }]
  return spans.map((span) => (span.fromDay === null ? span.zone : `${span.fromDay} ${span.zone}`)).join(' ')
}

/** The span that a local day belongs to. */
export function spanOfDay(text: string, day: string): ZoneSpan {
  const span = zoneSpans(text).findLast(({ fromDay }) => fromDay === null || fromDay <= day)
  assert(span !== undefined, 'the first zone has no beginning')
  return span
}

/** The span that an instant lies in, and the first day of the next one. */
export function spanAt(text: string, epochMs: number): ZoneSpan & { readonly nextDay: string | null } {
  const spans = zoneSpans(text)
  const index = spans.findLastIndex((span) => firstMs(span) <= epochMs)
  const span = spans[index]
  assert(span !== undefined, 'the first zone has no beginning')
  return { ...span, nextDay: spans[index + 1]?.fromDay ?? null }
}

/** When a span begins, as epoch milliseconds. */
export function firstMs({ zone, fromDay }: ZoneSpan): number {
  if (fromDay === null) return Number.NEGATIVE_INFINITY
  return Temporal.PlainDate.from(fromDay).toZonedDateTime(zone).epochMilliseconds
}
