import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Decimal } from 'decimal.js'
import { importDeck } from '../src/cli/commands-deck.ts'
import { readMapping } from '../src/cli/usage-import.ts'
import { formatScaled } from '../src/core/base/decimal.ts'
import { roundExact } from '../src/core/base/exact.ts'
import { createZoneClock } from '../src/core/base/zone-clock.ts'
import type { UsagePrice } from '../src/core/catalog/plan.ts'
import { csvRows } from '../src/core/mediation/csv.ts'
import { readDeckFile } from '../src/core/mediation/deck-file.ts'
import { accumulate, emptyAggregate } from '../src/core/rating/accumulate.ts'
import { exactAmount } from '../src/core/rating/charged-amount.ts'
import { compilePrice } from '../src/core/rating/compile-price.ts'
import type { RateElement } from '../src/core/rating/compiled-price.ts'
import { billedCut, billedQuantity } from '../src/core/rating/record-use.ts'
import { compileDeck } from '../src/core/rating/selectors/compiled-deck.ts'
import { NO_RATE } from '../src/core/rating/selectors/no-rate.ts'
import { readPlanFiles } from '../src/modules/catalog/plan-files.ts'
import { SHARED, startKvit } from './harness.ts'

/** A real price list, which is not part of the project: without it these tests say so and are skipped. */
const DATA = join(SHARED, 'data/voip-rate-decks')
const skip = existsSync(DATA) ? false : 'needs the data sets in ../shared/data'
const EXAMPLE = join(import.meta.dirname, '../examples/voip')
const INTERNATIONAL = 'fccn_pt_international_call_rates_2012-09-06.csv'
const SPECIAL = ['ptprime', 'tmn', 'vodafone', 'sonaecom'].map(
  (name) => `fccn_pt_${name}_special_numbers_2012-09-06.csv`,
)
const METER = {
  code: 'call-seconds',
  name: 'Calls',
  eventType: 'call',
  aggregator: 'sum',
  property: 'seconds',
  unit: 's',
  scale: 0,
} as const
const D = Decimal.clone({ precision: 60 })

function elementsOf(file: string): string[][] {
  return [...csvRows(readFileSync(join(DATA, file), 'utf8'), ',')].map(({ cells }) => cells)
}

const amount = (text = ''): Decimal => new D(text.replace(',', '.'))

interface Plain {
  readonly prefix: string
  readonly method: string
  readonly initial: Decimal
  readonly peak: Decimal
  readonly off: Decimal
}

/** The rows of the files as they stand there, special numbers behind the country code. */
function plainRows(special: string): Plain[] {
  const international = elementsOf(INTERNATIONAL).slice(1)
  const own = elementsOf(special).filter(([first]) => !/NOTE|Description/.test(first ?? ''))
  return [
    ...international.map(([, prefix = '', rate]) => ({
      prefix,
      method: '',
      initial: amount('0'),
      peak: amount(rate),
      off: amount(rate),
    })),
    ...own.map(([, pattern = '', method = '', initial, peak, off]) => ({
      prefix: `351${pattern.replaceAll(/x/gi, '')}`,
      method,
      initial: amount(initial),
      peak: amount(peak),
      off: amount(off),
    })),
  ]
}

/** What a call costs, said as the list says it: a scan of all rows, then the rating method in its own words. */
function slowPrice(rows: readonly Plain[], number: string, seconds: number, isPeak: boolean): Decimal | null {
  let found: Plain | null = null
  for (const row of rows)
    if (number.startsWith(row.prefix) && row.prefix.length > (found?.prefix.length ?? 0)) found = row
  if (found === null) return null
  const rate = isPeak ? found.peak : found.off
  const afterFirst = (first: number): Decimal =>
    (found as Plain).initial.plus(rate.div(60).times(Math.max(0, seconds - first)))
  switch (found.method) {
    case '1':
    case 'LocalPT':
      return afterFirst(60)
    case '2':
      return afterFirst(30)
    case '4':
      return afterFirst(1)
    case '8':
      return afterFirst(10)
    case '3':
      return found.initial
    case '6':
      return found.initial.plus(rate.times(Math.ceil(seconds / 60) - 1))
    case '9':
      return rate.times(Math.ceil(seconds / 30))
    case '':
    case 'not applied':
      return rate.div(60).times(seconds)
    default:
      throw new Error(`no such method: ${found.method}`)
  }
}

/** The deck as `kvit deck import` makes it, with the plan of the example. */
async function compileExample(special: string): Promise<ReturnType<typeof compilePrice>> {
  const rows = []
  for (const [mapping, file] of [
    ['international.yaml', INTERNATIONAL],
    ['special-numbers.yaml', special],
  ] as const) {
    const { destination, ...given } = (await readMapping(join(EXAMPLE, mapping))) as Record<string, never>
    const defaults = { skipRows: 0, header: true, skip: [], dates: 'YYYY-MM-DD' } as const
    const read = readDeckFile(readFileSync(join(DATA, file), 'utf8'), {
      ...defaults,
      ...given,
      name: destination,
    } as never)
    assert.deepEqual(read.problems, [])
    rows.push(...read.rows)
  }
  const settings = {
    zone: 'Europe/Lisbon',
    numbers: { international: ['00'], country: '351' },
    columns: ['peak', 'off'],
  }
  const version = { code: 'pt-az', name: 'Portugal', version: 1, effectiveFrom: '2012-09-06', ...settings }
  const text = readFileSync(join(EXAMPLE, 'plans/voip.yaml'), 'utf8')
  const known = { meters: [], schedules: [], decks: new Map([['pt-az', version]]) }
  const { catalog, errors } = readPlanFiles([{ name: 'voip.yaml', text }], known)
  assert.deepEqual(errors, [])
  return compilePrice(catalog.plans[0]?.prices[0] as UsagePrice, 'EUR', METER, {
    deck: compileDeck([{ version, count: rows.length, rows }]),
  })
}

