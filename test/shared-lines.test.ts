import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkProofText } from '../src/cli/read-proof.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

/** Each destination has a price of its own, so that its few minutes end in a part of a cent. */
const DESTINATIONS = Array.from({ length: 231 }, (_, index) => `d${String(index).padStart(3, '0')}`)
const priceOf = (index: number): number => 1_371 + index
const rates = DESTINATIONS.map(
  (name, index) => `{ when: { to: ${name} }, rate: { model: per_unit, unitAmount: 0.${priceOf(index)} } }`,
)
const abroad = (invoiceLine: string): string => `
      - { kind: usage, code: calls, name: Calls abroad, meter: minutes${invoiceLine}, matrix: { keys: [to], rates: [ ${rates.join(', ')} ] } }`
const plan = (code: string, prices: string): string => `
  - code: ${code}
    name: ${code}
    currency: EUR
    prices:${prices}`
const tokens = (kind: string): string => `{ when: { kind: ${kind} }, rate: { model: per_unit, unitAmount: 0.004 } }`
const byKey = `
      - kind: usage
        code: model
        name: Tokens
        meter: tokens
        invoiceLine: group
        matrix: { keys: [kind], rates: [ ${tokens('in')}, ${tokens('out')} ] }`
const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
  - { code: tokens, name: Tokens, eventType: model, aggregator: sum, property: tokens, unit: token, scale: 0, groupBy: key }
