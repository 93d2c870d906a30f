import { z } from 'zod'
import { pageOf } from '../../platform/http/route.ts'

/** What the routes of invoices answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')
const kind = z.enum(['invoice', 'credit_note', 'debit_note'])

export const billRun = z
  .strictObject({
    id,
    untilDay: day,
    status: z.enum(['running', 'complete', 'failed']),
    accountsTotal: z.int(),
    accountsDone: z.int(),
    documents: z.int(),
    error: z.string().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'BillRun' })

const shown = z.strictObject({
  id,
  number: z.string(),
  kind,
  accountId: id,
  billingDay: day,
  purpose: z.string(),
  currency: z.string(),
  issuedOn: day,
  dueOn: day,
  state: z.enum(['issued', 'partially_paid', 'paid']),
  isOverdue: z.boolean(),
  total: amount,
  paid: amount,
})

const party = { name: z.string(), address: z.string().nullable(), taxId: z.string().nullable() }

const line = z.strictObject({
  id,
  position: z.int(),
  kind: z.string(),
  lowers: z.int().nullable().optional().describe('Of a cap or discount: the position of the line that it lowers'),
  discount: z.string().optional(),
  description: z.string(),
  subscription: z.string(),
  from: day,
  until: day,
  isLate: z.boolean(),
  quantity: z.string(),
  unit: z.string(),
  unitAmount: z.string().nullable().describe('Null where more than one price makes the line'),
  per: z.string().nullable(),
  exactAmount: z.string(),
  amount,
})

const document = z
  .strictObject({
    kind,
    corrects: z.array(z.string()).optional(),
    reason: z.string().optional(),
    number: z.string(),
    issuedOn: day,
    dueOn: day,
    termsDays: z.int(),
    currency: z.string(),
    language: z.enum(['en', 'uk', 'ru']),
    account: z.string(),
    seller: z.strictObject({ ...party, bankDetails: z.string().nullable() }),
    buyer: z.strictObject(party),
    period: z.strictObject({ from: day, until: day }),
    lines: z.array(line),
    usage: z.array(z.strictObject({ meter: z.string(), unit: z.string(), quantity: z.string(), records: z.int() })),
    totals: z.strictObject({ discounts: amount.optional(), net: amount, tax: amount, total: amount }),
  })
  .meta({ id: 'InvoiceDocument', description: 'Everything as it was when the document was issued' })

export const invoices = pageOf(shown.meta({ id: 'Invoice' }))
export const invoice = shown.extend({ document }).meta({ id: 'InvoiceWithDocument' })
