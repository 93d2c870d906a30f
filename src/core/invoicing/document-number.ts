/**
 * How documents of an issuer are numbered. A series is a plain text, `INV`, or a pattern with places for the day of issue and for the number,
 * `{year}/{month}-{number:4}`. Where it has year or month, numbers begin anew with each: 2026/12-0007 is followed by 2027/01-0001.
 */
const PLACE = /\{(year|month|number)(?::(\d{1,2}))?\}/g
/** What a plain series is short for: `INV` numbers its documents `INV-000001`. */
const PLAIN_END = '-{number:6}'
const MAX_WIDTH = 12

/** What is wrong with a series, or null. */
export function seriesFault(series: string): string | null {
  const places = [...series.matchAll(PLACE)]
  const literal = series.replaceAll(PLACE, '')
  if (!/^[A-Z0-9/.-]*$/.test(literal))
    return 'write capital letters, digits, "-", "/" and ".", with {year}, {month} and {number} where they stand'
  if (places.length === 0) return null
  const [names, widths] = [places.map(([, name]) => name), places.map(([, , width]) => width)]
  if (names.filter((name) => name === 'number').length !== 1) return 'a pattern has {number} once'
  if (names.includes('month') && !names.includes('year'))
    return 'a pattern with {month} has {year}, too: numbers would come again'
  if (places.some(([, name, width]) => name === 'year' && width !== undefined && width !== '2'))
    return 'a year has four digits, or two as {year:2}'
  if (places.some(([, name, width]) => name === 'month' && width !== undefined)) return 'a month has two digits'
  return widths.some((width) => width !== undefined && (Number(width) < 1 || Number(width) > MAX_WIDTH))
    ? `a number has from 1 to ${MAX_WIDTH} digits, as in {number:6}`
    : null
}

/**
 * The series of a day: what is counted together. `{year:2}-{number:4}` is `26-{number:4}` in 2026, and a plain one is itself.
 * @param day of issue, an ISO date
 */
export function seriesOn(pattern: string, day: string): string {
  const series = pattern.replaceAll(PLACE, (place: string, name: string, width?: string) => {
    if (name === 'number') return place
    return name === 'month' ? day.slice(5, 7) : day.slice(width === '2' ? 2 : 0, 4)
  })
  // One series has one name, however it is written: `INV-{number:6}` counts on where `INV` was.
  return series.endsWith(PLAIN_END) ? series.slice(0, -PLAIN_END.length) : series
}

/** A document's number as it is printed: `INV-000001`, or as the pattern of its series has it. */
export function printedNumber(series: string, number: bigint): string {
  const pattern = series.includes('{number') ? series : `${series}${PLAIN_END}`
  return pattern.replace(PLACE, (_place, _name, width?: string) => String(number).padStart(Number(width ?? '1'), '0'))
}