plans:
${plan('each', abroad(''))}
${plan('together', abroad(', invoiceLine: price'))}
${plan('keys', byKey)}
`

const { client, request } = await startKvit('shared', '2026-01-20T06:00:00Z')
await seedOperator(client, PLANS)
const folder = await mkdtemp(join(tmpdir(), 'kvit-test-shared-'))
after(() => rm(folder, { recursive: true, force: true }))

interface Invoice extends Json {
  id: string
  total: string
  document: { lines: (Json & { id: string; amount: string; parts: Json[] })[] }
}
async function invoicesOf(account: string): Promise<Invoice[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}
const bill = async (day: string): Promise<void> => {
  await client.post('/v1/tenants/shared', { clock: `${day}T06:00:00Z` }, 'PATCH')
  await runBills(client, day)
}
const call = (id: string, service: string, to: string, minutes: string): Json => ({
  ...{ id, source: 'switch', service, type: 'call', time: '2026-01-10T00:00:00Z', data: { to, minutes } },
})

test('E14: calls to 231 destinations are one line, rounded once, with each destination in the annex', async () => {
  for (const key of ['each', 'together']) {
    await createSubscriber(client, key, { plan: key })
    const calls = DESTINATIONS.map((to, index) => call(`${key}-${index}`, key, to, '1.05'))
    assert.equal((await client.post('/v1/usage', calls))['charged'], 231)
  }
  await client.post('/v1/coupons', {
    ...{ code: 'TENTH', name: 'A tenth', value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' } },
  })
  await client.post('/v1/coupon-redemptions', { key: 'r1', code: 'TENTH', account: 'together' })
  const preview = await client.get<{ documents: { lines: Json[] }[] }>('/v1/accounts/together/next-invoice')
  await bill('2026-02-01')
  const exact = DESTINATIONS.reduce((sum, _, index) => sum + 105 * priceOf(index), 0)
  const cents = Math.round(exact / 10_000)
  assert.notEqual(
    (await invoicesOf('each'))[0]?.total,
    (cents / 100).toFixed(2),
    'by the destination it is another sum',
  )
  const [invoice] = await invoicesOf('together')
  const [line, discount, ...more] = invoice?.document.lines ?? []
  assert.equal(more.length, 0)
  assert.deepEqual(
    ['description', 'quantity', 'exactAmount', 'amount'].map((key) => line?.[key]),
    ['Calls abroad', '242.55', String(exact / 1_000_000), (cents / 100).toFixed(2)],
  )
  assert.equal(line?.parts.length, 231)
  assert.deepEqual(line?.parts[1], {
    ...{ label: 'd001', line: line?.parts[1]?.['line'], quantity: '1.05', unitAmount: '0.1372', per: null },
    amount: '0.14406',
  })
  assert.deepEqual(
    ['description', 'amount', 'lowers', 'discountPercent', 'base'].map((key) => discount?.[key]),
    ['A tenth', `-${(Math.round(cents / 10) / 100).toFixed(2)}`, 1, '10', (cents / 100).toFixed(2)],
  )
  assert.deepEqual(
    preview.documents[0]?.lines.map(({ amount }) => amount),
    [line?.amount, discount?.amount],
  )
})

test('E14: an explanation goes from the line to its rates, and from each of them to its records', async () => {
  const [invoice] = await invoicesOf('together')
  const [line] = invoice?.document.lines ?? []
  const whole = await client.get<Json & { invoiceLine: Json & { rates: Json[] } }>(
    `/v1/invoice-lines/${line?.id}/explain`,
  )
  assert.equal(whole.invoiceLine.rates.length, 231)
  assert.equal(whole.invoiceLine['amount'], line?.amount)
  const one = await client.get<Json & { records: Json[] }>(`/v1/invoice-lines/${line?.parts[7]?.['line']}/explain`)
  assert.deepEqual([one['cell'], one.records.map(({ id }) => id)], ['d007', ['together-7']])
  const { text } = await request('GET', `/v1/invoices/${invoice?.id}/itemised.csv`)
  const rows = text.trim().split('\n').slice(1)
  assert.equal(rows.length, 231)
  assert.ok(
    rows.every((row) => row.startsWith('1,')),
    'every record is of line 1',
  )
})

test('E14: late usage comes with what is new, and all lines together are still rounded once', async () => {
  await client.post('/v1/usage', [
    call('late-1', 'together', 'd000', '1.01'),
    call('late-2', 'together', 'd230', '0.02'),
  ])
  await bill('2026-03-01')
  const exact =
    DESTINATIONS.reduce((sum, _, index) => sum + 105 * priceOf(index), 0) + 101 * priceOf(0) + 2 * priceOf(230)
  const lines = (await invoicesOf('together')).flatMap(({ document }) => document.lines)
  const usage = lines.filter(({ kind }) => kind === 'usage')
  const sum = usage.reduce((total, { amount }) => total + Math.round(Number(amount) * 100), 0)
  assert.equal(sum, Math.round(exact / 10_000))
  const [, late] = usage
  assert.deepEqual(
    late?.parts.map(({ label, quantity }) => [label, quantity]),
    [
      ['d000', '1.01'],
      ['d230', '0.02'],
      ['rounding of what was billed before', null],
    ],
  )
})

test('E14: a line for each group, of all its rates', async () => {
  await client.post('/v1/tenants/shared', { clock: '2026-03-20T06:00:00Z' }, 'PATCH')
  await createSubscriber(client, 'keys', { plan: 'keys' })
  const use = (id: string, key: string, kind: string): Json => ({
    ...{ id, source: 'gw', service: 'keys', type: 'model', time: '2026-03-10T00:00:00Z' },
    data: { key, kind, tokens: '1' },
  })
  await client.post('/v1/usage', [use('1', 'north', 'in'), use('2', 'north', 'out'), use('3', 'south', 'in')])
  await bill('2026-04-01')
  const [invoice] = await invoicesOf('keys')
  assert.deepEqual(
    invoice?.document.lines.map(({ description, quantity, amount }) => [description, quantity, amount]),
    [
      ['Tokens: north', '2', '0.01'],
      ['Tokens: south', '1', '0.00'],
    ],
  )
})

test('E14: a proof goes by each rate of a line, and the line adds up', async () => {
  const script = join(import.meta.dirname, '../examples/verify-proof/verify.py')
  for (const { id } of await invoicesOf('together')) {
    const { text } = await request('GET', `/v1/invoices/${id}/proof`)
    const broken = checkProofText(text, null).filter(({ holds }) => !holds)
    assert.deepEqual(broken, [])
    const lie = text.replace(/(quantity\\":\\"1\.0)\d(\\",\\"unitAmount)/, '$19$2')
    assert.ok(lie !== text, 'a quantity of a rate is changed')
    assert.notDeepEqual(
      checkProofText(lie, null).filter(({ holds }) => !holds),
      [],
    )
    const file = join(folder, 'proof.json')
    await writeFile(file, text)
    const { status, stdout, stderr, error } = spawnSync('python3', [script, file], { encoding: 'utf8' })
    if (error === undefined) assert.equal(status, 0, stdout + stderr)
  }
})

test('E14: lines by group need a meter with groups', async () => {
  const text = plan('no-groups', abroad(', invoiceLine: group'))
  const { status, text: told } = await request('POST', '/v1/catalog', {
    body: { files: [{ name: 'no-groups.yaml', text: `plans:${text}\n` }] },
  })
  assert.equal(status, 422)
  assert.match(told, /meter \\"minutes\\" has no groupBy/)
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
