import { createZoneClock, minuteOfWeek, type ZoneClock } from '../../base/zone-clock.ts'
import {
  BAND_DAYS,
  type CatalogIssue,
  type Holidays,
  type UsagePrice,
  WEEKDAYS,
  type WeekStretch,
} from '../../catalog/plan.ts'
import { NO_RATE } from './no-rate.ts'
import type { RateSelector } from './rate-selector.ts'

const MINUTES_PER_DAY = 1440
const MINUTES_PER_WEEK = 10_080
const MS_PER_DAY = 86_400_000
const MS_PER_MINUTE = 60_000
const ZONE_STEP_MS = 15 * MS_PER_MINUTE

/** The place of the stretch that holds, or the place after the last where something else covers the rest. */
export function weekSelector(
  stretches: readonly WeekStretch[],
  hasOtherwise: boolean,
  { zone, holidays }: Pick<UsagePrice, 'zone' | 'holidays'>,
): RateSelector {
  const week = new Int16Array(MINUTES_PER_WEEK).fill(hasOtherwise ? stretches.length : NO_RATE)
  const day = new Int16Array(MINUTES_PER_DAY).fill(hasOtherwise ? stretches.length : NO_RATE)
  stretches.forEach((stretch, index) => {
    for (const [from, to] of weekMinutes(stretch)) week.fill(index, from, to)
    for (const [from, to] of holidayMinutes(stretch)) day.fill(index, from, to)
  })
  const ownClock = zone === undefined ? undefined : createZoneClock(zone)
  const lasts = minutesUntilChange(week)
  const nextIn = (timeMs: number, clock: ZoneClock, minutes: number): number => {
    const next = (Math.floor(timeMs / MS_PER_MINUTE) + minutes) * MS_PER_MINUTE
    // Where clocks change in between, the week is gone through in small steps.
    return clock.offsetMs(next) === clock.offsetMs(timeMs) ? next : nextZoneStep(timeMs)
  }
  if (holidays === undefined)
    return {
      isConstant: false,
      nextAt(timeMs, accountClock) {
        const clock = ownClock ?? accountClock
        return nextIn(timeMs, clock, lasts[minuteOfWeek(clock, timeMs)] as number)
      },
      elementAt: (startMs, accountClock) => week[minuteOfWeek(ownClock ?? accountClock, startMs)] as number,
    }
  const { countAs } = holidays
  const firstMinute = countAs === 'hol' ? 0 : WEEKDAYS.indexOf(countAs) * MINUTES_PER_DAY
  const [rates, ends] = countAs === 'hol' ? [day, minutesUntilChange(day)] : [week, lasts]
  const isHoliday = holidayFinder(holidays.days)
  const isHolidayAt = (timeMs: number, clock: ZoneClock): boolean =>
    isHoliday(Math.floor((timeMs + clock.offsetMs(timeMs)) / MS_PER_DAY))
  return {
    isConstant: false,
    nextAt(timeMs, accountClock) {
      const clock = ownClock ?? accountClock
      const minute = minuteOfWeek(clock, timeMs)
      const ofDay = minute % MINUTES_PER_DAY
      const left = isHolidayAt(timeMs, clock) ? (ends[firstMinute + ofDay] as number) : (lasts[minute] as number)
      return nextIn(timeMs, clock, Math.min(left, MINUTES_PER_DAY - ofDay))
    },
    elementAt(startMs, accountClock) {
      const clock = ownClock ?? accountClock
      const minute = minuteOfWeek(clock, startMs)
      if (!isHolidayAt(startMs, clock)) return week[minute] as number
      return rates[firstMinute + (minute % MINUTES_PER_DAY)] as number
    },
  }
}

/** Tells days since 1970, some of one year and some of every year, from all others. */
function holidayFinder(days: readonly string[]): (day: number) => boolean {
  const dated = new Set(days.filter((day) => day.length > 5).map((day) => Date.parse(day) / MS_PER_DAY))
  const yearly = new Set(days.filter((day) => day.length === 5))
  if (yearly.size === 0) return (day) => dated.has(day)
  let [last, isYearly] = [Number.NaN, false]
  return (day) => {
    // Records of one day come together, and a calendar date is made of text.
    if (day !== last) {
      last = day
      isYearly = yearly.has(new Date(day * MS_PER_DAY).toISOString().slice(5, 10))
    }
    return isYearly || dated.has(day)
  }
}

