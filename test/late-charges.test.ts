/** Interest and fees on documents that are paid late: figures by hand, two runs at once, credits, disputes, promises, and random histories. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { commandsOf } from './command-line.ts'
import { checkHolds, personWith, seedOperator, startKvit } from './harness.ts'
import { until } from './test-postgres.ts'

const kvit = await startKvit('late', '2026-01-01T06:00:00Z')
const { client } = kvit
const command = commandsOf(kvit.app, 'late')
await seedOperator(client)
const move = async (clock: string): Promise<void> =>
  void (await client.post('/v1/tenants/late', { clock: `${clock}T06:00:00Z` }, 'PATCH'))
const SETTINGS = {
  from: '2026-01-01',
  business: { pointsAboveBase: '8', fees: { EUR: '40.00' } },
  consumer: { percent: '7.30', capPercent: '1' },
  accounts: { friend: null, slow: { percent: '36.5', graceDays: 5, minimum: { EUR: '1.00' }, feeAfterDays: 3 } },
  baseRates: [
    { from: '2025-07-01', percent: '1.12' },
    { from: '2026-02-01', percent: '1' },
  ],
}
const set = async (more: Json = {}): Promise<unknown> =>
  client.post('/v1/settings/late-charges', { values: { ...SETTINGS, ...more } }, 'PUT')
const TERMS = { termsDays: 14, zone: 'UTC', cycleAnchor: '2026-01-01' }
const account = async (key: string, kind: string, more: Json = {}): Promise<void> => {
  await client.post('/v1/customers', { key, name: `Customer ${key}`, kind })
  await client.post('/v1/accounts', { key, customer: key, issuer: 'op', currency: 'EUR', ...TERMS, ...more })
}
/** A document of so much, due after 14 days. @returns its id */
const owe = async (key: string, amount: string, name = `${key}-1`): Promise<string> => {
  const lines = [{ description: 'Router', unitPrice: amount }]
  return String((await client.post<Json>('/v1/one-off-invoices', { key: name, account: key, lines }))['invoiceId'])
}
const pay = async (key: string, amount: string, name: string): Promise<Json> =>
  client.post('/v1/payments', { key: name, account: key, method: 'cash', currency: 'EUR', amount })
const run = async (key: string): Promise<Json> => client.post<Json>('/v1/late-charges', { account: key })
const charges = async (key: string): Promise<Json[]> => client.list<Json>(`/v1/late-charges?account=${key}`)
const texts = async (key: string): Promise<string[]> =>
  (await charges(key)).map(({ amount, left, text }) => `${String(amount)} ${String(left)} ${String(text)}`)
const invoices = async (key: string): Promise<Json[]> => client.list<Json>(`/v1/invoices?account=${key}&order=oldest`)

for (const key of ['firm', 'void', 'quarrel']) await account(key, 'business')
for (const key of ['ann', 'kept', 'broken', 'friend', 'slow', 'waived']) await account(key, 'consumer')
await account('west', 'consumer', { zone: 'America/Los_Angeles' })
const ids = new Map<string, string>()
for (const key of ['firm', 'void', 'quarrel', 'ann', 'kept', 'broken', 'friend', 'slow', 'waived', 'west'])
  ids.set(key, await owe(key, '100.00'))
const numberOf = async (key: string): Promise<string> =>
  String((await client.get<Json>(`/v1/invoices/${ids.get(key)}`))['number'])

test('nothing is charged before the settings say from which day on; rules that are none are refused', async () => {
  await move('2026-01-28')
  assert.deepEqual((await run('firm'))['charged'], 0)
  assert.deepEqual((await client.get<Json>('/v1/late-charge-preview'))['items'], [])
  await assert.rejects(set({ consumer: { percent: '5', pointsAboveBase: '8' } }), /interest is one of percent/)
  await assert.rejects(set({ consumer: { fees: { EUR: '0.001' } } }), /amounts that the currencies have/)
  await assert.rejects(set({ consumer: { percent: '-1' } }), /write a percentage/)
  const turned = [...SETTINGS.baseRates].reverse()
  await assert.rejects(set({ baseRates: turned }), /the earliest first/)
  await assert.rejects(set({ consumer: { taxClass: 'none' } }), /taxClass/)
  await set()
})

