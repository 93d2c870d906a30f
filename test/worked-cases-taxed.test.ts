/**
 * Worked cases of tax, by the ids of the project's list, through the door: issuer, customer, plan, usage, bill run, invoice. What only a credit
 * note on request can do (TX-7, CN-4 by amount) stands in worked-cases-tax.test.ts.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, startKvit } from './harness.ts'

const { client } = await startKvit('worked', '2023-01-01T06:00:00Z', 4_000)

/** A country for each standard rate, with 10 % and 0 % beside it. */
const RATES = { XA: '20', XB: '25', XC: '10' } as const
await client.post('/v1/tax-rates', {
  source: 'worked cases',
  asOf: '2023-01-01',
  rates: Object.entries(RATES).flatMap(([country, percent]) => [
    { country, tax: 'vat', class: 'standard', from: '2020-01-01', percent },
    { country, tax: 'vat', class: 'reduced', from: '2020-01-01', percent: '10' },
    { country, tax: 'vat', class: 'zero', from: '2020-01-01', percent: '0' },
  ]),
})
const fee = (code: string, amount: string, more = ''): string =>
  `{ kind: recurring, code: ${code}, name: ${code}, amount: ${amount}, every: { unit: month }${more} }`
const plan = (code: string, prices: readonly string[], currency = 'EUR'): string =>
  `\n  - { code: ${code}, name: ${code}, currency: ${currency}, prices: [${prices.join(', ')}] }`
const CALLS = '{ kind: usage, code: calls, name: calls, meter: minutes, rate: { model: per_unit, unitAmount: 1 } }'
const ARREARS = ', timing: arrears'
await client.post('/v1/catalog', {
  files: [
    {
      name: 'plans.yaml',
      text: `meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 4 }
plans:${plan('tx-1', [
        fee('a', '100', `${ARREARS}, taxClass: reduced_service`),
        fee('b', '50', `${ARREARS}, taxClass: zero_service`),
        fee('c', '30', ARREARS),
        '{ kind: commitment, code: least, name: least, amount: 50, every: { unit: month }, counts: [c] }',
      ])}${plan('tx-4', [fee('a', '100', ARREARS)])}${plan('pr-3', [fee('a', '50')])}${plan('pr-4', [
        fee('a', '100'),
      ])}${plan('cm-2', [
        CALLS,
        '{ kind: commitment, code: least, name: least, amount: 10, every: { unit: month } }',
      ])}${plan('ld-10', [fee('a', '50', ARREARS), CALLS])}${plan('cn-1', [fee('a', '200')])}${plan('cn-4-a', [
        fee('a', '68.33'),
      ])}${plan('cn-4-c', [fee('a', '57.50')])}${plan('cn-4-d', [fee('a', '85')])}${plan('usd', [CALLS], 'USD')}${plan(
        'jpy',
        [CALLS],
        'JPY',
      )}`,
    },
  ],
})
for (const country of Object.keys(RATES))
  await client.post('/v1/issuers', {
    ...{ key: country, name: country, address: country, invoiceSeries: country, postalAddress: { country } },
    registrations: [{ country, number: 'X123', from: '2020-01-01' }],
  })

async function subscriber(
  key: string,
  { country = 'XA', currency = 'EUR', plans = [key], startsAt, endsAt = null }: Setup,
): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country } })
  const cycleAnchor = '2023-01-01'
  await client.post('/v1/accounts', { key, customer: key, issuer: country, currency, zone: 'UTC', cycleAnchor })
  await client.post('/v1/services', { key, account: key, validFrom: '2023-01-01T00:00:00Z' })
  for (const [at, code] of plans.entries())
    await client.post('/v1/subscriptions', {
      ...{ key: `${key}-${at}`, account: key, plan: code, alignment: 'calendar', endsAt },
      startsAt: `${startsAt}T00:00:00Z`,
    })
}
interface Setup {
  readonly country?: string
  readonly currency?: string
  readonly plans?: readonly string[]
  readonly startsAt: string
  readonly endsAt?: string | null
}

