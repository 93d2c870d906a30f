import { isKnownMs } from '../base/calendar-range.ts'

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Days from 1 January 1970 to a date of the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** Epoch milliseconds of midnight UTC of the ISO date that begins at `at`; NaN when there is none. */
export function dayMs(text: string, at = 0): number {
  const year = two(text, at) * 100 + two(text, at + 2)
  const month = two(text, at + 5)
  const day = two(text, at + 8)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const longest = month === 2 && !isLeap ? 28 : DAYS_IN_MONTH[month - 1]
  const shaped = text.charCodeAt(at + 4) === 45 && text.charCodeAt(at + 7) === 45
  if (!shaped || longest === undefined || !(day >= 1 && day <= longest) || !(year >= 1000)) return Number.NaN
  return daysFromCivil(year, month, day) * 86_400_000
}

/** Milliseconds since midnight of `HH:MM:SS` and an optional fraction, cut to milliseconds; NaN when it is no time. */
export function timeOfDayMs(text: string, at: number, end: number): number {
  const hour = two(text, at)
  const minute = two(text, at + 3)
  const second = two(text, at + 6)
  if (end < at + 8 || !(hour < 24 && minute < 60 && second < 60)) return Number.NaN
  if (text.charCodeAt(at + 2) !== 58 || text.charCodeAt(at + 5) !== 58) return Number.NaN
  let ms = 0
  if (end > at + 8) {
    if (text.charCodeAt(at + 8) !== 46 || end === at + 9) return Number.NaN
    let weight = 100
    for (let index = at + 9; index < end; index++) {
      const digit = text.charCodeAt(index) - 48
      if (!(digit >= 0 && digit <= 9)) return Number.NaN
      ms += Math.floor(digit * weight)
      weight = weight > 1 ? weight / 10 : 0
    }
  }
  return ((hour * 60 + minute) * 60 + second) * 1000 + ms
}

const OFFSET = /^([+-])(\d{2}):(\d{2})$/

/** Epoch milliseconds of an RFC 3339 time; NaN when it is none that Kvit knows. Finer digits are cut. A zone is required. */
export function parseTime(text: string): number {
  const separator = text.charCodeAt(10)
  if (separator !== 84 && separator !== 116 && separator !== 32) return Number.NaN
  const last = text.charCodeAt(text.length - 1)
  if (last === 90 || last === 122) return known(dayMs(text) + timeOfDayMs(text, 11, text.length - 1))
  const [, sign, hours, minutes] = OFFSET.exec(text.slice(-6)) ?? []
  if (sign === undefined || !(Number(hours) < 24 && Number(minutes) < 60)) return Number.NaN
  const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000
  return known(dayMs(text) + timeOfDayMs(text, 11, text.length - 6) - (sign === '-' ? -offsetMs : offsetMs))
}

function known(epochMs: number): number {
  return isKnownMs(epochMs) ? epochMs : Number.NaN
}
