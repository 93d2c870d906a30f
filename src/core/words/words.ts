import { assert } from '../base/assert.ts'
import de from './data/de.json' with { type: 'json' }
import en from './data/en.json' with { type: 'json' }
import es from './data/es.json' with { type: 'json' }
import fr from './data/fr.json' with { type: 'json' }
import it from './data/it.json' with { type: 'json' }
import nl from './data/nl.json' with { type: 'json' }
import pl from './data/pl.json' with { type: 'json' }
import pt from './data/pt.json' with { type: 'json' }
import ro from './data/ro.json' with { type: 'json' }
import ru from './data/ru.json' with { type: 'json' }
import tr from './data/tr.json' with { type: 'json' }
import uk from './data/uk.json' with { type: 'json' }
import type { Language } from './languages.ts'

/** A text for each plural of the language, by its name in CLDR: `{ one: 'in {n} day', other: 'in {n} days' }`. */
type Plurals = { readonly other: string } & { readonly [category in Intl.LDMLPluralRule]?: string }

type Texts = typeof en.document
/** What stands on a page of paper. */
type PageWord = { [K in keyof Texts]: Texts[K] extends string ? K : never }[keyof Texts]
/** A sentence that says a number. */
export type CountedWord = Exclude<keyof Texts, PageWord>
/** What stands on a page to pay on. */
export type PayWord = keyof typeof en.pay
/** A sentence of an explanation. */
export type Phrase = keyof typeof en.phrases

/** How numbers, days and amounts are written. */
interface Format {
  readonly decimal: string
  /** Between groups of three digits. */
  readonly group: string
  /** `dd.mm.yyyy`; `d mmm yyyy` takes the name of the month. */
  readonly date: string
  readonly months?: readonly string[]
  /** `{} %` */
  readonly percent: string
  /** `{amount} {currency}` */
  readonly money: string
}

/** The words of one language, as its file has them. */
export interface WordFile {
  readonly format: Format
  readonly document: Readonly<Record<PageWord, string>> & Readonly<Record<CountedWord, Plurals>>
  /** What stands on the pages on which payers pay. */
  readonly pay: Readonly<Record<PayWord, string>>
  /** What models call their steps, by their English names. */
  readonly steps: Readonly<Record<string, string>>
  /** Holes have the numbers of their values: `{1} planının “{0}” fiyatı`. */
  readonly phrases: Readonly<Record<Phrase, string>>
}

export const WORDS: Readonly<Record<Language, WordFile>> = { en, uk, ru, de, fr, es, it, pl, pt, nl, tr, ro }

/** A text with its holes filled by their names: `fill('{page} of {pages}', { page: '1', pages: '3' })` is `1 of 3`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole)
}

/** A sentence that says a number, in the right plural: `within 1 day`, `within 14 days`, `протягом 14 днів`. */
export function counted(
  language: Language,
  word: CountedWord,
  count: number,
  values: Readonly<Record<string, string>>,
): string {
  assert(Number.isSafeInteger(count), 'a count is a whole number')
  const texts = WORDS[language].document[word]
  return fill(texts[PLURALS[language].select(count)] ?? texts.other, { n: String(count), ...values })
}

const PLURALS = Object.fromEntries(
  Object.keys(WORDS).map((language) => [language, new Intl.PluralRules(language)]),
) as Readonly<Record<Language, Intl.PluralRules>>

/** A sentence of an explanation with its values in their places. */
export function phrase(language: Language, name: Phrase, ...values: readonly string[]): string {
  return placed(WORDS[language].phrases[name], values)
}

function placed(text: string, values: readonly string[]): string {
  return text.replaceAll(/\{(\d)\}/g, (_hole, place: string) => values[Number(place)] ?? '')
}

/** The name of a step in another language; one that nobody has translated stays as it is. */
export function stepName(language: Language, label: string): string {
  const { steps } = WORDS[language]
  const same = steps[label]
  if (same !== undefined) return same
  for (const [name, pattern] of STEP_PATTERNS) {
    const match = pattern.exec(label)
    if (match !== null) return placed(steps[name] ?? label, match.slice(1))
  }
  return label
}

/** Names of steps with values in them: `tier up to {}` is `^tier up to (.+)$`. */
const STEP_PATTERNS = Object.keys(en.steps)
  .filter((name) => name.includes('{}'))
  .map((name) => {
    const parts = name.split('{}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    return [name, new RegExp(`^${parts.join('(.+)')}$`)] as const
  })
