/** Every key of plan files, as an editor writes it in YAML, through the loader that publishes; and what is told of keys that are wrong. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { z } from 'zod'
import { MODEL_CODES } from '../src/core/rating/models/models.ts'
import { readPlanFiles } from '../src/modules/catalog/plan-files.ts'
import { catalogFile } from '../src/modules/catalog/schemas.ts'
import { speakPlainly } from '../src/platform/http/schema-words.ts'

// As where plan files are read: the words of the schema are Kvit's own.
speakPlainly()

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
  readonly oneOf?: readonly Shape[]
  readonly anyOf?: readonly Shape[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
}

const ROOT = z.toJSONSchema(catalogFile, { io: 'input', unrepresentable: 'any' }) as Shape

/** Texts that are not amounts: everything else is written as a number without quotes. */
const TEXTS: Readonly<Record<string, unknown>> = {
  code: 'code-1',
  name: 'Name',
  meter: 'code-1',
  key: 'number',
  keys: 'number',
  column: 'peak',
  from: '08:00',
  to: '20:00',
  until: '2026-02-01T00:00:00Z',
  zone: 'UTC',
  days: '2026-12-25',
  eventType: 'call',
  property: 'seconds',
  groupBy: 'model',
  register: 'serial',
  unit: 's',
  file: 'signal.csv',
  timeColumn: 'time',
  valueColumn: 'value',
  currency: 'EUR',
  fits: 'code-1',
  phases: 'code-1',
  counts: 'code-1',
  redirectTo: 'https://shop.example',
}

/** Something that fits a shape, as YAML would have it: every number without quotes. */
function sample(shape: Shape, name: string, isFull: boolean): unknown {
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return shape.enum[0]
  const variants = shape.oneOf ?? shape.anyOf
  if (variants !== undefined) return sample(variants[0] as Shape, name, isFull)
  if (shape.items !== undefined) return [sample(shape.items, name, isFull)]
  if (shape.properties !== undefined) {
    const wanted = Object.entries(shape.properties).filter(([key]) => isFull || shape.required?.includes(key) === true)
    return Object.fromEntries(wanted.map(([key, inner]) => [key, sample(inner, key, isFull)]))
  }
  if (typeof shape.additionalProperties === 'object')
    return { 'code-1': sample(shape.additionalProperties, name, isFull) }
  if (shape.type === 'boolean') return true
  if (shape.type === 'integer') return Math.max(2, shape.minimum ?? 0)
  return name === 'from' && isInstant(shape) ? '2026-01-01T00:00:00Z' : (TEXTS[name] ?? 3)
}

function isInstant(shape: Shape): boolean {
  return JSON.stringify(shape).includes('date-time')
}

/** Every object of the shape, by its path in words, with each of its keys alone beside those that it needs. */
function* everyKey(shape: Shape, path: string): Generator<[title: string, value: unknown, wrap: Shape]> {
  for (const variant of shape.oneOf ?? shape.anyOf ?? [shape]) {
    const label = String(variant.properties?.['model']?.const ?? variant.properties?.['kind']?.const ?? '')
    for (const key of Object.keys(variant.properties ?? {})) {
      const needed = sample(variant, path, false) as Record<string, unknown>
      const value = { ...needed, [key]: sample(variant.properties?.[key] as Shape, key, true) }
      yield [`${path} ${label} ${key}`, value, variant]
    }
  }
}

/** What the schema says of a value that stands in a file as YAML. Rules beyond the shape may still be broken. */
function shapeFaults(file: unknown): string[] {
  const { errors } = readPlanFiles([{ name: 'file.yaml', text: stringify(file) }], { meters: [], schedules: [] })
  return errors
    .map(({ path, message }) => `${path}: ${message}`)
    .filter((text) => /expected|is missing|write a|does not belong|unknown key|Invalid|; one of:/.test(text))
}

