import { z } from 'zod'
import { isDay, KNOWN_DAYS } from '../../core/base/calendar-range.ts'
import { findCurrency } from '../../core/base/currency.ts'
import { add, compare, decimal as decimalOf, parseDecimal } from '../../core/base/decimal.ts'
import { suggestSpelling } from '../../core/base/suggest-spelling.ts'
import { readRates } from '../../core/tax/rates/read-rates.ts'
import type { TaxRate } from '../../core/tax/rates/tax-rate.ts'
import { TAX_CLASS_CODES } from '../../core/tax/tax-classes.ts'
import { readBounded } from '../bounded-file.ts'
import { readChecked } from '../checked-yaml.ts'

/** A case is a page; a file that is far longer is not read to say so. */
const MAX_BYTES = 1_000_000
const MAX_LINES = 1000

const text = z.string().min(1).max(200)
const day = z.string().refine(isDay, `write a day such as 2026-02-01, ${KNOWN_DAYS}`)
const country = z.string().regex(/^[A-Z]{2}$/, 'write two capital letters such as DE')
const decimal = z.string().refine((value) => parseDecimal(value) !== null, 'write a plain decimal such as 12.50')
const percent = decimal.refine((value) => !value.startsWith('-'), 'write a percentage from 0 on')
const HUNDRED = decimalOf('100')
// A value that is no decimal was told by the rule before.
const share = percent.refine((value) => {
  const told = parseDecimal(value)
  return told === null || compare(told, HUNDRED) <= 0
}, 'write a percentage from 0 to 100')

const place = { country, region: text.optional(), county: text.optional(), city: text.optional() }
const span = { from: day, until: day.optional() }

const registration = z.strictObject({
  ...{ country, region: text.optional(), ...span },
  kind: z.enum(['vat', 'gst', 'pst', 'sales_tax']).default('vat'),
  number: text,
  isEstablished: z.boolean().optional(),
})
const seller = z.strictObject({
  ...place,
  standing: z.enum(['registered', 'small_business', 'not_registered']).default('registered'),
  registrations: z.array(registration).max(100).default([]),
  oneStopShop: z.strictObject({ scheme: z.enum(['union', 'non_union']), ...span }).optional(),
  belowThreshold: z.strictObject(span).optional(),
})
const certificate = z.strictObject({ country, region: text.optional(), number: text, reason: text, ...span })
const evidence = z.strictObject({ kind: z.enum(['ip', 'card', 'sim', 'landline', 'other']), country })
const buyer = z.strictObject({
  kind: z.enum(['business', 'consumer', 'public_body']),
  ...place,
  taxIds: z.array(text).max(20).default([]),
  certificates: z.array(certificate).max(100).default([]),
  evidence: z.array(evidence).max(20).default([]),
})
const line = z
  .strictObject({
    text,
    class: text.refine((code) => TAX_CLASS_CODES.includes(code), {
      error: ({ input }) =>
        `${JSON.stringify(input)} is no tax class${suggestSpelling(String(input), TAX_CLASS_CODES)} (there are ${TAX_CLASS_CODES.join(', ')})`,
    }),
    amount: decimal,
    quantity: decimal.optional(),
    /** The tax point, where it is not the day of the case. */
    date: day.optional(),
    /** How much was used on which day: the line is split where its tax changes. */
    usage: z.record(day, percent).optional(),
  })
  .refine(({ quantity, date, usage: used }) => used === undefined || (quantity ?? date) === undefined, {
    error: 'usage by day says quantity and date by itself: leave those out',
  })

const fields = z.strictObject({
  date: day,
  currency: z.string().refine((code) => findCurrency(code) !== undefined, 'write a currency such as EUR'),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'write a language such as de')
    .default('en'),
  /** Whether amounts of lines have the tax in them. */
  pricesIncludeTax: z.boolean().default(false),
  rounding: z.enum(['document', 'line']).default('document'),
  seller,
  buyer,
  deliveredTo: z.strictObject(place).optional(),
  lines: z.array(line).min(1).max(MAX_LINES),
  /** An amount off the lines together. */
  allowance: percent.optional(),
  withholding: z.strictObject({ percent: share, base: z.enum(['net', 'tax', 'gross']).default('net') }).optional(),
  rates: z.array(z.record(z.string(), z.unknown())).optional(),
})

const taxCase = fields.refine(
  ({ lines, allowance }) => {
    const off = parseDecimal(allowance ?? '0')
    const amounts = lines.map(({ amount }) => parseDecimal(amount))
    if (off === null || !amounts.every((amount) => amount !== null)) return true
    return off.coefficient === 0n || compare(off, amounts.reduce(add)) <= 0
  },
  { path: ['allowance'], error: 'it is more than the lines come to' },
)

export type TaxCase = Omit<z.infer<typeof taxCase>, 'rates'> & { readonly rates: readonly TaxRate[] }

/** @throws an error that names every mistake with file and line */
export async function readCaseFile(file: string): Promise<TaxCase> {
  return readCase(file, (await readBounded(file, MAX_BYTES)).toString('utf8'))
}

function readCase(name: string, content: string): TaxCase {
  const { value } = readChecked(name, content, taxCase, { nameOf, keysAt })
  const { rates, faults } = readRates(value.rates ?? [])
  if (faults.length > 0) throw new Error(faults.map((fault) => `${name}: ${fault}`).join('\n'))
  return { ...value, rates }
}

function nameOf(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'the case' : `"${path.join('.')}"`
}

const PARTS = { seller, buyer, registrations: registration, certificates: certificate, evidence, lines: line }

/** What may stand in the part of a case that a path leads to. */
function keysAt(path: readonly (string | number)[]): readonly string[] {
  const part = path.filter((step) => typeof step === 'string').at(-1)
  if (part === undefined) return Object.keys(taxCase.shape)
  return Object.keys(PARTS[part as keyof typeof PARTS]?.shape ?? {})
}
