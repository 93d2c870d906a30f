import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import type { PdfRenderer } from '../brands/index.ts'
import { documentPdf, getInvoice } from '../invoices/index.ts'
import { attemptOfKey } from '../payment-gateways/index.ts'
import { attemptKeyOf, findCheckout, linkStateAt, type PaymentLink } from '../payment-links/index.ts'
import { receiptPaper } from '../statements/index.ts'
import { linkOfToken } from './opened-link.ts'
import { byCheckout, byToken, PAGE } from './routes.ts'

/** What payers take with them: it is set for printing on a thread for reading. */
export function payerPdfRoutes(pdf: PdfRenderer): Route[] {
  return [
    streamRoute({
      ...PAGE,
      url: '/pay/{token}/document.pdf',
      summary: 'The document of the link as PDF, and no other',
      params: byToken,
      aside: 'short',
      handle: async (context, { params }) => {
        const { invoiceId } = await openLinkOf(context, params.token)
        if (invoiceId === null) throw new Refusal('not_found', 'the link is for no document')
        return documentPdf(context.db, pdf, await getInvoice(context.db, invoiceId))
      },
    }),
    streamRoute({
      ...PAGE,
      url: '/pay/{token}/payments/{id}/receipt.pdf',
      summary: 'The receipt of a payment that was made by the link, as PDF',
      params: byCheckout,
      aside: 'short',
      handle: async (context, { params }) => {
        const link = await linkOfToken(context, params.token)
        const checkout = await findCheckout(context.db, params.id)
        const attempt =
          checkout?.linkId === link.id ? await attemptOfKey(context.db, attemptKeyOf(params.id)) : undefined
        if (attempt?.paymentId == null) throw new Refusal('not_found', 'no payment came of it')
        const { page, logo } = await receiptPaper(context, attempt.paymentId)
        return new RawAnswer('application/pdf', await pdf.render(page, { logo }))
      },
    }),
  ]
}

/** @throws Refusal where the link opens no longer */
async function openLinkOf(context: ReadContext, token: string): Promise<PaymentLink> {
  const link = await linkOfToken(context, token)
  if (linkStateAt(link, context.nowMs) === 'open') return link
  throw new Refusal('link_invalid', 'the link opens no longer')
}
