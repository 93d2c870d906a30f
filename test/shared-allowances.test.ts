import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { runCommand } from './command-line.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'
import { CASES, type Step } from './shared-allowance-cases.ts'

/**
 * E11: allowances that grow with seats (`perSeat`) and shrink with a partial month (`proration: day`). June has 30 days; beyond
 * the allowance a GB costs 1.00, so what is charged says what was given.
 */
const allowance = (more: string): string => `{ kind: allowance, code: pool, name: Pool, unit: GB, amount: 10, ${more} }`
const plan = (code: string, ...prices: string[]): string =>
  `  - { code: ${code}, name: ${code}, currency: EUR, prices: [ { kind: usage, code: data, name: Data, meter: data, rate: { model: per_unit, unitAmount: 1 } }, ${prices.join(', ')} ] }`
const PLANS = `
meters:
  - { code: data, name: Data, eventType: data, aggregator: sum, property: gb, unit: GB, scale: 3 }
plans:
${plan('seats', allowance('perSeat: true, proration: day'))}
${plan('whole', allowance('perSeat: true'))}
${plan('days', allowance('proration: day'))}
${plan('rolling', allowance('perSeat: true, proration: day, rollOver: { limit: 12 }'))}
${plan('bare', '{ kind: one_off, code: start, name: Start, amount: 0 }')}
`
const kvit = await startKvit('shares', '2026-06-01T00:00:00Z')
const { client } = kvit
await seedOperator(client, PLANS)
const time = (day: number): string => new Date(Date.UTC(2026, 5, day, 6)).toISOString()
let serial = 0
const record = (service: string, day: number, gb: string): Json => {
  return { id: `r-${++serial}`, source: 's', service, type: 'data', time: time(day), data: { gb } }
}

for (const [index, { plan: code = 'seats', seats = 1, startDay = 1 }] of CASES.entries())
  for (const key of [`c${index}`, `p${index}`]) {
    const startsAt = `2026-06-${String(startDay).padStart(2, '0')}T00:00:00Z`
    await createSubscriber(client, key, { plan: code, startsAt, quantity: seats })
    if (key.startsWith('c')) continue
    await client.post(`/v1/accounts/${key}`, { creditLimit: '0' }, 'PATCH')
    await client.post('/v1/top-ups', { key, account: key, amount: '100', currency: 'EUR', method: 'cash' })
  }
await createSubscriber(client, 'rolled', { plan: 'rolling', startsAt: '2026-06-01T00:00:00Z', quantity: 2 })
await createSubscriber(client, 'idle', { plan: 'rolling', startsAt: '2026-06-16T00:00:00Z', quantity: 2 })
await createSubscriber(client, 'fixed', { plan: 'seats', startsAt: '2026-06-01T00:00:00Z', quantity: 3 })
const FIXED = record('fixed', 3, '28')
const advised: unknown[] = []

/** By file on invoice, online from a balance. */
async function use(key: string, day: number, gb: string): Promise<void> {
  const one = record(key, day, gb)
  if (key.startsWith('c')) {
    assert.equal((await client.post<Json>('/v1/usage', [one]))['charged'], 1)
    return
  }
  const { cost } = await client.post<Json>('/v1/charging/advice', one)
  const { amount } = await client.post<Json>('/v1/charging', { op: 'event', ...one })
  advised.push([key, day, cost === amount, cost])
}

async function step(key: string, [day, what]: Step): Promise<void> {
  if (typeof what === 'string') return use(key, day, what)
  const at = `2026-06-${String(day).padStart(2, '0')}T00:00:00Z`
  const body = 'seats' in what ? { kind: 'quantity', quantity: what.seats } : { kind: 'plan', ...what }
  await client.post(`/v1/subscriptions/${key}/changes`, { ...body, at })
}

for (let day = 1; day <= 30; day++) {
  await client.post('/v1/tenants/shares', { clock: time(day) }, 'PATCH')
  if (day === 3) await client.post('/v1/usage', [FIXED, record('rolled', 3, '5')])
  if (day === 16)
    await client.post('/v1/subscriptions/fixed/changes', { kind: 'quantity', quantity: 1, at: '2026-06-16T00:00:00Z' })
  for (const [index, { steps }] of CASES.entries())
    for (const one of steps.filter(([at]) => at === day))
      for (const key of [`c${index}`, `p${index}`]) await step(key, one)
}
for (const [index, { late = [] }] of CASES.entries())
  for (const [day, gb] of late) for (const key of [`c${index}`, `p${index}`]) await use(key, day, gb)
// 28 of 30 used, then two seats fewer: 2 withdrawn. Amended to 8 on day 30: 12 are left of the 20 that three seats, then one, come to.
await client.post('/v1/usage', [record('fixed', 29, '1')])
const amendment = {
  key: 'f',
  source: 's',
  id: FIXED['id'],
  reason: 'a test',
  action: 'amend',
  record: { data: { gb: '8' } },
}
await client.post('/v1/usage-corrections', amendment)
await client.post('/v1/usage', [record('fixed', 30, '12')])
const brokenWhenCharged = await checkHolds(client)
await client.post('/v1/tenants/shares', { clock: '2026-07-02T06:00:00Z' }, 'PATCH')
const july = (service: string, gb: string): Json => ({ ...record(service, 1, gb), time: '2026-07-02T05:00:00Z' })
await client.post('/v1/usage', [july('rolled', '33'), july('idle', '31')])
await runBills(client, '2026-07-01')

