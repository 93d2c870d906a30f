import type { Language } from '../words/languages.ts'

/** A text by language. One that a language lacks is taken in English, or else in the first that there is. */
export type Texts = { readonly [L in Language]?: string | undefined }

/** What lines can be put together by: what they are of, or an entry of the metadata of their subscription or service. */
export type LineGrouping = LineOwner | 'price'
/** What a subscription belongs to: itself, its service, or an entry of its metadata or else of its service's. */
export type LineOwner = 'subscription' | 'service' | `metadata.${string}`

export const LINE_COLUMNS = ['number', 'description', 'period', 'quantity', 'unitPrice', 'tax', 'amount'] as const
export type LineColumn = (typeof LINE_COLUMNS)[number]

/** For whom a message is; what is absent is of no account. */
interface Segment {
  readonly currency?: string | undefined
  readonly language?: Language | undefined
  readonly customerKind?: string | undefined
  /** Entries of the account's metadata. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

/** What the pages of an issuer look like, and what they say beside what they are about. All of it is data, and no text of it is markup. */
export interface Brand {
  readonly paper: 'a4' | 'us-letter'
  readonly font: 'sans' | 'condensed' | 'serif'
  /** Of titles, rules and bars: `#005bbb`. */
  readonly accent: string | null
  readonly logo: { readonly image: string; readonly widthMm: number } | null
  /** The amount and the day it is due on, large. */
  readonly headline: boolean
  /** Beside the logo, a line each. */
  readonly contact: readonly string[]
  /** At the foot of each page, in place of the seller's name. */
  readonly footer: Texts | null
  /** Below all else. */
  readonly legal: readonly Texts[]
  readonly columns: readonly LineColumn[]
  readonly groupBy: LineGrouping | null
  /** What was used in the periods before, as bars. */
  readonly usageChart: boolean
  /** `https://pay.example/{number}?amount={amount}&currency={currency}` */
  readonly paymentLink: string | null
  readonly messages: readonly { readonly when: Segment; readonly text: Texts }[]
}

/** Of issuers that have none. */
export const PLAIN_BRAND: Brand = {
  paper: 'a4',
  font: 'sans',
  accent: null,
  logo: null,
  headline: false,
  contact: [],
  footer: null,
  legal: [],
  columns: ['number', 'description', 'quantity', 'unitPrice', 'amount'],
  groupBy: null,
  usageChart: false,
  paymentLink: null,
  messages: [],
}

export function textIn(texts: Texts, language: Language): string {
  return texts[language] ?? texts.en ?? Object.values(texts)[0] ?? ''
}

/** What links and messages of a brand are chosen by. */
export interface BrandSubject {
  readonly currency: string
  readonly language: Language
  readonly customerKind: string | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** The messages that are for somebody, in their language. */
export function messagesFor({ messages }: Brand, subject: BrandSubject): string[] {
  return messages.flatMap(({ when, text }) => (isFor(when, subject) ? [textIn(text, subject.language)] : []))
}

function isFor({ metadata = {}, ...fields }: Segment, subject: BrandSubject): boolean {
  return (
    Object.entries(fields).every(([name, value]) => value === undefined || subject[name as keyof Segment] === value) &&
    Object.entries(metadata).every(([name, value]) => subject.metadata[name] === value)
  )
}

/** Names that stand in a link: `{number}` is the number of the document. */
export const LINK_VALUES = ['number', 'amount', 'currency', 'account'] as const

/** A link with its values, each written as a part of an address. */
export function filledLink(link: string, values: Readonly<Record<(typeof LINK_VALUES)[number], string>>): string {
  return LINK_VALUES.reduce((text, name) => text.replaceAll(`{${name}}`, encodeURIComponent(values[name])), link)
}

/** What is wrong with a link, or null. Nothing of a document decides where it leads to: values stand behind the host. */
export function linkFault(link: string): string | null {
  const unknown = [...link.matchAll(/\{(\w*)\}/g)].find(([, name]) => !LINK_VALUES.some((one) => one === name))
  if (unknown !== undefined) return `${unknown[0]} is none of ${LINK_VALUES.map((name) => `{${name}}`).join(', ')}`
  if (!/^https:\/\/[^/?#{}@]+(?:[/?#]|$)/.test(link) || !URL.canParse(filledLink(link, { ...LINK_SAMPLE })))
    return 'write an address such as https://pay.example/{number}, with values behind its host'
  return null
}

const LINK_SAMPLE = { number: 'INV-1', amount: '1.00', currency: 'EUR', account: '1' } as const
