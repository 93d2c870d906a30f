import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { runBills } from '../src/cli/commands-billing.ts'
import type { InvoiceDocument } from '../src/core/invoicing/document.ts'
import { PLAIN_BRAND } from '../src/core/pages/brand.ts'
import { invoicePage } from '../src/core/pages/invoice-page.ts'
import { checkHolds, createSubscriber, seedOperator, startKvit } from './harness.ts'

const NAMES = `
      uk: { Monthly fee: Абонплата, Calls: Дзвінки, work: робочий час, Minutes: Хвилини, min: хв, At most: Не більше, Bundle: Пакет }
      de: { Monthly fee: Grundgebühr, Calls: Anrufe, work: werktags, rest: sonst, Minutes: Minuten }`
const plan = (names: string): string => `
meters:
  - { code: talk, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: talk
    name: Talk
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 31, every: { unit: month }, timing: arrears }
      - kind: usage
        code: calls
        name: Calls
        meter: talk
        bands: [ { name: work, days: [mon, tue, wed, thu, fri], from: "08:00", to: "20:00", rate: { model: per_unit, unitAmount: 0.10 } } ]
        otherwise: { name: rest, rate: { model: per_unit, unitAmount: 0.05 } }
      - { kind: allowance, code: bundle, name: Bundle, unit: min, amount: 10 }
      - { kind: cap, code: most, name: At most, amount: 15, every: { unit: month } }
    translations:${names}
`

const kvit = await startKvit('translations', '2026-01-31T06:00:00Z')
const { client, request } = kvit
await seedOperator(client, plan(NAMES))

const publish = async (text: string): Promise<{ status: number; json: Json }> =>
  request('POST', '/v1/catalog', { body: { files: [{ name: 'talk.yaml', text }] } })

async function documentOf(account: string): Promise<InvoiceDocument> {
  const [found] = await client.list<{ id: string }>(`/v1/invoices?account=${account}`)
  return (await client.get<{ document: InvoiceDocument }>(`/v1/invoices/${found?.id}`)).document
}
/** What stands in the tables of its page. */
function pageOf(document: InvoiceDocument): string {
  return JSON.stringify(invoicePage(document, PLAIN_BRAND).blocks.filter(({ kind }) => kind === 'table'))
}

test('lines, meters and units have the names of the customer’s language; what nobody has translated stays', async () => {
  for (const language of ['en', 'uk', 'de', 'fr']) {
    await createSubscriber(client, language, { plan: 'talk', language, startsAt: '2026-01-17T00:00:00Z' })
    const use = (id: string, time: string, minutes: string): Json => {
      return { id: `${language}-${id}`, source: 'switch', service: language, type: 'call', time, data: { minutes } }
    }
    // Friday 23 January at noon: 10 of 60 minutes are covered by the bundle; Sunday: 20.
    await client.post('/v1/usage', [use('1', '2026-01-23T12:00:00Z', '60'), use('2', '2026-01-25T12:00:00Z', '20')])
  }
  await client.post('/v1/tenants/translations', { clock: '2026-02-01T06:00:00Z' }, 'PATCH')
  await runBills(client, '2026-02-01')
  const told = async (language: string): Promise<string[]> =>
    (await documentOf(language)).lines.map(({ description, amount }) => `${description} ${amount}`)
  // 31.00 × 15/31 = 15.00; 50 × 0.10 = 5.00; 20 × 0.05 = 1.00; together 21.00, at most 15.00 × 15/31 = 7.26: 13.74 less.
  const names: Readonly<Record<string, readonly string[]>> = {
    en: ['Monthly fee (15/31)', 'Calls: work', 'Calls: rest', 'At most'],
    uk: ['Абонплата (15/31)', 'Дзвінки: робочий час', 'Дзвінки: rest', 'Не більше'],
    de: ['Grundgebühr (15/31)', 'Anrufe: werktags', 'Anrufe: sonst', 'At most'],
    fr: ['Monthly fee (15/31)', 'Calls: work', 'Calls: rest', 'At most'],
  }
  for (const [language, [fee = '', work = '', rest = '', most = '']] of Object.entries(names)) {
    const lines = await told(language)
    for (const line of [`${fee} 15.00`, `${work} 5.00`, `${rest} 1.00`])
      assert.ok(lines.includes(line), `${line}: ${lines}`)
    assert.ok(
      lines.some((line) => line.startsWith(`${most} -`)),
      `${most}: ${lines}`,
    )
  }
})

test('a document keeps the names and the units; its page says them', async () => {
  const ukrainian = await documentOf('uk')
  assert.deepEqual(ukrainian.names, { min: 'хв', Minutes: 'Хвилини', Bundle: 'Пакет' })
  assert.deepEqual([ukrainian.usage[0]?.meter, ukrainian.usage[0]?.unit], ['Minutes', 'min'])
  const page = pageOf(ukrainian)
  for (const text of ['50 хв', 'Хвилини', 'Пакет', '10 з 10 хв']) assert.ok(page.includes(text), `${text} in ${page}`)
  assert.doesNotMatch(page, /min|Minutes|Bundle/)
  assert.equal((await documentOf('en')).names, undefined)
})

test('a later version has other names, and documents of before keep theirs', async () => {
  const before = await documentOf('uk')
  const { status, json } = await publish(plan(NAMES.replace('Дзвінки', 'Розмови')))
  assert.equal(status, 200, JSON.stringify(json))
  assert.match(JSON.stringify(json), /translations\.uk\.Calls: \\"Дзвінки\\" → \\"Розмови\\"/)
  assert.deepEqual(await documentOf('uk'), before)
  assert.deepEqual(await checkHolds(client), [])
})

test('a language that documents do not have, and a name that the plan does not have, are told with what is meant', async () => {
  const { status, json } = await publish(plan('\n      ua: { Calls: Дзвінки }\n      de: { Cals: Anrufe, work: "" }'))
  assert.equal(status, 422)
  const lines = String(json['detail']).split('\n')
  assert.match(lines.join('\n'), /talk\.yaml:19: unknown language "ua"; documents are in en, uk, ru, de/)
  assert.match(lines.join('\n'), /talk\.yaml:20: nothing of this plan is called "Cals"; did you mean "Calls"\?/)
})
