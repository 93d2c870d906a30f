/** Commits with a tax class are taxed when they are sold: what they pay for is not taxed again, whatever comes back and whoever pays for the rest. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { decimal, toScale } from '../src/core/base/decimal.ts'
import { RULE_SETS } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { chances } from './chances.ts'
import { readDocument } from './einvoice-examples.ts'
import { checkHolds, startKvit } from './harness.ts'

const { client } = await startKvit('single', '2026-01-01T06:00:00Z')
const plan = (code: string, commit: string, calls = ''): string => `  - code: ${code}
    name: ${code}
    currency: EUR
    prices:
      - { kind: commit, code: bought, name: Bought, ${commit} }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 }${calls} }
`
const LASTING = 'amount: 100, term: { unit: month, count: 6 }'
await client.post('/v1/tax-rates', {
  ...{ source: 'a test', asOf: '2026-01-01' },
  rates: [
    { country: 'GE', tax: 'vat', class: 'standard', from: '2020-01-01', until: '2026-03-01', percent: '20' },
    { country: 'GE', tax: 'vat', class: 'standard', from: '2026-03-01', percent: '30' },
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
${plan('single', `${LASTING}, taxClass: general`)}${plan('several', LASTING)}${plan('renewed', 'amount: 20, term: { unit: month }, renews: true, taxClass: general')}${plan(
  'reduced',
  `${LASTING}, taxClass: reduced_service`,
  ', taxClass: reduced_service',
)}`,
    },
  ],
})
const seller = { address: 'Here', postalAddress: { country: 'GE' } }
const registrations = [{ country: 'GE', number: 'GE123456789', from: '2020-01-01' }]
await client.post('/v1/issuers', { key: 'op', name: 'Operator', ...seller, registrations })
await client.post('/v1/issuers', { key: 'none', name: 'Nobody asked', ...seller })
await client.post('/v1/coupons', {
  ...{ code: 'TENTH', name: 'A tenth', value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' } },
})

async function subscriber(key: string, code: string, { start = '2026-01-01', ...more }: Json = {}): Promise<void> {
  await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country: 'GE' } })
  const account = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: start }
  await client.post('/v1/accounts', { ...account, ...more })
  await client.post('/v1/services', { key, account: key, validFrom: `${start}T00:00:00Z` })
  await client.post('/v1/subscriptions', { key, account: key, plan: code, startsAt: `${start}T00:00:00Z` })
}
const clock = async (time: string): Promise<unknown> => client.post('/v1/tenants/single', { clock: time }, 'PATCH')
const use = async (service: string, id: string, time: string, minutes: number): Promise<void> => {
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
const retract = async (service: string, id: string): Promise<unknown> =>
  client.post('/v1/usage-corrections', {
    ...{ key: `${service}-${id}`, source: 's', id: `${service}-${id}`, action: 'retract', reason: 'a test' },
  })
const bill = async (day: string): Promise<void> => {
  await clock(`${day}T06:00:00Z`)
  await runBills(client, day)
}

interface Shown {
  readonly purpose: string
  readonly document: {
    readonly totals: { readonly net: string; readonly tax: string; readonly total: string }
    readonly lines: readonly {
      readonly tax?: readonly { readonly rule: string; readonly net: string; readonly tax: string }[]
    }[]
  }
}
async function shown(account: string): Promise<Shown[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Shown>(`/v1/invoices/${id}`)))
}
/** Each document as "net + tax: what of its net is without tax because that was paid". */
async function told(account: string): Promise<string[]> {
  return (await shown(account)).map(({ document: { totals, lines } }) => {
    const used = lines.flatMap(({ tax = [] }) => tax).filter(({ rule }) => rule === 'used_voucher')
    const net = used.reduce((sum, one) => sum + Math.round(Number(one.net) * 100), 0)
    return `${totals.net} + ${totals.tax}: ${(net / 100).toFixed(2)}`
  })
}

