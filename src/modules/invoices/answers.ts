import { z } from 'zod'
import { LANGUAGES } from '../../core/words/languages.ts'
import { listOf } from '../../platform/http/list-page.ts'
import { shownMetadata } from '../../platform/http/metadata.ts'
import { ofAccount } from '../parties/index.ts'
import { buyer, seller } from './party-answers.ts'
import { lineTax, printedTax } from './tax-answers.ts'

/** What the routes of invoices answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const amount = z.string().describe('A decimal of the currency')
const kind = z.enum(['invoice', 'credit_note', 'debit_note'])
export const purpose = z.string().describe('What it bills, of the several documents that a day may have')

/** `written_off` is nothing open, of which something was given up; a part that was given up before is in `writtenOff`. */
export const INVOICE_STATES = ['issued', 'partially_paid', 'paid', 'written_off', 'void'] as const

const shown = z.strictObject({
  id,
  number: z.string(),
  kind,
  ...ofAccount,
  billingDay: day,
  purpose,
  part: z.string().nullable().describe('Of a bill that is split: what the document is of, such as a cost centre'),
  period: z.strictObject({ from: day, until: day }).describe('Half-open'),
  currency: z.string(),
  issuedOn: day,
  dueOn: day,
  state: z.enum(INVOICE_STATES),
  isOverdue: z.boolean().describe('Some of it may be asked for, and its day is over'),
  total: amount,
  paid: amount.describe('What settled it: payments, balances and credit notes'),
  writtenOff: amount.describe('What of it was given up: paid + written off + open = total'),
  open: amount.describe('What is still to be paid'),
  disputed: amount.describe('What of that the customer disputes, until somebody decides'),
  askable: amount.describe('What may be asked for now: open less disputed'),
  metadata: shownMetadata,
})

const exactText = z.string().describe('A decimal, or a fraction such as 910/3 where no decimal is exact')
const share = z.string().describe('Of a period: 17/31')

const correctedAmounts = z.strictObject({ net: amount, tax: amount, total: amount })

export const line = z.strictObject({
  id,
  tax: z.array(lineTax).optional().describe('By its parts; absent where the issuer says nothing of tax'),
  position: z.int(),
  corrected: z
    .strictObject({ was: correctedAmounts, shouldBe: correctedAmounts })
    .optional()
    .describe('Of a correction, where its issuer wants it: what was billed, and what it should be'),
  kind: z.string(),
  lowers: z.int().nullable().optional().describe('Of a cap or discount: the position of the line that it lowers'),
  discount: z.string().optional(),
  description: z.string(),
  subscription: z.string(),
  account: z
    .string()
    .optional()
    .describe('The key of the account whose line it is, where that is not the one that is billed'),
  group: z.string().optional().describe('What it stands together with on the page'),
  from: day,
  until: day,
  isLate: z.boolean(),
  quantity: z.string().describe('Of this line: of late usage, what came since the line before'),
  unit: z.string(),
  unitAmount: z.string().nullable().describe('Null where more than one price makes the line: then its parts add up'),
  per: z.string().nullable(),
  share: share.optional(),
  discountPercent: z.string().optional().describe('What the price takes off; of a discount, its share of the base'),
  base: amount.optional().describe('Of a discount: what it is a share of'),
  billedBefore: amount.optional().describe('What documents before billed of the same, which this line leaves out'),
  exactAmount: exactText.describe('This line before it is rounded. A decimal, or a fraction such as 910/3'),
  amount: amount.describe('The exact amount, rounded half-up'),
  parts: z
    .array(
      z.strictObject({
        label: z.string(),
        line: z.string().optional().describe('Of a rate that shares the line with others: the id that explains it'),
        quantity: z.string().nullable(),
        unitAmount: z.string().nullable(),
        per: z.string().nullable(),
        flatAmount: z.string().optional().describe('Besides the units, once'),
        share: share.optional(),
        discountPercent: z.string().optional(),
        amount: exactText,
        whole: exactText
          .optional()
          .describe('Of such a rate: the price of all that was used, where some was billed before'),
      }),
    )
    .nullable()
    .optional()
    .describe('Add up to the exact amount; null where quantity × unitAmount ÷ per × share, less the discount, is that'),
})

