/** Why a record cannot be charged yet, in the order in which they are looked for. Codes are stable. */
export const SUSPENSE_REASONS = {
  bad_json: 'The line is not a JSON object, or a row of CSV has other cells than its header.',
  missing_field: 'A required field is missing or empty.',
  too_long: 'A field is longer than its limit.',
  bad_name:
    'An id, a source, a service or a type has a NUL character or half of a surrogate pair, or begins with a mark of byte order.',
  bad_text: 'A text or a name in `data` has a NUL character or half of a surrogate pair, which nothing can keep.',
  bad_time: 'A time is not RFC 3339 with a zone, or the end is before the start.',
  unknown_meter: 'No meter reads records of this type.',
  bad_quantity: 'A quantity is not a plain decimal number.',
  negative: 'A quantity is below zero.',
  precision_exceeded: "A quantity has more digits than its meter's scale.",
  out_of_range: 'A record’s quantity does not fit 64 bits at its meter’s scale, or a period’s total passes 30 digits.',
  identity_conflict: 'The same source and id arrived before with a different body.',
  future: 'The record is from the future.',
  too_old: "The record is older than the tenant's acceptance window.",
  unknown_service: 'No service of that key exists at that time.',
  no_subscription: 'The service has no subscription at that time.',
  paused: 'The subscription of the service is paused at that time.',
  no_price: 'The plan has no price for this record; no price is never price zero.',
  bad_attribute: 'A property that the price groups by is no text that can name a group.',
  too_many_groups: 'The property that the price groups by has more values in one period than are kept apart.',
} as const

export type SuspenseReason = keyof typeof SUSPENSE_REASONS