async function bill(day: string): Promise<void> {
  await client.post('/v1/tenants/worked', { clock: `${day}T06:00:00Z`, back: true }, 'PATCH')
  await runBills(client, day)
}
const use = async (id: string, service: string, time: string, minutes: string): Promise<Json> =>
  client.post('/v1/usage', [{ id, service, type: 'call', time, data: { minutes } }])
const coupon = async (code: string, value: Json, account: string): Promise<void> => {
  const currency = value['kind'] === 'fixed' ? { currency: 'EUR' } : {}
  await client.post('/v1/coupons', { code, name: code, ...currency, value, duration: { kind: 'once' } })
  await client.post('/v1/coupon-redemptions', { key: `${code}-${account}`, code, account })
}

interface Document {
  readonly kind: string
  readonly lines: readonly { description: string; amount: string; tax: readonly { tax: string }[] }[]
  readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
  readonly taxes: readonly { readonly percent: string; readonly base: string; readonly amount: string }[]
}
type Invoice = Json & { readonly id: string; readonly open: string; readonly document: Document }

async function documentsOf(account: string): Promise<Invoice[]> {
  const list = await client.list(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}
const sums = ({ document: { totals } }: Invoice): string => `${totals.net} + ${totals.tax} = ${totals.total}`
const lines = ({ document }: Invoice): string[] =>
  document.lines.map(({ amount, tax }) => `${amount} + ${tax.map((one) => one.tax).join(' + ')}`)

await subscriber('tx-1', { startsAt: '2023-01-01', endsAt: '2023-02-01T00:00:00Z' })
await subscriber('tx-4', { startsAt: '2023-01-01', endsAt: '2023-02-01T00:00:00Z' })
await subscriber('pr-3', { startsAt: '2023-01-08' })
await subscriber('cm-2', { startsAt: '2023-02-04' })
await subscriber('ld-10', { country: 'XC', startsAt: '2023-01-01', endsAt: '2023-02-01T00:00:00Z' })
await subscriber('cn-4', { plans: ['cn-4-a', 'cn-4-a', 'cn-4-c', 'cn-4-d'], startsAt: '2023-01-01' })
await subscriber('usd', { currency: 'USD', startsAt: '2023-01-01' })
await subscriber('jpy', { currency: 'JPY', startsAt: '2023-01-01' })
await coupon('TX-1-10', { kind: 'fixed', amount: '10' }, 'tx-1')
await coupon('TX-4-A', { kind: 'percent', percent: '10' }, 'tx-4')
await coupon('TX-4-B', { kind: 'percent', percent: '10' }, 'tx-4')
await coupon('LD-10-10', { kind: 'fixed', amount: '10' }, 'ld-10')

await client.post('/v1/tenants/worked', { clock: '2023-02-01T06:00:00Z' }, 'PATCH')
await use('ld', 'ld-10', '2023-01-10T00:00:00Z', '20')
await use('us', 'usd', '2023-01-10T00:00:00Z', '10.275')
await use('jp', 'jpy', '2023-01-10T00:00:00Z', '1000.5')
await bill('2023-02-01')

/** The lines of one document of an account, and its sums; each is an amount and its tax. */
const CASES: readonly (readonly [id: string, account: string, nth: number, lines: string, sums: string])[] = [
  [
    'TX-1',
    'tx-1',
    0,
    '100.00 + 10.00, -5.00 + -0.50, 50.00 + 0.00, -2.50 + 0.00, 30.00 + 6.00, -1.50 + -0.30, 20.00 + 4.00, -1.00 + -0.20',
    '190.00 + 19.00 = 209.00',
  ],
  ['TX-4', 'tx-4', 0, '100.00 + 20.00, -10.00 + -2.00, -9.00 + -1.80', '81.00 + 16.20 = 97.20'],
  ['PR-3', 'pr-3', 0, '38.71 + 7.74', '38.71 + 7.74 = 46.45'],
  ['LD-10', 'ld-10', 0, '50.00 + 5.00, -7.14 + -0.71, 20.00 + 2.00, -2.86 + -0.29', '60.00 + 6.00 = 66.00'],
  ['CN-4', 'cn-4', 1, '68.33 + 13.67, 68.33 + 13.66, 57.50 + 11.50, 85.00 + 17.00', '279.16 + 55.83 = 334.99'],
  ['TX-10, USD', 'usd', 0, '10.28 + 2.06', '10.28 + 2.06 = 12.34'],
  ['TX-10, JPY', 'jpy', 0, '1001 + 200', '1001 + 200 = 1201'],
]

for (const [id, account, nth, expected, total] of CASES)
  test(`${id}: ${total}`, async () => {
    const document = (await documentsOf(account))[nth] as Invoice
    assert.deepEqual([lines(document).join(', '), sums(document)], [expected, total])
  })

test('LD-10: of 66.00 prepaid money pays 30.00: 36.00 are left', async () => {
  await client.post('/v1/payments', { key: 'ld', account: 'ld-10', method: 'bank', currency: 'EUR', amount: '30.00' })
  const [document] = (await documentsOf('ld-10')) as [Invoice]
  assert.equal(document.open, '36.00')
})

test('CM-2: a minimum of 10.00 for 25 of 28 days is 8.93: a true-up of 0.93, and 10.72 with tax', async () => {
  await client.post('/v1/tenants/worked', { clock: '2023-03-01T06:00:00Z' }, 'PATCH')
  await use('cm', 'cm-2', '2023-02-10T00:00:00Z', '8')
  for (const at of [0, 1, 2, 3])
    await client.post(`/v1/subscriptions/cn-4-${at}`, { endsAt: '2023-02-01T00:00:00Z' }, 'PATCH')
  await bill('2023-03-01')
  const document = (await documentsOf('cm-2')).at(-1) as Invoice
  assert.deepEqual([lines(document).join(', '), sums(document)], ['8.00 + 1.60, 0.93 + 0.19', '8.93 + 1.79 = 10.72'])
})

test('CN-4: all that was billed is taken back, each line with the tax that it had', async () => {
  const note = (await documentsOf('cn-4')).at(-1) as Invoice
  const expected = '-68.33 + -13.67, -68.33 + -13.66, -57.50 + -11.50, -85.00 + -17.00'
  assert.deepEqual([note.document.kind, lines(note).join(', ')], ['credit_note', expected])
  assert.equal(sums(note), '-279.16 + -55.83 = -334.99')
})

test('CN-1: 29 of 30 days of 200.00 at 25 % come back: 193.33 and 48.33', async () => {
  await subscriber('cn-1', { country: 'XB', startsAt: '2023-04-01' })
  await bill('2023-04-01')
  await client.post('/v1/subscriptions/cn-1-0', { endsAt: '2023-04-02T00:00:00Z' }, 'PATCH')
  await bill('2023-05-01')
  const [first, note] = (await documentsOf('cn-1')) as [Invoice, Invoice]
  assert.deepEqual([sums(first), sums(note)], ['200.00 + 50.00 = 250.00', '-193.33 + -48.33 = -241.66'])
})

test('PR-4: 100 a month from 8 February on is 90.00 with tax; ended on the 21st, 30.00 come back', async () => {
  await subscriber('pr-4', { startsAt: '2025-02-08' })
  await bill('2025-02-08')
  await client.post('/v1/subscriptions/pr-4-0', { endsAt: '2025-02-22T00:00:00Z' }, 'PATCH')
  await bill('2025-03-01')
  const [first, note] = (await documentsOf('pr-4')) as [Invoice, Invoice]
  assert.deepEqual([sums(first), sums(note)], ['75.00 + 15.00 = 90.00', '-25.00 + -5.00 = -30.00'])
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
