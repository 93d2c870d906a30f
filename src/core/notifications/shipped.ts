import type { Language } from '../words/languages.ts'
import de from './data/de.json' with { type: 'json' }
import en from './data/en.json' with { type: 'json' }
import ru from './data/ru.json' with { type: 'json' }
import uk from './data/uk.json' with { type: 'json' }

/** What a message says: a subject where the channel has one, and a text. Both are LiquidJS. */
interface TemplateTexts {
  readonly subject: string
  readonly text: string
}

/** What stands on the page by which somebody unsubscribes. */
type UnsubscribeWord = keyof typeof en.page

/** The words of one language. */
interface NoticeWords {
  readonly greeting: string
  readonly closing: string
  readonly unsubscribe: string
  readonly page: Readonly<Record<UnsubscribeWord, string>>
  readonly kinds: Readonly<Record<string, TemplateTexts>>
}

/** Languages that Kvit ships words of messages in. */
export const SHIPPED_LANGUAGES = ['en', 'uk', 'ru', 'de'] as const

const SHIPPED: Readonly<Partial<Record<Language, NoticeWords>>> = { en, uk, ru, de }

/** The words of a language, and which that is: English where there are none of it. */
export function wordsIn(language: Language): { readonly language: Language; readonly words: NoticeWords } {
  const words = SHIPPED[language]
  return words === undefined ? { language: 'en', words: en } : { language, words }
}
