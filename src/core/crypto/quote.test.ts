import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decimal } from '../base/decimal.ts'
import { exact, formatExact } from '../base/exact.ts'
import { formatUnits, parseUnits } from './base-units.ts'
import { CRYPTO_ASSETS, CRYPTO_NETWORKS, confirmationsFor, findAsset, findNetwork } from './networks.ts'
import { decideRate, minorFor, type QuoteTerms, quoteAmount, type RateReading, termsFault, unitsFor } from './quote.ts'

const NOW = 1_000_000
const TERMS: QuoteTerms = {
  minSources: 2,
  maxAgeMs: 60_000,
  maxDeviation: decimal('2'),
  spread: decimal('0'),
  lockMs: 900_000,
}
const says = (source: string, rate: string, ageMs = 0): RateReading => ({
  source,
  rate: decimal(rate),
  atMs: NOW - ageMs,
})

/** What sources say, what the terms are, and the rate or why there is none. */
const RATES: readonly (readonly [string, readonly RateReading[], Partial<QuoteTerms>, string])[] = [
  ['three sources: the middle one', [says('a', '100'), says('b', '101'), says('c', '100.5')], {}, '100.5'],
  ['two sources: their mean, exactly', [says('a', '100.01'), says('b', '100.02')], {}, '100.015'],
  [
    'one is far off: it is left out',
    [says('a', '100'), says('b', '101'), says('c', '250')],
    {},
    '100.5 c far_from_median',
  ],
  [
    'a far one may not tip the median',
    [says('a', '100'), says('b', '100'), says('c', '1')],
    {},
    '100 c far_from_median',
  ],
  [
    'two that disagree: none is believed',
    [says('a', '100'), says('b', '110')],
    {},
    'sources_disagree a far_from_median b far_from_median',
  ],
  ['exactly as far as is allowed counts', [says('a', '98'), says('b', '100'), says('c', '102')], {}, '100'],
  ['a stale one', [says('a', '100'), says('b', '101', 60_001)], {}, 'too_few_sources b stale'],
  ['as old as is allowed', [says('a', '100'), says('b', '101', 60_000)], {}, '100.5'],
  ['from the future', [says('a', '100'), says('b', '101', -1)], {}, 'too_few_sources b not_yet'],
  ['nothing and less', [says('a', '0'), says('b', '-1')], {}, 'too_few_sources a not_positive b not_positive'],
  [
    'one source twice is one source, by its latest word',
    [says('a', '100', 5), says('a', '101'), says('b', '102')],
    {},
    '101.5 a superseded',
  ],
  [
    'of one moment the last word counts',
    [says('a', '100'), says('a', '101'), says('b', '102')],
    {},
    '101.5 a superseded',
  ],
  ['one source twice does not make two', [says('a', '100', 5), says('a', '100')], {}, 'too_few_sources a superseded'],
  ['a spread lowers the rate', [says('a', '200')], { minSources: 1, spread: decimal('0.5') }, '199'],
  ['nobody says anything', [], { minSources: 1 }, 'too_few_sources'],
]

for (const [title, readings, terms, expected] of RATES)
  test(`rate: ${title}`, () => {
    const decision = decideRate(readings, { ...TERMS, ...terms }, NOW)
    const left = decision.evidence.leftOut.map(({ reading, reason }) => ` ${reading.source} ${reason}`).join('')
    assert.equal(`${decision.kind === 'rate' ? formatExact(decision.rate) : decision.reason}${left}`, expected)
    const told = decision.evidence.used.length + decision.evidence.leftOut.length
    assert.ok(decision.kind === 'no_rate' || told === readings.length)
  })

test('an amount is the fewest base units that are worth it, at any rate', () => {
  const positive = fc.bigInt({ min: 1n, max: 10n ** 12n })
  fc.assert(
    fc.property(
      positive,
      positive,
      fc.nat(10),
      fc.integer({ min: 1, max: 7 }),
      fc.constantFrom(0, 6, 8, 18),
      (a, r, s, d, decimals) => {
        const rate = exact(r, s, BigInt(d))
        const units = unitsFor({ coefficient: a, scale: 2 }, decimals, rate)
        // units × r ÷ (d × 10^s × 10^decimals) against a ÷ 100, without rounding on either side.
        const worth = (n: bigint): bigint => n * r * 100n
        const asked = a * BigInt(d) * 10n ** BigInt(s + decimals)
        assert.ok(worth(units) >= asked)
        assert.ok(worth(units - 1n) < asked)
      },
    ),
  )
})

