/**
 * Tax beside all else that bills know: a rate that changes within a period, coupons, minimums, prepaid balances, changes of plan, corrections of
 * usage, prices with tax in them, and currencies of 0, 2 and 3 digits. Whatever is taken back whole leaves no tax behind.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { toScale, ZERO } from '../src/core/base/decimal.ts'
import { readDocument } from './einvoice-examples.ts'
import { checkHolds, startKvit } from './harness.ts'

const { client, request } = await startKvit('crossings', '2024-08-15T06:00:00Z', 4_000)
const CURRENCIES = ['JPY', 'EUR', 'KWD'] as const
const plans = CURRENCIES.flatMap((currency) => {
  const scale = currency === 'JPY' ? 100 : 1
  const price = (amount: number): string => String(amount * scale)
  return [
    ['small', 20],
    ['large', 50],
  ].map(
    ([code, fee]) => `
  - code: ${code}-${currency.toLowerCase()}
    name: ${code}
    currency: ${currency}
    prices:
      - { kind: recurring, code: fee, name: Fee, amount: ${price(Number(fee))}, every: { unit: month }, taxClass: telecom }
      - { kind: usage, code: calls, name: Calls, meter: minutes, taxClass: telecom, rate: { model: per_unit, unitAmount: ${price(1)} } }
      - { kind: commitment, code: least, name: At least, amount: ${price(120)}, every: { unit: month }, proration: none, counts: [calls], taxClass: telecom }`,
  )
})
await client.post('/v1/catalog', {
  files: [
    {
      name: 'plans.yaml',
      text: `meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 4 }
plans:${plans.join('')}`,
    },
  ],
})
await client.post('/v1/issuers', {
  ...{ key: 'op', name: 'Operator', address: 'Helsinki', postalAddress: { country: 'FI' } },
  registrations: [{ country: 'FI', number: 'FI01120389', from: '2020-01-01' }],
})

const bill = async (day: string): Promise<void> => {
  await client.post('/v1/tenants/crossings', { clock: `${day}T06:00:00Z`, back: true }, 'PATCH')
  await runBills(client, day)
}
async function subscriber(key: string, currency: string, more: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country: 'FI' } })
  const zone = 'UTC'
  await client.post('/v1/accounts', {
    key,
    customer: key,
    issuer: 'op',
    currency,
    zone,
    cycleAnchor: '2024-08-15',
    ...more,
  })
  await client.post('/v1/services', { key, account: key, validFrom: '2024-08-15T00:00:00Z' })
  const plan = `small-${currency.toLowerCase()}`
  await client.post('/v1/subscriptions', { key, account: key, plan, startsAt: '2024-08-15T00:00:00Z' })
}
const use = async (service: string, day: string, minutes: string): Promise<Json> => {
  const record = { id: `${service}-${day}`, source: 's', service, type: 'call', time: `${day}T10:00:00Z` }
  return client.post('/v1/usage', [{ ...record, data: { minutes } }])
}

interface Tax {
  readonly net: string
  readonly tax: string
  readonly rule: string
  readonly isCredit?: boolean
  readonly days?: { readonly from: string; readonly until: string }
  readonly taxes: readonly { readonly percent: string }[]
}
interface Document {
  readonly kind: string
  readonly currency: string
  readonly lines: readonly { readonly description: string; readonly amount: string; readonly tax: readonly Tax[] }[]
  readonly taxes: readonly { readonly percent: string; readonly base: string; readonly amount: string }[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
}
async function documentsOf(account: string): Promise<Document[]> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return Promise.all(
    list.map(async ({ id }) => (await client.get<{ document: Document }>(`/v1/invoices/${id}`)).document),
  )
}
const told = ({ lines }: Document): string[] =>
  lines.flatMap(({ description, tax }) =>
    tax.map(
      ({ net, tax: amount, days, taxes, isCredit }) =>
        `${description} ${days === undefined ? '' : `${days.from.slice(5)}/${days.until.slice(5)} `}${net} + ${amount} at ${taxes[0]?.percent}${isCredit === true ? ' back' : ''}`,
    ),
  )
/** Exact: digits without the point. */
const minor = (amount: string): bigint => BigInt(amount.replace('.', ''))

