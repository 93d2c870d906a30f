/**
 * The accountant's walk: a year of an issuer, with a fee in advance, usage, a pack of minutes, a coupon, VAT, a refund and a write-off. The
 * figures are computed by hand (docs/books.md has them as a page), in cents; none is copied from what Kvit answers.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { readBasJournal, readCsvJournal, readDatevJournal, readSaftJournal } from './books-readers.ts'
import { closePeriod, glBalances } from './books-world.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'

const { client } = await startKvit('walk', '2026-01-01T06:00:00Z')
await seedOperator(
  client,
  `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: yearly
    name: Yearly
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Yearly fee, amount: 120, every: { unit: year } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
  - code: packs
    name: By packs
    currency: EUR
    prices:
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`,
)

/** Of 120.00 over 365 days: 32 cents a day, and 33 on the first 320. */
const FEE = [1023, 924, 1023, 990, 1023, 990, 1023, 1023, 990, 1023, 976, 992]
/** Of the 12.00 that the coupon takes off: 3 cents a day, and 4 on the first 105. */
const COUPON = [124, 112, 124, 105, 93, 90, 93, 93, 90, 93, 90, 93]
/** Ann's calls at 0.10: 100 minutes in January, 200 in April, 30 in December. */
const CALLS: Readonly<Record<number, number>> = { 1: 1000, 4: 2000, 12: 300 }
/** Of Bob's pack, 500 minutes for 40.00, 8 cents each: 100 minutes in February, 150 in May. The other 250 expire in October. */
const PACK: Readonly<Record<number, number>> = { 2: 800, 5: 1200 }

/** What accounts of the ledger come to at the end of a month, in cents. */
function expected(month: number): Record<string, number> {
  const until = (amounts: readonly number[]): number => amounts.slice(0, month).reduce((sum, one) => sum + one, 0)
  const by = (amounts: Readonly<Record<number, number>>): number =>
    Object.entries(amounts).reduce((sum, [at, one]) => (Number(at) <= month ? sum + one : sum), 0)
  const is = (from: number, before = 13): boolean => month >= from && month < before
  return {
    // Ann pays 128.52 and 11.90, once more by mistake, which goes back in March; Bob pays 40.00.
    '1000': 12852 + 4000 + (is(2) ? 1190 + 1190 : 0) - (is(3) ? 1190 : 0),
    // The document of May, 20.00 and 19 % of it, is not paid, and is written off in October.
    '1100': is(5, 10) ? 2380 : 0,
    // Calls of the last days of a month whose document comes on the first of the next.
    '1200': CALLS[month] ?? 0,
    '2000': is(2, 3) ? -1190 : 0,
    '2100': -(12000 - until(FEE)) + (1200 - until(COUPON)) - (is(10) ? 0 : 4000 - by(PACK)),
    // 19 % of 108.00, of 10.00 and of 20.00.
    '2200': -(2052 + (is(2) ? 190 : 0) + (is(5) ? 380 : 0)),
    '4000': -(until(FEE) + by(CALLS) + by(PACK)),
    '4200': is(10) ? -2000 : 0,
    '5000': until(COUPON),
    '6000': is(10) ? 2380 : 0,
  }
}

