import type { Engine } from '../../engine/index.ts'
import { type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { advise, decideLines } from './online.ts'

const BODY_LIMIT = 16 * 1024 * 1024

/** What gateways ask by HTTP; many that ask at once share a commit. */
export function onlineRoutes(engine: Engine): Route[] {
  const tag = 'Charging'
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/charging',
      scope: 'charging:write',
      tag,
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      summary:
        'One request of a gateway: event, refund, start, update or end; what is refused is answered, not an error',
      handle: async (context, { body }) => {
        const [answer] = await decideLines(engine, context, textOf(body).replaceAll('\n', ' '))
        if (answer === undefined) throw new Refusal('invalid_json', 'the body is empty')
        if (answer.result === 'invalid')
          throw new Refusal(answer.reason === 'bad_json' ? 'invalid_json' : 'invalid_request', answer.detail ?? '')
        return answer
      },
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/charging/batch',
      scope: 'charging:write',
      tag,
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      summary: 'Requests as NDJSON lines, decided in order; an answer for each, in the same order',
      handle: async (context, { body }) => ({ answers: await decideLines(engine, context, textOf(body)) }),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/charging/advice',
      scope: 'charging:write',
      tag,
      rawBody: true,
      summary:
        'Advice of charge: what this event would cost, and how much of it the account could use; nothing is charged',
      handle: async (context, { body }) => advise(engine, context, textOf(body).trim()),
    }),
  ]
}

function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) throw new Refusal('invalid_json', 'the body is empty')
  return body.toString('utf8')
}
