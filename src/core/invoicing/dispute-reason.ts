/** Why customers dispute lines, as lists and reports count it. Tenants add their own by the settings `disputes`. */
export const DISPUTE_REASONS: Readonly<Record<string, string>> = {
  wrong_amount: 'The amount or the price is not what was agreed',
  wrong_usage: 'Not so much was used, or by somebody else',
  not_delivered: 'The service was not there, or not all of the time',
  quality: 'The service was not as agreed',
  not_ordered: 'Nobody ordered it, or it was cancelled',
  duplicate: 'It was billed before',
  tax: 'The tax is wrong',
  other: 'Something else: the text says what',
}
