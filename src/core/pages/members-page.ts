import { formatMinor } from '../base/money.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import { daysText, dayText, moneyText, numberText } from '../words/format.ts'
import { WORDS } from '../words/words.ts'
import type { Brand } from './brand.ts'
import { framed, legalOf } from './frame.ts'
import type { Block, Page, Row } from './page.ts'

/** A document of a member, and how much of it its sponsor pays by the document that this belongs to. */
export interface MemberDocument {
  readonly number: string
  readonly issuedOn: string
  readonly total: string
  readonly sponsoredMinor: bigint
  readonly lines: readonly {
    readonly position: number
    readonly description: string
    readonly from: string
    readonly until: string
    readonly quantity: string
    readonly unit: string
    readonly amount: string
  }[]
}

/** What a line of a sponsor's document bills for one member. */
export interface MemberShare {
  readonly account: string
  readonly customerName: string
  readonly amountMinor: bigint
  readonly documents: readonly MemberDocument[]
  /** What no document of the member says, such as what came back of usage that was billed before. */
  readonly otherMinor: bigint
}

/** The annex of a sponsor's document: for each member the documents that it pays for, line by line, and its share of each. */
export function membersPage(document: InvoiceDocument, brand: Brand, members: readonly MemberShare[]): Page {
  const { language, currency, number, issuedOn, account, seller, buyer } = document
  const words = WORDS[language].document
  const money = (minor: bigint): string => numberText(language, formatMinor(minor, currency))
  const party = (label: string, { name, address }: typeof buyer) => ({ label, name, lines: address?.split('\n') ?? [] })
  const rowsOf = ({ documents, otherMinor, amountMinor }: MemberShare): Row[] => [
    ...documents.flatMap((own): Row[] => [
      { style: 'group', cells: [`${words.invoice} ${own.number} · ${dayText(language, own.issuedOn)}`] },
      ...own.lines.map((line) => ({
        cells: [
          { text: line.description, beside: daysText(language, line.from, line.until) },
          `${numberText(language, line.quantity)} ${line.unit}`.trim(),
          numberText(language, line.amount),
        ],
      })),
      { cells: [{ text: words.total, isMuted: true }, '', numberText(language, own.total)] },
      { cells: [{ text: words.paidByYou, isStrong: true }, '', { text: money(own.sponsoredMinor), isStrong: true }] },
    ]),
    ...(otherMinor === 0n ? [] : [{ cells: [words.others, '', money(otherMinor)] }]),
    { style: 'sum', cells: [words.subtotal, '', money(amountMinor)] },
  ]
  const tables = members.map(
    (member): Block => ({
      kind: 'table',
      title: member.customerName,
      subtitle: member.account,
      columns: [
        { label: words.description, align: 'left', isWide: true },
        { label: words.quantity, align: 'right' },
        { label: `${words.amount}, ${currency}`, align: 'right' },
      ],
      rows: rowsOf(member),
    }),
  )
  const totalMinor = members.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)
  return {
    language,
    ...framed(brand, language, { name: seller.name, title: `${words.members} ${number}` }),
    author: seller.name,
    day: issuedOn,
    blocks: [
      {
        kind: 'head',
        title: words.members,
        facts: [
          { label: words[document.kind], value: number, isStrong: true },
          { label: words.issued, value: dayText(language, issuedOn) },
          { label: words.account, value: account },
        ],
      },
      { kind: 'parties', parties: [party(words.seller, seller), party(words.buyer, buyer)] },
      ...tables,
      {
        kind: 'sums',
        rows: [
          {
            label: words.paidByYou,
            value: moneyText(language, formatMinor(totalMinor, currency), currency),
            style: 'total',
          },
        ],
        notices: [],
      },
      ...legalOf(brand, language),
    ],
  }
}
