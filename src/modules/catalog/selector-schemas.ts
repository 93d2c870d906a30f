import { z } from 'zod'
import { WEEKDAYS } from '../../core/catalog/plan.ts'
import { isDay } from '../../core/mediation/deck-row.ts'

/** What a record's property is compared with, by its text. */
export const value = z.union([z.string().min(1).max(200), z.boolean(), z.number()]).transform(String)
export const property = z.string().min(1).max(128)
export const filter = z.record(property, z.array(value).min(1).max(1000))
export const holidays = z.strictObject({
  days: z.array(z.string().refine(isDay, 'write a day as "2026-02-10"')).min(1).max(1000),
  countAs: z.enum(WEEKDAYS).default('sun'),
})
