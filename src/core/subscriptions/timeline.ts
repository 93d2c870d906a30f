import { assertSteps } from '../base/calendar-range.ts'
import type { Cycle } from '../base/period.ts'
import { spanAt } from '../base/zone-history.ts'
import type { PlanPhase } from '../catalog/plan.ts'

/** What a change makes of a subscription, from an instant on. */
export type ChangeContent =
  /** `usage` says whether what was used before in the period keeps its place in the new plan's prices; it does when absent. */
  | { readonly kind: 'plan'; readonly planVersionId: string; readonly usage?: 'carry_over' | 'restart' }
  | { readonly kind: 'quantity'; readonly quantity: number }
  /** `resume` ends a pause, and takes a cancelled subscription up again. */
  | { readonly kind: 'pause' | 'resume' | 'cancel' }
  /** So many terms more. */
  | { readonly kind: 'renew'; readonly terms: number }

export interface TimelineChange {
  readonly effectiveMs: number
  /** In the order in which changes were recorded: at one instant the last one wins. */
  readonly position: number
  readonly content: ChangeContent
}

/** What a subscription was made with. Times are epoch milliseconds. */
export interface Origin {
  readonly startMs: number
  readonly endMs: number | null
  readonly planVersionId: string
  readonly quantity: number
  /** Of the account: terms and phases end at the wall-clock time at which they began. */
  readonly zone: string
  /** Overrides how long the phase `trial` lasts. */
  readonly trialDays: number | null
  readonly term: { readonly length: Cycle; readonly renews: boolean } | null
}

/** A stretch of a subscription's life in which nothing changes, half-open; an open end is infinite. */
export interface Interval {
  readonly fromMs: number
  readonly untilMs: number
  readonly planVersionId: string
  readonly phase: string | null
  readonly quantity: number
  readonly isPaused: boolean
  /** It begins with a change of plan that counts usage anew. */
  readonly restarts?: true
}

export type LifeState = 'pending' | 'trial' | 'active' | 'paused' | 'ended'

type PhasesOf = (planVersionId: string) => readonly PlanPhase[] | undefined

/** The phase whose length `trialDays` overrides, and whose state is `trial`. */
export const TRIAL = 'trial'

/** Folds what was recorded into intervals: in order, without overlap; there is a gap where it was ended for a while. */
export function foldTimeline(origin: Origin, changes: readonly TimelineChange[], phasesOf: PhasesOf): Interval[] {
  const endMs = lastMoment(origin, changes)
  const intervals: Interval[] = []
  let { planVersionId, quantity } = origin
  let [isPaused, isEnded, restarts, cursorMs] = [false, false, false as boolean, origin.startMs]
  const closeAt = (untilMs: number): void => {
    const until = Math.min(untilMs, endMs)
    if (until > cursorMs && !isEnded) {
      const stretch = { fromMs: cursorMs, untilMs: until, planVersionId, quantity, isPaused }
      for (const part of byPhases(origin, stretch, phasesOf(planVersionId))) {
        append(intervals, restarts ? { ...part, restarts } : part)
        restarts = false
      }
    }
    cursorMs = Math.max(cursorMs, untilMs)
  }
  for (const { effectiveMs, content } of inOrder(changes)) {
    closeAt(effectiveMs)
    if (content.kind === 'plan') [planVersionId, restarts] = [content.planVersionId, content.usage === 'restart']
    else if (content.kind === 'quantity') quantity = content.quantity
    else if (content.kind === 'pause') isPaused = true
    else if (content.kind === 'resume') [isPaused, isEnded] = [false, false]
    else if (content.kind === 'cancel') isEnded = true
  }
  closeAt(Number.POSITIVE_INFINITY)
  return intervals
}

function inOrder(changes: readonly TimelineChange[]): TimelineChange[] {
  return changes.toSorted((a, b) => a.effectiveMs - b.effectiveMs || a.position - b.position)
}

/** An interval that only continues with what the one before had makes it longer. */
function append(intervals: Interval[], next: Interval): void {
  const last = intervals.at(-1)
  const goesOn =
    last !== undefined &&
    last.untilMs === next.fromMs &&
    last.planVersionId === next.planVersionId &&
    last.phase === next.phase &&
    last.quantity === next.quantity &&
    last.isPaused === next.isPaused &&
    next.restarts === undefined
  if (goesOn) intervals[intervals.length - 1] = { ...last, untilMs: next.untilMs }
  else intervals.push(next)
}

