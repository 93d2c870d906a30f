/**
 * Every problem that a caller can get, by its stable code: the HTTP status and what it means. Answers follow
 * RFC 9457; `docs/ERRORS.md` lists them, and a test sees to it.
 */
export const PROBLEMS = {
  invalid_request: [400, 'The request does not have the expected shape; `errors` lists every field at fault.'],
  invalid_json: [400, 'The body is not valid JSON.'],
  idempotency_key_required: [
    400,
    'The Idempotency-Key is malformed (1 to 200 visible ASCII characters), or missing where a payment has no key of its own.',
  ],
  unauthenticated: [401, 'The API key is missing, malformed, unknown, revoked or expired, or the session has ended.'],
  sign_in_failed: [401, 'The e-mail address and the password do not fit, or nobody is signed in by them.'],
  second_factor_required: [
    401,
    'The password fits; a code of the authenticator, or a recovery code, is needed beside it.',
  ],
  link_invalid: [401, 'The link was used, has expired, was replaced by another one, or never was.'],
  signature_invalid: [
    401,
    'The request is not signed, its signature does not fit, or it is more than five minutes old.',
  ],
  forbidden: [403, 'The API key or the roles of the user do not have the scope that this route needs.'],
  tenant_required: [400, 'The root key needs a Kvit-Tenant header here.'],
  not_found: [404, 'No such thing in this tenant.'],
  conflict: [409, 'The state of the thing does not allow this.'],
  already_exists: [409, 'A thing with this key exists already.'],
  idempotency_conflict: [409, 'The Idempotency-Key was used for another request.'],
  offset_mismatch: [409, 'The chunk does not begin where the import stands; `nextOffset` says where it does.'],
  clock_goes_back: [409, 'The clock of a tenant goes back only where `back` says so; `detail` says what follows.'],
  service_overlap: [409, 'Another service has this key during that time.'],
  insufficient_balance: [409, 'The balance does not cover it.'],
  voucher_invalid: [422, 'No voucher has this code, or it was used, revoked or has expired.'],
  coupon_invalid: [422, 'No coupon has this code, or it is not open to this account; `detail` says why.'],
  too_many_attempts: [
    429,
    'Too many wrong codes for this account, or wrong signatures from this address; wait before trying again.',
  ],
  body_too_slow: [408, 'The body did not come, or stopped coming.'],
  payload_too_large: [413, 'The body is larger than the route accepts.'],
  unsupported_media_type: [415, 'The route does not read this content type or encoding.'],
  catalog_invalid: [422, 'The plan files have mistakes; `errors` lists them all, with file and line where known.'],
  mapping_invalid: [422, 'The mapping does not fit the file.'],
  deck_invalid: [422, 'The file of a rate deck has mistakes; `errors` lists them, with line, column and value.'],
  unprocessable: [422, 'The request is well-formed but cannot be carried out.'],
  too_many_requests: [
    429,
    'This key or this tenant has too much under way, or asks too often; try again after the time in Retry-After.',
  ],
  overloaded: [503, 'The queue is full; try again after the time in Retry-After.'],
  engine_unavailable: [
    503,
    'The engine is recovering, another process owns it, or the database cannot be reached; the outcome is unknown: send the same request again.',
  ],
  secrets_unavailable: [
    503,
    'A secret cannot be read, or none can be stored: the key that secrets are encrypted with is missing. `kvit doctor` says more.',
  ],
  internal: [500, 'A fault in Kvit. It was logged under `requestId`.'],
} as const satisfies Record<string, readonly [status: number, meaning: string]>

export type ProblemCode = keyof typeof PROBLEMS

/** A request that is turned down for a reason that the caller gets. Rolls back what the request had begun. */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly extra: Readonly<Record<string, unknown>>

  constructor(code: ProblemCode, detail: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.code = code
    this.extra = extra
  }
}

/**
 * The detail about something that does not exist: `there is no invoice INV-7; GET /v1/invoices (kvit invoice list) shows which there are`.
 * @param command after `kvit`, where there is one.
 */
export function notFound(what: string, list: string, command?: string): Refusal {
  const shown = command === undefined ? '' : ` (kvit ${command})`
  return new Refusal('not_found', `there is no ${what}; GET ${list}${shown} shows which there are`)
}
