import { z } from 'zod'
import { isDay } from '../../core/base/calendar-range.ts'
import { BAND_DAYS } from '../../core/catalog/plan.ts'

/** A leap year has every day that any year has. */
const isHoliday = (text: string): boolean => isDay(text.length === 5 ? `2024-${text}` : text)

/** What a record's property is compared with, by its text. */
export const value = z.union([z.string().min(1).max(200), z.boolean(), z.number()]).transform(String)
export const property = z.string().min(1).max(128)
export const filter = z.record(property, z.array(value).min(1).max(1000))
export const holidays = z.strictObject({
  days: z
    .array(z.string().refine(isHoliday, 'write a day as "2026-12-25", or as "12-25" for every year'))
    .min(1)
    .max(1000),
  countAs: z.enum(BAND_DAYS).default('sun'),
})
