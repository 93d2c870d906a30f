import { z } from 'zod'
import { amountFault, MOST_AT_ONCE, parseDecimal } from '../../core/base/decimal.ts'
import { checkMeter } from '../../core/catalog/check-meter.ts'
import { AGGREGATORS, BAND_DAYS, type Meter, WEEKDAYS } from '../../core/catalog/plan.ts'
import { TAX_CLASS_CODES } from '../../core/tax/tax-classes.ts'
import { instant } from '../../platform/http/dates.ts'
import { writtenMetadata } from '../../platform/http/metadata.ts'
import { filter, holidays, property, value } from './selector-schemas.ts'
import { spendSchemas } from './spend-schemas.ts'
import { whole } from './whole.ts'

const code = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,63}$/, 'a code has lower-case letters, digits, ".", "_" and "-", at most 64')
const name = z.string().min(1).max(200)
const isDecimal = (text: string): boolean => parseDecimal(text) !== null

/** YAML numbers arrive as their text, so that 0.1 is one tenth. */
const amount = z.string().refine(isDecimal, {
  error: ({ input }) =>
    `${JSON.stringify(String(input).slice(0, 40))} is no plain decimal: write one such as "0.14228"`,
})
const quantity = z
  .string()
  .refine(
    (text) => isDecimal(text) && !text.startsWith('-'),
    'write a plain decimal that is not negative, such as "100"',
  )
/** What a balance is opened with. */
const balance = quantity.refine((text) => amountFault(text) === null, `at most ${MOST_AT_ONCE} (10^15)`)
const per = z.string().regex(/^[1-9]\d{0,17}$/, 'write a whole number such as "1000000"')
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a time as "HH:MM"')
/** Nobody maintains a tariff of more tiers or bands by hand; a limit keeps checking cheap. */
const MAX_PARTS = 1000

const MAX_PHASES = 20

const names = z.array(z.string().min(1).max(200)).min(1).max(100)
const modifiers = {
  freeUnits: quantity.optional(),
  increments: z.strictObject({ first: quantity, next: quantity }).optional(),
  freePerSession: quantity.optional(),
  maximumCost: z.strictObject({ amount: quantity, afterwards: z.enum(['free', 'disconnect']) }).optional(),
  connectionFee: amount.optional(),
  perRecord: z
    .strictObject({
      scale: whole(0, 12).optional(),
      mode: z.enum(['half_up', 'half_even', 'up', 'down']).optional(),
      minimum: quantity.optional(),
      maximum: quantity.optional(),
    })
    .optional(),
  discountPercent: quantity.optional(),
  maximum: quantity.optional(),
}
const upTo = quantity.nullable()
const tier = z.strictObject({
  upTo,
  unitAmount: amount.optional(),
  flatAmount: amount.optional(),
  size: quantity.optional(),
})
/** How often the price of a unit changes in the course of a session; each is a line of its own. */
const MAX_STEPS = 20
/** Price lists of models and products are made by programs, and are longer. */
const MAX_MATRIX = 10_000
const parts = <T extends z.ZodType>(part: T, most = MAX_PARTS): z.ZodArray<T> => z.array(part).min(1).max(most)
const flatOnZero = z.boolean().optional()
const beyond = z.literal('no_price').optional()
const tiered = { tiers: parts(tier), flatOnZero, beyond, ...modifiers }
const rate = z.discriminatedUnion('model', [
  z.strictObject({
    model: z.literal('per_unit'),
    unitAmount: amount,
    steps: parts(z.strictObject({ after: quantity, unitAmount: amount }), MAX_STEPS).optional(),
    ...modifiers,
  }),
  z.strictObject({ model: z.literal('graduated'), ...tiered }),
  z.strictObject({ model: z.literal('volume'), ...tiered }),
  z.strictObject({
    model: z.literal('stairstep'),
    tiers: parts(z.strictObject({ upTo, amount })),
    flatOnZero,
    beyond,
    ...modifiers,
  }),
  z.strictObject({ model: z.literal('flat'), amount, flatOnZero, ...modifiers }),
  z.strictObject({ model: z.literal('package'), amount, size: quantity, flatOnZero, ...modifiers }),
  z.strictObject({
    model: z.literal('percentage'),
    percent: amount,
    fixedPerEvent: amount.optional(),
    minimumPerEvent: amount.optional(),
    maximumPerEvent: amount.optional(),
    freeEvents: whole(0, 1e9).optional(),
    freeAmount: quantity.optional(),
    ...modifiers,
  }),
  z.strictObject({
    model: z.literal('graduated_percentage'),
    tiers: parts(z.strictObject({ upTo, percent: amount, flatAmount: amount.optional() })),
    flatOnZero,
    beyond,
    ...modifiers,
  }),
  z.strictObject({ model: z.literal('dynamic'), factor: amount, ...modifiers }),
  z.strictObject({ model: z.literal('cost_plus'), markupPercent: amount, ...modifiers }),
])

