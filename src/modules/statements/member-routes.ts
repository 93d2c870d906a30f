import { z } from 'zod'
import { formatMinor } from '../../core/base/money.ts'
import { type MemberShare, membersPage } from '../../core/pages/members-page.ts'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import { lookOf, type PdfRenderer } from '../brands/index.ts'
import { byReference, getInvoice } from '../invoices/index.ts'
import { memberShares } from './member-shares.ts'

/** Lines of members' documents in an answer, and on paper: 100 pages. */
const [MAX_LINES, MAX_PRINTED] = [20_000, 5_000]
const amount = z.string().describe('A decimal of the currency')

const answer = z
  .strictObject({
    invoice: z.string(),
    currency: z.string(),
    members: z.array(
      z.strictObject({
        account: z.string(),
        customerName: z.string(),
        amount: amount.describe('Of the line that bills it'),
        documents: z.array(
          z.strictObject({
            number: z.string(),
            issuedOn: z.iso.date(),
            total: amount,
            sponsored: amount.describe('How much of it the sponsor pays by this document'),
            lines: z.array(
              z.strictObject({
                ...{ position: z.int(), description: z.string(), from: z.iso.date(), until: z.iso.date() },
                ...{ quantity: z.string(), unit: z.string(), amount },
              }),
            ),
          }),
        ),
        other: amount.describe('What no document of the member says, such as what came back'),
      }),
    ),
  })
  .meta({ id: 'MemberShares' })

/** What a sponsor's document bills for its members, by member. */
export function memberRoute(pdf: PdfRenderer): Route {
  return streamRoute({
    url: '/v1/invoices/{reference}/members',
    scope: 'invoices:read',
    tag: 'Invoices',
    summary: "What a sponsor's document bills for each of its members: their documents with lines, as JSON or PDF",
    params: byReference,
    query: z.strictObject({ format: z.enum(['json', 'pdf']).default('json') }),
    answer,
    aside: 'short',
    handle: async ({ db }, { params, query }) => {
      const invoice = await getInvoice(db, params.reference)
      const isPaper = query.format === 'pdf'
      const members = await memberShares(db, invoice, isPaper ? MAX_PRINTED : MAX_LINES)
      const { document } = invoice
      if (!isPaper) return toView(document, members)
      const { brand, logo } = await lookOf(db, document.brand)
      return new RawAnswer('application/pdf', await pdf.render(membersPage(document, brand, members), { logo }))
    },
  })
}

function toView({ number, currency }: { number: string; currency: string }, members: readonly MemberShare[]): object {
  const money = (minor: bigint): string => formatMinor(minor, currency)
  return {
    invoice: number,
    currency,
    members: members.map(({ account, customerName, amountMinor, documents, otherMinor }) => ({
      ...{ account, customerName, amount: money(amountMinor), other: money(otherMinor) },
      documents: documents.map(({ sponsoredMinor, ...told }) => ({ ...told, sponsored: money(sponsoredMinor) })),
    })),
  }
}
