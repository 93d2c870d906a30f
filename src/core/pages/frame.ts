import type { Language } from '../words/languages.ts'
import { WORDS } from '../words/words.ts'
import { type Brand, textIn } from './brand.ts'
import type { Block, Page } from './page.ts'

/** What all papers of a brand have around them. @param named who issues it, and what it is */
export function framed(
  brand: Brand,
  language: Language,
  named: { readonly name: string; readonly title: string },
): Pick<Page, 'title' | 'foot' | 'look'> {
  const { paper, font, accent, logo, contact, footer } = brand
  return {
    title: named.title,
    foot: {
      left: footer === null ? named.name : textIn(footer, language),
      middle: named.title,
      pages: WORDS[language].document.page,
    },
    look: { paper, font, accent, logo, contact },
  }
}

export function legalOf({ legal }: Brand, language: Language): Block[] {
  return legal.length === 0
    ? []
    : [{ kind: 'text', isSmall: true, lines: legal.map((texts) => textIn(texts, language)) }]
}
