import { z } from 'zod'
import { confirmationPage } from '../../core/pages/confirmation-page.ts'
import { reference, textUpTo } from '../../platform/http/fields.ts'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { PdfRenderer } from '../brands/index.ts'
import { getRow } from '../parties/index.ts'
import { frameOf } from '../statements/index.ts'
import { asOf, report } from './answers.ts'
import { itemsAsOf, prepaidOf } from './open-item-routes.ts'

/** Open documents of a letter: 100 pages. */
const MAX_PRINTED = 5_000

/** The open items of an account as a letter that its customer signs and returns, as auditors ask for it. */
export function confirmationRoute(pdf: PdfRenderer): Route {
  return streamRoute({
    ...report,
    url: '/v1/books/{issuer}/balance-confirmation',
    summary: 'A letter as PDF that asks the customer of an account to confirm its balance as of a day',
    query: z.object({
      account: reference,
      asOf,
      returnTo: textUpTo(300)
        .optional()
        .describe('To whom it is returned, such as an auditor with its address; the issuer unless set'),
    }),
    handle: async (context, { params, query }) => {
      const account = await getRow(context.db, 'account', query.account)
      const { books, until, items } = await itemsAsOf(context, params.issuer, query.asOf, account)
      if (items.length > MAX_PRINTED)
        throw new Refusal('unprocessable', `more than ${MAX_PRINTED} documents are open: take the open items as JSON`)
      const prepaid = await prepaidOf(context, books, until, account.id)
      const { parties, look } = await frameOf(context, account)
      const page = confirmationPage(parties, look.brand, {
        ...{ asOf: until, items, returnTo: query.returnTo ?? null },
        prepaidMinor: prepaid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      })
      return new RawAnswer('application/pdf', await pdf.render(page, { logo: look.logo }))
    },
  })
}