const cycle = z.strictObject({
  unit: z.enum(['day', 'week', 'month', 'year']),
  count: whole(1, 1200).default(1),
})
const band = z.strictObject({
  name,
  days: z
    .array(z.enum(BAND_DAYS))
    .min(1)
    .default([...WEEKDAYS]),
  from: clockTime,
  to: clockTime,
  rate,
})

const otherwise = z.strictObject({ name, rate })
const matrix = z.strictObject({
  keys: z.array(property).min(1).max(10),
  rates: parts(
    z.strictObject({
      when: z.record(
        property,
        z.union([value, z.strictObject({ above: quantity.optional(), upTo: quantity.optional() })]),
      ),
      from: instant.optional(),
      until: instant.optional(),
      name: name.optional(),
      rate: rate.optional(),
      bands: parts(band).optional(),
      otherwise: otherwise.optional(),
    }),
    MAX_MATRIX,
  ),
  otherwise: otherwise.optional(),
})
const scheduled = z.strictObject({ code, rates: z.record(z.string().min(1).max(100), rate) })
const { rate: _rate, ...stretch } = band.shape
const column = z.string().min(1).max(40)
const deck = z.strictObject({
  code,
  key: property,
  column: column.optional(),
  bands: parts(z.strictObject({ ...stretch, column })).optional(),
  otherwise: z.strictObject({ name, column }).optional(),
})
/** Of every price: the phases that it is for. */
const ofPhases = { phases: z.array(code).min(1).max(MAX_PHASES).optional() }
/** Of what is charged: how it is taxed. */
const taxClass = z.enum(TAX_CLASS_CODES as [string, ...string[]]).optional()

const price = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('recurring'),
    code,
    name,
    ...ofPhases,
    taxClass,
    amount: amount.optional(),
    rate: rate.optional(),
    every: cycle,
    timing: z.enum(['advance', 'arrears']).default('advance'),
    proration: z.enum(['day', 'second', 'fixed30', 'none']).default('day'),
    seatChanges: z.enum(['next_bill', 'at_once', 'period_end']).optional(),
    whilePaused: z.enum(['free', 'charged']).optional(),
    daily: z.strictObject({ whenShort: z.enum(['block', 'owe']).default('block') }).optional(),
  }),
  z.strictObject({ kind: z.literal('one_off'), code, name, ...ofPhases, taxClass, amount }),
  ...spendSchemas({ code, name, taxClass, quantity, balance, cycle, names }),
  z.strictObject({
    kind: z.literal('allowance'),
    code,
    name,
    ...ofPhases,
    unit: z.string().min(1).max(40),
    amount: balance,
    perSeat: z.boolean().optional(),
    proration: z.enum(['day', 'none']).optional(),
    priority: whole(0, 1000).default(50),
    scope: z.strictObject({ meters: names.optional(), prices: names.optional(), cells: names.optional() }).optional(),
    rollOver: z.strictObject({ limit: quantity.optional() }).optional(),
  }),
  z.strictObject({
    kind: z.literal('usage'),
    code,
    name,
    ...ofPhases,
    taxClass,
    meter: code,
    per: per.optional(),
    convert: z
      .strictObject({
        divideBy: quantity.optional(),
        multiplyBy: quantity.optional(),
        round: z.enum(['up', 'down', 'half_up']).default('up'),
        scale: whole(0, 12).default(0),
      })
      .optional(),
    rate: rate.optional(),
    zone: z.string().optional(),
    holidays: holidays.optional(),
    bands: z.array(band).min(1).max(MAX_PARTS).optional(),
    otherwise: otherwise.optional(),
    schedule: scheduled.optional(),
    matrix: matrix.optional(),
    deck: deck.optional(),
    crossing: z.enum(['split', 'start']).optional(),
    invoiceLine: z.enum(['price', 'rate', 'group']).optional(),
    belowZero: z.enum(['nothing', 'credited']).optional(),
    whenExhausted: z
      .strictObject({
        action: z.enum(['terminate', 'redirect', 'restrict']),
        redirectTo: z.string().min(1).max(1000).optional(),
        kbps: whole(1, 1e9).optional(),
      })
      .optional(),
  }),
])