const partOf = (name: string): Shape => ROOT.properties?.[name]?.items as Shape
const PRICE = partOf('plans').properties?.['prices']?.items as Shape
const USAGE = PRICE.oneOf?.find(({ properties }) => properties?.['kind']?.const === 'usage') as Shape
const RATE = USAGE.properties?.['rate'] as Shape
const USED = { kind: 'usage', code: 'used', name: 'Used', meter: 'm' }
const planOf = (price: unknown): unknown => ({ plans: [{ code: 'p', name: 'P', currency: 'EUR', prices: [price] }] })

for (const [title, rate] of everyKey(RATE, 'rate'))
  test(`E1: a plan file can say ${title}`, () => {
    assert.deepEqual(shapeFaults(planOf({ ...USED, rate })), [])
  })

for (const [title, price] of everyKey(PRICE, 'price'))
  test(`E1: a plan file can say ${title}`, () => {
    assert.deepEqual(shapeFaults(planOf(price)), [])
  })

for (const name of ['meters', 'schedules', 'plans'])
  for (const [title, part] of everyKey(partOf(name), name))
    test(`E1: a plan file can say ${title}`, () => {
      const told = shapeFaults({ [name]: [part] })
      assert.deepEqual(
        told.filter((text) => !text.startsWith('meters') || text.includes('expected')),
        [],
      )
    })

const METER = `meters:
  - { code: kwh, name: Energy, eventType: reading, aggregator: sum, property: energy, unit: kWh, scale: 3 }
`

function told(...texts: string[]): string[] {
  const files = texts.map((text, at) => ({ name: `${'abc'[at]}.yaml`, text }))
  const { errors } = readPlanFiles(files, { meters: [], schedules: [] })
  return errors.map(({ file, line, path, message }) => `${file}:${line}: ${path}: ${message}`)
}

const plan = (code: string, ...prices: string[]): string => `plans:
  - code: ${code}
    name: Plan
    currency: EUR
    prices:
${prices.map((price) => `      - ${price}`).join('\n')}
`
const usage = (code: string, rate: string, meter = 'kwh'): string =>
  `{ kind: usage, code: ${code}, name: Used, meter: ${meter}, rate: ${rate} }`

const MODELS = MODEL_CODES.join(', ')

test('T2: a model that is misspelt is told with its line, what was meant, and every model that there is', () => {
  const [only, ...more] = told(METER + plan('home', usage('a', '{ model: per_unti, unitAmount: 1 }')))
  assert.deepEqual(more, [])
  assert.equal(
    only,
    `a.yaml:8: plans.0.prices.0.rate.model: unknown model "per_unti"; did you mean "per_unit"?; one of: ${MODELS}`,
  )
})

test('T2: a model that is not named, and a kind that is misspelt', () => {
  const [model, kind] = told(
    METER + plan('home', usage('a', '{ unitAmount: 1 }'), '{ kind: useage, code: b, name: B }'),
  )
  assert.equal(model, `a.yaml:8: plans.0.prices.0.rate.model: "model" is missing; one of: ${MODELS}`)
  assert.match(kind ?? '', /^a\.yaml:9: plans\.0\.prices\.1\.kind: unknown kind "useage"; did you mean "usage"\?/)
})

const MISPLACED: readonly (readonly [rate: string, message: RegExp])[] = [
  [
    '{ model: per_unit, unitAmount: 1, flatOnZero: true }',
    /"flatOnZero" does not belong to the model per_unit; it belongs to the model graduated, the model volume/,
  ],
  [
    '{ model: graduated, tiers: [{ upTo: null, unitAmount: 1, flatOnZero: true }] }',
    /"flatOnZero" does not belong to a tier of the model graduated; it belongs to the model graduated/,
  ],
  [
    '{ model: per_unit, unitAmount: 1, size: 3 }',
    /"size" does not belong to the model per_unit; it belongs to a tier of the model graduated, .*the model package/,
  ],
  [
    '{ model: per_unit, unitAmount: 1, freeEvents: 3 }',
    /"freeEvents" does not belong to the model per_unit; it belongs to the model percentage/,
  ],
  [
    '{ model: per_unit, unitAmount: 1, holidays: {} }',
    /"holidays" does not belong to the model per_unit; it belongs to a price of kind usage/,
  ],
  ['{ model: per_unit, unitAmont: 1 }', /unknown key "unitAmont"; did you mean "unitAmount"\?/],
]