for (const key of ['ann', 'bob', 'tip', 'fly', 'moved', 'void']) await subscriber(key, 'single')
await subscriber('red', 'reduced')
await subscriber('multi', 'several')
await subscriber('renew', 'renewed')
await subscriber('incl', 'single', { pricesIncludeTax: true })
await subscriber('nobody', 'single', { issuer: 'none' })
await client.post('/v1/coupon-redemptions', { key: 'tip', code: 'TENTH', account: 'tip', from: '2026-01-01' })
await bill('2026-01-01')
await client.post('/v1/top-ups', { key: 't', account: 'bob', amount: '50.00', currency: 'EUR', method: 'cash' })
await clock('2026-01-31T00:00:00Z')
const JANUARY = '2026-01-10T10:00:00Z'
for (const key of ['ann', 'red', 'multi', 'incl', 'nobody', 'moved']) await use(key, '1', JANUARY, 200)
await use('bob', '1', JANUARY, 1200)
await use('void', '1', JANUARY, 300)
await use('tip', '1', JANUARY, 400)
await use('fly', '1', JANUARY, 900)
await use('fly', '2', JANUARY, 300)
await use('renew', '1', JANUARY, 300)
// February's money of `renew` pays for February's calls, which are not January's: they come before January is billed.
await clock('2026-02-01T05:00:00Z')
await runBills(client, '2026-01-01')
await use('renew', '2', '2026-02-01T04:00:00Z', 50)
await bill('2026-02-01')

test('20 %: 100.00 are sold with 20.00 of tax, and 20.00 of calls that they pay for have none', async () => {
  assert.deepEqual(await told('ann'), ['100.00 + 20.00: 0.00', '20.00 + 0.00: 20.00'])
  const [, january] = await shown('ann')
  assert.equal((january as unknown as Json)['paid'], '20.00')
})

test('7 %, a commit without a class, one whose prices include tax, and an issuer that is not asked', async () => {
  assert.deepEqual(await told('red'), ['100.00 + 7.00: 0.00', '20.00 + 0.00: 20.00'])
  assert.deepEqual(await told('multi'), ['100.00 + 0.00: 0.00', '20.00 + 4.00: 0.00'])
  assert.deepEqual(await told('incl'), ['100.00 + 0.00: 0.00', '16.67 + 3.33: 0.00'])
  assert.deepEqual(await told('nobody'), ['100.00 + 0.00: 0.00', '20.00 + 0.00: 0.00'])
})

test('what other money pays for is taxed when it is used: 120.00 of calls, 100.00 of them by the commit', async () => {
  assert.deepEqual(await told('bob'), ['100.00 + 20.00: 0.00', '120.00 + 4.00: 100.00'])
})

test('an e-invoice of both has no category that may not stand beside others, and says why there is no tax', async () => {
  const { number } = (await shown('bob'))[1] as unknown as { number: string }
  const xml = Buffer.from(await client.download(`/v1/invoices/${number}/einvoice?syntax=ubl`))
  const read = readDocument(xml)
  assert.deepEqual(validate(read, RULE_SETS.en16931), [])
  assert.deepEqual(
    new Map(read.document.vatBreakdown.map((one) => [one.category, one.exemptionReason?.slice(0, 23)])),
    new Map([
      ['E', 'Paid with prepaid money'],
      ['S', undefined],
    ]),
  )
})

test('a commit of one class is refused beside a price of another that it may pay for', async () => {
  const publish = async (scope: string): Promise<unknown> =>
    client.post('/v1/catalog', {
      files: [
        {
          name: 'mixed.yaml',
          text: `plans:\n${plan(`mixed${scope.length}`, `${LASTING}, taxClass: telecom${scope}`)}`,
        },
      ],
    })
  await assert.rejects(publish(''), /taxed when it is sold, and pays for prices of that class alone; "calls" has none/)
  await publish(', scope: { prices: [others] }').catch((error: Error) =>
    assert.doesNotMatch(error.message, /taxed when/),
  )
})

