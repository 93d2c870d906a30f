import { z } from 'zod'

/** What answers say of taxes. */

const amount = z.string().describe('A decimal of the currency')
const day = z.iso.date()
const taxAmount = {
  kind: z.string(),
  name: z.string(),
  percent: z.string().nullable(),
  perUnit: z.string().nullable(),
  amount,
}
const category = z.enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M']).describe('Of EN 16931 (UNCL 5305)')

/** How a line, or a part of it, is taxed and why. */
export const lineTax = z.strictObject({
  rule: z.string(),
  category,
  place: z.string(),
  why: z.string(),
  net: amount,
  tax: amount,
  taxes: z.array(z.strictObject(taxAmount)),
  days: z.strictObject({ from: day, until: day }).optional().describe('Both are part of it'),
  isCredit: z.boolean().optional().describe('It takes back what a document before billed, with the tax of that'),
})

export const printedTax = z.strictObject({
  ...{ ...taxAmount, category, place: z.string() },
  base: amount.describe('What it is on'),
  notice: z.string().nullable().describe('What the document must say of it'),
  vatex: z.string().nullable().describe('Its code in the list VATEX'),
})
