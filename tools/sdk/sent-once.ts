import type { Api } from './description.ts'

/**
 * Writes that keep no answer by an `Idempotency-Key`, and have one effect all the same, however often they are sent: by a key, an id
 * or a code of their own, by the state of what they change, or since they change nothing. Each was looked at; a route that is not
 * here and takes no key is not sent again by the clients when it is not known what it did.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  // A key of their own in the body, or in the address.
  'post /v1/adjustments',
  'post /v1/balance-transfers',
  'post /v1/cash-desks/{key}/receipts',
  'post /v1/enforcement-targets',
  'post /v1/one-off-invoices',
  'post /v1/payment-methods',
  'post /v1/promised-credits',
  'post /v1/re-ratings',
  'post /v1/referrals',
  'post /v1/tenants',
  'post /v1/top-ups',
  'post /v1/unit-sales',
  'post /v1/usage-corrections',
  'post /v1/usage-imports',
  'post /v1/usage-imports/{id}/chunks',
  'post /v1/usage-imports/{id}/retract',
  // Records and requests with ids.
  'post /v1/charging',
  'post /v1/charging/batch',
  'post /v1/cloudevents',
  'post /v1/usage',
  // What is done already is not done again.
  'patch /v1/me',
  'patch /v1/suspense/{id}',
  'patch /v1/tenants/{name}',
  'post /v1/adjustments/{id}/approve',
  'post /v1/adjustments/{id}/reject',
  'post /v1/approval-requests/{id}/approve',
  'post /v1/approval-requests/{id}/reject',
  'post /v1/bill-runs',
  'post /v1/cash-receipts/{reference}/cancel',
  'post /v1/drafts/{reference}/issue',
  'post /v1/dunning-runs',
  'post /v1/journal/archive',
  'post /v1/late-charges',
  'post /v1/pro-forma-invoices/{reference}/invoice',
  'post /v1/re-ratings/{id}/approve',
  'post /v1/re-ratings/{id}/cancel',
  'post /v1/suspense/recycle',
  'post /v1/suspense/write-off',
  'post /v1/terminal-payments/{id}/cancel',
  'post /v1/top-ups/{reference}/reversal',
  'post /v1/usage-imports/{id}/refusal',
  'post /v1/vouchers/redeem',
  // Nothing is kept.
  'post /v1/brand-previews',
  'post /v1/charging/advice',
  'post /v1/notice-previews',
  'post /v1/plans/{code}/simulate',
])

/** Writes that a client sends once: `post /v1/keys`. PUT and DELETE mean the same however often they are sent. */
export function sentOnce({ routes }: Pick<Api, 'routes'>): string[] {
  return routes
    .filter(({ method, takesKey }) => (method === 'post' || method === 'patch') && !takesKey)
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !HARMLESS.has(name))
}

/** Names of `HARMLESS` that are no route any more, or take a key by now. */
export function harmlessWithout({ routes }: Pick<Api, 'routes'>): string[] {
  const unkeyed = new Set(routes.filter(({ takesKey }) => !takesKey).map(({ method, path }) => `${method} ${path}`))
  return [...HARMLESS].filter((name) => !unkeyed.has(name))
}
