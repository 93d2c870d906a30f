import { z } from 'zod'
import { bytesOf, type Route, readRoute, sendPage, streamRoute } from '../../platform/http/route.ts'
import { type PageNeeds, Pages } from './pages.ts'
import { faultPage } from './plain-pages.ts'
import { FORM_BYTES } from './read-form.ts'

export const PAGE = { auth: 'link', link: 'payment', tag: 'Payment pages', faultPage } as const
export const byToken = z.object({ token: z.string().max(200) })
export const byCheckout = byToken.extend({ id: z.uuid() })

/** Pages on which payers pay, by a link and without an account of their own. They work without scripts, cookies and a mouse. */
export function paymentPageRoutes(needs: PageNeeds): Route[] {
  const pages = new Pages(needs)
  return [
    readRoute({
      ...PAGE,
      url: '/pay/{token}',
      summary: 'The page of a link: what is to be paid, and how',
      params: byToken,
      handle: async (context, { params }, _request, reply) => sendPage(reply, await pages.link(context, params.token)),
    }),
    streamRoute({
      ...PAGE,
      method: 'POST',
      url: '/pay/{token}',
      summary:
        'Begin to pay: the form of the page. What is to be paid is claimed, and the payer is led to the provider',
      params: byToken,
      rawBody: true,
      bodyLimit: FORM_BYTES,
      content: { type: 'application/x-www-form-urlencoded', schema: z.string() },
      handle: async (context, { params, body }, _request, reply) => {
        const begun = await pages.begin(context, params.token, bytesOf(body))
        return typeof begun === 'string' ? reply.redirect(begun, 303) : sendPage(reply, begun)
      },
    }),
    streamRoute({
      ...PAGE,
      url: '/pay/{token}/payments/{id}',
      summary: 'What became of a payment that was begun on the page: the provider is asked where it is not known',
      params: byCheckout,
      query: z.object({ begun: z.literal('1').optional() }),
      handle: async (context, { params, query }, _request, reply) =>
        sendPage(reply, await pages.checkout(context, params, query.begun !== undefined)),
    }),
  ]
}
