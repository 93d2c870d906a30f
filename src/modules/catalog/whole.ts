import { z } from 'zod'

/**
 * A whole number. Plan files keep every number as the text that they have, so that `0.10` stays what it is; where a
 * whole number is meant, its text is as good: `freeEvents: 3` arrives as "3".
 */
export function whole(min: number, max: number): z.ZodPreprocess<z.ZodNumber> {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z
      .number(`write a whole number from ${min} to ${max}`)
      .int(`write a whole number from ${min} to ${max}`)
      .min(min)
      .max(max),
  )
}
