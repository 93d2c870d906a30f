/** An engine of tax outside: asked what documents wait for, its answers kept, its silence held or covered by own rules. Amounts by hand. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { FakeAvalara, type FakeJurisdiction } from '../packages/fakes/src/fake-avalara.ts'
import { FakeStripeTax, type FakeStripeTaxPart } from '../packages/fakes/src/fake-stripe-tax.ts'
import { TAX_ENGINE_CONTRACT } from '../packages/fakes/src/tax-engine-contract.ts'
import { avalaraEngine } from '../src/adapters/avalara/avalara-engine.ts'
import { stripeTaxEngine } from '../src/adapters/stripe/stripe-tax-engine.ts'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { CALLS, checkHolds, startKvit } from './harness.ts'

const of = (more: Partial<FakeJurisdiction>): FakeJurisdiction => ({
  ...{ country: 'US', region: 'TX', jurisType: 'State', jurisName: 'TEXAS', taxName: 'TX STATE TAX', taxType: 'Sales' },
  ...{ rate: 0.0625, ...more },
})
const RATES = {
  'US/TX': [of({}), of({ jurisType: 'City', jurisName: 'AUSTIN', taxName: 'TX CITY TAX', rate: 0.02 })],
  CA: [
    of({
      country: 'CA',
      region: 'ON',
      jurisType: 'State',
      jurisName: 'ONTARIO',
      taxName: 'HST',
      taxType: 'GST',
      rate: 0.13,
    }),
  ],
}
const avalara = new FakeAvalara(RATES)
const avalaraUrl = await avalara.listen()
after(async () => avalara.close())

const part = (
  level: FakeStripeTaxPart['jurisdiction']['level'],
  where: string,
  percent: string,
): FakeStripeTaxPart => ({
  jurisdiction: { country: 'US', state: 'TX', level, display_name: where },
  tax_rate_details: { display_name: 'Sales Tax', percentage_decimal: percent, tax_type: 'sales_tax' },
  taxability_reason: 'standard_rated',
})
const stripe = new FakeStripeTax({
  'US/TX/78701': [part('state', 'Texas', '6.25'), part('city', 'Austin', '2.0')],
  'US/TX/73301': [{ ...part('state', 'Texas', '6.25'), taxability_reason: 'portion_standard_rated', share: 80 }],
  'US/TX/99901': [{ ...part('state', 'Texas', '0'), tax_rate_details: null, taxability_reason: 'not_supported' }],
  'US/TX/99902': [part('state', 'Texas', '900')],
  DE: [
    {
      jurisdiction: { country: 'DE', state: null, level: 'country', display_name: 'Germany' },
      ...{ tax_rate_details: null, taxability_reason: 'reverse_charge' },
    },
  ],
})
const stripeUrl = await stripe.listen()
after(async () => stripe.close())

const SELLER = { place: { country: 'US', region: 'TX' }, standing: 'registered', registrations: [] } as const
const BUYER = {
  kind: 'consumer',
  place: { country: 'US', region: 'TX' },
  taxIds: [],
  certificates: [],
  evidence: [],
} as const
const question = {
  seller: SELLER,
  buyer: BUYER,
  deliveredTo: null,
  currency: 'USD',
  taxClass: 'general',
  suppliedOn: '2026-02-01',
}
const { client, request } = await startKvit('outside', '2026-02-01T06:00:00Z', undefined, undefined, {
  ...{ avalaraUrl, stripeUrl },
})
await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: CALLS.replaceAll('EUR', 'USD') }] })
const registrations = [{ country: 'US', region: 'TX', kind: 'sales_tax', number: '12-3456789', from: '2020-01-01' }]
await client.post('/v1/issuers', {
  ...{ key: 'op', name: 'Operator', address: 'Austin', invoiceSeries: 'OP', registrations },
  postalAddress: { country: 'US', region: 'TX' },
})
async function subscriber(key: string, postalAddress: Json): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress })
  const cycle = { currency: 'USD', zone: 'UTC', cycleAnchor: '2026-02-01' }
  await client.post('/v1/accounts', { key, customer: key, issuer: 'op', ...cycle })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-02-01T00:00:00Z' })
  const subscription = { key, account: key, plan: 'basic', alignment: 'calendar' }
  await client.post('/v1/subscriptions', { ...subscription, startsAt: '2026-02-01T00:00:00Z' })
}
interface Taxed extends Json {
  readonly total: string
  readonly document: {
    readonly taxes: readonly { name: string; place: string; percent: string; amount: string }[]
    readonly lines: readonly { tax: readonly { rule: string; why: string }[] }[]
  }
}
async function invoicesOf(account: string): Promise<Taxed[]> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Taxed>(`/v1/invoices/${id}`)))
}
async function waitFor(account: string, count: number): Promise<Taxed[]> {
  for (let looks = 0; looks < 600; looks++) {
    const found = await invoicesOf(account)
    if (found.length >= count) return found
    await setTimeout(100)
  }
  throw new Error(`${account} has no ${count} documents`)
}
const told = ({ document: { taxes } }: Taxed): string[] =>
  taxes.map(({ name, place, percent, amount }) => `${name} ${place} ${percent} ${amount}`)

for (const { rule, check } of TAX_ENGINE_CONTRACT)
  test(`Avalara: ${rule}`, async () => {
    const TROUBLES = { refuses: 'locked', away: 'away', silent: 'silent', strange: 'strange' } as const
    await check(async () => ({
      engine: avalaraEngine(avalaraUrl),
      taxed: { ...question, taxCode: null },
      exempt: { ...question, taxCode: 'NT' },
      breakIt: (how) => {
        avalara.trouble = TROUBLES[how]
      },
    })).finally(() => {
      avalara.trouble = 'none'
    })
  })

const austin = { country: 'US', region: 'TX', city: 'Austin', postcode: '78701' }
for (const { rule, check } of TAX_ENGINE_CONTRACT)
  test(`Stripe Tax: ${rule}`, async () => {
    const TROUBLES = { refuses: 'locked', away: 'away', silent: 'silent', strange: 'strange' } as const
    await check(async () => ({
      engine: stripeTaxEngine(stripeUrl),
      taxed: { ...question, buyer: { ...BUYER, taxAddress: austin }, taxCode: null },
      exempt: { ...question, buyer: { ...BUYER, taxAddress: austin }, taxCode: 'txcd_00000000' },
      breakIt: (how) => {
        stripe.trouble = TROUBLES[how]
      },
    })).finally(() => {
      stripe.trouble = 'none'
    })
  })

test('Stripe Tax: reverse charge is told as such, and a tax on a part of the amount is no answer', async () => {
  const engine = stripeTaxEngine(stripeUrl)
  const as = { account: 'acct', secret: 'a key of it', company: 'DEFAULT' }
  const german = { ...BUYER, kind: 'business' as const, place: { country: 'DE' }, taxIds: ['DE136695976'] }
  const reversed = await engine.decide({ ...question, buyer: german, taxCode: null }, as, AbortSignal.timeout(5_000))
  assert.ok(reversed.outcome === 'decided')
  assert.deepEqual([reversed.taxes, reversed.category, reversed.why], [[], 'AE', 'reverse charge'])
  const { form } = stripe.asked.at(-1) as (typeof stripe.asked)[number]
  assert.deepEqual(
    [form['customer_details[tax_ids][0][type]'], form['customer_details[tax_ids][0][value]'], form['tax_date']],
    ['eu_vat', 'DE136695976', String(Date.UTC(2026, 1, 1, 12) / 1_000)],
  )
  const partly = { ...BUYER, taxAddress: { ...austin, postcode: '73301' } }
  const none = await engine.decide({ ...question, buyer: partly, taxCode: null }, as, AbortSignal.timeout(5_000))
  assert.ok(none.outcome === 'no_answer' && none.reason.startsWith('it taxes a part of the amount'))
  for (const postcode of ['99901', '99902', '99999']) {
    const odd = { ...BUYER, taxAddress: { ...austin, postcode } }
    const answer = await engine.decide({ ...question, buyer: odd, taxCode: null }, as, AbortSignal.timeout(5_000))
    assert.equal(answer.outcome, 'no_answer', `what it does not know at ${postcode} is no tax of nought`)
  }
})

test('what it is asked about waits as a draft, and is issued with its answer; the same is asked once', async () => {
  await client.post(
    '/v1/settings/tax-engine',
    {
      values: { engine: 'avalara', account: '42', countries: ['US'], taxCodes: { general: 'P0000000' } },
      secrets: { licenseKey: 'marker-of-a-secret' },
    },
    'PUT',
  )
  for (const key of ['ann', 'bob'])
    await subscriber(key, { country: 'US', region: 'TX', city: 'Austin', lines: [`${key} street`] })
  await subscriber('kim', { country: 'CA', region: 'ON' })
  const before = avalara.asked.length
  await runBills(client, '2026-02-01')
  const [ann] = (await waitFor('ann', 1)) as [Taxed]
  const [bob] = (await waitFor('bob', 1)) as [Taxed]
  // 10.00 and 6.25 % are 0.625, up to 0.63; 2 % are 0.20.
  assert.deepEqual(
    [ann.total, told(ann)],
    ['10.83', ['TX STATE TAX US/TX 6.25 0.63', 'TX CITY TAX US/TX/AUSTIN 2 0.20']],
  )
  assert.deepEqual(told(bob), told(ann))
  const tax = ann.document.lines[0]?.tax[0]
  assert.equal(tax?.rule, 'outside_engine')
  assert.match(String(tax?.why), /^Avalara says so of general on 2026-02-28 \(order-\d+\)$/)
  const asked = avalara.asked.slice(before)
  assert.equal(asked.length, 1, 'two customers who are alike to the tax are asked about once')
  assert.equal(asked[0]?.authorization, `Basic ${Buffer.from('42:marker-of-a-secret').toString('base64')}`)
  assert.deepEqual(asked[0]?.body.addresses.shipTo, { country: 'US', region: 'TX', city: 'Austin' })
  assert.deepEqual([asked[0]?.body.lines[0]?.amount, asked[0]?.body.lines[0]?.taxCode], [100, 'P0000000'])
  // In another country Kvit decides.
  const [kim] = await invoicesOf('kim')
  assert.notEqual(kim?.document.lines[0]?.tax[0]?.rule, 'outside_engine')
  assert.deepEqual(await checkHolds(client), [])
})

test('as long as it does not answer, documents wait and say so; answered, they are issued', async () => {
  avalara.trouble = 'locked'
  await client.post('/v1/tenants/outside', { clock: '2026-03-01T06:00:00Z' }, 'PATCH')
  await client.post('/v1/usage', [
    { id: '1', source: 's', service: 'ann', type: 'call', time: '2026-02-10T00:00:00Z', data: { minutes: '50' } },
  ])
  await runBills(client, '2026-03-01')
  const [draft] = (await client.list('/v1/drafts?account=ann')) as [Json]
  const [reason] = draft['reasons'] as [Json]
  assert.equal(reason['code'], 'tax_missing')
  assert.match(String(reason['text']), /Avalara is asked how general is taxed on 2026-0/)
  for (let looks = 0; looks < 600; looks++) {
    const [open] = await client.list('/v1/tax-answers?state=asked')
    if (open?.['reason'] === 'Authentication failed.') break
    await setTimeout(100)
  }
  assert.deepEqual((await client.list('/v1/tax-answers?state=asked'))[0]?.['reason'], 'Authentication failed.')
  avalara.trouble = 'none'
  // The next bill run, or the next attempt of the job, asks again.
  await runBills(client, '2026-03-01')
  assert.equal((await waitFor('ann', 2)).length >= 2, true)
  assert.deepEqual(await client.list('/v1/drafts?account=ann'), [])
  assert.deepEqual(await checkHolds(client), [])
})

test('where the tenant wants it, own rules decide after some time, and the document says so', async () => {
  const values = { engine: 'avalara', account: '42', countries: ['US'], onFailure: 'own_rules', patienceMinutes: 30 }
  await client.post('/v1/settings/tax-engine', { values }, 'PUT')
  const rate = { country: 'US', region: 'TX', tax: 'state_tax', class: 'general', from: '2020-01-01', percent: '6.25' }
  await client.post('/v1/tax-rates', { source: 'a test', asOf: '2026-01-01', rates: [rate] })
  avalara.trouble = 'away'
  await client.post('/v1/tenants/outside', { clock: '2026-04-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-04-01')
  const before = (await invoicesOf('bob')).length
  assert.equal((await client.list('/v1/drafts?account=bob')).length, 1)
  await client.post('/v1/tenants/outside', { clock: '2026-04-01T07:00:00Z' }, 'PATCH')
  await runBills(client, '2026-04-01')
  const bill = (await waitFor('bob', before + 1)).at(-1) as Taxed
  assert.match(
    String(bill.document.lines[0]?.tax[0]?.why),
    /by Kvit's own rules, since Avalara did not answer: it answered with status 503/,
  )
  const [own] = await client.list('/v1/tax-answers?state=own_rules')
  assert.equal(own?.['reason'], 'it answered with status 503')
  assert.deepEqual(await checkHolds(client), [])
  avalara.trouble = 'none'
})

test('without an engine, what waited for it is decided by own rules at once', async () => {
  await client.post('/v1/settings/tax-engine', { values: { engine: 'avalara', account: '42' } }, 'PUT')
  avalara.trouble = 'away'
  await client.post('/v1/tenants/outside', { clock: '2026-05-01T06:00:00Z' }, 'PATCH')
  const before = (await invoicesOf('bob')).length
  await runBills(client, '2026-05-01')
  assert.equal((await client.list('/v1/drafts?account=bob')).length, 1)
  await client.post('/v1/settings/tax-engine', undefined, 'DELETE')
  const bill = (await waitFor('bob', before + 1)).at(-1) as Taxed
  assert.notEqual(bill.document.lines[0]?.tax[0]?.rule, 'outside_engine')
  assert.deepEqual(await checkHolds(client), [])
  avalara.trouble = 'none'
})

test('Stripe Tax is asked by postcode; who has none waits with its words', async () => {
  await client.post(
    '/v1/settings/tax-engine',
    {
      values: { engine: 'stripe_tax', account: 'acct', countries: ['US'] },
      secrets: { licenseKey: 'marker-of-a-key' },
    },
    'PUT',
  )
  await subscriber('zoe', { country: 'US', region: 'TX', city: 'Austin', postcode: '78701', lines: ['Congress Ave 1'] })
  // An engine is told of no certificates: who has one is exempt by Kvit's own rules, and is not asked about.
  await subscriber('shop', { country: 'US', region: 'TX', city: 'Austin', postcode: '78701' })
  const certificate = { country: 'US', region: 'TX', number: 'TX-9', reason: 'resale', from: '2026-01-01' }
  await client.post('/v1/customers/shop', { kind: 'business', certificates: [certificate] }, 'PATCH')
  await client.post('/v1/tenants/outside', { clock: '2026-06-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-06-01')
  const zoe = (await waitFor('zoe', 1)).at(-1) as Taxed
  // 10.00 for a month: 6.25 % are 0.625, up to 0.63; 2 % are 0.20.
  assert.deepEqual([zoe.total, told(zoe)], ['10.83', ['Sales Tax US/TX 6.25 0.63', 'Sales Tax US/TX/Austin 2 0.20']])
  assert.match(
    String(zoe.document.lines[0]?.tax[0]?.why),
    /^Stripe Tax says so of general on 2026-\d\d-\d\d \(taxcalc_\d+\)$/,
  )
  assert.equal(stripe.asked.at(-1)?.authorization, 'Bearer marker-of-a-key')
  assert.doesNotMatch(JSON.stringify(stripe.asked), /Congress|zoe/)
  const [shop] = await invoicesOf('shop')
  assert.deepEqual([shop?.total, shop?.document.lines[0]?.tax[0]?.rule], ['10.00', 'exemption_certificate'])
  const [draft] = (await client.list('/v1/drafts?account=ann')) as [Json]
  assert.equal((draft['reasons'] as [Json])[0]['code'], 'tax_missing')
  assert.match(String((await client.list('/v1/tax-answers?state=asked'))[0]?.['reason']), /a postal code is needed/)
  assert.deepEqual(await checkHolds(client), [])
})

test('the license key is nowhere in answers, and settings that are wrong are refused', async () => {
  const shown = await request('GET', '/v1/settings/tax-engine')
  assert.doesNotMatch(shown.text, /marker-of-a-secret/)
  const wrong = await request('PUT', '/v1/settings/tax-engine', {
    body: { values: { engine: 'avalara', account: '1', countries: ['Texas'] } },
  })
  assert.equal(wrong.status, 400)
})