for (const [rate, message] of MISPLACED)
  test(`T3: ${rate} is told where the key is allowed`, () => {
    const errors = told(METER + plan('home', usage('a', rate)))
    assert.match(errors.join('\n'), message)
    assert.match(errors[0] ?? '', /^a\.yaml:8: /)
    assert.doesNotMatch(errors.join('\n'), /did you mean "(flatOnZero|size|freeEvents|holidays)"/)
  })

test('T4: all mistakes of all files are told at once, each once, in the order of their lines', () => {
  const errors = told(
    METER +
      plan(
        'home',
        usage('a', '{ model: per_unti, unitAmount: 1 }'),
        usage('b', '{ model: graduated, tiers: [{ upTo: 5, unitAmount: 1 }, { upTo: 4, unitAmount: 2 }] }', 'kwhh'),
        usage('c', '{ model: percentage, percent: 1, freeEvents: 3.5 }', 'kvh'),
        '{ kind: commitment, code: d, name: D, amount: 5, every: { unit: month }, counts: [a, b, zz] }',
      ).replace('EUR', 'eur'),
    plan('office', usage('a', '{ model: volume, tiers: [{ upTo: 3, unitAmount: 1 }] }', 'gas')),
    'plans: [',
  )
  assert.deepEqual(
    errors.map((error) => error.replace(/; one of.*|; known here.*|, or "beyond.*/, '')),
    [
      'a.yaml:6: plans.0.currency: unknown currency "eur"; write EUR',
      'a.yaml:8: plans.0.prices.0.rate.model: unknown model "per_unti"; did you mean "per_unit"?',
      'a.yaml:9: plans.0.prices.1.meter: unknown meter "kwhh"; did you mean "kwh"?',
      'a.yaml:9: plans.0.prices.1.rate.tiers.1.upTo: the last tier must be open: write upTo: null',
      'a.yaml:9: plans.0.prices.1.rate.tiers.1.upTo: tiers must rise: upTo is 4, it should be more than 5',
      'a.yaml:10: plans.0.prices.2.rate.freeEvents: write a whole number from 0 to 1000000000',
      'a.yaml:10: plans.0.prices.2.meter: unknown meter "kvh"; did you mean "kwh"?',
      'a.yaml:11: plans.0.prices.3.counts.2: no price of this plan charges as "zz"; did you mean "a"?',
      'b.yaml:6: plans.0.prices.0.meter: unknown meter "gas"',
      'b.yaml:6: plans.0.prices.0.rate.tiers.0.upTo: the last tier must be open: write upTo: null',
      errors.at(-1),
    ],
  )
  assert.match(errors.at(-1) ?? '', /^c\.yaml:1: /)
})

test('T4: what names a part that cannot be read makes no mistake of its own', () => {
  const errors = told(
    `meters:\n  - { code: kwh, name: Energy, eventType: reading, aggregator: sum, property: e, unit: kWh, scale: no }\n`,
    plan(
      'home',
      usage('a', '{ model: per_unit, unitAmount: 1 }'),
      '{ kind: one_off, code: b, name: B }',
      '{ kind: allowance, code: c, name: C, unit: kWh, amount: 5 }',
      '{ kind: cap, code: d, name: D, amount: 5, every: { unit: month }, counts: [b] }',
    ),
  )
  assert.deepEqual(errors, [
    'a.yaml:2: meters.0.scale: write a whole number from 0 to 12',
    'b.yaml:7: plans.0.prices.1.amount: "amount" is missing (string)',
  ])
})
