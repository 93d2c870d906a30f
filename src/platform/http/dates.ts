import { z } from 'zod'
import { isKnownDay, isKnownMs, KNOWN_DAYS } from '../../core/base/calendar-range.ts'

/** A day that a caller names. */
export const day = z.iso.date().refine(isKnownDay, `use a day ${KNOWN_DAYS}`)

/** A time that a caller names, with its offset. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine((text) => isKnownMs(Date.parse(text)), `use a time ${KNOWN_DAYS}`)
