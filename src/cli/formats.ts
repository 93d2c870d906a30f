/**
 * How values of arguments and options are written, by the name of the option, or by what stands for its value in the help.
 * Plain texts need no word.
 */
const FORMATS: Readonly<Record<string, string>> = {
  account: 'an id or key',
  amount: 'such as 12.50',
  boolean: 'true or false',
  change: 'an id out of the timeline',
  count: 'a whole number',
  currency: 'ISO 4217, such as EUR',
  date: 'a day such as 2026-01-31',
  day: 'a day such as 2026-01-31',
  days: 'a whole number',
  decimal: 'such as 12.50',
  file: 'a path',
  folder: 'a path',
  import: 'an id out of "usage imports"',
  instant: 'such as 2026-01-31T12:00:00Z',
  invoice: 'an id or number',
  json: 'JSON text',
  line: 'an id out of "invoice show"',
  minutes: 'a whole number',
  number: 'a whole number',
  path: 'a path',
  percent: 'such as 12.5',
  redemption: 'a key out of "coupon redemptions"',
  service: 'an id or key',
  subject: 'invoice, customer or dispute',
  texts: 'with commas between',
  time: 'such as 2026-01-31T12:00:00Z',
  zone: 'such as Europe/Kyiv',
}

export function formatOf(name: string, placeholder: string): string | undefined {
  if (placeholder === 'reference' && name !== 'account')
    return name === 'reference' ? 'an id, key or number' : 'an id or key'
  return FORMATS[name] ?? FORMATS[placeholder]
}
