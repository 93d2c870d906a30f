import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const usage = (rate: string, more = ''): string => `
      - { kind: usage, code: calls, name: Calls, meter: minutes${more}, rate: ${rate} }`
const plan = (code: string, prices: string): string => `
  - code: ${code}
    name: ${code}
    currency: EUR
    prices:${prices}`
const PLANS = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
${plan('late', usage('{ model: per_unit, unitAmount: 2.20 }'))}
${plan('batch', usage('{ model: per_unit, unitAmount: 0.10, discountPercent: 50 }'))}
${plan('tiers', usage('{ model: graduated, tiers: [ { upTo: 100, unitAmount: 0.10 }, { upTo: null, unitAmount: 0.05, flatAmount: 1 } ] }'))}
${plan('free', usage('{ model: per_unit, unitAmount: 0.10, freeUnits: 30, connectionFee: 0.01 }'))}
${plan('million', usage('{ model: per_unit, unitAmount: 3 }', ', per: 1000000'))}
${plan('package', usage('{ model: package, amount: 5, size: 100 }'))}
${plan('seats', '\n      - { kind: recurring, code: fee, name: Seats, amount: 31, every: { unit: month } }')}
${plan('minimum', `${usage('{ model: per_unit, unitAmount: 0.10 }')}\n      - { kind: commitment, code: least, name: At least, amount: 20, every: { unit: month } }`)}
`

const { client } = await startKvit('printed', '2026-01-01T06:00:00Z')
await seedOperator(client, PLANS)
const folder = await mkdtemp(join(tmpdir(), 'kvit-test-printed-'))
after(() => rm(folder, { recursive: true, force: true }))

/** Of poppler, where it is installed. */
const PDF_TO_TEXT = process.env['KVIT_TEST_PDFTOTEXT'] ?? 'pdftotext'

const clock = (time: string): Promise<unknown> =>
  client.post('/v1/tenants/printed', { clock: time, back: true }, 'PATCH')
const bill = async (day: string): Promise<void> => {
  await clock(`${day}T06:00:00Z`)
  await runBills(client, day)
}
async function use(id: string, service: string, time: string, minutes: string): Promise<void> {
  const data = { minutes }
  const report = await client.post('/v1/usage', [{ id, source: 'switch', service, type: 'call', time, data }])
  assert.equal(report['charged'], 1)
}
interface Invoice extends Json {
  id: string
  document: { kind: string; number: string; reason?: string; lines: Json[] }
}
async function invoicesOf(account: string): Promise<Invoice[]> {
  const list = await client.list<Json>(`/v1/invoices?account=${account}`)
  return Promise.all(list.map(({ id }) => client.get<Invoice>(`/v1/invoices/${id}`)))
}
const lineOf = async (account: string): Promise<Json> => (await invoicesOf(account)).at(-1)?.document.lines[0] ?? {}
const pick = (line: Json, ...keys: string[]): unknown[] => keys.map((key) => line[key])

async function billed(name: string, minutes: string): Promise<Json> {
  await clock('2026-01-20T06:00:00Z')
  await createSubscriber(client, name, { plan: name })
  await use(`${name}-1`, name, '2026-01-10T00:00:00Z', minutes)
  await bill('2026-02-01')
  return lineOf(name)
}

test('T9: quantity, exact amount and amount of a late line are of the same thing: what came since', async () => {
  await billed('late', '72.73')
  await clock('2026-02-10T06:00:00Z')
  await use('late-2', 'late', '2026-01-11T00:00:00Z', '10')
  await bill('2026-03-01')
  const line = await lineOf('late')
  // All of January is 82.73 minutes: 182.006. Of them 160.006 were billed at 160.01.
  assert.deepEqual(pick(line, 'quantity', 'exactAmount', 'amount', 'billedBefore', 'isLate'), [
    ...['10', '21.996', '22.00', '160.01', true],
  ])
  assert.deepEqual(
    (line['parts'] as Json[]).map((part) => pick(part, 'label', 'quantity', 'unitAmount', 'amount')),
    [
      ['unit', '82.73', '2.20', '182.006'],
      ['billed before', null, null, '-160.01'],
    ],
  )
  const explained = await client.get<{ rounding: Json }>(`/v1/invoice-lines/${line['id']}/explain`)
  assert.deepEqual(pick(explained.rounding, 'exactAmount', 'billedBefore', 'amount'), ['182.006', '160.01', '22.00'])
})

test('T13: a discount of the price stands on its line, and the line multiplies out', async () => {
  const line = await billed('batch', '100')
  assert.deepEqual(pick(line, 'quantity', 'unitAmount', 'discountPercent', 'amount', 'parts'), [
    ...['100', '0.1', '50', '5.00', null],
  ])
})

/** Parts that add up to the exact amount, where quantity and unit amount do not tell it. */
const PARTS: readonly (readonly [string, string, readonly string[], string])[] = [
  ['tiers', '150', ['tier up to 100 100 0.10 10', 'last tier 50 0.05 1 3.5'], '13.50'],
  ['free', '100', ['unit 70 0.10 7', 'connection fee 1 0.01 0.01'], '7.01'],
  ['package', '150', ['packages of 100 2 5 10'], '10.00'],
]
for (const [name, minutes, parts, amount] of PARTS) {
  test(`T13: a line of ${name} shows its parts, which add up`, async () => {
    const line = await billed(name, minutes)
    assert.equal(line['unitAmount'], null)
    assert.deepEqual(
      (line['parts'] as Json[]).map((part) =>
        pick(part, 'label', 'quantity', 'unitAmount', 'flatAmount', 'amount')
          .filter((text) => text !== undefined)
          .join(' '),
      ),
      parts,
    )
    assert.equal(line['amount'], amount)
  })
}

test('T13: shares of a period, seats that change and a minimum multiply out, too', async () => {
  await clock('2026-01-01T06:00:00Z')
  await createSubscriber(client, 'seats', { plan: 'seats', startsAt: '2026-01-15T00:00:00Z' })
  await bill('2026-01-15')
  assert.deepEqual(pick(await lineOf('seats'), 'quantity', 'unitAmount', 'share', 'amount', 'parts'), [
    ...['1', '31', '17/31', '17.00', null],
  ])
  const at = '2026-01-25T00:00:00Z'
  await client.post('/v1/subscriptions/seats/changes', { kind: 'quantity', quantity: 3, at })
  const minimum = await billed('minimum', '50')
  assert.equal(minimum['unitAmount'], '0.1')
  const [, least = {}] = (await invoicesOf('minimum')).at(-1)?.document.lines ?? []
  assert.deepEqual(
    (least['parts'] as Json[]).map((part) => pick(part, 'label', 'amount')),
    [
      ['minimum', '20.00'],
      ['charges counted', '-5'],
    ],
  )
  const line = (await invoicesOf('seats')).at(-1)?.document.lines[0] as Json
  assert.deepEqual(
    (line['parts'] as Json[]).map((part) => pick(part, 'label', 'quantity', 'unitAmount', 'share', 'amount')),
    [
      ['seats', '1', '31', '10/31', '10'],
      ['seats', '3', '31', '7/31', '21'],
      ['billed before', null, null, undefined, '-17.00'],
    ],
  )
})

test('T1: a debit note has its own name and sign, and its reason, on paper and in the statement', async (context) => {
  await billed('million', '2000000')
  const dearer = PLANS.replace('unitAmount: 3 }', 'unitAmount: 4 }')
  await client.post('/v1/catalog', { files: [{ name: 'plans.yaml', text: dearer }] })
  const version = (version: number): Json => ({ code: 'million', version })
  const { id } = await client.post('/v1/re-ratings', {
    ...{ key: 'dearer', reason: 'January was sold at 4.00', plans: [{ from: version(1), to: version(2) }] },
    ...{ from: '2026-01-01', until: '2026-02-01' },
  })
  const reached = async (status: string): Promise<void> => {
    while ((await client.get(`/v1/re-ratings/${id}`))['status'] !== status)
      await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await reached('draft')
  await client.post(`/v1/re-ratings/${id}/approve`, {})
  await reached('complete')
  const note = (await invoicesOf('million')).at(-1) as Invoice
  assert.deepEqual(pick(note.document as unknown as Json, 'kind', 'reason'), ['debit_note', 'January was sold at 4.00'])
  assert.deepEqual(
    note.document.lines.map((line) => pick(line, 'isLate', 'amount')),
    [
      [false, '-6.00'],
      [false, '8.00'],
    ],
  )
  const { entries } = await client.get<{ entries: Json[] }>('/v1/accounts/million/statement')
  assert.deepEqual(pick(entries.at(-1) as Json, 'description', 'amount', 'total'), ['debit note', '-2.00', '2.00'])
  const pdf = await fetch(`${process.env['KVIT_URL']}/v1/invoices/${note.id}/pdf`, {
    headers: { authorization: `Bearer ${process.env['KVIT_KEY']}`, 'kvit-tenant': 'printed' },
  })
  const file = join(folder, 'note.pdf')
  await writeFile(file, new Uint8Array(await pdf.arrayBuffer()))
  const read = spawnSync(PDF_TO_TEXT, ['-layout', file, '-'], { encoding: 'utf8' })
  if (read.error !== undefined) return context.diagnostic('pdftotext is not here: the PDF was not read')
  for (const words of [/Debit note/, /Reason\s+January was sold at 4.00/, /Total\s+2.00 EUR/, /Payable within/])
    assert.match(read.stdout, words)
  assert.doesNotMatch(read.stdout, /credited|late usage/)
})

test('every invariant holds after all of this', async () => {
  assert.deepEqual(await checkHolds(client), [])
})