/** Numbers without chance: the same for every run. */
function* randomNumbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

const LISBON = createZoneClock('Europe/Lisbon')
const PEAK = Date.parse('2013-02-06T12:00:00Z')
/** Christmas: a Wednesday. */
const OFF_PEAK = Date.parse('2013-12-25T12:00:00Z')

for (const special of SPECIAL) {
  test(`${special}: calls to thousands of numbers cost what a scan of the list says`, { skip }, async () => {
    const price = await compileExample(special)
    const rows = plainRows(special)
    const random = randomNumbers(7)
    const next = (count: number): number => Math.floor((random.next().value as number) * count)
    const chosen = [...rows.slice(-104), ...Array.from({ length: 400 }, () => rows[next(rows.length)] as Plain)]
    const numbers = [
      ...chosen.map(({ prefix }) => prefix + String(next(10_000))),
      ...chosen.map(({ prefix }) => prefix.slice(0, 1 + next(prefix.length))),
      ...Array.from({ length: 300 }, () => String(next(1_000_000_000) + 1)),
    ]
    let unpriced = 0
    for (const number of numbers) {
      const isPeak = next(2) === 0
      const seconds = 1 + next(400)
      const expected = slowPrice(rows, number, seconds, isPeak)
      const at = price.selector.elementAt(isPeak ? PEAK : OFF_PEAK, LISBON, [`+${number}`])
      if (expected === null) {
        assert.equal(at, NO_RATE, number)
        unpriced++
        continue
      }
      const cell = price.elements[at] as RateElement
      const quantity = billedQuantity(cell, BigInt(seconds))
      const after = accumulate(cell, emptyAggregate(cell), { quantity, sessions: 1n })
      const { numerator, denominator, scale } = exactAmount(price, cell, after)
      const charged = new D(String(numerator)).div(String(denominator)).div(new D(10).pow(scale))
      assert.equal(
        charged.toDecimalPlaces(20).toString(),
        expected.toDecimalPlaces(20).toString(),
        `${seconds} s to ${number}, ${isPeak ? 'peak' : 'off'}`,
      )
    }
    if (special === SPECIAL[0]) {
      // 0.1142 a minute, and at most 2.8921 a call: the last second costs what 1519 of them leave of it.
      const cell = price.elements[price.selector.elementAt(PEAK, LISBON, ['16209'])] as RateElement
      const costOf = (seconds: bigint): string => {
        const quantity = billedQuantity(cell, seconds)
        const use = { quantity, sessions: 1n, cut: billedCut(cell, quantity) }
        return formatScaled(roundExact(exactAmount(price, cell, accumulate(cell, emptyAggregate(cell), use)), 6), 6)
      }
      assert.deepEqual([60n, 1519n, 1520n, 7200n].map(costOf), ['0.114200', '2.891163', '2.892100', '2.892100'])
    }
    assert.ok(unpriced > 50 && unpriced < numbers.length / 2)
  })
}

test('the whole list with its special numbers is imported by the command, and answers look-ups', { skip }, async () => {
  const { client } = await startKvit('voip', '2013-01-01T12:00:00Z')
  const deck = async (mapping: string, file: string, add: boolean): ReturnType<typeof importDeck> =>
    importDeck(client, join(DATA, file), { mapping: join(EXAMPLE, mapping), effectiveFrom: '2012-09-06', add })
  const first = await deck('international.yaml', INTERNATIONAL, false)
  assert.deepEqual([first['rows'], first['skipped'], first['repeated']], [11_894, 0, 0])
  const second = await deck('special-numbers.yaml', SPECIAL[0] as string, true)
  assert.deepEqual([second['rows'], second.counts['added'], second['skipped']], [11_894 + 104, 104, 17])
  await client.post('/v1/catalog', {
    files: [{ name: 'voip.yaml', text: readFileSync(join(EXAMPLE, 'plans/voip.yaml'), 'utf8') }],
  })
  const found = await client.get('/v1/rate-decks/pt-az/lookup?number=707200100')
  assert.deepEqual([found['prefix'], found['destination']], ['3517072', 'Serviço de Acesso Universal PT'])
  const abroad = await client.get('/v1/rate-decks/pt-az/lookup?number=00931234')
  assert.deepEqual(
    [abroad['prefix'], abroad['destination'], abroad['rates']],
    ['93', 'Afghanistan', { peak: '0.1175', off: '0.1175' }],
  )
})
