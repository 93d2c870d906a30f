import { parseDecimal } from '../base/decimal.ts'
import { addExact, type Exact, exact, roundExact } from '../base/exact.ts'
import { formatMinor } from '../base/money.ts'
import { fromDayNumber, toDayNumber } from '../base/period.ts'

/** A rate in percent a year, from a day on until the next one of its list. */
export interface RateFrom {
  readonly from: string
  /** A decimal: `9.12`. */
  readonly percent: string
}

/** What is charged on a document that is paid late. Days are ISO dates, amounts are minor units. */
export interface LateTerms {
  /** The first day that is charged, whatever was overdue before. */
  readonly from: string
  /** In the order of their days; without one no interest is charged. */
  readonly rates: readonly RateFrom[]
  readonly yearDays: 360 | 365
  /** Days after the due day that are never charged. */
  readonly graceDays: number
  /** Once, on the first day that is charged after so many days overdue. */
  readonly fee: { readonly afterDays: number; readonly minor: bigint } | null
  /** Interest of less waits until it comes to this. */
  readonly minimumMinor: bigint
  /** All charges on a document are no more than so much of it; a decimal. */
  readonly capPercent: string | null
}

/** Days from one to the one before another; null where that is not known yet. */
export interface Span {
  readonly from: string
  readonly until: string | null
}

/** How a document stood on each day. */
export interface LateDocument {
  readonly dueOn: string
  /** What is owed of it: its total less what was credited on request, whenever that was. */
  readonly owedMinor: bigint
  /** What settled it, or opened it again (below zero), by day. */
  readonly settled: readonly { readonly day: string; readonly minor: bigint }[]
  readonly disputed: readonly (Span & { readonly minor: bigint })[]
  /** Days of promises and instalments that were kept. */
  readonly stopped: readonly Span[]
  /** The first day of a promise or of instalments that may be kept yet: nothing is said of the days from then on. */
  readonly waitsFrom: string | null
}

/** Days on which the same amount was open at the same rate. */
export interface LateSegment {
  readonly from: string
  readonly until: string
  readonly minor: bigint
  readonly percent: string
}

/** What is charged: interest for the days from one to the one before another, or the fee of a day. */
export interface LateCharge {
  readonly kind: 'interest' | 'fee'
  readonly from: string
  readonly until: string
  readonly minor: bigint
  readonly segments: readonly LateSegment[]
  /** Whether it is less than its days come to, because of the cap. */
  readonly isCapped: boolean
}

/** What was charged on a document before. */
export interface LateState {
  /** Days before this one have been charged, or never will be. */
  readonly chargedUntil: string | null
  readonly hasFee: boolean
  /** All that was charged and not given back. */
  readonly chargedMinor: bigint
}

export function dayAfter(day: string, days = 1): string {
  return fromDayNumber(toDayNumber(day) + days)
}

const later = (a: string, b: string): string => (a > b ? a : b)
const covers = ({ from, until }: Span, day: string): boolean => from <= day && (until === null || day < until)

/** What of a document is charged for a day: what was open as the day ended, less what was disputed then; nothing while a promise was kept. */
export function chargeableOn({ owedMinor, settled, disputed, stopped }: LateDocument, day: string): bigint {
  if (stopped.some((span) => covers(span, day))) return 0n
  const paid = settled.reduce((sum, change) => (change.day <= day ? sum + change.minor : sum), 0n)
  const left = disputed.reduce((sum, one) => (covers(one, day) ? sum - one.minor : sum), owedMinor - paid)
  return left > 0n ? left : 0n
}

function percentOn(rates: readonly RateFrom[], day: string): string | null {
  return rates.findLast(({ from }) => from <= day)?.percent ?? null
}

/** The days on which something about a document changes, and those of new rates, between two days. */
function stepsBetween(document: LateDocument, rates: readonly RateFrom[], from: string, until: string): string[] {
  const spans = [...document.disputed, ...document.stopped].flatMap((span) => [span.from, span.until ?? span.from])
  const days = [...spans, ...document.settled.map(({ day }) => day), ...rates.map((rate) => rate.from)]
  return [...new Set([from, ...days.filter((day) => from < day && day < until)])].sort()
}

/** The days from one to the one before another, as far as something is charged for them. */
export function segmentsOf(
  document: LateDocument,
  rates: readonly RateFrom[],
  from: string,
  until: string,
): LateSegment[] {
  const found: LateSegment[] = []
  const steps = from < until ? stepsBetween(document, rates, from, until) : []
  for (const [at, day] of steps.entries()) {
    const [minor, percent] = [chargeableOn(document, day), percentOn(rates, day)]
    const end = steps[at + 1] ?? until
    if (minor === 0n || percent === null || isNothing(percent)) continue
    const last = found.at(-1)
    const goesOn = last?.until === day && last.minor === minor && last.percent === percent
    if (goesOn) found[found.length - 1] = { ...(last as LateSegment), until: end }
    else found.push({ from: day, until: end, minor, percent })
  }
  return found
}