test('a business owes 8 points above the base rate and 40.00: 12 days of 100.00; two runs at once charge once', async () => {
  const number = await numberOf('firm')
  const shown = await command('late-charge', 'preview', '--account', 'firm')
  assert.match(shown, /Interest on INV-\d+: 100\.00 × 9\.12 % × 12\/365 = 0\.30/)
  const preview = await client.get<{ items: Json[] }>('/v1/late-charge-preview?account=firm&asOf=2026-01-18')
  assert.equal(preview.items[0]?.['total'], '40.05')
  const [one, other] = await Promise.all([run('firm'), run('firm')])
  assert.deepEqual([Number(one['charged']) + Number(other['charged']), (await charges('firm')).length], [2, 2])
  assert.deepEqual(await texts('firm'), [
    `40.00 40.00 Fee for late payment of ${number}`,
    `0.30 0.30 Interest on ${number}: 100.00 × 9.12 % × 12/365 = 0.30`,
  ])
  const [, bill] = await invoices('firm')
  const { document } = await client.get<{ document: { lines: Json[]; totals: Json } }>(
    `/v1/invoices/${String(bill?.['id'])}`,
  )
  assert.deepEqual(
    document.lines.map(({ amount, description }) => [amount, description]),
    (await charges('firm')).map(({ amount, text }) => [amount, text]),
  )
  assert.equal(document.totals['total'], '40.30')
  assert.equal((await run('firm'))['charged'], 0)
})

test('a part that is paid and a rate that changes are computed piecewise; what is credited gives back what was charged on it', async () => {
  await move('2026-01-31')
  await pay('firm', '40.00', 'firm-1-paid')
  await move('2026-02-05')
  assert.deepEqual((await run('firm'))['amounts'], { EUR: '0.15' })
  const number = await numberOf('firm')
  assert.equal(
    (await texts('firm')).at(-1),
    `0.15 0.15 Interest on ${number}: 100.00 × 9.12 % × 3/365 + 60.00 × 9.12 % × 1/365 + 60.00 × 9 % × 4/365 = 0.15`,
  )
  const credit = { key: 'c-1', reason: 'goodwill', amount: '20.00' }
  await client.post(`/v1/invoices/${ids.get('firm')}/credit-notes`, credit)
  const lowered = await run('firm')
  assert.deepEqual([lowered['lowered'], lowered['charged'], lowered['failed']], [2, 0, []])
  assert.deepEqual(
    (await charges('firm')).map(({ amount, left }) => `${String(amount)} ${String(left)}`),
    ['40.00 40.00', '0.30 0.24', '0.15 0.11'],
  )
  assert.equal((await run('firm'))['lowered'], 0)
  // The rest of it: nothing was owed, so that the fee comes back, too.
  await client.post(`/v1/invoices/${ids.get('firm')}/credit-notes`, { ...credit, key: 'c-2', amount: '80.00' })
  assert.equal((await run('firm'))['lowered'], 3)
  assert.deepEqual(new Set((await charges('firm')).map(({ left }) => left)), new Set(['0.00']))
  const [, interest] = await charges('firm')
  const [returned] = (interest as { returns: Json[] } & Json).returns
  assert.deepEqual(
    [returned?.['because'], returned?.['amount'], returned?.['reason']],
    ['credited', '0.06', `${number} was credited`],
  )
  assert.deepEqual(await checkHolds(client), [])
})

test('a document that is void gives everything back', async () => {
  assert.equal((await run('void'))['charged'], 2)
  await client.post(`/v1/invoices/${ids.get('void')}/void`, { key: 'v-1', reason: 'billing_error', rebill: false })
  assert.equal((await run('void'))['lowered'], 2)
  assert.deepEqual(new Set((await charges('void')).map(({ left }) => left)), new Set(['0.00']))
})

