import { z } from 'zod'
import { EINVOICE_SPECIFICATIONS } from '../../core/invoicing/einvoice-terms.ts'

/** Who sells and who buys, as documents have them. */

const party = {
  ...{ name: z.string(), address: z.string().nullable(), taxId: z.string().nullable() },
  postalAddress: z.looseObject({ country: z.string() }).optional(),
  electronicAddress: z.strictObject({ scheme: z.string(), id: z.string() }).optional(),
}

export const seller = z.strictObject({
  ...{ ...party, bankDetails: z.string().nullable(), legalForm: z.string().optional() },
  registrations: z.array(z.looseObject({ country: z.string(), kind: z.string(), number: z.string() })).optional(),
  contact: z.strictObject({ name: z.string(), telephone: z.string(), email: z.string() }).optional(),
})

export const buyer = z.strictObject({
  ...{ ...party, kind: z.string().optional(), taxIds: z.array(z.string()).optional() },
  purchaseOrder: z.string().optional(),
  einvoice: z
    .looseObject({ specification: z.enum(EINVOICE_SPECIFICATIONS) })
    .optional()
    .describe('By which specification it wants its e-invoices'),
})
