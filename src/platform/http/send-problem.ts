import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '../problems.ts'
import { sendRaw } from './answer-route.ts'
import { problemAnswer } from './problem-answer.ts'
import type { Route } from './route.ts'

/** Refusals that a key which was guessed, stolen or misused leads to. */
const SUSPICIOUS: ReadonlySet<string> = new Set([
  'unauthenticated',
  'forbidden',
  'signature_invalid',
  'too_many_attempts',
])

/** Answers with what was wrong: as a problem in JSON, or as the page of a route that is for people. */
export function sendProblem(
  error: FastifyError | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  faultPage?: Route['faultPage'],
): FastifyReply {
  const { status, retryAfterSeconds, body } = problemAnswer(error, request.id)
  if (status === 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
  // Whoever looks for attacks reads these: KVIT_LOG_LEVEL=info.
  else if (SUSPICIOUS.has(error.code))
    request.log.info(
      { requestId: request.id, code: error.code, ip: request.ip, key: request.caller?.id },
      'request refused',
    )
  if (retryAfterSeconds !== null) void reply.header('retry-after', retryAfterSeconds)
  // What is left of the body is not waited for.
  if (!request.raw.complete) void reply.header('connection', 'close')
  if (faultPage !== undefined) {
    const acceptLanguage = request.headers['accept-language']
    const page = faultPage({ status, code: error.code, acceptLanguage })
    return sendRaw(reply.status(page.status), page.answer)
  }
  return reply.status(status).type('application/problem+json').send(body)
}