const asText = (cents: number): string => {
  const size = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`
}
const day = (month: number, date: number): string =>
  `${month === 13 ? 2027 : 2026}-${String(month === 13 ? 1 : month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
const clock = async (month: number, date: number): Promise<unknown> =>
  client.post('/v1/tenants/walk', { clock: `${day(month, date)}T06:00:00Z` }, 'PATCH')
let serial = 0
const call = async (service: string, month: number, minutes: number): Promise<void> => {
  const record = {
    id: `u${++serial}`,
    service,
    type: 'call',
    time: `${day(month, 20)}T10:00:00Z`,
    data: { minutes: String(minutes) },
  }
  assert.equal((await client.post('/v1/usage', [record]))['charged'], 1)
}
const pay = async (key: string, amount: string): Promise<unknown> =>
  client.post('/v1/payments', { key, account: 'ann', amount, currency: 'EUR', method: 'bank' })

/** What happens in a month, by its days. */
const STORY: Readonly<Record<number, () => Promise<void>>> = {
  1: async () => {
    await clock(1, 10)
    await pay('p1', '128.52')
    await clock(1, 15)
    const pack = {
      unit: 'min',
      units: '500',
      unitPrice: '0.08',
      currency: 'EUR',
      method: 'card',
      expiresAt: '2026-10-15T00:00:00Z',
    }
    await client.post('/v1/unit-sales', { key: 'pack', account: 'bob', ...pack })
    await clock(1, 21)
    await call('ann', 1, 100)
  },
  2: async () => {
    await clock(2, 10)
    await pay('p2', '11.90')
    await clock(2, 11)
    await pay('p2-again', '11.90')
    await clock(2, 21)
    await call('bob', 2, 100)
  },
  3: async () => {
    await clock(3, 5)
    await client.post('/v1/payments/p2-again/reversal', { reason: 'paid twice: sent back' })
  },
  4: async () => {
    await clock(4, 21)
    await call('ann', 4, 200)
  },
  5: async () => {
    await clock(5, 21)
    await call('bob', 5, 150)
  },
  10: async () => {
    await clock(10, 15)
    const [open] = await client.list<Json & { id: string }>('/v1/invoices?account=ann&state=open')
    const off = await client.post(`/v1/invoices/${open?.id}/write-off`, { key: 'off-1', reason: 'insolvent' })
    assert.equal(off['amount'], '23.80')
  },
  12: async () => {
    await clock(12, 21)
    await call('ann', 12, 30)
  },
}

test('the year begins: books, parties, a coupon, and the fee in advance', async () => {
  await client.post('/v1/books', { issuer: 'op', currency: 'EUR', opensOn: '2026-01-01' })
  const postalAddress = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Example Street 1'] }
  const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
  await client.post('/v1/issuers/op', { postalAddress, registrations }, 'PATCH')
  for (const [key, plan] of [
    ['ann', 'yearly'],
    ['bob', 'packs'],
  ]) {
    await client.post('/v1/customers', { key, name: key, kind: 'consumer', postalAddress: { country: 'DE' } })
    const account = { key, customer: key, issuer: 'op', currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
    await client.post('/v1/accounts', account)
    await client.post('/v1/services', { key, account: key, validFrom: '2026-01-01T00:00:00Z' })
    const subscription = { key, account: key, plan, startsAt: '2026-01-01T00:00:00Z', alignment: 'calendar' }
    await client.post('/v1/subscriptions', subscription)
  }
  const value = { kind: 'percent', percent: '10' }
  await client.post('/v1/coupons', { code: 'WELCOME', name: 'Welcome', value, duration: { kind: 'bills', count: 1 } })
  await client.post('/v1/coupon-redemptions', { key: 'welcome', code: 'WELCOME', account: 'ann', from: '2026-01-01' })
  await runBills(client, '2026-01-01')
  const [first] = await client.list('/v1/invoices?account=ann')
  assert.equal(first?.['total'], '128.52')
})

for (let month = 1; month <= 12; month++)
  test(`month ${month}: what happens, bills, the period is closed, and every statement is as it was computed`, async () => {
    await STORY[month]?.()
    await clock(month + 1, 1)
    await runBills(client, day(month + 1, 1))
    await closePeriod(client, day(month, 1))
    const end = Temporal.PlainDate.from(day(month + 1, 1))
      .subtract({ days: 1 })
      .toString()
    const cents = expected(month)
    const sum = Object.values(cents).reduce((all, one) => all + one, 0)
    assert.equal(sum, 0, 'the figures of this page add up to zero')
    const wanted = Object.entries(cents).filter(([, one]) => one !== 0)
    assert.deepEqual(
      await glBalances(client, end),
      Object.fromEntries(wanted.map(([code, one]) => [code, asText(one)])),
    )
    const waterfall = await client.get<{ totals: Json[] }>(`/v1/books/op/deferred-revenue?asOf=${end}`)
    const [total] = waterfall.totals
    assert.deepEqual(
      [total?.['deferred'], total?.['unbilled']],
      [asText(-(cents['2100'] ?? 0)), asText(cents['1200'] ?? 0)],
    )
    const ageing = await client.get<{ totals: Json[] }>(`/v1/books/op/ageing?asOf=${end}`)
    assert.equal(ageing.totals[0]?.['total'] ?? '0.00', asText(cents['1100'] ?? 0))
    const { totals } = await client.get<{ totals: Json[] }>('/v1/ledger/trial-balance')
    assert.deepEqual(
      totals.map(({ difference }) => difference),
      ['0.00'],
    )
    if (month % 4 === 0) assert.deepEqual(await checkHolds(client), [])
  })

/** All accounts at the end of the year: they began with nothing, so what moved is what there is. */
const YEAR = Object.fromEntries(Object.entries(expected(12)).filter(([, cents]) => cents !== 0))
const journal = (format: string): string => `/v1/books/op/journal?from=2026-01-01&until=2026-12-31&format=${format}`

test('the journal of the year in each format, read back: the same balances', async () => {
  const whole = await client.get<{ items: Json[]; debit: string; credit: string }>(journal('json'))
  assert.equal(whole.debit, whole.credit)
  const text = async (format: string): Promise<string> =>
    new TextDecoder().decode(await client.download(journal(format)))
  assert.deepEqual(readCsvJournal(await text('csv')), YEAR)
  assert.deepEqual(readBasJournal(await text('bas')), YEAR)
  const saft = readSaftJournal(await text('saft'))
  assert.deepEqual([saft.balances, saft.closing], [YEAR, YEAR])
  assert.equal(asText(saft.totalDebit), whole.debit)
  assert.equal(saft.entries, new Set(whole.items.map(({ entryId }) => entryId)).size)
  assert.deepEqual(saft.customers, ['ann', 'bob'])
  const datev = readDatevJournal(await client.download(`${journal('datev')}&consultant=29098&client=55003`))
  assert.deepEqual(datev.balances, YEAR)
  assert.deepEqual(datev.header.slice(10, 16), ['29098', '55003', '20260101', '4', '20260101', '20261231'])
  assert.equal(datev.header[21], 'EUR')
})

test('from a sum to entries, the document, its line and its records', async () => {
  const { items, closing } = await client.get<{ items: Json[]; closing: string }>(
    '/v1/books/op/lines?code=4000&asOf=2026-04-30&from=2026-04-01',
  )
  assert.equal(closing, asText(expected(4)['4000'] ?? 0))
  // The document of 1 May has posted 20.00; at the end of April it was earned already.
  const calls = items.find(({ amount, subject }) => amount === '-20.00' && String(subject).startsWith('line:'))
  const explained = await client.get(`/v1/invoice-lines/${String(calls?.['subject']).slice('line:'.length)}/explain`)
  assert.deepEqual(
    (explained['records'] as Json[]).map(({ id, quantity, charge }) => [id, quantity, charge]),
    [['u3', '200', '20']],
  )
  const { items: entry } = await client.get<{ items: Json[] }>(
    `/v1/books/op/lines?document=${calls?.['documentId']}&asOf=2026-05-31`,
  )
  assert.deepEqual(
    entry.map(({ day: on, template, code, amount }) => [on, template, code, amount]),
    [
      ['2026-04-30', 'revenue_recognised', '1200', '20.00'],
      ['2026-04-30', 'revenue_recognised', '4000', '-20.00'],
      ['2026-05-01', 'invoice_issued', '1100', '23.80'],
      ['2026-05-01', 'invoice_issued', '4000', '-20.00'],
      ['2026-05-01', 'invoice_issued', '2200', '-3.80'],
      ['2026-05-31', 'revenue_recognised', '1200', '-20.00'],
      ['2026-05-31', 'revenue_recognised', '4000', '20.00'],
    ],
  )
})

test('taxes of a quarter by place and rate are those of the ledger', async () => {
  const report = await client.get<{ items: Json[]; totals: Json[] }>(
    '/v1/books/op/taxes?from=2026-01-01&until=2026-03-31',
  )
  // 108.00 and 10.00 at 19 %: 20.52 + 1.90. Bob's document of February has 0.00: his pack covered it.
  assert.deepEqual(report.items, [
    {
      kind: 'vat',
      place: 'DE',
      category: 'S',
      rule: 'domestic',
      percent: '19',
      perUnit: null,
      currency: 'EUR',
      documents: 3,
      base: '118.00',
      tax: '22.42',
    },
  ])
  assert.deepEqual(report.totals, [{ currency: 'EUR', tax: '22.42', ledger: '22.42', difference: '0.00' }])
})

test('the page has these figures', () => {
  const page = readFileSync(join(import.meta.dirname, '../docs/books.md'), 'utf8')
  const rows = [...page.matchAll(/^\| ((?:Janu|Febr|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*) \|(.*)\|$/gm)]
  assert.deepEqual(
    rows.map(([, , cells = '']) => cells.split('|').map((cell) => cell.trim())),
    rows.map((_, at) => Object.values(expected(at + 1)).map((cents) => (cents === 0 ? '' : asText(cents)))),
  )
  assert.equal(rows.length, 12)
})
