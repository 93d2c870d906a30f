import type { FastifyError } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { TooManySteps } from '../../core/base/calendar-range.ts'
import { PROBLEMS, type ProblemCode, Refusal } from '../problems.ts'
import { sqlStateOf } from '../unavailable.ts'
import { invalidRequest } from './invalid-request.ts'
import { toJson } from './json.ts'

/** Fastify's own error codes, as ours. */
const FASTIFY_CODES: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_request',
  FST_ERR_ASYNC_CONSTRAINT: 'invalid_request',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
}

/** What to do about them, where their own words do not say it. */
const DETAILS: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE:
    'the body is read as JSON: send the header "content-type: application/json" (curl: -H "content-type: application/json")',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'the body is empty; send JSON',
}

/** When to ask again whatever cannot be served at the moment. */
const RETRY_AFTER_SECONDS = 1

/** What Postgres refuses because of the caller's values, by the beginning of its SQLSTATE. */
const POSTGRES_REFUSALS: readonly (readonly [state: string, code: ProblemCode, detail: string])[] = [
  ['22', 'invalid_request', 'a value cannot be stored: a NUL character, or a number or date out of range'],
  ['23505', 'already_exists', 'another request made a thing with this key at the same moment'],
]

/** The answer to a caller about an error: `application/problem+json`, RFC 9457. */
export interface ProblemAnswer {
  readonly status: number
  readonly retryAfterSeconds: number | null
  readonly body: string
}

export function problemAnswer(error: FastifyError | Refusal, requestId: string): ProblemAnswer {
  const { code, detail, extra } = toProblem(error)
  const [status, title] = PROBLEMS[code]
  const { retryAfterSeconds = status === 503 ? RETRY_AFTER_SECONDS : null } = extra
  const problem = { type: `urn:kvit:problem:${code}`, title, status, code, detail, requestId, ...extra }
  return {
    status,
    retryAfterSeconds: typeof retryAfterSeconds === 'number' ? retryAfterSeconds : null,
    body: toJson(problem),
  }
}

function toProblem(error: FastifyError | Refusal): {
  code: ProblemCode
  detail: string
  extra: Readonly<Record<string, unknown>>
} {
  if (error instanceof Refusal) return { code: error.code, detail: error.message, extra: error.extra }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const { validation } = error
    return toProblem(invalidRequest(validation.map(({ instancePath: path, message = '' }) => ({ path, message }))))
  }
  if (error instanceof z.ZodError)
    return toProblem(invalidRequest(error.issues.map(({ path, message }) => ({ path: path.join('/'), message }))))
  if (error instanceof TooManySteps) return { code: 'unprocessable', detail: error.message, extra: {} }
  const refused = POSTGRES_REFUSALS.find(([state]) => sqlStateOf(error).startsWith(state))
  if (refused !== undefined) return { code: refused[1], detail: refused[2], extra: {} }
  const code =
    FASTIFY_CODES[error.code] ??
    (error instanceof SyntaxError || error.statusCode === 400 ? 'invalid_json' : 'internal')
  return {
    code,
    detail: code === 'internal' ? 'the fault was logged' : (DETAILS[error.code] ?? error.message),
    extra: {},
  }
}
