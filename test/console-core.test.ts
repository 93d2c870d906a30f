/** What the console consists of beside its screens: words, how values are written, files, hashes. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import { toCsv, writtenIn } from '../packages/web/src/format.ts'
import { LANGUAGES, type Language } from '../packages/web/src/languages.ts'
import { midnightIn } from '../packages/web/src/midnight.ts'
import { gapless, labelsOf } from '../packages/web/src/parts/chart-data.ts'
import { checkProof } from '../packages/web/src/proof-check.ts'
import { KeptKeys, withKeptKeys } from '../packages/web/src/sent-once.ts'
import { exampleAmount, typedAmount, typedCount, typedQuantity } from '../packages/web/src/typed.ts'
import { SCOPES } from '../src/platform/http/route.ts'
import { chances } from './chances.ts'

const WEB = join(import.meta.dirname, '../packages/web/src')
type Texts = Readonly<Record<string, string | Readonly<Record<string, string>>>>
const textsOf = (language: string): Texts =>
  JSON.parse(readFileSync(join(WEB, 'words', `${language}.json`), 'utf8')) as Texts
const languages = Object.keys(LANGUAGES) as Language[]
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(WEB, name), 'utf8'))

/** All forms of a text. */
function formsOf(text: Texts[string] | undefined): readonly string[] {
  return text === undefined ? [] : typeof text === 'string' ? [text] : Object.values(text)
}

test('every language of the console has every text, with the same holes, and every plural that it needs', () => {
  const english = textsOf('en')
  for (const language of languages) {
    const texts = textsOf(language)
    assert.deepEqual(Object.keys(texts), Object.keys(english), language)
    for (const [word, text] of Object.entries(english)) {
      const holes = (form: string): string[] =>
        [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).sort()
      const [first = ''] = formsOf(text)
      for (const form of formsOf(texts[word])) {
        assert.notEqual(form.trim(), '', `${language} ${word}`)
        assert.deepEqual(holes(form), holes(first), `${language} ${word}`)
      }
      if (typeof text === 'string') continue
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
      assert.deepEqual(Object.keys(texts[word] as object).sort(), [...pluralCategories].sort(), `${language} ${word}`)
    }
  }
})

