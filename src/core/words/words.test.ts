import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dayText, moneyText, numberText, percentText } from './format.ts'
import { LANGUAGES, type Language } from './languages.ts'
import { counted, phrase, stepName, WORDS, type WordFile } from './words.ts'

/** All texts of a file by their place in it: `document.due`, `document.termsText.one`. */
function textsOf(part: object, place = ''): Map<string, string> {
  return new Map(
    Object.entries(part).flatMap(([name, value]) =>
      typeof value === 'string' ? [[`${place}${name}`, value] as const] : [...textsOf(value, `${place}${name}.`)],
    ),
  )
}

/** What may be there in some languages alone: categories of plurals. */
const PLURAL = /\.(zero|one|two|few|many|other)$/
const wordsOf = ({ document, pay, steps, phrases }: WordFile): Map<string, string> =>
  textsOf({ document, pay, steps, phrases })
const english = wordsOf(WORDS.en)

test('every language has every word, and no other', () => {
  const names = (language: Language): string[] => [
    ...new Set([...wordsOf(WORDS[language]).keys()].map((name) => name.replace(PLURAL, ''))),
  ]
  for (const language of LANGUAGES) assert.deepEqual(names(language).sort(), names('en').sort(), language)
})

test('a sentence says the same values in every language', () => {
  const holes = (text = ''): string[] => [...new Set(text.match(/\{\w+\}/g))].sort()
  for (const language of LANGUAGES)
    for (const [name, text] of wordsOf(WORDS[language]))
      assert.deepEqual(
        holes(text),
        holes(english.get(name) ?? english.get(name.replace(PLURAL, '.other'))),
        `${language} ${name}`,
      )
})

test('every plural of a language that a whole number has is there', () => {
  const counts = Array.from({ length: 1_000 }, (_, count) => count)
  for (const language of LANGUAGES) {
    const rules = new Intl.PluralRules(language)
    const wanted = [...new Set([...counts.map((count) => rules.select(count)), 'other'])].sort()
    for (const [name, texts] of Object.entries(WORDS[language].document))
      if (typeof texts !== 'string') assert.deepEqual(Object.keys(texts).sort(), wanted, `${language} ${name}`)
  }
})

/** Words that are the same in English, and right. */
const SAME: Readonly<Partial<Record<Language, readonly string[]>>> = {
  fr: ['document.total', 'document.date', 'steps.minimum'],
  es: ['document.total', 'document.subtotal'],
  pl: ['document.vat', 'steps.minimum'],
  pt: ['document.total', 'document.subtotal'],
  nl: [
    ...['document.cap', 'document.records', 'document.meter', 'document.per'],
    ...['steps.minimum', 'phrases.stepPer'],
  ],
  ro: ['document.total', 'document.subtotal'],
}

test('no English word is left by accident', () => {
  for (const language of LANGUAGES.slice(1)) {
    const same = [...wordsOf(WORDS[language])].flatMap(([name, text]) =>
      english.get(name) === text && /\p{L}{2}/u.test(text.replaceAll(/\{\w+\}/g, '')) ? [name] : [],
    )
    assert.deepEqual(same, SAME[language] ?? [], language)
  }
})

test('every word is used', () => {
  const core = join(import.meta.dirname, '..')
  const files = ['pages', 'invoicing', 'billing', 'words'].flatMap((folder) =>
    readdirSync(join(core, folder), { withFileTypes: true })
      .filter(({ name }) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map(({ name }) => readFileSync(join(core, folder, name), 'utf8')),
  )
  const source = files.join('\n')
  for (const name of Object.keys(WORDS.en.document))
    assert.match(source, new RegExp(`\\.${name}\\b|'${name}'`), `nobody says document.${name}`)
})

const AMOUNTS = ['0', '-0.05', '1234.5', '-1234567.89', '98765432109876543210.12']
const DAYS = ['2026-02-01', '2026-12-31', '0999-03-09']
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll('-', '−')

test('numbers, percentages and amounts are written as the language writes them, digit by digit', () => {
  for (const language of LANGUAGES) {
    const intl = (options: Intl.NumberFormatOptions, text: string): string =>
      plain(new Intl.NumberFormat(language, { useGrouping: 'always', ...options } as object).format(text as never))
    for (const amount of AMOUNTS) {
      const fractionDigits = amount.split('.')[1]?.length ?? 0
      const digits = { minimumFractionDigits: fractionDigits, maximumFractionDigits: fractionDigits }
      assert.equal(plain(numberText(language, amount)), intl(digits, amount), language)
      const money = { ...digits, style: 'currency', currency: 'EUR', currencyDisplay: 'code' } as const
      if (!amount.startsWith('-'))
        assert.equal(plain(moneyText(language, amount, 'EUR')), intl(money, amount), language)
    }
    const percent = { style: 'percent', minimumFractionDigits: 1 } as const
    assert.equal(plain(percentText(language, '7.5')), intl(percent, '0.075'), language)
  }
})

test('days are written as the language writes them; months of English are words, since 1/2 is two days', () => {
  for (const language of LANGUAGES) {
    const options = {
      month: language === 'en' ? 'short' : '2-digit',
      day: language === 'en' ? 'numeric' : '2-digit',
    } as const
    const intl = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
      ...options,
      year: 'numeric',
      timeZone: 'UTC',
    })
    for (const day of DAYS.slice(0, 2)) assert.equal(dayText(language, day), intl.format(new Date(day)), language)
  }
})

test('a fraction shows its first digits, and what is no number stays', () => {
  assert.equal(numberText('de', '910/3'), '303,333333…')
  assert.equal(numberText('en', '-1/3'), '−0.333333…')
  assert.equal(numberText('en', 'n/a'.slice(0, 1)), 'n')
})

test('the plural follows the number', () => {
  const terms = (language: Language, days: number): string => counted(language, 'termsText', days, { date: 'X' })
  assert.equal(terms('en', 1), 'Payable within 1 day, by X.')
  assert.equal(terms('en', 14), 'Payable within 14 days, by X.')
  assert.equal(terms('uk', 21), 'Сплатити протягом 21 дня, до X.')
  assert.equal(terms('uk', 14), 'Сплатити протягом 14 днів, до X.')
  assert.equal(terms('pl', 1), 'Płatne w ciągu 1 dnia, do X.')
  assert.equal(terms('ro', 30), 'De plătit în termen de 30 de zile, până la X.')
})

test('a language puts the values of a sentence in its own order', () => {
  assert.equal(phrase('tr', 'price', 'Gece', 'ev', '3'), 'ev planının “Gece” fiyatı, sürüm 3.')
  assert.equal(stepName('de', 'tier up to 100'), 'Stufe bis 100')
  assert.equal(stepName('tr', '2 % of each, 5 events'), 'her birinin %2 kadarı, olay: 5')
  assert.equal(stepName('de', 'Nobody knows this'), 'Nobody knows this')
})