await subscriber('anna', 'EUR')
await subscriber('inclusive', 'EUR', { pricesIncludeTax: true })
await subscriber('prepaid', 'EUR', { creditLimit: '0' })
await client.post('/v1/top-ups', { key: 't', account: 'prepaid', amount: '1000', currency: 'EUR', method: 'cash' })
for (const currency of CURRENCIES) await subscriber(`life-${currency}`, currency)
await client.post('/v1/coupons', {
  ...{ code: 'TENTH', name: 'Tenth', value: { kind: 'percent', percent: '10' } },
  duration: { kind: 'forever' },
})
for (const currency of CURRENCIES) {
  const account = `life-${currency}`
  await client.post('/v1/coupon-redemptions', { key: account, code: 'TENTH', account })
}
await bill('2024-08-15')

test('a fee whose period has a change of rate within it is split by its days', async () => {
  const [first] = (await documentsOf('anna')) as [Document]
  assert.deepEqual(told(first), ['Fee 08-15/08-31 10.97 + 2.63 at 24', 'Fee 09-01/09-14 9.03 + 2.30 at 25.5'])
  assert.deepEqual(
    first.taxes.map(({ percent, base, amount }) => `${percent}: ${base} ${amount}`),
    ['24: 10.97 2.63', '25.5: 9.03 2.30'],
  )
})

test('usage is split by what was used before and after, and so is what lowers it; the minimum by its days', async () => {
  await client.post('/v1/tenants/crossings', { clock: '2024-09-15T00:00:00Z' }, 'PATCH')
  for (const key of ['anna', 'inclusive', 'prepaid', ...CURRENCIES.map((currency) => `life-${currency}`)]) {
    await use(key, '2024-08-20', '60')
    await use(key, '2024-09-02', '40')
  }
  await bill('2024-09-15')
  const document = (await documentsOf('anna')).at(-1) as Document
  assert.deepEqual(told(document), [
    'Calls 08-15/08-31 60.00 + 14.40 at 24',
    'Calls 09-01/09-14 40.00 + 10.20 at 25.5',
    'At least 08-15/08-31 10.97 + 2.63 at 24',
    'At least 09-01/09-14 9.03 + 2.30 at 25.5',
    'Fee 20.00 + 5.10 at 25.5',
  ])
  assert.deepEqual(document.totals, { discounts: '0.00', net: '140.00', tax: '34.63', total: '174.63' })
  const [, ofLife] = (await documentsOf('life-EUR')) as [Document, Document]
  const discounts = told(ofLife).filter((line) => line.startsWith('Tenth'))
  assert.ok(discounts.includes('Tenth 08-15/08-31 -6.00 + -1.44 at 24'), discounts.join('; '))
})

test('prices with tax in them: a line costs what the plan says, and the tax is taken out of it', async () => {
  const document = (await documentsOf('inclusive')).at(-1) as Document
  assert.deepEqual(
    document.lines.map(({ description, amount }) => `${description} ${amount}`),
    ['Calls 100.00', 'At least 20.00', 'Fee 20.00'],
  )
  assert.equal(document.totals.total, '140.00')
  assert.equal(minor(document.totals.net) + minor(document.totals.tax), 14_000n)
  const calls = told(document).filter((line) => line.startsWith('Calls'))
  assert.deepEqual(calls, ['Calls 08-15/08-31 48.39 + 11.61 at 24', 'Calls 09-01/09-14 31.87 + 8.13 at 25.5'])
})

