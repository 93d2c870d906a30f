/**
 * Days on which banks of the euro area settle (TARGET): Monday to Friday, less New Year, Good Friday, Easter Monday, 1 May, 25 and 26
 * December. Source: European Central Bank, TARGET calendar since 2002.
 */
export function isTargetDay(day: string): boolean {
  const date = Temporal.PlainDate.from(day)
  if (date.dayOfWeek > 5) return false
  if (['01-01', '05-01', '12-25', '12-26'].includes(day.slice(5))) return false
  const easter = easterSunday(date.year)
  return !date.equals(easter.subtract({ days: 2 })) && !date.equals(easter.add({ days: 1 }))
}

/** The day itself where banks settle on it, else the next one. */
export function targetDayFrom(day: string): string {
  let date = Temporal.PlainDate.from(day)
  // The longest row of days without settlement, around Easter and Christmas, has four.
  while (!isTargetDay(date.toString())) date = date.add({ days: 1 })
  return date.toString()
}

/** So many settlement days later: 1 after Thursday before Easter is Tuesday after it. */
export function addTargetDays(day: string, days: number): string {
  let found = targetDayFrom(day)
  for (let left = days; left > 0; left--)
    found = targetDayFrom(Temporal.PlainDate.from(found).add({ days: 1 }).toString())
  return found
}

/** Easter of the Gregorian calendar (Meeus, Jones, Butcher). */
function easterSunday(year: number): Temporal.PlainDate {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return new Temporal.PlainDate(year, Math.floor(sum / 31), (sum % 31) + 1)
}
