const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

let cachedDay = ''
let cachedDayMs = Number.NaN

/** Epoch milliseconds of midnight UTC of an ISO date, NaN when it is no date. Records come day by day: the last is kept. */
export function dayMs(date: string): number {
  if (date === cachedDay) return cachedDayMs
  const year = two(date, 0) * 100 + two(date, 2)
  const month = two(date, 5)
  const day = two(date, 8)
  const shaped = date.length === 10 && date.charCodeAt(4) === 45 && date.charCodeAt(7) === 45
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const longest = month === 2 && !isLeap ? 28 : DAYS_IN_MONTH[month - 1]
  if (!shaped || longest === undefined || !(day >= 1 && day <= longest) || !(year >= 1000)) return Number.NaN
  cachedDay = date
  cachedDayMs = Date.UTC(year, month - 1, day)
  return cachedDayMs
}

/** Milliseconds since midnight of `HH:MM:SS` and an optional fraction, cut to milliseconds; NaN when it is no time. */
export function timeOfDayMs(text: string, at: number, end: number): number {
  const hour = two(text, at)
  const minute = two(text, at + 3)
  const second = two(text, at + 6)
  if (!(hour < 24 && minute < 60 && second < 60)) return Number.NaN
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

/** Epoch milliseconds of an RFC 3339 time; NaN when it is none. Finer digits are cut. A zone is required. */
export function parseTime(text: string): number {
  const end = text.length - 1
  if (text.charCodeAt(end) === 90 && (text.charCodeAt(10) === 84 || text.charCodeAt(10) === 32) && end >= 19) {
    return dayMs(text.slice(0, 10)) + timeOfDayMs(text, 11, end)
  }
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return Number.NaN
  }
}
