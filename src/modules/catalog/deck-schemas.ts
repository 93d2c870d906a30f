import { z } from 'zod'
import { isDay } from '../../core/base/calendar-range.ts'
import { parseDecimal } from '../../core/base/decimal.ts'
import { suggestSpelling } from '../../core/base/suggest-spelling.ts'
import { zone } from '../../platform/http/dates.ts'

const code = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,63}$/, 'a code has lower-case letters, digits, ".", "_" and "-", at most 64')
const column = z.string().min(1).max(200)
const digits = z.string().regex(/^\d{1,6}$/, 'write digits such as "00"')
const factor = z.string().refine((text) => parseDecimal(text) !== null, 'write a plain decimal such as "0.01"')
const source = z.union([
  z.strictObject({ column, factor: factor.optional(), none: z.array(z.string()).max(100).optional() }),
  z.strictObject({ value: z.string().min(1).max(200) }),
])
const rates = z.record(z.string().min(1).max(40), source)
const ofCalls = {
  connectionFee: source.optional(),
  increments: source.optional(),
  freePerSession: source.optional(),
  maximumCost: source.optional(),
}
/** How often the rate of a call changes in the course of it. */
const MAX_STEPS = 20
const terms = {
  ...ofCalls,
  steps: z
    .array(z.strictObject({ after: source, rates }))
    .min(1)
    .max(MAX_STEPS)
    .optional(),
  columns: z.record(z.string().min(1).max(40), z.strictObject(ofCalls)).optional(),
}

/** A mapping file: what deck the rows of a carrier's file make, and which column is what. */
const deckMapping = z
  .strictObject({
    code,
    name: z.string().min(1).max(200),
    zone: zone.default('UTC'),
    numbers: z
      .strictObject({
        international: z.array(digits).max(10).default(['00']),
        trunk: digits.optional(),
        country: digits.optional(),
      })
      .default({ international: ['00'] }),
    delimiter: z.string().length(1).optional(),
    decimal: z.enum(['point', 'comma', 'either']).default('point'),
    grouping: z.enum(['.', ',', ' ', "'"]).optional(),
    skipRows: z.coerce.number().int().min(0).max(1000).default(0),
    header: z.boolean().default(true),
    skip: z.array(z.strictObject({ column, values: z.array(z.string()).min(1).max(100) })).default([]),
    dates: z.enum(['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY']).default('YYYY-MM-DD'),
    prefix: z.strictObject({ column, before: digits.optional(), country: column.optional() }),
    destination: source,
    rates: rates.refine((given) => Object.keys(given).length > 0, 'a deck has at least one column of rates'),
    from: source.optional(),
    until: source.optional(),
    ...terms,
    methods: z
      .strictObject({ column, rules: z.record(z.string(), z.strictObject({ rates: rates.optional(), ...terms })) })
      .optional(),
  })
  .superRefine((mapping, context) => {
    const columns = Object.keys(mapping.rates)
    for (const [path, name] of columnsNamed(mapping)) {
      if (columns.includes(name)) continue
      const message = `the deck has no column of rates "${name}"${suggestSpelling(name, columns)}`
      context.addIssue({ code: 'custom', message, path: [...path, name] })
    }
  })

interface NamingColumns {
  readonly rates?: object | undefined
  readonly steps?: readonly { readonly rates: object }[] | undefined
  readonly columns?: object | undefined
  readonly methods?: { readonly rules: Readonly<Record<string, NamingColumns>> } | undefined
}

/** Every place of a mapping that names a column of rates. */
function* columnsNamed({ rates, steps = [], columns = {}, methods }: NamingColumns): Generator<[string[], string]> {
  for (const name of Object.keys(rates ?? {})) yield [['rates'], name]
  for (const name of Object.keys(columns)) yield [['columns'], name]
  for (const [at, step] of steps.entries())
    for (const name of Object.keys(step.rates)) yield [['steps', String(at), 'rates'], name]
  for (const [value, rule] of Object.entries(methods?.rules ?? {}))
    for (const [path, name] of columnsNamed(rule)) yield [['methods', 'rules', value, ...path], name]
}

const day = z.string().refine(isDay, 'write a day as "2026-02-10"')

export const deckImport = z.strictObject({
  mapping: deckMapping,
  effectiveFrom: day.describe('From this day on the version is in force'),
  mode: z
    .enum(['replace', 'add'])
    .default('replace')
    .describe('add: the version in force on that day, with these prefixes added or replaced'),
  file: z.strictObject({ name: z.string().min(1).max(200), text: z.string() }),
  dryRun: z.boolean().default(false),
})

export type DeckImport = z.infer<typeof deckImport>