test('every text of the console is used: by its name, or as one of a group of codes', () => {
  const groups = sources.flatMap((source) => [
    ...source.matchAll(/sayCode\(\s*say,\s*'(\w+)'|group="(\w+)"|`(\w+)\.\$\{/g),
  ])
  const named = new Set(groups.map(([, code, group, template]) => code ?? group ?? template))
  // States are the group where none is named.
  named.add('state')
  const all = sources.join('\n')
  const unused = Object.keys(textsOf('en')).filter(
    (word) => !named.has(word.split('.')[0]) && !all.includes(`'${word}'`) && !all.includes(`="${word}"`),
  )
  assert.deepEqual(unused, [])
})

test('what decides what is shown are scopes that there are', () => {
  const asked = sources.flatMap((source) => [...source.matchAll(/may\('([^']+)'\)|scope: '([^']+:[^']+)'/g)])
  const names = new Set(asked.map(([, may, scope]) => may ?? scope ?? ''))
  assert.ok(names.size > 8)
  assert.deepEqual(
    [...names].filter((name) => !SCOPES.some((scope) => scope === name)),
    [],
  )
})

test('amounts are written digit by digit in every language, however long they are', () => {
  const amount = '-12345678901234567890.125'
  const cases: readonly (readonly [Language, string])[] = [
    ['en', 'EUR −12,345,678,901,234,567,890.125'],
    ['de', '−12.345.678.901.234.567.890,125 EUR'],
    ['uk', '−12 345 678 901 234 567 890,125 EUR'],
    ['ru', '−12 345 678 901 234 567 890,125 EUR'],
  ]
  const plain = (text: string): string => text.replaceAll(/\s/g, ' ')
  for (const [language, text] of cases) assert.equal(plain(writtenIn(language).money(amount, 'EUR')), text)
  assert.equal(plain(writtenIn('en').money('2.8', 'EUR')), 'EUR 2.80')
  assert.equal(writtenIn('en').price('0.005', 'EUR'), '0.005')
  assert.equal(plain(writtenIn('en').money('7', 'JPY')), 'JPY 7')
})

test('no amount passes through floating point: nothing of the console parses a decimal but to draw a line', () => {
  const parsed = sources.filter((source) => /parseFloat|toFixed\(|\bNumber\((amount|total|open)\b/.test(source))
  assert.deepEqual(parsed, [])
})

test('a typed amount is read where it can mean one thing only, and is never a thousandth of what was meant', () => {
  const cases: readonly (readonly [string, string, string | null])[] = [
    ['EUR', '1,00', '1.00'],
    ['EUR', ' 1234.5 ', '1234.5'],
    ['EUR', '1000', '1000'],
    ['EUR', '12345678901234567890,12', '12345678901234567890.12'],
    ['EUR', '1,000', null],
    ['EUR', '1.000', null],
    ['EUR', '1.000,00', null],
    ['EUR', '1 000', null],
    ['EUR', '1,', null],
    ['EUR', '-1', null],
    ['EUR', '1e3', null],
    ['EUR', '9'.repeat(31), null],
    ['JPY', '1,000', null],
    ['JPY', '1000', '1000'],
    ['KWD', '1,234', '1.234'],
    ['KWD', '1,234,567', null],
    ['nothing', '1.5', null],
  ]
  for (const [currency, typed, amount] of cases)
    assert.equal(typedAmount(typed, currency), amount, `${currency} ${typed}`)
  for (const currency of ['EUR', 'JPY', 'KWD', 'BTC'])
    assert.equal(typedAmount(exampleAmount(currency), currency), exampleAmount(currency))
  assert.deepEqual(['1,000', '0,0005', '2.5'].map(typedQuantity), [null, '0.0005', '2.5'])
  assert.deepEqual(['1,000', '2.5', '7'].map(typedCount), [null, null, '7'])
})

test('what a form sends has one key until it was done: a second submit after a lost answer is no second payment', async () => {
  let made = 0
  const sent: (string | null)[] = []
  const keys = new KeptKeys(() => `key-${++made}`)
  const send = withKeptKeys(keys, async (_url, init) => {
    sent.push(new Headers(init.headers).get('idempotency-key'))
    return Response.json({})
  })
  const pay = async (body: string): Promise<unknown> =>
    send('/v1/payments', { method: 'POST', body, headers: { 'idempotency-key': 'of the client' } })
  for (const body of ['1', '1', '2', '1']) await pay(body)
  keys.forget()
  await pay('1')
  await send('/v1/payments', { method: 'GET' })
  assert.deepEqual(sent, ['key-1', 'key-1', 'key-2', 'key-1', 'key-3', null])
  for (let at = 0; at < 60; at++) keys.of(`content ${at}`)
  assert.equal(keys.of('content 59'), `key-${made}`)
})

test('a contract begins when the day begins where its account is, on days too that have no midnight or two', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['UTC', '2026-02-01', '2026-02-01T00:00:00.000Z'],
    ['Europe/Kyiv', '2026-02-01', '2026-01-31T22:00:00.000Z'],
    ['Europe/Kyiv', '2026-07-01', '2026-06-30T21:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-02-01', '2026-01-31T10:00:00.000Z'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
  ]
  for (const [zone, day, instant] of cases) assert.equal(midnightIn(zone, day), instant, `${zone} ${day}`)
  assert.throws(() => midnightIn('Europe/Nowhere', '2026-02-01'), RangeError)
})

test('a proof is told as one of the document that is shown only where it is: another one, or none, is said to be that', () => {
  const line = { position: 1, description: 'Calls', quantity: '2', amount: '5.00' }
  const document = { number: 'INV-1', currency: 'EUR', lines: [line], totals: { total: '5.00' } }
  const shown = { id: 'i-1', number: 'INV-1', currency: 'EUR', total: '5', document }
  const proof = {
    format: 'kvit-proof-1',
    invoice: 'i-1',
    periods: [],
    batch: { path: [] },
    chain: { links: [] },
    head: {},
  }
  const check = (of: object, proved: object = document): string =>
    checkProof(JSON.stringify({ ...proof, document: JSON.stringify(proved), ...of }), shown).kind
  for (const text of ['{}', 'null', '[]', 'no JSON', '{"format":"kvit-proof-1"}'])
    assert.equal(checkProof(text, shown).kind, 'none', text)
  const others = [
    { ...document, number: 'INV-2' },
    { ...document, totals: { total: '5.01' } },
    { ...document, lines: [] },
    { ...document, lines: [{ ...line, amount: '4.99' }] },
    { ...document, lines: [{ ...line, description: 'Data' }] },
  ]
  for (const other of others) assert.equal(check({}, other), 'other', JSON.stringify(other))
  assert.equal(check({ invoice: 'i-2' }), 'other')
  assert.equal(
    checkProof(JSON.stringify({ ...proof, document: JSON.stringify(document) }), { ...shown, total: '6' }).kind,
    'other',
  )
})

test('a step of which nothing is said is drawn as 0, and marks of one day have one label', () => {
  const lines = gapless(
    [
      [60, 5, 1],
      [240, 7, 0],
    ],
    60,
  )
  assert.deepEqual(lines, [
    [60, 5, 1],
    [120, 0, 0],
    [180, 0, 0],
    [240, 7, 0],
  ])
  assert.deepEqual(gapless([[60, 5]], 60), [[60, 5]])
  assert.deepEqual(gapless([], 60), [])
  const long = gapless(
    [
      [0, 1],
      [60_000_000, 2],
    ],
    60,
  )
  assert.deepEqual([long.length, long.at(-1)], [1_500, [60_000_000, 2]])
  assert.deepEqual(
    labelsOf([0, 40_000, 90_000], (seconds) => new Date(seconds * 1_000).toISOString().slice(8, 10)),
    ['01', '', '02'],
  )
})

test('a CSV keeps amounts, quotes what has to be quoted, and starts no formula', () => {
  assert.equal(
    toCsv([
      ['Name', 'Amount'],
      ['=HYPERLINK("http://x")', '-12.50'],
      ['a "b", c', '+1'],
      ['two\nlines', '@x'],
    ]),
    'Name,Amount\r\n"\'=HYPERLINK(""http://x"")",-12.50\r\n"a ""b"", c",\'+1\r\n"two\nlines",\'@x\r\n',
  )
})

test('texts are hashed as everywhere else', () => {
  const chance = chances(7)
  const lengths = [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1_000, 4_097]
  for (const length of lengths) {
    const bytes = Uint8Array.from({ length }, () => chance(256))
    assert.equal(
      Buffer.from(sha256(bytes)).toString('hex'),
      createHash('sha256').update(bytes).digest('hex'),
      String(length),
    )
  }
})
