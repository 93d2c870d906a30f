import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { fill } from '../../../src/core/words/words.ts'
import { LANGUAGES, type Language } from './languages.ts'
import en from './words/en.json'

/** The name of a text. */
export type Word = keyof typeof en
type Values = Readonly<Record<string, string | number>>

/** A text in the language of the reader. A text with plurals names them by CLDR, and `n` decides. */
export type Say = (word: Word, values?: Values) => string
type Texts = Readonly<Record<string, string | Readonly<Record<string, string>>>>

const LOADED: Record<Language, () => Promise<{ readonly default: Texts }>> = {
  en: async () => ({ default: en as Texts }),
  uk: async () => import('./words/uk.json'),
  de: async () => import('./words/de.json'),
  ru: async () => import('./words/ru.json'),
}

const KEPT = 'kvit.language'

interface Speech {
  readonly language: Language
  readonly say: Say
  readonly setLanguage: (language: Language) => void
}

const Context = createContext<Speech | null>(null)

/** What the reader has chosen, or what the browser says that its reader understands. */
function firstLanguage(): Language {
  const wanted = [localStorage.getItem(KEPT) ?? '', ...navigator.languages].map((code) => code.slice(0, 2))
  return (wanted.find((code) => code in LANGUAGES) as Language | undefined) ?? 'en'
}

export function WordsProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [wanted, setWanted] = useState(firstLanguage)
  const [spoken, setSpoken] = useState<{ language: Language; texts: Texts } | null>(
    wanted === 'en' ? { language: 'en', texts: en as Texts } : null,
  )
  useEffect(() => {
    let isWanted = true
    void LOADED[wanted]().then(({ default: texts }) => isWanted && setSpoken({ language: wanted, texts }))
    return () => {
      isWanted = false
    }
  }, [wanted])
  useEffect(() => {
    if (spoken !== null) document.documentElement.lang = spoken.language
  }, [spoken])
  const speech = useMemo<Speech | null>(
    () =>
      spoken && {
        language: spoken.language,
        say: speaker(spoken.language, spoken.texts),
        setLanguage: (language) => {
          localStorage.setItem(KEPT, language)
          setWanted(language)
        },
      },
    [spoken],
  )
  return speech && <Context value={speech}>{children}</Context>
}

function speaker(language: Language, texts: Texts): Say {
  const plurals = new Intl.PluralRules(language)
  return (word, values = {}) => {
    const found = texts[word] ?? word
    const text =
      typeof found === 'string' ? found : (found[plurals.select(Number(values['n']))] ?? found['other'] ?? word)
    return fill(text, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])))
  }
}

export function useWords(): Speech {
  const speech = useContext(Context)
  if (speech === null) throw new Error('words are needed outside of WordsProvider')
  return speech
}

/** A text of a code that the API has, such as a state; a code without one is shown as it is, so that nothing is hidden. */
export function sayCode(say: Say, group: string, code: string): string {
  const word = `${group}.${code}`
  return word in en ? say(word as Word) : code.replaceAll('_', ' ')
}