function coefficientOf(percent: string): { readonly coefficient: bigint; readonly scale: number } {
  return parseDecimal(percent) ?? { coefficient: 0n, scale: 0 }
}

/** A base rate below zero may leave no interest at all; it never lowers what is owed. */
function isNothing(percent: string): boolean {
  return coefficientOf(percent).coefficient <= 0n
}

export function daysOf({ from, until }: Pick<LateSegment, 'from' | 'until'>): number {
  return toDayNumber(until) - toDayNumber(from)
}

/** Interest of segments in minor units: the fractions are added, and rounded once, half-up. */
export function interestOf(segments: readonly LateSegment[], yearDays: number): bigint {
  const sum = segments.reduce<Exact>((all, segment) => {
    const { coefficient, scale } = coefficientOf(segment.percent)
    const days = BigInt(daysOf(segment))
    return addExact(all, exact(segment.minor * coefficient * days, scale + 2, BigInt(yearDays)))
  }, exact(0n))
  return roundExact(sum, 0)
}

/** The most that may be charged on a document; null where there is no such bound. */
export function capOf(owedMinor: bigint, capPercent: string | null): bigint | null {
  if (capPercent === null) return null
  const { coefficient, scale } = coefficientOf(capPercent)
  return roundExact(exact(owedMinor * coefficient, scale + 2), 0, 'down')
}

/**
 * What is to be charged on a document for the days before one. Example: of 100.00 that were due on 10 January, at 9.12 percent, 12 days
 * have ended by 23 January: 100.00 × 9.12 % × 12/365 = 0.30.
 */
export function lateChargesOf(
  terms: LateTerms,
  document: LateDocument,
  state: LateState,
  today: string,
): readonly LateCharge[] {
  const { waitsFrom } = document
  const until = waitsFrom !== null && waitsFrom < today ? waitsFrom : today
  const cap = capOf(document.owedMinor, terms.capPercent)
  const roomFor = (minor: bigint, before: bigint): bigint => {
    const room = cap === null ? minor : cap - state.chargedMinor - before
    return room < minor ? (room > 0n ? room : 0n) : minor
  }
  const fee = feeOf(terms, document, state, until, (minor) => roomFor(minor, 0n))
  const from = state.chargedUntil ?? later(dayAfter(document.dueOn, 1 + terms.graceDays), terms.from)
  const segments = segmentsOf(document, terms.rates, from, until)
  const whole = interestOf(segments, terms.yearDays)
  const minor = roomFor(whole, fee?.minor ?? 0n)
  const isEnough = minor > 0n && minor >= terms.minimumMinor
  const interest: LateCharge = { kind: 'interest', from, until, minor, segments, isCapped: minor < whole }
  return [...(fee === null ? [] : [fee]), ...(isEnough ? [interest] : [])]
}

function feeOf(
  { fee, from }: LateTerms,
  document: LateDocument,
  { hasFee }: LateState,
  until: string,
  roomFor: (minor: bigint) => bigint,
): LateCharge | null {
  if (fee === null || hasFee) return null
  const first = dayAfter(document.dueOn, 1 + fee.afterDays)
  // What had come so far before anything was charged has no fee.
  if (first < from || first >= until) return null
  const day = stepsBetween(document, [], first, until).find((one) => chargeableOn(document, one) > 0n)
  const minor = roomFor(fee.minor)
  if (day === undefined || minor === 0n) return null
  return { kind: 'fee', from: day, until: dayAfter(day), minor, segments: [], isCapped: minor < fee.minor }
}

/**
 * What of an earlier charge is kept as the document is owed now: what was credited of the document was never owed, so its interest comes back.
 * A fee stays as long as anything was owed on its day. Example: interest on 100.00 was 0.30; 40.00 are credited, so 0.18 are kept.
 */
export function keptOf(charge: LateCharge, document: LateDocument, yearDays: number): bigint {
  if (charge.kind === 'fee') return chargeableOn(document, charge.from) > 0n ? charge.minor : 0n
  const again = charge.segments.flatMap(({ from, until, percent }) =>
    segmentsOf({ ...document, stopped: [] }, [{ from, percent }], from, until),
  )
  const minor = interestOf(again, yearDays)
  return minor < charge.minor ? minor : charge.minor
}

/** `100.00 × 9.12 % × 12/365`, with more segments behind a plus sign. */
export function interestText(segments: readonly LateSegment[], yearDays: number, currency: string): string {
  const one = (segment: LateSegment): string =>
    `${formatMinor(segment.minor, currency)} × ${segment.percent} % × ${daysOf(segment)}/${yearDays}`
  return segments.map(one).join(' + ')
}
