/** A tenant that sells prepaid money with its tax: 19 % until March 2026, 25 % from then on. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { startKvit } from './harness.ts'

export const { client, config } = await startKvit('sold', '2026-01-01T06:00:00Z')
export const SETTINGS = '/v1/settings/prepaid-tax'
const plan = (code: string, currency: string, calls: string, more = ''): string => `  - code: ${code}
    name: ${code}
    currency: ${currency}
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, ${calls} }
${more}`
await client.post('/v1/tax-rates', {
  ...{ source: 'a test', asOf: '2026-01-01' },
  rates: [
    { country: 'GE', tax: 'vat', class: 'standard', from: '2020-01-01', until: '2026-03-01', percent: '19' },
    { country: 'GE', tax: 'vat', class: 'standard', from: '2026-03-01', percent: '25' },
    { country: 'GE', tax: 'vat', class: 'reduced', from: '2020-01-01', percent: '7' },
  ],
})
await client.post('/v1/catalog', {
  files: [
    {
      name: 'plans.yaml',
      text: `meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
${plan('calls', 'EUR', 'rate: { model: per_unit, unitAmount: 0.10 }')}${plan(
  'reduced',
  'EUR',
  'rate: { model: per_unit, unitAmount: 0.10 }, taxClass: reduced_service',
)}${plan('yen', 'JPY', 'rate: { model: per_unit, unitAmount: 10 }')}${plan(
  'fees',
  'EUR',
  'rate: { model: per_unit, unitAmount: 0.10 }',
  '      - { kind: recurring, code: fee, name: Fee, amount: 3.10, every: { unit: month }, timing: advance }\n',
)}${plan(
  'daily',
  'EUR',
  'rate: { model: per_unit, unitAmount: 0.10 }',
  '      - { kind: recurring, code: fee, name: Fee, amount: 3.10, every: { unit: month }, daily: { whenShort: block } }\n',
)}`,
    },
  ],
})
const seller = { address: 'Here', postalAddress: { country: 'GE' } }
const registrations = [{ country: 'GE', number: 'GE123456789', from: '2020-01-01' }]
await client.post('/v1/issuers', { key: 'op', name: 'Operator', ...seller, registrations })
await client.post('/v1/issuers', { key: 'other', name: 'Another one', ...seller, registrations })
await client.post('/v1/issuers', { key: 'none', name: 'Nobody asked', ...seller })
await client.post(SETTINGS, { values: { taxed: 'at_top_up', taxClass: 'general' } }, 'PUT')

export async function subscriber(key: string, code = 'calls', { customer, ...more }: { customer?: Json } & Json = {}) {
  await client.post('/v1/customers', {
    key,
    name: key,
    kind: 'consumer',
    postalAddress: { country: 'GE' },
    ...customer,
  })
  const terms = { issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01', creditLimit: '0' }
  await client.post('/v1/accounts', { key, customer: key, ...terms, ...more })
  await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
  await client.post('/v1/subscriptions', { key, account: key, plan: code, startsAt: '2026-01-01T00:00:00Z' })
}
export const clock = async (time: string): Promise<unknown> => client.post('/v1/tenants/sold', { clock: time }, 'PATCH')
export const use = async (service: string, id: string, time: string, minutes: number): Promise<void> => {
  const record = {
    id: `${service}-${id}`,
    source: 's',
    service,
    type: 'call',
    time,
    data: { minutes: String(minutes) },
  }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}
export const bill = async (day: string): Promise<void> => {
  await clock(`${day}T06:00:00Z`)
  await runBills(client, day)
}
export const topUp = async (account: string, key: string, amount: string, more: Json = {}): Promise<Json> =>
  client.post<Json>('/v1/top-ups', {
    key: `${account}-${key}`,
    account,
    amount,
    currency: 'EUR',
    method: 'cash',
    ...more,
  })
export const reverse = async (account: string, key: string): Promise<unknown> =>
  client.post(`/v1/top-ups/${account}-${key}/reversal`, { reason: 'bounced' })

interface Shown {
  readonly number: string
  readonly paid: string
  readonly open: string
  readonly document: {
    readonly kind: string
    readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
    readonly lines: readonly { readonly tax?: readonly { readonly rule: string; readonly net: string }[] }[]
  }
}
/** The documents of an account, once there are so many: those of top-ups follow by a job. */
export async function shown(account: string, count: number): Promise<Shown[]> {
  for (;;) {
    const list = await client.list<Json>(`/v1/invoices?account=${account}`)
    if (list.length >= count) return Promise.all(list.map(({ id }) => client.get<Shown>(`/v1/invoices/${id}`)))
    await pause(20)
  }
}
/** Each as "net + tax", and what is open of it. */
export async function told(account: string, count: number): Promise<string[]> {
  return (await shown(account, count)).map(({ open, document: { totals } }) => `${totals.net} + ${totals.tax}, ${open}`)
}
/** What can be drawn down, by how it is taxed, and what is owed. */
export async function has(account: string): Promise<string> {
  const found = await client.get<{ balances: { lots: Json[] }[]; credit: { owed: string } }>(
    `/v1/accounts/${account}/balances`,
  )
  const lots = found.balances.flatMap((one) => one.lots).filter(({ remaining }) => Number(remaining) !== 0)
  return [
    ...lots.map(({ taxed, remaining }) => `${taxed === true ? 'taxed ' : ''}${remaining}`),
    `owed ${found.credit.owed}`,
  ].join(', ')
}
export const JANUARY = '2026-01-10T10:00:00Z'