test('consumers have another rule: 7.30 percent, until 1 percent of the document is reached; days go by the zone of the account', async () => {
  // 20 days of 0.02, from 16 January to 4 February.
  assert.deepEqual((await run('ann'))['amounts'], { EUR: '0.40' })
  // There the document is of 31 December, and it is 4 February yet, at ten in the evening.
  assert.deepEqual((await run('west'))['amounts'], { EUR: '0.40' })
  assert.deepEqual(
    (await charges('west')).map(({ from, until: end }) => [from, end]),
    [['2026-01-15', '2026-02-04']],
  )
  await move('2026-04-01')
  // 55 days would be 1.10; 0.60 are left.
  assert.deepEqual((await run('ann'))['amounts'], { EUR: '0.60' })
  assert.match((await texts('ann')).at(-1) ?? '', /× 55\/365, no more than 1 % in all = 0\.60$/)
  assert.equal((await run('ann'))['charged'], 0)
})

test('what is disputed bears none until it is decided', async () => {
  await owe('quarrel', '10.00', 'quarrel-2')
  await move('2026-04-20')
  const dispute = { key: 'd-1', reason: 'wrong_amount', lines: [{ line: 1, amount: '10.00' }] }
  const second = (await invoices('quarrel')).find(({ total }) => total === '10.00')
  await client.post(`/v1/invoices/${String(second?.['id'])}/disputes`, dispute)
  await move('2026-04-30')
  await client.post('/v1/disputes/d-1/reject', { reason: 'it was ordered' })
  await move('2026-05-04')
  await run('quarrel')
  const own = (await charges('quarrel')).find(
    ({ invoiceId, kind }) => invoiceId === second?.['id'] && kind === 'interest',
  )
  // Due on 15 April: 16 to 19 April, and 30 April to 3 May: 8 days of 10.00 at 9 percent are 0.0197.
  assert.deepEqual(
    (own as { segments: Json[] }).segments.map(({ from, until: end }) => [from, end]),
    [
      ['2026-04-16', '2026-04-20'],
      ['2026-04-30', '2026-05-04'],
    ],
  )
  assert.equal(own?.['amount'], '0.02')
})

test('a promise that is kept stops it for its days; one that is broken does not', async () => {
  await set({ consumer: { percent: '36.5' } })
  for (const key of ['kept', 'broken'])
    await client.post(`/v1/accounts/${key}/promises`, { key: `p-${key}`, until: '2026-05-08', amount: '50.00' })
  await move('2026-05-07')
  for (const key of ['kept', 'broken']) {
    // Days until the promise, 16 January to 3 May: 108 × 0.10. Nothing is said of those from 4 May on.
    assert.deepEqual((await run(key))['amounts'], { EUR: '10.80' })
    assert.equal((await run(key))['charged'], 0)
  }
  await pay('kept', '50.00', 'kept-paid')
  await until('it is kept', async () => (await client.get<Json>('/v1/payment-plans/p-kept'))['state'] === 'kept')
  await move('2026-05-10')
  await until('it is broken', async () => (await client.get<Json>('/v1/payment-plans/p-broken'))['state'] === 'broken')
  // 7 to 9 May: 3 × 0.05; and 4 to 9 May: 6 × 0.10.
  assert.deepEqual((await run('kept'))['amounts'], { EUR: '0.15' })
  assert.deepEqual((await run('broken'))['amounts'], { EUR: '0.60' })
})

test('an account has a rule of its own, or none; a minimum waits', async () => {
  assert.equal((await run('friend'))['charged'], 0)
  const name = 'slow-2'
  const id = await owe('slow', '10.00', name)
  await client.post('/v1/payments', {
    key: 'slow-paid',
    account: 'slow',
    method: 'cash',
    currency: 'EUR',
    amount: '100.00',
  })
  await run('slow')
  // Due on 24 May, 5 days of grace: from 30 May on, 0.01 a day.
  await move('2026-06-20')
  assert.equal((await run('slow'))['charged'], 0)
  await move('2026-09-07')
  const ran = await run('slow')
  assert.deepEqual([ran['charged'], ran['amounts']], [1, { EUR: '1.00' }])
  assert.deepEqual((await charges('slow')).at(-1)?.['invoiceId'], id)
})

