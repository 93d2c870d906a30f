import { z } from 'zod'
import { bytesOf, type Route, readRoute, sendPage, streamRoute } from '../../platform/http/route.ts'
import { askPage, faultPage, unsubscribe } from './unsubscribe-pages.ts'

const FORM_BYTES = 4_096
const PAGE = { auth: 'link', link: 'notice', tag: 'Notifications', faultPage, url: '/unsubscribe/{token}' } as const
const params = z.object({ token: z.string().max(200) })

/** The link that stands in messages that may be refused. */
export function unsubscribeRoutes(): Route[] {
  return [
    readRoute({
      ...PAGE,
      summary: 'The page of a link in a message: it asks whether such messages are to stop',
      params,
      handle: async (context, { params: named }, _request, reply) =>
        sendPage(reply, await askPage(context, named.token)),
    }),
    streamRoute({
      ...PAGE,
      method: 'POST',
      summary: 'Stop such messages: the form of the page, or one click in a program that shows mail (RFC 8058)',
      params,
      rawBody: true,
      bodyLimit: FORM_BYTES,
      handle: async (context, { params: named, body }, _request, reply) =>
        sendPage(reply, await unsubscribe(context, named.token, bytesOf(body))),
    }),
  ]
}
