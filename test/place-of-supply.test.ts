/** How supplies are taxed and why: a table of cases, each with the rule that decides and the text that the document has. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decideTax, type TaxDecision, type Undecided } from '../src/core/tax/decide-tax.ts'
import { rateTable } from '../src/core/tax/rates/rate-table.ts'
import { SHIPPED_RATES } from '../src/core/tax/rates/shipped-rates.ts'
import { TAX_RULES } from '../src/core/tax/rules/all-rules.ts'
import { LEGAL_TEXTS } from '../src/core/tax/rules/legal-texts.ts'
import type { Buyer } from '../src/core/tax/supply.ts'
import { ELSEWHERE } from './tax-scenarios/elsewhere.ts'
import {
  business,
  canadian,
  consumer,
  OSS,
  OWN,
  registered,
  type Scenario,
  seller,
  texan,
} from './tax-scenarios/scenario.ts'
import { WITHIN_THE_UNION } from './tax-scenarios/within-the-union.ts'

const RATES = rateTable(SHIPPED_RATES, OWN)
const SCENARIOS = [...WITHIN_THE_UNION, ...ELSEWHERE]

function decide({ seller, buyer, taxClass, on, deliveredTo, language }: Omit<Scenario, 'expected' | 'says'>) {
  const supply = {
    seller,
    buyer,
    taxClass: taxClass ?? 'telecom',
    suppliedOn: on ?? '2026-11-29',
    currency: seller.place.country === 'RO' ? 'RON' : 'EUR',
    deliveredTo,
  }
  return decideTax(supply, RATES, language)
}

function told(decision: TaxDecision | Undecided): unknown {
  if ('undecided' in decision) return decision.undecided
  const { rule, category, taxes, legal } = decision
  const written = taxes.map(({ name, percent, perUnit, place }) => `${name} ${percent ?? `${perUnit} a unit`} ${place}`)
  const article = legal === null ? null : `${legal.text} (${legal.reference ?? 'no article'})`
  return [rule, category, written.join(' + '), legal?.vatex ? `${article} ${legal.vatex}` : article]
}

for (const scenario of SCENARIOS)
  test(`place of supply: ${scenario.says}: ${scenario.expected[0]}`, () => {
    assert.deepEqual(told(decide(scenario)), scenario.expected)
  })

test('the scenarios ask every rule and use every legal text', () => {
  const rules = new Set(SCENARIOS.map(({ expected }) => expected[0]))
  assert.deepEqual(rules, new Set(TAX_RULES.map(({ id }) => id)))
  assert.deepEqual(new Set(TAX_RULES.flatMap(({ legal }) => legal ?? [])), new Set(Object.keys(LEGAL_TEXTS)))
})

test('every legal text is there in the languages that documents are in', () => {
  for (const [id, { texts }] of Object.entries(LEGAL_TEXTS))
    assert.deepEqual(
      ['en', 'uk', 'ru'].filter((language) => !(language in texts)),
      [],
      id,
    )
})

test('every decision says why in a whole sentence, without a gap', () => {
  for (const scenario of SCENARIOS) {
    const decision = decide(scenario)
    assert.ok('why' in decision && decision.why.length > 20 && !/[{}]|\(\)|undefined|null/.test(decision.why))
  }
})

const UNDECIDED: readonly (readonly [Omit<Scenario, 'expected' | 'says'>, RegExp])[] = [
  [
    { seller: seller('DE', { registrations: [] }), buyer: consumer('DE') },
    /no registration for tax in DE on 2026-11-29/,
  ],
  [
    { seller: seller('DE', { registrations: [registered('DE', { until: '2026-11-29' })] }), buyer: consumer('DE') },
    /no registration/,
  ],
  [{ seller: seller('DE'), buyer: consumer('FR') }, /neither a registration in FR nor the one-stop shop/],
  [
    { seller: seller('DE'), buyer: business('FR') },
    /a buyer without a valid tax id of its country counts as a consumer: .* neither a registration in FR/,
  ],
  [
    { seller: seller('DE', { oneStopShop: OSS }), buyer: consumer('FR', { evidence: [] }) },
    /only one piece says that the consumer is in FR/,
  ],
  [
    {
      seller: seller('DE', { oneStopShop: OSS }),
      buyer: consumer('FR', { evidence: [{ kind: 'ip', country: 'DE' }] }),
    },
    /does not agree: address FR, ip DE/,
  ],
  [{ seller: seller('DE'), buyer: consumer('DE'), taxClass: 'books' }, /"books" is no tax class/],
  [
    { seller: seller('DK'), buyer: consumer('DK'), taxClass: 'reduced_goods' },
    /no rate is known in DK for the tax class "reduced_goods"/,
  ],
  [{ seller: seller('DE'), buyer: consumer('DE'), on: '1998-03-31' }, /no registration/],
  [
    {
      seller: seller('DE', { registrations: [registered('DE', { from: '1990-01-01' })] }),
      buyer: consumer('DE'),
      on: '1998-03-31',
    },
    /no rate is known in DE .* the first from 1983-07-01 on/,
  ],
  [
    { seller: texan, buyer: consumer('US', { place: { country: 'US', region: 'TX' } }), taxClass: 'general' },
    /no rate is known in US\/TX/,
  ],
  [{ seller: texan, buyer: consumer('US'), taxClass: 'goods' }, /the region of US is needed to know the tax/],
  [{ seller: canadian, buyer: consumer('CA') }, /the region of CA is needed/],
  [
    {
      seller: seller('CA', { registrations: [registered('CA', { kind: 'pst', region: 'BC' })] }),
      buyer: consumer('CA', { place: { country: 'CA', region: 'BC' } }),
    },
    /no registration for tax in CA\/BC/,
  ],
  [{ seller: seller('BR'), buyer: consumer('BR') }, /no rate is known for BR: add rows of your own/],
]

test('nothing is guessed: what is missing is said in a sentence, and there is no tax of nought instead', () => {
  for (const [scenario, sentence] of UNDECIDED) {
    const decision = decide(scenario)
    assert.ok('undecided' in decision, JSON.stringify(decision))
    assert.match(decision.undecided, sentence)
  }
})

test('a member of the Union is one from the day on which it came, and until the day on which it left', () => {
  const ruleOn = (country: string, taxId: string, on: string): unknown => {
    const decision = decide({ seller: seller('DE'), buyer: business(country, taxId), taxClass: 'goods', on })
    return 'rule' in decision ? decision.rule : decision.undecided
  }
  const inside = 'intra_community_supply'
  for (const [country, taxId, last, before, first, after] of [
    ['PL', 'PL8567346215', '2004-04-30', 'export_of_goods', '2004-05-01', inside],
    ['HR', 'HR33392005961', '2013-06-30', 'export_of_goods', '2013-07-01', inside],
    ['GB', 'GB980780684', '2020-12-31', inside, '2021-01-01', 'export_of_goods'],
  ] as const)
    assert.deepEqual([ruleOn(country, taxId, last), ruleOn(country, taxId, first)], [before, after], country)
})

test('a tax of a province is charged by who is registered for it there, and not for something else', () => {
  const registrations = [registered('CA', { kind: 'gst', region: 'BC' })]
  const buyer = consumer('CA', { place: { country: 'CA', region: 'BC' } })
  assert.deepEqual(told(decide({ seller: seller('CA', { registrations }), buyer })), [
    'gst_and_pst',
    'S',
    'GST 5 CA',
    null,
  ])
})

test('two pieces of evidence that agree outweigh a third; a SIM card says alone where a phone is', () => {
  const at = (evidence: Buyer['evidence']): unknown =>
    told(decide({ seller: seller('DE', { oneStopShop: OSS }), buyer: consumer('FR', { evidence }) }))
  const inFrance = ['one_stop_shop', 'S', 'VAT 20 FR', null]
  assert.deepEqual(
    at([
      { kind: 'ip', country: 'DE' },
      { kind: 'card', country: 'FR' },
    ]),
    inFrance,
  )
  assert.deepEqual(at([{ kind: 'sim', country: 'IT' }]), ['one_stop_shop', 'S', 'VAT 22 IT', null])
  assert.deepEqual(
    at([
      { kind: 'ip', country: 'DE' },
      { kind: 'card', country: 'DE' },
    ]),
    ['domestic', 'S', 'VAT 19 DE', null],
  )
})

test('own rows take the place of shipped ones of the same place, tax and class, and of no others', () => {
  const own = rateTable(SHIPPED_RATES, [
    { country: 'DE', tax: 'vat', class: 'standard', from: '2030-01-01', percent: '20' },
  ])
  const on = (suppliedOn: string, taxClass: string): unknown =>
    told(decideTax({ seller: seller('DE'), buyer: consumer('DE'), taxClass, suppliedOn, currency: 'EUR' }, own))
  assert.deepEqual(on('2030-01-01', 'telecom'), ['domestic', 'S', 'VAT 20 DE', null])
  assert.match(String(on('2029-12-31', 'telecom')), /no rate is known/)
  assert.deepEqual(on('2029-12-31', 'reduced_goods'), ['domestic', 'S', 'VAT 7 DE', null])
})
