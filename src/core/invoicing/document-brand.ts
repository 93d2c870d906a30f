import { type Brand, type BrandSubject, filledLink, type LineGrouping, messagesFor } from '../pages/brand.ts'
import type { DocumentLine } from './document-line.ts'

/** A version of a brand, and what it says of the account whose document it is. */
export interface BrandFacts {
  readonly key: string
  readonly version: number
  readonly digest: string
  readonly content: Brand
  readonly metadata: BrandSubject['metadata']
  /** What the lines of a subscription belong to, by its key, where lines are put together by service or metadata. */
  readonly groups: ReadonlyMap<string, string>
  /** The newest first. */
  readonly earlierUsage: readonly EarlierUsage[]
}

/** What an earlier document says of what was used. */
interface EarlierUsage {
  readonly from: string
  readonly usage: readonly { readonly meter: string; readonly unit: string; readonly quantity: string }[]
}

/** What a document keeps of its brand. What is the same on all pages of a version is in that version. */
export interface DocumentBrand {
  readonly brand?: { readonly key: string; readonly version: number; readonly digest: string }
  readonly messages?: readonly string[]
  /** Where it may be paid in a browser. */
  readonly paymentLink?: string
  readonly earlierUsage?: readonly EarlierUsage[]
}

export function documentBrand(
  facts: BrandFacts | null | undefined,
  subject: Omit<BrandSubject, 'metadata'> & {
    readonly number: string
    readonly account: string
    /** What is asked for; null where nothing is. */
    readonly toPay: string | null
  },
): DocumentBrand {
  if (facts == null) return {}
  const { key, version, digest, content, metadata, earlierUsage } = facts
  const { currency, language, customerKind, number, account, toPay } = subject
  const messages = messagesFor(content, { currency, language, customerKind, metadata })
  const { paymentLink: link } = content
  return {
    brand: { key, version, digest },
    ...(messages.length === 0 ? {} : { messages }),
    ...(link === null || toPay === null
      ? {}
      : { paymentLink: filledLink(link, { number, amount: toPay, currency, account }) }),
    ...(earlierUsage.length === 0 ? {} : { earlierUsage }),
  }
}

/** Lines with what they belong to. What lowers a line belongs to where that one does. */
export function withGroups(lines: readonly DocumentLine[], facts: BrandFacts | null | undefined): DocumentLine[] {
  const by = facts?.content.groupBy ?? null
  if (by === null || facts == null) return [...lines]
  const own = lines.map((line) => groupOf(line, by, facts.groups))
  return lines.map((line, index) => {
    const lowered = lines.findIndex(({ position }) => position === line.lowers)
    return { ...line, group: own[lowered < 0 ? index : lowered] ?? '' }
  })
}

function groupOf(line: DocumentLine, by: LineGrouping, groups: BrandFacts['groups']): string {
  if (by === 'price') return line.description
  return by === 'subscription' ? line.subscription : (groups.get(line.subscription) ?? '')
}
