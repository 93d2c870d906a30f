// Written by tools/sdk out of what the server says of its API: change the routes, then `KVIT_WRITE_SDK=1 ./kvit test test/openapi.test.ts`.

export const API_VERSION = '2026-11-29'

/** Codes of problems that this version knows; others may come. */
export type ProblemCode =
  | 'invalid_request'
  | 'invalid_json'
  | 'idempotency_key_required'
  | 'unauthenticated'
  | 'sign_in_failed'
  | 'second_factor_required'
  | 'link_invalid'
  | 'signature_invalid'
  | 'forbidden'
  | 'tenant_required'
  | 'not_found'
  | 'conflict'
  | 'already_exists'
  | 'idempotency_conflict'
  | 'offset_mismatch'
  | 'clock_goes_back'
  | 'service_overlap'
  | 'insufficient_balance'
  | 'voucher_invalid'
  | 'coupon_invalid'
  | 'too_many_attempts'
  | 'body_too_slow'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'catalog_invalid'
  | 'mapping_invalid'
  | 'deck_invalid'
  | 'unprocessable'
  | 'too_many_requests'
  | 'overloaded'
  | 'engine_unavailable'
  | 'secrets_unavailable'
  | 'internal'

/** Writes that are not sent again when it is not known what they did. */
export const SENT_ONCE: readonly string[] = [
  'post /pay/{token}',
  'post /unsubscribe/{token}',
  'post /v1/accounts/{reference}/payment-links',
  'post /v1/callbacks/{tenant}/mail-bounces',
  'post /v1/callbacks/{tenant}/notification-channels/{channel}',
  'post /v1/callbacks/{tenant}/payment-gateways/{gateway}',
  'post /v1/callbacks/{tenant}/payment-notices',
  'post /v1/callbacks/{tenant}/peppol',
  'post /v1/callbacks/{tenant}/terminals/{network}',
  'post /v1/invitation/accept',
  'post /v1/invoices/{reference}/payment-links',
  'post /v1/keys',
  'post /v1/keys/{id}/rotate',
  'post /v1/me/email',
  'post /v1/me/password',
  'post /v1/me/second-factor',
  'post /v1/me/second-factor/confirm',
  'post /v1/me/second-factor/remove',
  'post /v1/notification-channels/{channel}/test',
  'post /v1/password-reset',
  'post /v1/password-reset/complete',
  'post /v1/secret-keys',
  'post /v1/sessions',
  'post /v1/users',
  'post /v1/users/{reference}/password-reset',
  'post /v1/voucher-batches',
  'post /v1/webhook-endpoints',
  'post /v1/webhook-endpoints/{endpoint}/secrets',
]