test('a coupon on what was paid whole takes nothing off the tax', async () => {
  assert.deepEqual(await told('tip'), ['100.00 + 20.00: 0.00', '36.00 + 0.00: 36.00'])
})

test('what the next term pays for before January is billed waits for its own document', async () => {
  assert.deepEqual((await told('renew')).slice(-1), ['30.00 + 2.00: 20.00'])
})

test('usage that comes back takes the taxed part first, as it was owed; then what the commit has back', async () => {
  assert.deepEqual((await told('fly')).at(-1), '120.00 + 4.00: 100.00')
  await retract('fly', '2')
  await bill('2026-03-01')
  assert.deepEqual((await told('fly')).at(-1), '-30.00 + -4.00: -10.00')
  // 10.00 are there again, and 5.00 of new calls are beyond it; the rate is another one by now, but not of what was sold.
  await clock('2026-03-31T00:00:00Z')
  await use('fly', '3', '2026-03-10T10:00:00Z', 150)
  await use('ann', '3', '2026-03-10T10:00:00Z', 850)
  await bill('2026-04-01')
  assert.deepEqual((await told('fly')).at(-1), '15.00 + 1.50: 10.00')
  assert.deepEqual((await told('ann')).at(-1), '85.00 + 1.50: 80.00')
})

test('another plan of the subscription is paid by the same money', async () => {
  await client.post('/v1/subscriptions/moved/changes', { kind: 'plan', plan: 'reduced', at: '2026-04-01T00:00:00Z' })
  await clock('2026-04-30T00:00:00Z')
  await use('moved', '2', '2026-04-10T10:00:00Z', 300)
  await bill('2026-05-01')
  assert.equal((await told('moved')).at(-1), '30.00 + 0.00: 30.00')
  const { balances } = await client.get<{ balances: { lots: Json[] }[] }>('/v1/accounts/moved/balances')
  assert.deepEqual(
    balances[0]?.lots.map(({ taxed, remaining }) => [taxed, remaining]),
    [
      [true, '50.00'],
      [true, '100.00'],
    ],
  )
})

test('a void of calls is billed anew without tax; a credit of the commit takes back its tax for what nobody has used', async () => {
  const [, january] = await shown('void')
  const number = (january as unknown as Json)['number']
  await client.post(`/v1/invoices/${number}/void`, { key: 'void', reason: 'billing_error', rebill: true })
  await bill('2026-05-02')
  const [bought, ...others] = await told('void')
  assert.deepEqual(
    [bought, ...new Set(others)],
    ['100.00 + 20.00: 0.00', '30.00 + 0.00: 30.00', '-30.00 + 0.00: -30.00'],
  )
  const [sold] = await shown('void')
  await client.post(`/v1/invoices/${(sold as unknown as Json)['number']}/credit-notes`, {
    key: 'void-2',
    reason: 'returned',
  })
  assert.equal((await told('void')).at(-1), '-70.00 + -14.00: 0.00')
})

