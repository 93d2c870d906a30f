import { z } from 'zod'
import { isDay } from '../../core/base/calendar-range.ts'
import { parseDecimal } from '../../core/base/decimal.ts'
import { whole } from '../../modules/catalog/whole.ts'
import { zone } from '../../platform/http/dates.ts'
import { readChecked } from '../checked-yaml.ts'

/** How times of cases are written; without a zone they are those of the account. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?$/
const ZONED_TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

const decimal = z.string().refine((text) => parseDecimal(text) !== null, 'write a plain decimal such as 12.50')
const time = z
  .string()
  .refine(
    (text) => LOCAL_TIME.test(text) || ZONED_TIME.test(text),
    'write a time such as 2026-01-05 10:00, or with its zone: 2026-01-05T10:00:00Z',
  )
const day = z.string().refine(isDay, 'write a day such as 2026-02-01')
const name = z.string().min(1).max(200)
const data = z.record(z.string(), z.union([z.string(), z.boolean()])).default({})

const usage = z.strictObject({
  type: name,
  time,
  end: time.optional(),
  service: name.optional(),
  data,
})
/** What is asked of the charging interface; all of it goes through as it is, but for the time. */
const online = z.looseObject({
  op: z.enum(['event', 'refund', 'start', 'update', 'end']),
  time,
  expect: z.looseObject({}).default({}),
})
const change = z.looseObject({ kind: z.enum(['plan', 'quantity', 'pause', 'resume', 'cancel']), at: time })
const lines = z.record(z.string(), decimal)
const bill = z.strictObject({
  from: day.optional(),
  until: day.optional(),
  lines: lines.optional(),
  total: decimal.optional(),
})
const invoice = z.strictObject({ date: day.optional(), lines: lines.optional(), total: decimal.optional() })

const oneCase = z.strictObject({
  name,
  plan: name,
  addOns: z.array(name).max(20).default([]),
  quantity: whole(0, 1e9).default(1),
  starts: time.default('2026-01-01'),
  /** Fields of the account, as the API has them. */
  account: z.record(z.string(), z.unknown()).default({}),
  /** Money that is paid in before. */
  topUp: decimal.optional(),
  /** By meter: how much is used, as one record when it starts. */
  used: z.record(z.string(), decimal).default({}),
  usage: z.array(usage).max(10_000).default([]),
  online: z.array(online).max(1000).default([]),
  changes: z.array(change).max(100).default([]),
  bill: bill.optional(),
  invoices: z.array(invoice).max(100).optional(),
  balance: decimal.optional(),
  suspended: z.record(z.string(), whole(0, 1e6)).default({}),
  events: z.array(name).optional(),
})

const deck = z.strictObject({ file: name, mapping: name, from: day })

const casesFile = z.strictObject({
  zone: zone.default('UTC'),
  decks: z.array(deck).max(20).default([]),
  cases: z.array(oneCase).min(1).max(1000),
})

export type Case = z.infer<typeof oneCase>
export type CasesFile = z.infer<typeof casesFile>

/** The cases of a file, and the line on which each begins. @throws Error that names every mistake with file and line. */
export function readCases(name: string, text: string): CasesFile & { readonly lineOf: (index: number) => number } {
  const { value, document } = readChecked(name, text, casesFile, { nameOf, keysAt })
  const lineOf = (index: number): number => document.locate({ path: ['cases', index], message: '' }).line
  return { ...value, lineOf }
}

/** `"quantity"`; of the second of several usages `"usage" 2`. */
function nameOf(path: readonly (string | number)[]): string {
  const last = path.at(-1)
  return typeof last === 'number' ? `"${String(path.at(-2))}" ${last + 1}` : `"${last ?? 'cases'}"`
}

/** What may stand in the part of a file that a path leads to. */
function keysAt(path: readonly (string | number)[]): readonly string[] {
  const at = path.filter((step) => typeof step === 'string').at(-1)
  if (at === undefined) return Object.keys(casesFile.shape)
  const shapes = { cases: oneCase, decks: deck, usage, bill, invoices: invoice }
  return Object.keys(shapes[at as keyof typeof shapes]?.shape ?? {})
}
