import { assert } from '../base/assert.ts'
import { createZoneClock, minuteOfWeek, type ZoneClock } from '../base/zone-clock.ts'
import { type CatalogIssue, type Schedule, type UsagePrice, WEEKDAYS, type WeekStretch } from '../catalog/plan.ts'
import { matrixSelector } from './matrix.ts'
import { NO_CELL } from './no-cell.ts'

const MINUTES_PER_DAY = 1440
const MINUTES_PER_WEEK = 10_080

/**
 * Which rate of a price applies to a record. `accountClock` gives local time where the price names no zone; `values` are
 * those of the price's attributes.
 */
export interface CellSelector {
  /** The same rate at all times for the same values. */
  readonly isConstant: boolean
  cellAt(startMs: number, accountClock: ZoneClock, values?: readonly string[]): number
}

export function compileSelector(price: UsagePrice, schedule?: Schedule): CellSelector {
  if (price.rate !== undefined) return { isConstant: true, cellAt: () => 0 }
  if (price.schedule !== undefined) {
    assert(schedule !== undefined, `price ${price.code} names a schedule`)
    return scheduleSelector(schedule, Object.keys(price.schedule.rates))
  }
  if (price.matrix !== undefined) return matrixSelector(price, price.matrix, compileSelector)
  return bandSelector(price)
}

const MS_PER_MINUTE = 60_000

/**
 * Until when the rate of a moment holds, looking at most until `limitMs`. Bands and schedules change at whole minutes.
 */
export function rateHoldsUntil(
  selector: CellSelector,
  startMs: number,
  accountClock: ZoneClock,
  limitMs: number,
  values: readonly string[] = [],
): number {
  if (selector.isConstant) return limitMs
  const cell = selector.cellAt(startMs, accountClock, values)
  for (let at = nextMinute(startMs); at < limitMs; at += MS_PER_MINUTE) {
    if (selector.cellAt(at, accountClock, values) !== cell) return at
  }
  return limitMs
}

function nextMinute(epochMs: number): number {
  return (Math.floor(epochMs / MS_PER_MINUTE) + 1) * MS_PER_MINUTE
}

function bandSelector({ bands = [], otherwise, zone }: UsagePrice): CellSelector {
  return weekSelector(bands, otherwise !== undefined, zone)
}

/** The place of the stretch that holds, or the place behind the last where something else covers the rest. */
export function weekSelector(
  stretches: readonly WeekStretch[],
  hasOtherwise: boolean,
  zone: string | undefined,
): CellSelector {
  const week = new Int16Array(MINUTES_PER_WEEK).fill(hasOtherwise ? stretches.length : NO_CELL)
  stretches.forEach((stretch, index) => {
    for (const [from, to] of weekMinutes(stretch)) week.fill(index, from, to)
  })
  const ownClock = zone === undefined ? undefined : createZoneClock(zone)
  return {
    isConstant: false,
    cellAt: (startMs, accountClock) => week[minuteOfWeek(ownClock ?? accountClock, startMs)] as number,
  }
}

function scheduleSelector(schedule: Schedule, names: readonly string[]): CellSelector {
  const starts = Float64Array.from(schedule.starts)
  const cells = Int16Array.from(schedule.values, (value) => names.indexOf(value))
  const stepMs = schedule.stepMinutes * 60_000
  let at = 0
  return {
    isConstant: false,
    cellAt(startMs) {
      if (!(startMs >= (starts[at] as number) && startMs < (starts[at] as number) + stepMs)) {
        at = lastAtOrBefore(starts, startMs)
      }
      if (at < 0 || startMs >= (starts[at] as number) + stepMs) {
        at = Math.max(at, 0)
        return NO_CELL
      }
      return cells[at] as number
    },
  }
}

/** The index of the last sorted value that is not after `value`, or −1. */
export function lastAtOrBefore(sorted: Float64Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as number) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
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
