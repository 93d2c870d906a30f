import { suggestSpelling } from '../base/suggest-spelling.ts'
import { LANGUAGES, type Language } from '../words/languages.ts'
import type { CatalogIssue, Meter, Plan } from './plan.ts'

/** Names as a plan writes them, and what they are called in another language. */
export type Names = Readonly<Record<string, string>>

/** What a plan calls things in a language; nothing where it does not say. */
export function namesIn({ translations }: Pick<Plan, 'translations'>, language: Language): Names {
  return translations?.[language] ?? {}
}

/** A name in another language, or as it is. */
export function translated(names: Names, name: string): string {
  return Object.hasOwn(names, name) ? (names[name] as string) : name
}

/**
 * What a line is called in another language: the name of its price, and behind it those of its band, group or value: `Calls: work, mobile
 * (17/31)` is `Дзвінки: робочий час, мобільні (17/31)`. What nobody has translated stays.
 * @param price the name of the price of the line, as the plan has it
 */
export function translatedDescription(names: Names, description: string, price: string | undefined): string {
  if (Object.hasOwn(names, description) || price === undefined || !description.startsWith(price))
    return translated(names, description)
  const rest = description.slice(price.length)
  const [, between = '', inner = '', behind = ''] = /^(: |)(.*?)( \([^()]*\)|)$/.exec(rest) ?? []
  if (between === '' && inner !== '') return description
  const parts = Object.hasOwn(names, inner) ? [inner] : inner.split(', ')
  return `${translated(names, price)}${between}${parts.map((part) => translated(names, part)).join(', ')}${behind}`
}

/** Languages that documents have, and names that the plan has: others would never be printed. Values of records are not known before. */
export function checkTranslations(plan: Plan, meters: ReadonlyMap<string, Meter>): CatalogIssue[] {
  const { translations = {}, prices } = plan
  const own = prices.flatMap((price) => (price.kind === 'usage' ? (meters.get(price.meter) ?? []) : []))
  const isOpen =
    own.some(({ groupBy }) => groupBy !== undefined) ||
    prices.some((price) => price.kind === 'usage' && (price.deck !== undefined || price.matrix !== undefined))
  const known = new Set([...namesOf({ name: plan.name, prices }), ...own.flatMap(({ name, unit }) => [name, unit])])
  return Object.entries(translations).flatMap(([language, names]): CatalogIssue[] => {
    const path = ['translations', language]
    if (!LANGUAGES.includes(language as Language)) {
      return [{ path, message: `unknown language "${language}"; documents are in ${LANGUAGES.join(', ')}` }]
    }
    const unknown = isOpen ? [] : Object.keys(names ?? {}).filter((name) => !known.has(name))
    return unknown.map((name) => ({
      path: [...path, name],
      message: `nothing of this plan is called "${name}"${suggestSpelling(name, known)}`,
    }))
  })
}

/** Names, units and values of schedules, wherever they stand. */
function namesOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(namesOf)
  if (part === null || typeof part !== 'object') return []
  return Object.entries(part).flatMap(([key, value]) => {
    if ((key === 'name' || key === 'unit') && typeof value === 'string') return [value]
    return key === 'rates' && !Array.isArray(value) ? Object.keys(value as object) : namesOf(value)
  })
}