test('a prepaid balance pays the charge when it is made, and the tax with the document', async () => {
  const { items } = await client.get<{ items: Json[] }>('/v1/invoices?account=prepaid')
  assert.deepEqual(new Set(items.map(({ state }) => state)), new Set(['paid']))
  const billed = items.reduce((sum, { total }) => sum + minor(String(total)), 0n)
  const { available } = await client.get('/v1/accounts/prepaid/balances')
  assert.deepEqual([billed, minor(String(available))], [19_956n, 100_000n - 19_956n])
})

test('a retracted record, a change of plan as of before and a removed coupon correct the tax that was billed', async () => {
  for (const currency of CURRENCIES) {
    const key = `life-${currency}`
    await client.post('/v1/usage-corrections', {
      ...{ key, source: 's', id: `${key}-2024-08-20`, action: 'retract', reason: 'a test' },
    })
    await client.post(`/v1/subscriptions/${key}/changes`, {
      ...{ kind: 'plan', plan: `large-${currency.toLowerCase()}`, at: '2024-09-20T00:00:00Z' },
    })
  }
  await bill('2024-10-15')
  for (const currency of CURRENCIES) {
    const back = (await documentsOf(`life-${currency}`)).flatMap(told).filter((line) => line.endsWith(' back'))
    const [net, tax] = { JPY: ['-6000', '-1440'], EUR: ['-60.00', '-14.40'], KWD: ['-60.000', '-14.400'] }[currency]
    // It was used in August: all of it comes off the tax of August, and the discount on it likewise.
    assert.deepEqual(
      back.filter((line) => line.startsWith('Calls')),
      [`Calls ${net} + ${tax} at 24 back`],
    )
  }
})

test('what is taken back whole leaves no tax, in whatever currency', async () => {
  for (const currency of CURRENCIES) {
    const key = `life-${currency}`
    await client.post('/v1/usage-corrections', {
      ...{ key: `${key}-2`, source: 's', id: `${key}-2024-09-02`, action: 'retract', reason: 'a test' },
    })
    await client.post(`/v1/coupon-redemptions/${key}/removal`, {})
    await client.post(`/v1/subscriptions/${key}`, { endsAt: '2024-08-16T00:00:00Z' }, 'PATCH')
  }
  await bill('2024-11-15')
  for (const currency of CURRENCIES) {
    const documents = await documentsOf(`life-${currency}`)
    const calls = documents.flatMap(({ lines }) => lines.filter(({ description }) => description === 'Calls'))
    const all = calls.flatMap(({ tax }) => tax)
    const left = (['net', 'tax'] as const).map((name) => all.reduce((sum, one) => sum + minor(one[name]), 0n))
    assert.deepEqual([currency, ...left], [currency, 0n, 0n])
  }
})

test('every document of these is an e-invoice that the standard allows, in both syntaxes, with the same totals', async () => {
  for (const account of ['anna', 'inclusive', 'prepaid', 'life-EUR'])
    for (const { id, kind } of await client.list(`/v1/invoices?account=${account}`)) {
      const { document } = await client.get<{ document: Document }>(`/v1/invoices/${id}`)
      for (const syntax of ['ubl', 'cii']) {
        const { status, text } = await request('GET', `/v1/invoices/${id}/einvoice?syntax=${syntax}`)
        assert.equal(status, 200, text)
        const { document: read } = readDocument(Buffer.from(text))
        const sign = kind === 'credit_note' ? -1n : 1n
        const { withoutVat, vat, withVat } = read.totals ?? {}
        const { net, tax, total } = document.totals
        assert.deepEqual(
          [withoutVat, vat, withVat].map((amount) => toScale(amount ?? ZERO, 2) * sign),
          [net, tax, total].map(minor),
        )
      }
    }
})

test('a currency of three digits has no place in EN 16931, and the rule says so', async () => {
  const [found] = await client.list('/v1/invoices?account=life-KWD')
  const { status, json } = await request('GET', `/v1/invoices/${found?.['id']}/einvoice`)
  assert.equal(status, 422)
  assert.match(String(json['detail']), /breaks rules of EN 16931: .*BR-DEC-09: /)
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