const includedUnits = z.strictObject({
  kind: z.enum(['allowance', 'prepaid', 'bonus']),
  name: z.string().nullable().describe('Of an allowance'),
  subscription: z.string().nullable(),
  unit: z.string(),
  period: z.strictObject({ from: day, until: day }).nullable().describe('Null where units are of no period'),
  given: z.string().nullable().describe('Of an allowance; null of others'),
  used: z.string().nullable(),
  left: z.string().nullable().describe('Of units that were sold or given as a bonus, when the document was made'),
})

export const document = z
  .strictObject({
    kind,
    corrects: z.array(z.string()).optional(),
    reason: z.string().optional(),
    mark: z.enum(['draft', 'pro_forma']).optional().describe('It is no document yet, or none that is owed'),
    number: z.string(),
    issuedOn: day,
    dueOn: day,
    termsDays: z.int(),
    currency: z.string(),
    language: z.enum(LANGUAGES),
    account: z.string(),
    isAdvance: z.literal(true).optional().describe('It asks for money for supplies to come'),
    deducts: z.array(z.string()).optional().describe('Numbers of advance invoices that come off it'),
    part: z
      .strictObject({ by: z.string(), value: z.string() })
      .optional()
      .describe('Of a bill that is split: what by, such as `metadata.costCentre`, and what this document is of'),
    annexes: z
      .array(z.strictObject({ account: z.string(), name: z.string(), net: amount, tax: amount, total: amount }))
      .optional()
      .describe('What it bills for other accounts: their lines bear the key of the account'),
    seller,
    buyer,
    payTo: z
      .strictObject({
        accounts: z.array(z.looseObject({})),
        codes: z.array(
          z.strictObject({
            scheme: z.enum(['swiss_qr_bill', 'epc', 'nbu', 'upi']),
            text: z.string().describe('What stands in the code'),
            correction: z.enum(['L', 'M']).describe('How many errors of reading it corrects'),
            mark: z.literal('swiss_cross').optional(),
          }),
        ),
        slip: z
          .literal(true)
          .optional()
          .describe('The Swiss code stands on a payment slip at the foot of the last page'),
      })
      .optional()
      .describe('Accounts of the issuer in the currency of the document, and codes that banking applications read'),
    brand: z
      .strictObject({ key: z.string(), version: z.int(), digest: z.string() })
      .optional()
      .describe('What its page looks like: a version of a brand, which never changes'),
    messages: z.array(z.string()).optional().describe('Of its brand, for this account'),
    paymentLink: z.url().optional(),
    earlierUsage: z
      .array(
        z.strictObject({
          from: day,
          usage: z.array(z.strictObject({ meter: z.string(), unit: z.string(), quantity: z.string() })),
        }),
      )
      .optional()
      .describe('Of the documents before, the newest first, where its brand shows them'),
    period: z.strictObject({ from: day, until: day }),
    lines: z.array(line),
    usage: z.array(z.strictObject({ meter: z.string(), unit: z.string(), quantity: z.string(), records: z.int() })),
    names: z
      .record(z.string(), z.string())
      .optional()
      .describe('What units, meters and the like are called on its page, where plans have translations'),
    included: z
      .array(includedUnits)
      .optional()
      .describe('Units that cover usage, which no line charges then: of allowances what was used of what was given'),
    pricesIncludeTax: z.boolean().optional().describe('Amounts of lines have the tax in them'),
    taxes: z.array(printedTax).optional().describe('By tax and rate; absent where the issuer says nothing of tax'),
    notices: z.array(z.string()).optional().describe('What the document must say of its tax'),
    totals: z.strictObject({
      ...{ discounts: amount.optional(), net: amount, tax: amount, total: amount },
      withheld: amount.optional().describe('What the buyer keeps back of the total for its tax office'),
      toPay: amount.optional(),
    }),
  })
  .meta({ id: 'InvoiceDocument', description: 'Everything as it was when the document was issued' })