test('histories: month by month the calls that are without tax are those that the commit had money for', async () => {
  const chance = chances(15)
  const keys = Array.from({ length: 8 }, (_, index) => `h${index}`)
  for (const [index, key] of keys.entries())
    await subscriber(key, index % 2 === 0 ? 'single' : 'renewed', {
      creditLimit: index % 3 === 0 ? '500' : null,
      start: '2026-06-01',
    })
  await bill('2026-06-01')
  // What each has left of its commit, in cents, and what its documents are to be.
  const left = new Map(keys.map((key, index) => [key, index % 2 === 0 ? 10_000 : 2_000]))
  const expected = new Map<string, string[]>(keys.map((key) => [key, []]))
  for (let month = 6; month <= 9; month++) {
    const name = (at: number): string => String(at).padStart(2, '0')
    await clock(`2026-${name(month)}-27T00:00:00Z`)
    for (const [index, key] of keys.entries()) {
      if (index % 3 === 0 && chance(2) === 0)
        await client.post('/v1/top-ups', {
          key: `${key}-${month}`,
          account: key,
          amount: '5.00',
          currency: 'EUR',
          method: 'cash',
        })
      const calls = Array.from({ length: chance(4) }, () => 1 + chance(400))
      for (const [at, minutes] of calls.entries())
        await use(key, `${month}-${at}`, `2026-${name(month)}-${name(1 + chance(25))}T10:00:00Z`, minutes)
      const cents = calls.reduce((sum, minutes) => sum + minutes * 10, 0)
      const paid = Math.min(cents, left.get(key) as number)
      left.set(key, index % 2 === 0 ? (left.get(key) as number) - paid : 2_000)
      const money = (amount: number): string => (amount / 100).toFixed(2)
      if (cents > 0)
        expected.get(key)?.push(`${money(cents)} + ${money(Math.round((cents - paid) * 0.3))}: ${money(paid)}`)
    }
    await bill(`2026-${name(month + 1)}-01`)
  }
  for (const key of keys) {
    const calls = (await shown(key))
      .map(({ purpose }, at) => ({ purpose, at }))
      .filter(({ purpose }) => purpose !== 'commit')
    const all = await told(key)
    assert.deepEqual(
      calls.map(({ at }) => all[at]),
      expected.get(key),
      key,
    )
  }
})

test('histories with calls that come late and calls that are taken back: in the end that is what the commit has paid', async () => {
  const chance = chances(16)
  const keys = Array.from({ length: 6 }, (_, index) => `late${index}`)
  for (const key of keys) await subscriber(key, 'single', { start: '2026-10-01' })
  await bill('2026-10-01')
  const made = new Map<string, string[]>(keys.map((key) => [key, []]))
  for (let month = 10; month <= 12; month++) {
    await clock(`2026-${month}-28T00:00:00Z`)
    for (const key of keys) {
      const own = made.get(key) as string[]
      for (let at = chance(4); at > 0; at--) {
        const day = month > 10 && chance(4) === 0 ? `2026-${month - 1}-28` : `2026-${month}-${10 + chance(17)}`
        await use(key, `${month}-${at}`, `${day}T10:00:00Z`, (1 + chance(60_000)) / 100)
        own.push(`${month}-${at}`)
      }
      if (own.length > 0 && chance(2) === 0) await retract(key, own.splice(chance(own.length), 1)[0] as string)
      if (chance(3) === 0) {
        const { credit } = await client.get<{ credit: { owed: string } }>(`/v1/accounts/${key}/balances`)
        const amount = Math.max(1, Math.floor(Number(credit.owed))).toFixed(2)
        await client.post('/v1/payments', {
          key: `${key}-${month}`,
          account: key,
          method: 'bank',
          currency: 'EUR',
          amount,
        })
      }
    }
    await bill(month === 12 ? '2027-01-01' : `2026-${month + 1}-01`)
  }
  for (const key of keys) {
    const all = await told(key)
    const used = all.reduce((sum, one) => sum + Math.round(Number(one.split(': ')[1]) * 100), 0)
    const net = all.slice(1).reduce((sum, one) => sum + Math.round(Number(one.split(' + ')[0]) * 100), 0)
    const { items } = await client.get<{ items: { left: string }[] }>(`/v1/accounts/${key}/contract-commits`)
    // What comes back lowers what is owed, first of all for the commit: its money may have paid for more than there are calls.
    const left = toScale(decimal(items[0]?.left ?? '0'), 8)
    const paid = Math.min(Number((100n * 10n ** 8n - left + 500_000n) / 1_000_000n), net)
    assert.equal(used, paid, `${key}: ${all.join(', ')}`)
  }
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
