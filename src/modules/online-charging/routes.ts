import { isUtf8 } from 'node:buffer'
import type { Engine, OnlineAnswer } from '../../engine/index.ts'
import { type Route, streamRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { advise, decideLines, SharedDecisions } from './online.ts'
import { adviceAnswer, adviceRequest, onlineAnswer, onlineAnswers, onlineRequest } from './schemas.ts'

const BODY_LIMIT = 16 * 1024 * 1024

/** What gateways ask by HTTP; many that ask at once share a commit. */
export function onlineRoutes(engine: Engine): Route[] {
  const tag = 'Charging'
  const shared = new SharedDecisions(engine)
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/charging',
      logged: 'hourly',
      scope: 'charging:write',
      tag,
      rawBody: true,
      content: { type: 'application/json', schema: onlineRequest },
      answer: onlineAnswer,
      bodyLimit: BODY_LIMIT,
      summary:
        'One request of a gateway: event, refund, start, update or end; what is refused is answered, not an error',
      hot: async (context, body) => JSON.stringify(await decideOne(shared, context, body)),
      handle: async (context, { body }) => decideOne(shared, context, body),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/charging/batch',
      logged: 'hourly',
      scope: 'charging:write',
      tag,
      rawBody: true,
      content: { type: 'application/x-ndjson', schema: onlineRequest },
      answer: onlineAnswers,
      bodyLimit: BODY_LIMIT,
      summary: 'Requests as NDJSON lines, decided in order; an answer for each, in the same order',
      handle: async (context, { body }) => ({ answers: await decideLines(engine, context, textOf(body)) }),
    }),
    streamRoute({
      method: 'POST',
      url: '/v1/charging/advice',
      logged: 'hourly',
      scope: 'charging:write',
      tag,
      rawBody: true,
      content: { type: 'application/json', schema: adviceRequest },
      answer: adviceAnswer,
      summary:
        'Advice of charge: what this event would cost, and how much of it the account could use; nothing is charged',
      handle: async (context, { body }) => advise(engine, context, textOf(body).trim()),
    }),
  ]
}

/** A request that cannot be read is an error here, where it has an answer of its own. */
async function decideOne(shared: SharedDecisions, context: ReadContext, body: unknown): Promise<OnlineAnswer> {
  const text = textOf(body).trim()
  if (text === '') throw new Refusal('invalid_json', 'the body is empty')
  const answer = await shared.decide(context, text)
  if (answer.result !== 'invalid') return answer
  throw new Refusal(answer.reason === 'bad_json' ? 'invalid_json' : 'invalid_request', answer.detail ?? '')
}

function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) throw new Refusal('invalid_json', 'the body is empty')
  // Bytes of another encoding would be replaced, and different ids would become the same.
  if (!isUtf8(body)) throw new Refusal('unsupported_media_type', 'the text is not UTF-8')
  return body.toString('utf8')
}