const named = { source: z.string(), id: z.string() }
const shownRecord = {
  ...named,
  service: z.string(),
  type: z.string(),
  time: instant,
  data: z.looseObject({}).describe('Numbers are texts, with every digit that was delivered'),
  segment: z.int().describe('Of the journal'),
}

const basis = z.looseObject({ rule: z.string() })

export const explainedLine = z
  .strictObject({
    line: id,
    invoice: z.string(),
    description: z.string(),
    isLate: z.boolean(),
    period: z.strictObject({ from: day, until: day }),
    plan: z
      .strictObject({
        code: z.string(),
        version: z.int(),
        versionId: id,
        price: z.looseObject({ code: z.string() }).optional().describe('As its plan file says it'),
      })
      .nullable(),
    rounding: z.strictObject({
      exactAmount: z.string(),
      roundedTo: z.string(),
      billedBefore: amount,
      amount,
      currency: z.string(),
    }),
    invoiceLine: z
      .strictObject({
        position: z.int(),
        description: z.string(),
        quantity: z.string(),
        unit: z.string(),
        exactAmount: exactText,
        billedBefore: amount,
        amount,
        rates: z.array(
          z.strictObject({ line: z.string(), label: z.string(), quantity: z.string().nullable(), amount: exactText }),
        ),
      })
      .optional()
      .describe('Where several rates are printed on one line of the invoice: that line, and all of its rates'),
    basis: basis.optional().describe('What a cap, a discount or a commitment was computed from'),
    loweredBy: z
      .array(z.strictObject({ line: id, kind: z.string(), description: z.string(), amount, basis: basis.nullable() }))
      .optional(),
    meter: z.strictObject({ code: z.string(), unit: z.string(), aggregator: z.string() }).optional(),
    cell: z.string().nullable().optional().describe('The rate of the price: a time band, a destination, a group'),
    model: z.string().optional(),
    aggregate: z.strictObject({ quantity: z.string(), unit: z.string() }).optional(),
    parts: z
      .array(
        z.strictObject({
          label: z.string(),
          units: z.string(),
          unitAmount: z.string().nullable(),
          flatAmount: z.string().nullable(),
          per: z.string(),
          amount: z.string(),
        }),
      )
      .optional(),
    included: z.array(includedUnits).optional().describe('Of the document: units that cover the same usage'),
    thisLine: z.strictObject({ records: z.int(), quantity: z.string() }).optional(),
    records: z
      .array(
        z.strictObject({
          ...shownRecord,
          quantity: z.string(),
          charge: z.string(),
          correction: z.looseObject({}).optional(),
        }),
      )
      .optional(),
    recordsShown: z.int().optional(),
    text: z.string().describe('The same as sentences'),
  })
  .meta({ id: 'ExplainedLine' })

const told = {
  corrections: z.array(z.strictObject({ action: z.string(), reason: z.string(), at: instant })),
  text: z.string().describe('The same as sentences'),
}

export const explainedRecord = z
  .discriminatedUnion('state', [
    z.strictObject({ state: z.literal('retracted'), ...named, ...told }),
    z.strictObject({
      state: z.literal('suspended'),
      ...named,
      suspense: z.strictObject({ id, reason: z.string(), detail: z.string() }),
      ...told,
    }),
    z.strictObject({
      state: z.literal('charged'),
      ...shownRecord,
      account: z.string(),
      subscription: z.string(),
      charges: z.array(
        z.strictObject({
          plan: z.strictObject({ code: z.string(), version: z.int() }),
          price: z.string(),
          cell: z.string().nullable(),
          period: day,
          quantity: z.string(),
          unit: z.string(),
          amount: z.string(),
          currency: z.string(),
          line: z.strictObject({ line: id, number: z.string() }).nullable().describe('Null until it is billed'),
        }),
      ),
      ...told,
    }),
  ])
  .meta({ id: 'ExplainedRecord' })

export const invoices = listOf(shown.meta({ id: 'Invoice' }))
export const invoice = shown.extend({ document }).meta({ id: 'InvoiceWithDocument' })