function byPhases(
  origin: Origin,
  stretch: Omit<Interval, 'phase'>,
  phases: readonly PlanPhase[] | undefined,
): Interval[] {
  if (phases === undefined) return [{ ...stretch, phase: null }]
  return phaseSpans(origin, phases).flatMap(({ phase, ...span }) => {
    const [fromMs, untilMs] = [Math.max(span.fromMs, stretch.fromMs), Math.min(span.untilMs, stretch.untilMs)]
    return fromMs < untilMs ? [{ ...stretch, fromMs, untilMs, phase }] : []
  })
}

/** When the phases of a plan are, for a subscription: one after the other from its beginning, whatever plan it is on then. */
function phaseSpans(
  { startMs, zone, trialDays }: PhaseOrigin,
  phases: readonly PlanPhase[],
): { phase: string; fromMs: number; untilMs: number }[] {
  let fromMs = startMs
  const since = { years: 0, months: 0, weeks: 0, days: 0 }
  return phases.map(({ code, lasts }) => {
    const length = code === TRIAL && trialDays !== null ? ({ unit: 'day', count: trialDays } as const) : lasts
    if (length !== null) since[`${length.unit}s`] += length.count
    const untilMs = length === null ? Number.POSITIVE_INFINITY : addInZone(startMs, zone, since)
    const span = { phase: code, fromMs, untilMs }
    fromMs = untilMs
    return span
  })
}

/** What phases are counted from. */
export type PhaseOrigin = Pick<Origin, 'startMs' | 'zone' | 'trialDays'>

/**
 * The phase that a plan would be in for a subscription at a time: the first one before it begins, the last one when all are
 * over. Null for a plan without phases.
 */
export function phaseAt(origin: PhaseOrigin, phases: readonly PlanPhase[] | undefined, atMs: number): string | null {
  return phases === undefined ? null : phaseFinder(origin, phases)(atMs)
}

/** As `phaseAt`, for many times. */
export function phaseFinder(origin: PhaseOrigin, phases: readonly PlanPhase[]): (atMs: number) => string | null {
  const spans = phaseSpans(origin, phases)
  return (atMs) =>
    (spans.find(({ fromMs, untilMs }) => atMs < untilMs && fromMs < untilMs) ?? spans.at(-1))?.phase ?? null
}

/** The end that was agreed: a fixed one, or that of the last term. */
function lastMoment({ startMs, endMs, zone, term }: Origin, changes: readonly TimelineChange[]): number {
  const fixed = endMs ?? Number.POSITIVE_INFINITY
  if (term === null || term.renews) return fixed
  const more = changes.reduce((sum, { content }) => sum + (content.kind === 'renew' ? content.terms : 0), 0)
  return Math.min(fixed, termEnd(startMs, zone, term.length, 1 + more))
}

function termEnd(startMs: number, zone: string, { unit, count }: Cycle, terms: number): number {
  return addInZone(startMs, zone, { [`${unit}s`]: count * terms })
}

/** The end of the term that an instant lies in, or null where there are no terms. */
export function termEndAfter({ startMs, zone, term }: Origin, atMs: number): number | null {
  if (term === null) return null
  for (let terms = 1; ; terms++) {
    assertSteps(terms, 'terms of a subscription')
    const end = termEnd(startMs, zone, term.length, terms)
    if (end > atMs) return end
  }
}

/** Counted from the beginning, so that month ends clamp and come back; wall-clock time stays across changes of clocks. */
function addInZone(epochMs: number, zone: string, duration: Temporal.DurationLike): number {
  const { zone: name } = spanAt(zone, epochMs)
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(name).add(duration).epochMilliseconds
}

/** An add-on lives while its plan does, and is paused while its plan is. */
export function withinParent(intervals: readonly Interval[], parent: readonly Interval[]): Interval[] {
  const parts: Interval[] = []
  for (const own of intervals) {
    for (const of of parent) {
      const [fromMs, untilMs] = [Math.max(own.fromMs, of.fromMs), Math.min(own.untilMs, of.untilMs)]
      if (fromMs >= untilMs) continue
      const { restarts, ...part } = own
      const isBeginning = restarts !== undefined && fromMs === own.fromMs
      const isPaused = own.isPaused || of.isPaused
      append(parts, { ...part, fromMs, untilMs, isPaused, ...(isBeginning ? { restarts } : {}) })
    }
  }
  return parts
}

export function intervalAt(intervals: readonly Interval[], atMs: number): Interval | undefined {
  return intervals.find(({ fromMs, untilMs }) => atMs >= fromMs && atMs < untilMs)
}

export function stateAt(intervals: readonly Interval[], atMs: number): LifeState {
  const now = intervalAt(intervals, atMs)
  if (now === undefined) return intervals.some(({ fromMs }) => fromMs > atMs) ? 'pending' : 'ended'
  if (now.isPaused) return 'paused'
  return now.phase === TRIAL ? 'trial' : 'active'
}