/** What a further currency, or a negotiation, changes of prices; which fields a price has is checked with its plan. */
const changedPrice = z.strictObject({
  amount: amount.optional(),
  rate: rate.optional(),
  per: per.optional(),
  bands: z.array(band).min(1).max(MAX_PARTS).optional(),
  otherwise: otherwise.optional(),
  schedule: scheduled.optional(),
  matrix: matrix.optional(),
  deck: deck.optional(),
})
export const priceChanges = z.record(code, changedPrice)

export const plan = z.strictObject({
  code,
  name,
  kind: z.enum(['plan', 'add_on']).optional(),
  fits: z.array(code).min(1).max(MAX_PARTS).optional(),
  currency: z.string(),
  phases: z
    .array(z.strictObject({ code, lasts: cycle.nullable() }))
    .min(1)
    .max(MAX_PHASES)
    .optional(),
  prices: z.array(price).min(1).max(MAX_PARTS),
  currencies: z.record(z.string().max(10), priceChanges).optional(),
  translations: z.record(z.string().max(10), z.record(z.string().max(200), name)).optional(),
  metadata: writtenMetadata,
})

/** Properties whose values name a group together. */
const MAX_GROUP_PROPERTIES = 5

export const meter = z
  .strictObject({
    code,
    name,
    eventType: z.string().min(1).max(128),
    aggregator: z.enum(AGGREGATORS),
    property: z.string().min(1).max(128).optional(),
    optional: z.boolean().optional(),
    unit: z.string().min(1).max(40),
    scale: whole(0, 12),
    filter: filter.optional(),
    groupBy: z.union([property, z.array(property).min(1).max(MAX_GROUP_PROPERTIES)]).optional(),
    negative: z.literal('allowed').optional(),
    percentile: quantity.optional(),
    timeUnit: z.enum(['second', 'minute', 'hour', 'day', 'period']).optional(),
    sumMinutes: whole(1, 1440).optional(),
    changes: z.boolean().optional(),
    rollOver: quantity.optional(),
    resets: z.strictObject({ within: quantity }).optional(),
    register: z.string().min(1).max(128).optional(),
    estimated: z
      .strictObject({ property: z.string().min(1).max(128), values: z.array(z.string().max(128)).min(1).max(100) })
      .optional(),
  })
  .superRefine((value, context) => {
    for (const issue of checkMeter(value as Meter))
      context.addIssue({ code: 'custom', ...issue, path: [...issue.path] })
  })

export const schedule = z.strictObject({
  code,
  stepMinutes: whole(1, 44_640),
  zone: z.string(),
  file: z.string().min(1).max(200),
  timeColumn: z.string(),
  valueColumn: z.string(),
})

/** One plan file. Every part is optional, so that meters, schedules and plans may be files of their own. */
export const catalogFile = z.strictObject({
  meters: z.array(meter).max(MAX_PARTS).default([]),
  schedules: z.array(schedule).max(MAX_PARTS).default([]),
  plans: z.array(plan).max(MAX_PARTS).default([]),
})

export type PlanSource = z.infer<typeof plan>
export type ScheduleSource = z.infer<typeof schedule>
