/** Scenarios of place of supply through the door: an issuer, a customer and a price each, and what the invoice says of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { RULE_SETS } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { checkTaxId } from '../src/core/tax/ids/check-tax-id.ts'
import { TAX_ID_FORMATS } from '../src/core/tax/ids/tax-id-formats.ts'
import type { TaxRegistration } from '../src/core/tax/supply.ts'
import { TAX_CLASS_CODES } from '../src/core/tax/tax-classes.ts'
import { readDocument } from './einvoice-examples.ts'
import { checkHolds, startKvit } from './harness.ts'
import { ELSEWHERE } from './tax-scenarios/elsewhere.ts'
import { OWN, type Scenario } from './tax-scenarios/scenario.ts'
import { WITHIN_THE_UNION } from './tax-scenarios/within-the-union.ts'

const { client, request } = await startKvit('scenarios', '2026-12-02T06:00:00Z')

/** What an account has one address for; languages are those of documents. */
const SCENARIOS = [...WITHIN_THE_UNION, ...ELSEWHERE]
  .filter(({ deliveredTo }) => deliveredTo === undefined)
  .map((scenario, at) => ({ ...scenario, key: `s${at}`, currency: currencyOf(scenario) }))

function currencyOf({ seller }: Scenario): string {
  return seller.place.country === 'RO' ? 'RON' : 'EUR'
}

/** A registration whose number is right in form. */
function withNumber(registration: TaxRegistration): TaxRegistration {
  const format = TAX_ID_FORMATS.find(({ country }) => country === registration.country)
  return format === undefined ? registration : { ...registration, number: format.example }
}

const plan = (taxClass: string, currency: string): string => `
  - code: ${taxClass.replaceAll('_', '-')}-${currency.toLowerCase()}
    name: ${taxClass}
    currency: ${currency}
    prices:
      - { kind: one_off, code: once, name: Once, amount: 100, taxClass: ${taxClass} }`
const plans = TAX_CLASS_CODES.flatMap((code) => ['EUR', 'RON'].map((currency) => plan(code, currency)))
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: `plans:${plans.join('')}` }] })
await client.post('/v1/tax-rates', { source: 'rows of the test', asOf: '2026-12-01', rates: OWN })

for (const { key, seller, buyer, taxClass = 'telecom', on = '2026-11-29', language, currency } of SCENARIOS) {
  const { place, standing, registrations, oneStopShop = null, belowThreshold = null } = seller
  await client.post('/v1/issuers', {
    ...{ key, name: key, address: 'Somewhere', invoiceSeries: key.toUpperCase(), postalAddress: place, standing },
    ...{ registrations: registrations.map(withNumber), oneStopShop, belowThreshold },
    taxId: registrations.length === 0 ? '27/123/45678' : null,
  })
  const { kind, certificates, evidence } = buyer
  // One that is mistyped is refused there; as a text for documents it may stand, and counts for nothing.
  const { right: taxIds = [], mistyped: [taxId = null] = [] } = Object.groupBy(buyer.taxIds, (id) =>
    checkTaxId(id, buyer.place.country).isValid ? 'right' : 'mistyped',
  )
  await client.post('/v1/customers', {
    ...{ key, name: key, kind, postalAddress: buyer.place, taxId, taxIds, certificates, evidence },
    language: language === 'uk' || language === 'ru' ? language : 'en',
  })
  await client.post('/v1/accounts', {
    ...{ key, customer: key, issuer: key, currency, zone: 'UTC', cycleAnchor: on, cycleUnit: 'year' },
  })
  const startsAt = `${on}T00:00:00Z`
  await client.post('/v1/subscriptions', {
    ...{ key, account: key, plan: `${taxClass.replaceAll('_', '-')}-${currency.toLowerCase()}`, startsAt },
  })
}
await runBills(client, '2026-12-02')

interface Tax extends Json {
  readonly name: string
  readonly percent: string | null
  readonly perUnit: string | null
  readonly place: string
}
interface Document {
  readonly lines: readonly { readonly tax: readonly (Json & { readonly taxes: readonly Tax[] })[] }[]
  readonly taxes: readonly Tax[]
  readonly notices: readonly string[]
}

for (const { key, says, expected, language } of SCENARIOS)
  test(`an invoice of ${says}: ${expected[0]}`, async () => {
    const [found] = await client.list(`/v1/invoices?account=${key}`)
    const { document } = await client.get<{ document: Document }>(`/v1/invoices/${found?.['id']}`)
    const [tax] = document.lines[0]?.tax ?? []
    const taxes = document.taxes.map(
      ({ name, percent, perUnit, place }) => `${name} ${percent ?? `${perUnit} a unit`} ${place}`,
    )
    const [rule, category, written, legal] = expected
    assert.deepEqual([tax?.['rule'], tax?.['category'], taxes.join(' + ')], [rule, category, written])
    if (language !== undefined && language !== 'en' && language !== 'uk') return
    const notice = legal?.replace(/ VATEX-\S+$/, '').replace(' (no article)', '')
    assert.deepEqual(document.notices, notice === undefined ? [] : [notice])
  })

/** Documents of other taxes than VAT are not of EN 16931. */
const VAT_ONLY = /^(VAT|IGIC|GST|HST) [\d.]+ \S+$/

for (const { key, says, expected } of SCENARIOS)
  test(`the e-invoice of ${says}: ${VAT_ONLY.test(expected[2]) ? expected[1] : 'none'}`, async () => {
    const [found] = await client.list(`/v1/invoices?account=${key}`)
    for (const syntax of ['ubl', 'cii']) {
      const { status, text, json } = await request('GET', `/v1/invoices/${found?.['id']}/einvoice?syntax=${syntax}`)
      if (!VAT_ONLY.test(expected[2])) {
        assert.equal(status, 422)
        assert.match(String(json['detail']), /for which EN 16931 has no place/)
        continue
      }
      assert.equal(status, 200, text)
      const read = readDocument(Buffer.from(text))
      const broken = validate(read, RULE_SETS.en16931).map(({ rule, says: sentence }) => `${rule}: ${sentence}`)
      assert.deepEqual([broken, read.faults, read.unread], [[], [], []])
      const [, category] = expected
      assert.deepEqual(
        read.document.vatBreakdown.map((one) => one.category),
        [category],
      )
    }
  })

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