test('49.90 EUR at 94,321.07 EUR for a bitcoin are 52,905 satoshi, and paying them pays 49.90', () => {
  const decision = decideRate([says('kraken', '94321.07')], { ...TERMS, minSources: 1 }, NOW)
  assert.ok(decision.kind === 'rate')
  const quote = quoteAmount(decimal('49.90'), 8, decision, TERMS, NOW)
  // 49.90 ÷ 94321.07 = 0.00052904404…
  assert.equal(quote.due, 52_905n)
  assert.equal(quote.expiresAtMs, NOW + 900_000)
  assert.equal(quote.evidence['sources'], `kraken 94321.07 @${NOW}`)
  assert.equal(minorFor(52_905n, 8, quote, 4990n, 2), 4990n)
  // A satoshi less is 49.8998… EUR: rounded down.
  assert.equal(minorFor(52_904n, 8, quote, 4990n, 2), 4989n)
  assert.equal(minorFor(105_810n, 8, quote, 4990n, 2), 9980n)
})

test('less than the due is never worth more than what was asked for', () => {
  // One base unit is worth 30 cents: 0.31 needs two of them, which are worth 0.60; the due pays 0.31.
  const decision = decideRate([says('a', '0.30')], { ...TERMS, minSources: 1 }, NOW)
  assert.ok(decision.kind === 'rate')
  const quote = quoteAmount(decimal('0.31'), 0, decision, TERMS, NOW)
  assert.deepEqual([quote.due, minorFor(1n, 0, quote, 31n, 2), minorFor(2n, 0, quote, 31n, 2)], [2n, 30n, 31n])
})

test('terms that nobody can keep are refused', () => {
  assert.equal(termsFault(TERMS), null)
  assert.match(String(termsFault({ ...TERMS, minSources: 0 })), /at least one source/)
  assert.match(String(termsFault({ ...TERMS, spread: decimal('100.0') })), /less than 100 per cent/)
  assert.match(String(termsFault({ ...TERMS, spread: decimal('-1') })), /not negative/)
  assert.match(String(termsFault({ ...TERMS, maxDeviation: decimal('-1') })), /not negative/)
  assert.match(String(termsFault({ ...TERMS, lockMs: 0 })), /longer than nothing/)
})

test('amounts are read to the base unit, and nothing finer is rounded', () => {
  const read: readonly (readonly [string, number, bigint | null])[] = [
    ['0.0001379', 8, 13_790n],
    ['.1', 8, 10_000_000n],
    ['1.', 8, 100_000_000n],
    ['1.230000000000000000000', 8, 123_000_000n],
    ['0.000000001', 8, null],
    ['-0.5', 6, -500_000n],
    ['1e8', 8, null],
    ['50,000.00', 8, null],
    ['.', 8, null],
    ['', 8, null],
    ['+1', 8, null],
    ['1.5', 0, null],
  ]
  for (const [text, decimals, units] of read) assert.equal(parseUnits(text, decimals), units, text)
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(18), (units, decimals) =>
      assert.equal(parseUnits(formatUnits(units, decimals), decimals), units),
    ),
  )
})

test('every asset is on a network that there is, with steps of confirmations that rise from nothing', () => {
  for (const { code, network, confirmations, decimals } of CRYPTO_ASSETS) {
    assert.ok(findNetwork(network), code)
    assert.equal(confirmations[0]?.from, 0n, code)
    for (const [at, step] of confirmations.entries()) {
      const before = confirmations[at - 1]
      assert.ok(before === undefined || (before.from < step.from && before.confirmations < step.confirmations), code)
    }
    assert.ok(decimals >= 0 && decimals <= 18)
  }
  for (const rows of [CRYPTO_ASSETS, CRYPTO_NETWORKS])
    assert.equal(new Set(rows.map(({ code }) => code)).size, rows.length)
  const steps = findAsset('btc')?.confirmations ?? []
  assert.deepEqual(
    [0n, 999_999n, 1_000_000n, 99_999_999n, 100_000_000n].map((amount) => confirmationsFor(steps, amount)),
    [1, 1, 3, 3, 6],
  )
})