/** Of each minute, how many there are until another stretch begins, around the end; as many as there are where none does. */
function minutesUntilChange(week: Int16Array): Int16Array {
  const { length } = week
  const lasts = new Int16Array(length)
  let left = length
  // Twice around: the end continues at the beginning.
  for (let at = 2 * length - 1; at >= 0; at--) {
    const minute = at % length
    const isSame = week[minute] === week[(minute + 1) % length]
    left = isSame ? Math.min(left + 1, length) : 1
    lasts[minute] = left
  }
  return lasts
}

/** Offsets of zones, and the times when they change, are whole quarters of an hour. */
function nextZoneStep(timeMs: number): number {
  return (Math.floor(timeMs / ZONE_STEP_MS) + 1) * ZONE_STEP_MS
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** The stretches of a band in minutes since Monday 00:00, half-open, split where they pass midnight of Sunday. */
function weekMinutes(band: WeekStretch): [number, number][] {
  const from = minuteOf(band.from)
  const to = minuteOf(band.to)
  const length = to > from ? to - from : to + MINUTES_PER_DAY - from
  return WEEKDAYS.filter((day) => band.days.includes(day)).flatMap((day): [number, number][] => {
    const start = WEEKDAYS.indexOf(day) * MINUTES_PER_DAY + from
    const end = start + length
    if (end <= MINUTES_PER_WEEK) return [[start, end]]
    return [
      [start, MINUTES_PER_WEEK],
      [0, end - MINUTES_PER_WEEK],
    ]
  })
}

/** The same of a day that counts as `hol`: a band that passes its midnight holds in its own early hours. */
function holidayMinutes({ days, from, to }: WeekStretch): [number, number][] {
  if (!days.includes('hol') && !WEEKDAYS.every((day) => days.includes(day))) return []
  const [start, end] = [minuteOf(from), minuteOf(to)]
  if (end > start) return [[start, end]]
  return [
    [start, MINUTES_PER_DAY],
    [0, end],
  ]
}

function clockText(minute: number): string {
  const time = minute % MINUTES_PER_DAY
  const day = BAND_DAYS[Math.floor(minute / MINUTES_PER_DAY)]
  return `${day} ${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`
}

/**
 * Bands may not overlap, and without `otherwise` they must cover the week, and the day that counts as `hol` where there is
 * one. Paths are relative to the price.
 */
export function checkBands(bands: readonly WeekStretch[], hasOtherwise: boolean, holidays?: Holidays): CatalogIssue[] {
  const hasHolidays = holidays?.countAs === 'hol'
  const issues: CatalogIssue[] = []
  const owner = new Int16Array(MINUTES_PER_WEEK + (hasHolidays ? MINUTES_PER_DAY : 0)).fill(NO_RATE)
  bands.forEach((band, index) => {
    if (!hasHolidays && band.days.includes('hol'))
      issues.push({ path: ['bands', index, 'days'], message: 'no day counts as "hol": add holidays with countAs: hol' })
    let clash = NO_RATE
    for (const [from, to] of minutesOf(band, hasHolidays)) {
      for (let minute = from; minute < to; minute++) {
        if (clash === NO_RATE && owner[minute] !== NO_RATE) clash = minute
        owner[minute] = index
      }
    }
    const other = clash === NO_RATE ? undefined : bands[findOwner(bands, index, clash, hasHolidays)]
    if (other !== undefined) {
      const message = `band "${band.name}" overlaps band "${other.name}" at ${clockText(clash)}; bands are half-open, so end one where the next begins`
      issues.push({ path: ['bands', index], message })
    }
  })
  const gap = owner.indexOf(NO_RATE)
  if (gap >= 0 && !hasOtherwise) {
    const message = `no band covers ${clockText(gap)}; widen a band or add "otherwise" with a name and a rate`
    issues.push({ path: ['bands'], message })
  }
  return issues
}

/** Of the week, and then of a day that counts as `hol`. */
function minutesOf(band: WeekStretch, hasHolidays: boolean): [number, number][] {
  const ofHolidays = hasHolidays ? holidayMinutes(band) : []
  const behind = ofHolidays.map(([from, to]): [number, number] => [MINUTES_PER_WEEK + from, MINUTES_PER_WEEK + to])
  return [...weekMinutes(band), ...behind]
}

function findOwner(bands: readonly WeekStretch[], before: number, minute: number, hasHolidays: boolean): number {
  return bands.findIndex(
    (band, index) => index < before && minutesOf(band, hasHolidays).some(([from, to]) => minute >= from && minute < to),
  )
}
