import { z } from 'zod'
import { compare, decimal, parseDecimal } from '../../core/base/decimal.ts'
import { EINVOICE_SPECIFICATIONS } from '../../core/invoicing/einvoice-terms.ts'
import { checkTaxId } from '../../core/tax/ids/check-tax-id.ts'
import { isLeitwegId } from '../../core/tax/ids/leitweg-id.ts'
import { day } from '../../platform/http/dates.ts'
import { textUpTo } from '../../platform/http/fields.ts'

/** What issuers, customers and accounts say of tax: as they are asked for, and as they are shown. */

const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'write two capital letters such as DE')
  .describe('ISO 3166-1: DE')
const region = z
  .string()
  .regex(/^[A-Z0-9]{1,3}$/, 'write what follows the hyphen in ISO 3166-2, such as TX of US-TX')
  .describe('What follows the hyphen in ISO 3166-2: TX of US-TX')
const text = textUpTo(200)
const span = { from: day, until: day.optional().describe('The first day on which it does not hold any more') }

const postalAddress = z
  .strictObject({
    country,
    region: region.optional(),
    county: text.optional(),
    city: text.optional(),
    postcode: textUpTo(20).optional(),
    lines: z.array(text).max(5).optional().describe('Street, house and so on'),
  })
  .nullable()
  .describe('An address in its parts: its country, and in some countries its region, says which tax is due')

/** A certificate or registration ends after it begins. */
const isInOrder = ({ from, until }: { from: string; until?: string | undefined }): boolean =>
  until === undefined || until > from
const ORDER = 'until: the end is after the beginning'

const registration = z
  .strictObject({
    country,
    region: region.optional(),
    kind: z.enum(['vat', 'gst', 'pst', 'sales_tax']).default('vat'),
    number: textUpTo(40),
    isEstablished: z.boolean().optional().describe('It has a fixed establishment there, beside the one at home'),
    ...span,
  })
  .refine(isInOrder, ORDER)
  .superRefine(({ kind, country: of, number }, context) => {
    if (kind !== 'vat') return
    const { fault, isValid, name } = checkTaxId(number, of)
    // Of countries whose forms are not known, any number is taken.
    if (!isValid && (name !== null || fault?.startsWith('no form') !== true))
      context.addIssue({ code: 'custom', path: ['number'], message: fault ?? 'no tax id' })
  })

const percentage = z.string().refine((value) => {
  const told = parseDecimal(value)
  return told !== null && told.coefficient >= 0n && compare(told, decimal('100')) <= 0
}, 'write a percentage from 0 to 100, such as "15"')

const certificate = z
  .strictObject({ country, region: region.optional(), number: text, reason: text, ...span })
  .refine(isInOrder, ORDER)

/** One that begins with letters names its country; others are those of the address. */
const taxId = textUpTo(40).superRefine((value, context) => {
  const { fault, isValid } = checkTaxId(value)
  if (!isValid && /^[A-Za-z]{2}/.test(value)) context.addIssue({ code: 'custom', message: fault ?? 'no tax id' })
})

const electronicAddress = z
  .strictObject({ scheme: z.string().regex(/^[0-9A-Z]{2,4}$/, 'write a code such as 0204 or EM'), id: text })
  .nullable()

export const issuerTax = {
  legalForm: text.nullable().describe('As documents have it: GmbH, Ltd'),
  postalAddress,
  standing: z
    .enum(['registered', 'small_business', 'not_registered'])
    .describe('Small businesses are exempt by their turnover; who is not registered is outside the tax'),
  registrations: z
    .array(registration)
    .max(100)
    .describe('For tax, with their days. While there are none, documents have no tax'),
  oneStopShop: z
    .strictObject({ scheme: z.enum(['union', 'non_union']), ...span })
    .nullable()
    .describe('VAT of all members of the Union through one of them, for consumers'),
  belowThreshold: z
    .strictObject(span)
    .nullable()
    .describe('Days on which sales to consumers in other member states are below 10,000 EUR a year'),
  taxRounding: z
    .enum(['document', 'line'])
    .describe('Once for each tax and rate of a document (EN 16931), or on each line'),
  withholding: z
    .strictObject({ percent: percentage, base: z.enum(['net', 'tax', 'gross']).default('net') })
    .nullable()
    .describe('What buyers of its country that are no consumers keep back, and pay to the tax office'),
  contact: z
    .strictObject({ name: text, telephone: textUpTo(40), email: z.email().max(320) })
    .nullable()
    .describe('Whom to ask about documents, as e-invoices name it'),
  electronicAddress: electronicAddress.describe(
    'Where its e-invoices come from: the code of the list (EAS) and the address in it',
  ),
} as const

export const issuerTaxDefaults = {
  legalForm: issuerTax.legalForm.default(null),
  postalAddress: postalAddress.default(null),
  standing: issuerTax.standing.default('registered'),
  registrations: issuerTax.registrations.default([]),
  oneStopShop: issuerTax.oneStopShop.default(null),
  belowThreshold: issuerTax.belowThreshold.default(null),
  taxRounding: issuerTax.taxRounding.default('document'),
  withholding: issuerTax.withholding.default(null),
  contact: issuerTax.contact.default(null),
  electronicAddress: issuerTax.electronicAddress.default(null),
} as const

const einvoice = z
  .strictObject({
    specification: z.enum(EINVOICE_SPECIFICATIONS),
    leitwegId: textUpTo(46)
      .refine(isLeitwegId, 'write a Leitweg-ID with its right check digits, such as 992-90009-96')
      .optional()
      .describe('Of a public buyer in Germany: 992-90009-96'),
    buyerReference: text.optional().describe('What else it wants as its reference on e-invoices (BT-10)'),
  })
  .refine(
    ({ leitwegId, buyerReference }) => leitwegId === undefined || buyerReference === undefined,
    'write the Leitweg-ID or another reference: both are the same field of an e-invoice (BT-10)',
  )
  .nullable()
  .describe('Its documents are issued only once they are e-invoices by this; null where it asks for none')

export const customerTax = {
  kind: z
    .enum(['business', 'consumer', 'public_body'])
    .nullable()
    .describe('Which taxes there are depends on it: needed where the issuer is registered for tax'),
  postalAddress,
  taxIds: z.array(taxId).max(20).describe('Form and check digits are looked at: FR40303265045'),
  certificates: z.array(certificate).max(100).describe('That say it is exempt in a country, with their days'),
  evidence: z
    .array(z.strictObject({ kind: z.enum(['ip', 'card', 'sim', 'landline', 'other']), country }))
    .max(20)
    .describe('Where a consumer is, beside the address: two pieces that agree are needed abroad'),
  purchaseOrder: text.nullable().describe('The reference that the customer wants on its documents'),
  electronicAddress: electronicAddress.describe(
    'Where e-invoices go: the code of the list (EAS) and the address in it',
  ),
  einvoice,
} as const

export const customerTaxDefaults = {
  kind: customerTax.kind.default(null),
  postalAddress: postalAddress.default(null),
  taxIds: customerTax.taxIds.default([]),
  certificates: customerTax.certificates.default([]),
  evidence: customerTax.evidence.default([]),
  purchaseOrder: customerTax.purchaseOrder.default(null),
  electronicAddress: customerTax.electronicAddress.default(null),
  einvoice: customerTax.einvoice.default(null),
} as const

type Optional<S extends Readonly<Record<string, z.ZodType>>> = { [K in keyof S]: z.ZodOptional<S[K]> }

/** What may be changed: each field by itself. */
export function optional<S extends Readonly<Record<string, z.ZodType>>>(fields: S): Optional<S> {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.optional()])) as Optional<S>
}
