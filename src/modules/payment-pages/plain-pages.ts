import { LANGUAGES, type Language } from '../../core/words/languages.ts'
import { fill, type PayWord, WORDS } from '../../core/words/words.ts'
import type { PageAnswer, PageFault } from '../../platform/http/route.ts'
import { type PageOwner, pageOf } from './frame.ts'
import { html, type Markup } from './html.ts'

/** What a page that has nothing to pay on says: its status by HTTP, a title and a sentence. */
const SAID = {
  unknown: [404, 'unknownTitle', 'unknownText'],
  expired: [410, 'expiredTitle', 'expiredText'],
  revoked: [410, 'revokedTitle', 'revokedText'],
  void: [410, 'voidTitle', 'voidText'],
  paid: [200, 'paidTitle', 'paidText'],
  nothing: [200, 'nothingTitle', 'nothingText'],
  disputed: [409, 'disputedTitle', 'disputedText'],
  claimed: [409, 'claimedTitle', 'claimedText'],
  many: [429, 'manyTitle', 'manyText'],
  fault: [500, 'faultTitle', 'faultText'],
} as const satisfies Record<string, readonly [number, PayWord, PayWord]>

export type Said = keyof typeof SAID

/** @param more what stands below the sentence */
export function plainPage(
  said: Said,
  language: Language,
  owner: PageOwner | null,
  more: Markup | null = null,
  status: number = SAID[said][0],
): PageAnswer {
  const [, title, text] = SAID[said]
  const words = WORDS[language].pay
  const body = html`<h1>${words[title]}</h1>
<p>${fill(words[text], { seller: owner?.seller ?? '' })}</p>
${more}`
  return pageOf(status, { language, owner, title: words[title], body })
}

/** What payers see of a request that was refused or failed. Nothing says whether there was such a link, or what went wrong inside. */
export function faultPage({ status, code, acceptLanguage }: PageFault): PageAnswer {
  const said = code === 'link_invalid' || status === 404 ? 'unknown' : status === 429 ? 'many' : 'fault'
  return plainPage(said, languageOf(acceptLanguage), null, null, said === 'fault' ? status : undefined)
}

/** The first language that a browser asks for and there are words of: `uk-UA,uk;q=0.9,en;q=0.8` is Ukrainian. */
function languageOf(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '').slice(0, 500).split(',')
  const codes = asked.map((one) => one.trim().slice(0, 2).toLowerCase())
  return codes.map((code) => LANGUAGES.find((one) => one === code)).find((one) => one !== undefined) ?? 'en'
}
