import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPlanFiles } from '../src/modules/catalog/plan-files.ts'

const METERS = `meters:
  - { code: kwh, name: Energy, eventType: reading, aggregator: sum, property: energy, unit: kWh, scale: 3 }
`
const plan = (price: string, currency = 'EUR'): string => `${METERS}plans:
  - code: home
    name: Home
    currency: ${currency}
    prices:
${price
  .trim()
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
`
const priced = (rate: string): string => `- kind: usage
  code: energy
  name: Energy
  meter: kwh
  ${rate}`

/** Each mistake, and what its editor is told: the line in the file, and what would be right. */
const MISTAKES: readonly (readonly [title: string, text: string, line: number, told: RegExp])[] = [
  [
    'tiers in the wrong order',
    plan(
      priced(
        `rate:\n    model: graduated\n    tiers:\n      - { upTo: 200, unitAmount: 1 }\n      - { upTo: 100, unitAmount: 2 }\n      - { upTo: null, unitAmount: 3 }`,
      ),
    ),
    16,
    /tiers must rise: upTo is 100, it should be more than 200/,
  ],
  [
    'a closed last tier',
    plan(priced(`rate: { model: volume, tiers: [ { upTo: 5, unitAmount: 1 } ] }`)),
    12,
    /write upTo: null/,
  ],
  [
    'overlapping bands',
    plan(
      priced(
        `bands:\n    - { name: day, from: "07:00", to: "20:00", rate: { model: per_unit, unitAmount: 2 } }\n    - { name: night, from: "19:00", to: "07:00", rate: { model: per_unit, unitAmount: 1 } }`,
      ),
    ),
    14,
    /band "night" overlaps band "day" at mon 19:00/,
  ],
  [
    'a gap between bands',
    plan(priced(`bands:\n    - { name: day, from: "07:00", to: "20:00", rate: { model: per_unit, unitAmount: 2 } }`)),
    12,
    /no band covers mon 00:00; widen a band or add "otherwise"/,
  ],
  [
    'an unknown currency',
    plan(priced(`rate: { model: per_unit, unitAmount: 1 }`), 'eur'),
    6,
    /unknown currency "eur"; write EUR/,
  ],
  [
    'a typo in a key',
    plan(priced(`rate: { model: per_unit, unitAmont: 1 }`)),
    12,
    /unknown key "unitAmont"; did you mean "unitAmount"\?/,
  ],
  [
    'an unknown model',
    plan(priced(`rate: { model: gradated, tiers: [] }`)),
    12,
    /did you mean "graduated"\?; one of: per_unit, graduated, volume, /,
  ],
  [
    'a currency without a price',
    plan(priced(`rate: { model: per_unit, unitAmount: 1 }`)).replace(
      'currency: EUR',
      'currency: EUR\n    currencies:\n      USD: {}',
    ),
    8,
    /in USD these have no price: "energy"/,
  ],
  [
    'a field that the price does not have, in another currency',
    plan(priced(`rate: { model: per_unit, unitAmount: 1 }`)).replace(
      'currency: EUR',
      'currency: EUR\n    currencies:\n      USD:\n        energy: { amount: 1 }',
    ),
    9,
    /of a price of kind usage: rate, bands/,
  ],
  [
    'an unknown meter',
    plan(priced(`rate: { model: per_unit, unitAmount: 1 }`).replace('meter: kwh', 'meter: kwhh')),
    11,
    /unknown meter "kwhh"; did you mean "kwh"\?/,
  ],
  [
    'an amount that is no decimal',
    plan(priced(`rate: { model: per_unit, unitAmount: "1,5" }`)),
    12,
    /"1,5" is no plain decimal: write one such as "0\.14228"/,
  ],
  [
    'a tier finer than the meter',
    plan(priced(`rate: { model: package, amount: 1, size: 0.0001 }`)),
    12,
    /more digits than meter "kwh"/,
  ],
  [
    'two prices of one code',
    plan(
      `${priced('rate: { model: per_unit, unitAmount: 1 }')}\n${priced('rate: { model: per_unit, unitAmount: 1 }')}`,
    ),
    14,
    /used twice/,
  ],
  ['no way of pricing', plan(priced('per: 1000')), 8, /exactly one of rate, bands, schedule, matrix and deck/],
  ['broken YAML', `${METERS}plans:\n  - code: [`, 4, /Flow sequence|flow/i],
]

for (const [title, text, line, told] of MISTAKES) {
  test(`an editor who writes ${title} is told file, line and what would be right`, () => {
    const { errors } = readPlanFiles([{ name: 'home.yaml', text }], { meters: [], schedules: [] })
    assert.ok(errors.length > 0)
    assert.equal(errors[0]?.file, 'home.yaml')
    assert.match(errors.map(({ message }) => message).join('\n'), told)
    assert.equal(errors.find(({ message }) => told.test(message))?.line, line)
  })
}

test('a number keeps the digits it is written with', () => {
  const text = plan(priced(`rate: { model: per_unit, unitAmount: 0.10000000000000000001 }`))
  const { catalog, errors } = readPlanFiles([{ name: 'home.yaml', text }], { meters: [], schedules: [] })
  assert.deepEqual(errors, [])
  const [price] = catalog.plans[0]?.prices ?? []
  assert.deepEqual(price?.kind === 'usage' ? price.rate : undefined, {
    model: 'per_unit',
    unitAmount: '0.10000000000000000001',
  })
})
