import { z } from 'zod'
import { isKnownDay, isKnownMs, KNOWN_DAYS } from '../../core/base/calendar-range.ts'

/** A day that a caller names. What is no day at all is told once. */
export const day = z.iso
  .date()
  .refine((text) => Number.isNaN(Date.parse(text)) || isKnownDay(text), `use a day ${KNOWN_DAYS}`)

/** A time that a caller names, with its offset. */
export const instant = z.iso.datetime({ offset: true }).refine((text) => {
  const epochMs = Date.parse(text)
  return Number.isNaN(epochMs) || isKnownMs(epochMs)
}, `use a time ${KNOWN_DAYS}`)