async function billed(account: string): Promise<string> {
  const invoices = await client.list<{ id: string }>(`/v1/invoices?account=${account}`)
  let cents = 0
  for (const { id } of invoices) {
    const { document } = await client.get<{ document: { lines: Json[] } }>(`/v1/invoices/${id}`)
    for (const { amount } of document.lines) cents += Math.round(Number(amount) * 100)
  }
  return (cents / 100).toFixed(2)
}

for (const [index, { title, right }] of CASES.entries())
  test(`E11: ${title}`, async () => {
    assert.equal(await billed(`c${index}`), right)
    assert.equal(await billed(`p${index}`), right)
    const { available } = await client.get<{ available: string }>(`/v1/accounts/p${index}/balances`)
    assert.equal(Number(available), 100 - Number(right))
  })

interface Included {
  readonly name: string | null
  readonly period: { readonly from: string } | null
  readonly given: string | null
  readonly used: string | null
}

async function included(account: string): Promise<{ used: Included[]; charged: number; id: string }> {
  const [invoice] = (await client.list<{ id: string }>(`/v1/invoices?account=${account}`)) as [{ id: string }]
  const { document } = await client.get<{ document: { usage: Json[]; included: Included[] } }>(
    `/v1/invoices/${invoice.id}`,
  )
  return { used: document.included, charged: Number(document.usage[0]?.['quantity']), id: invoice.id }
}

test('documents tell what the allowance covered: with what is charged it is all that was used', async () => {
  for (const [index, { title, steps, late = [] }] of CASES.entries())
    for (const key of [`c${index}`, `p${index}`]) {
      const { used, charged } = await included(key)
      const all = [...steps, ...late].reduce((sum, [, what]) => sum + (typeof what === 'string' ? Number(what) : 0), 0)
      assert.deepEqual([used.length, used[0]?.name, used[0]?.period?.from], [1, 'Pool', '2026-06-01'], title)
      assert.equal((Number(used[0]?.used) + charged).toFixed(3), all.toFixed(3), title)
    }
  // What went over into July was not used in June.
  const { used } = await included('rolled')
  assert.deepEqual([used[0]?.given, used[0]?.used], ['20', '5'])
})

test('a document and the explanation of its line say in words what was included', async () => {
  const { id } = await included('c0')
  const shown = (await client.get<{ document: { lines: Json[] }; number: string }>(`/v1/invoices/${id}`)) as Json & {
    readonly number: string
    readonly document: { readonly lines: readonly Json[] }
  }
  const env = { KVIT_URL: kvit.app.url, KVIT_KEY: kvit.app.rootKey, KVIT_TENANT: 'shares' }
  const { out } = await runCommand(['invoice', 'show', shown.number], env)
  assert.match(out, /^meter +charged +unit +records$/m)
  assert.match(out, /^Pool +20 of 20 GB used +2026-06-01\/2026-07-01 +c0$/m)
  const explained = await client.get<{ text: string; included: Json[] }>(
    `/v1/invoice-lines/${shown.document.lines[0]?.['id']}/explain`,
  )
  assert.match(explained.text, /^Used in the period: 1 GB\.\nBesides that, Pool covered 20 of 20 GB\.$/m)
  assert.equal(explained.included.length, 1)
  const pdf = await kvit.request('GET', `/v1/invoices/${id}/pdf`)
  assert.equal(pdf.status, 200)
})

test('E11: advice says what an event costs', () => {
  assert.ok(advised.length > 30)
  assert.deepEqual(
    advised.filter((one) => (one as unknown[])[2] !== true),
    [],
  )
})

test('E11: a correction gives units back, and what a seat less has withdrawn stays withdrawn', async () => {
  assert.equal(await billed('fixed'), '1.00')
})

test('E11: what is left of shares goes over, also of a month in which nothing was used', async () => {
  const owed = async (key: string): Promise<unknown> =>
    (await client.get<{ credit: Json }>(`/v1/accounts/${key}/balances`)).credit['owed']
  // 20 of July and 12 of the 15 that were left; 20 of July and the 10 of half of June.
  assert.deepEqual([await owed('rolled'), await owed('idle')], ['1.00', '1.00'])
})

test('E11: every invariant holds, and mistakes of the plan file are told', async () => {
  assert.deepEqual(brokenWhenCharged, [])
  assert.deepEqual(await checkHolds(client), [])
  const text = PLANS.replace('perSeat: true, proration: day', 'perSeat: 3, proration: second')
  const answer = await kvit.request('POST', '/v1/catalog', { body: { files: [{ name: 'p.yaml', text }] } })
  assert.match(answer.text, /perSeat/)
  assert.match(answer.text, /proration/)
})
