import { createZoneClock, minuteOfWeek, type ZoneClock } from '../base/zone-clock.ts'
import { type CatalogIssue, type UsagePrice, WEEKDAYS, type WeekStretch } from '../catalog/plan.ts'
import type { CellSelector } from './cell-selector.ts'
import { NO_CELL } from './no-cell.ts'

const MINUTES_PER_DAY = 1440
const MINUTES_PER_WEEK = 10_080
const MS_PER_DAY = 86_400_000
const MS_PER_MINUTE = 60_000
const ZONE_STEP_MS = 15 * MS_PER_MINUTE

/** The place of the stretch that holds, or the place behind the last where something else covers the rest. */
export function weekSelector(
  stretches: readonly WeekStretch[],
  hasOtherwise: boolean,
  { zone, holidays }: Pick<UsagePrice, 'zone' | 'holidays'>,
): CellSelector {
  const week = new Int16Array(MINUTES_PER_WEEK).fill(hasOtherwise ? stretches.length : NO_CELL)
  stretches.forEach((stretch, index) => {
    for (const [from, to] of weekMinutes(stretch)) week.fill(index, from, to)
  })
  const ownClock = zone === undefined ? undefined : createZoneClock(zone)
  const lasts = minutesUntilChange(week)
  const nextAt = (timeMs: number, accountClock: ZoneClock): number => {
    const clock = ownClock ?? accountClock
    const minute = minuteOfWeek(clock, timeMs)
    const midnight = MINUTES_PER_DAY - (minute % MINUTES_PER_DAY)
    const minutes = holidays === undefined ? (lasts[minute] as number) : Math.min(lasts[minute] as number, midnight)
    const next = (Math.floor(timeMs / MS_PER_MINUTE) + minutes) * MS_PER_MINUTE
    // Where clocks change in between, the week is gone through in small steps.
    return clock.offsetMs(next) === clock.offsetMs(timeMs) ? next : nextZoneStep(timeMs)
  }
  if (holidays === undefined)
    return {
      isConstant: false,
      nextAt,
      cellAt: (startMs, accountClock) => week[minuteOfWeek(ownClock ?? accountClock, startMs)] as number,
    }
  const days = new Set(holidays.days.map((day) => Date.parse(day) / MS_PER_DAY))
  const firstMinute = WEEKDAYS.indexOf(holidays.countAs) * MINUTES_PER_DAY
  return {
    isConstant: false,
    nextAt,
    cellAt(startMs, accountClock) {
      const clock = ownClock ?? accountClock
      const minute = minuteOfWeek(clock, startMs)
      const isHoliday = days.has(Math.floor((startMs + clock.offsetMs(startMs)) / MS_PER_DAY))
      return week[isHoliday ? firstMinute + (minute % MINUTES_PER_DAY) : minute] as number
    },
  }
}

/** Of each minute of the week, how many there are until another stretch begins; a week where none does. */
function minutesUntilChange(week: Int16Array): Int16Array {
  const lasts = new Int16Array(MINUTES_PER_WEEK)
  let left = MINUTES_PER_WEEK
  // Twice around: the end of the week goes on at its beginning.
  for (let at = 2 * MINUTES_PER_WEEK - 1; at >= 0; at--) {
    const minute = at % MINUTES_PER_WEEK
    const isSame = week[minute] === week[(minute + 1) % MINUTES_PER_WEEK]
    left = isSame ? Math.min(left + 1, MINUTES_PER_WEEK) : 1
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
  return [...new Set(band.days)].flatMap((day): [number, number][] => {
    const start = WEEKDAYS.indexOf(day) * MINUTES_PER_DAY + from
    const end = start + length
    if (end <= MINUTES_PER_WEEK) return [[start, end]]
    return [
      [start, MINUTES_PER_WEEK],
      [0, end - MINUTES_PER_WEEK],
    ]
  })
}

function clockText(minute: number): string {
  const time = minute % MINUTES_PER_DAY
  const day = WEEKDAYS[Math.floor(minute / MINUTES_PER_DAY)]
  return `${day} ${String(Math.floor(time / 60)).padStart(2, '0')}:${String(time % 60).padStart(2, '0')}`
}

/** Bands may not overlap, and without `otherwise` they must cover the week. Paths are relative to the price. */
export function checkBands(bands: readonly WeekStretch[], hasOtherwise: boolean): CatalogIssue[] {
  const issues: CatalogIssue[] = []
  const owner = new Int16Array(MINUTES_PER_WEEK).fill(NO_CELL)
  bands.forEach((band, index) => {
    let clash = NO_CELL
    for (const [from, to] of weekMinutes(band)) {
      for (let minute = from; minute < to; minute++) {
        if (clash === NO_CELL && owner[minute] !== NO_CELL) clash = minute
        owner[minute] = index
      }
    }
    const other = clash === NO_CELL ? undefined : bands[findOwner(bands, index, clash)]
    if (other !== undefined) {
      const message = `band "${band.name}" overlaps band "${other.name}" at ${clockText(clash)}; bands are half-open, so end one where the next begins`
      issues.push({ path: ['bands', index], message })
    }
  })
  const gap = owner.indexOf(NO_CELL)
  if (gap >= 0 && !hasOtherwise) {
    const message = `no band covers ${clockText(gap)}; widen a band or add "otherwise" with a name and a rate`
    issues.push({ path: ['bands'], message })
  }
  return issues
}

function findOwner(bands: readonly WeekStretch[], before: number, minute: number): number {
  return bands.findIndex(
    (band, index) => index < before && weekMinutes(band).some(([from, to]) => minute >= from && minute < to),
  )
}
