import { z } from 'zod'
import { isKnownDay, isKnownMs, KNOWN_DAYS } from '../../core/base/calendar-range.ts'
import { isZone } from '../../core/base/period.ts'
import { suggestSpelling } from '../../core/base/suggest-spelling.ts'

/** A day that a caller names. For what is no day at all there is one mistake. */
export const day = z.iso
  .date()
  .refine((text) => Number.isNaN(Date.parse(text)) || isKnownDay(text), `use a day ${KNOWN_DAYS}`)

/** A time that a caller names, with its offset. */
export const instant = z.iso.datetime({ offset: true }).refine((text) => {
  const epochMs = Date.parse(text)
  return Number.isNaN(epochMs) || isKnownMs(epochMs)
}, `use a time ${KNOWN_DAYS}`)

/** Longest name of a zone that is compared with those that there are. */
const LONGEST_ZONE = 40

/** The zone of local times, by its IANA name such as Europe/Kyiv. */
export const zone = z.string().refine(isZone, {
  error: ({ input }) => {
    const name = String(input).slice(0, LONGEST_ZONE)
    return `"${name}" is no IANA time zone such as Europe/Kyiv${suggestSpelling(name, Intl.supportedValuesOf('timeZone'))}`
  },
})
