import { z } from 'zod'
import { type AcceptUsage, usageReport } from '../../modules/usage/inbound.ts'
import { type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { structured } from './binary-event.ts'

const BODY_LIMIT = 32 * 1024 * 1024
/** Events as JSON, one or many: `/v1/usage` reads them, too. */
const STRUCTURED = /^application\/cloudevents(-batch)?\+json\s*(;|$)/i

/**
 * CloudEvents 1.0 over HTTP in all three modes, as brokers send them (Knative, Dapr, Event Grid): binary, with attributes in
 * headers; structured; batched. An event is a usage record: `subject` is the service, (`source`, `id`) its identity.
 */
export function cloudEventRoutes(accept: AcceptUsage): Route[] {
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/cloudevents',
      logged: 'hourly',
      scope: 'usage:write',
      tag: 'Usage',
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      summary:
        'Charge usage that comes as CloudEvents 1.0: binary (`ce-` headers, the body is the data), structured or batched. The same event again is harmless.',
      content: { type: 'application/cloudevents+json', schema: z.unknown() },
      answer: usageReport,
      handle: async (context, { body }, { headers }) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
        const contentType = headers['content-type'] ?? ''
        if (STRUCTURED.test(contentType)) return accept(context, bytes, contentType.toLowerCase())
        if (/^application\/cloudevents/i.test(contentType) || headers['ce-specversion'] === undefined)
          throw new Refusal(
            'unsupported_media_type',
            'send application/cloudevents+json, application/cloudevents-batch+json, or ce- headers with data in JSON',
          )
        return accept(context, structured(headers, bytes), 'application/cloudevents+json')
      },
    }),
  ]
}
