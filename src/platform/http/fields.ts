import { z } from 'zod'
import { currencyOf, findCurrency } from '../../core/base/currency.ts'
import { isUuid } from '../../core/base/id.ts'
import { isNameable } from '../../core/base/kept-text.ts'

/** The caller's own name for something. */
export const key = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'a key has 1 to 128 visible ASCII characters')

/** The same of a thing that is referred to by its id or its key. */
export const thingKey = key
  .refine((text) => !isUuid(text), 'a key must not look like an id (a UUID)')
  .describe("The caller's own identifier")

/** What a caller names something by that there is. */
export const reference = z.string().min(1).max(128).describe('An id or a key')

/** The code of a currency, in capitals. */
export const currency = z
  .string()
  .refine((code) => findCurrency(code) !== undefined, 'use an ISO 4217 code such as EUR')
  .transform((code) => currencyOf(code).code)

/** Text that Postgres and the journal keep as it is: no control characters, no half of a surrogate pair. */
export const textUpTo = (max: number): z.ZodString =>
  z.string().min(1).max(max).refine(isNameable, 'no control characters, no mark of byte order, no lone surrogates')