test('a charge is waived with a reason, once, by who may', async () => {
  await run('waived')
  const [charge] = await charges('waived')
  const id = String(charge?.['id'])
  const reader = await personWith(kvit, 'reader', ['invoices:read'])
  await assert.rejects(reader.post(`/v1/late-charges/${id}/waive`, { reason: 'no' }), /invoices:write/)
  assert.match(await command('late-charge', 'waive', id, '--reason', 'The bank was closed'), /The bank was closed/)
  const waived = await client.get<Json>(`/v1/late-charges/${id}`)
  assert.deepEqual([waived['left'], (waived['returns'] as Json[])[0]?.['because']], ['0.00', 'waived'])
  await assert.rejects(client.post(`/v1/late-charges/${id}/waive`, { reason: 'again' }), /nothing is left/)
  assert.equal((await run('waived'))['charged'], 0)
  assert.match(await command('late-charge', 'list', '--account', 'waived'), /interest/)
  const missing = '/v1/late-charges/019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11'
  await assert.rejects(client.get(missing), /there is no late charge/)
  assert.deepEqual(await checkHolds(client), [])
})

test('random payments and reversals are charged as one who walks day by day would, whenever it is run', async () => {
  let seed = 42
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const start = '2026-09-07'
  const names = ['r1', 'r2', 'r3']
  const dayAt = (n: number): string => Temporal.PlainDate.from(start).add({ days: n }).toString()
  for (const key of names) {
    await account(key, 'consumer', { termsDays: 2 })
    await owe(key, '1000.00')
  }
  const open = new Map(names.map((key) => [key, 100_000n]))
  const reversible = new Map<string, { name: string; minor: bigint }[]>(names.map((key) => [key, []]))
  const walked = new Map(names.map((key) => [key, 0n]))
  for (let n = 0; n < 16; n++) {
    if (n > 0) await move(dayAt(n))
    for (const key of names) {
      const own = open.get(key) as bigint
      const kept = reversible.get(key) as { name: string; minor: bigint }[]
      const what = random(6)
      if (what === 0 && own > 0n) {
        const minor = BigInt(1 + random(20_000))
        const part = minor < own ? minor : own
        const name = `${key}-${n}`
        await pay(key, `${part / 100n}.${String(part % 100n).padStart(2, '0')}`, name)
        open.set(key, own - part)
        kept.push({ name, minor: part })
      } else if (what === 1 && kept.length > 0) {
        const { name, minor } = kept.pop() as { name: string; minor: bigint }
        await client.post(`/v1/payments/${name}/reversal`, { reason: 'bounced' })
        open.set(key, own + minor)
      }
      // Due on the second day: what is open as a day ends is charged from the third on.
      if (n > 2 && n < 15) walked.set(key, (walked.get(key) as bigint) + (open.get(key) as bigint))
    }
  }
  await client.post<Json>('/v1/late-charges', {})
  for (const key of names) {
    // 36.5 percent a year is a thousandth a day.
    const minor = ((walked.get(key) as bigint) * 2n + 1_000n) / 2_000n
    const [charge, ...others] = await charges(key)
    assert.equal(others.length, 0)
    assert.equal(charge?.['amount'], `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`)
  }
})

test('by the settings it is charged on its day of every month, and another tenant is left alone', async () => {
  await client.post('/v1/tenants', { name: 'other', clock: '2026-09-22T06:00:00Z' })
  const before = (await client.list('/v1/late-charges')).length
  await set({ consumer: { percent: '36.5' }, schedule: 'monthly', day: 5, hour: 3 })
  await move('2026-10-06')
  await until('it has charged', async () => (await client.list('/v1/late-charges')).length > before)
  await until('r1 is charged', async () => (await charges('r1')).length === 2)
  // Until the day on which it was due to run, not until today.
  assert.equal((await charges('r1')).at(-1)?.['until'], '2026-10-05')
  assert.deepEqual(await checkHolds(client), [])
})
