import { daysText, dayText, moneyText, numberText, priceText, withMinorDigits } from '../words/format.ts'
import type { Language } from '../words/languages.ts'
import { WORDS } from '../words/words.ts'
import type { Brand } from './brand.ts'
import { framed, legalOf } from './frame.ts'
import type { Block, Fact, Page } from './page.ts'

/** Whose account a paper is about, and who sends it. */
export interface PaperParties {
  readonly language: Language
  readonly account: string
  readonly currency: string
  readonly seller: Party
  readonly customer: Party
  /** The day on which it is made. */
  readonly today: string
}

interface Party {
  readonly name: string
  readonly address: string | null
}

/** What changed what an account has, as its statement tells it. */
export interface StatementRow {
  readonly day: string
  readonly kind: 'usage' | 'document' | 'payment' | 'balance'
  readonly reference: string | null
  readonly description: string
  /** Decimals of the currency. */
  readonly amount: string
  readonly balance: string
}

/** What an account had, what came and went, and what it has. @param days half-open; null from the beginning, or up to now */
export function statementPage(
  parties: PaperParties,
  brand: Brand,
  days: { readonly from: string | null; readonly until: string | null },
  told: {
    readonly opening: string
    readonly closing: string
    /** What of the open documents is disputed; null where nothing is. */
    readonly disputed: string | null
    readonly rows: readonly StatementRow[]
  },
): Page {
  const { language, currency } = parties
  const words = WORDS[language].document
  const amount = (text: string): string => priceText(language, text, currency)
  const edge = (label: string, day: string | null, value: string) => ({
    style: 'sum' as const,
    cells: [day === null ? '' : dayText(language, day), label, '', amount(value)],
  })
  return paper(parties, brand, words.statement, parties.account, [
    ...facts(words.period, periodText(language, days)),
    {
      label: words.closing,
      value: moneyText(language, withMinorDigits(told.closing, currency), currency),
      isStrong: true,
    },
    ...(told.disputed === null
      ? []
      : facts(words.disputedSum, moneyText(language, withMinorDigits(told.disputed, currency), currency))),
  ])([
    {
      kind: 'table',
      columns: [
        { label: words.date, align: 'left' },
        { label: words.entry, align: 'left', isWide: true },
        { label: `${words.amount}, ${currency}`, align: 'right' },
        { label: words.balance, align: 'right' },
      ],
      rows: [
        edge(words.opening, days.from, told.opening),
        ...told.rows.map((row) => ({
          cells: [
            dayText(language, row.day),
            row.reference === null
              ? entryText(language, row)
              : { text: entryText(language, row), below: [row.reference] },
            amount(row.amount),
            amount(row.balance),
          ],
        })),
        edge(words.closing, null, told.closing),
      ],
    },
  ])
}

/** What a customer has in hand for money that came in. */
export function receiptPage(
  parties: PaperParties,
  brand: Brand,
  payment: {
    readonly key: string
    readonly receivedOn: string
    readonly reference: string | null
    readonly amount: string
    /** Documents that it has settled, and by how much. */
    readonly settled: readonly { readonly number: string; readonly issuedOn: string; readonly amount: string }[]
    /** What it has not settled anything with. */
    readonly rest: string
  },
): Page {
  const { language, currency } = parties
  const words = WORDS[language].document
  const { settled, rest } = payment
  const table: Block = {
    kind: 'table',
    title: words.settles,
    columns: [
      { label: words.number, align: 'left', isWide: true },
      { label: words.issued, align: 'left' },
      { label: `${words.amount}, ${currency}`, align: 'right' },
    ],
    rows: settled.map(({ number, issuedOn, amount }) => ({
      cells: [number, dayText(language, issuedOn), numberText(language, amount)],
    })),
  }
  return paper(parties, brand, words.receipt, payment.key, [
    { label: words.number, value: payment.key, isStrong: true },
    { label: words.received, value: dayText(language, payment.receivedOn) },
    ...facts(words.reference, payment.reference),
  ])([
    ...(settled.length === 0 ? [] : [table]),
    {
      kind: 'sums',
      rows: [
        ...(/[1-9]/.test(rest)
          ? [{ label: words.onAccount, value: numberText(language, rest), style: 'part' } as const]
          : []),
        { label: words.amountReceived, value: moneyText(language, payment.amount, currency), style: 'total' },
      ],
      notices: [],
    },
  ])
}

function facts(label: string, value: string | null): Fact[] {
  return value === null ? [] : [{ label, value }]
}

function periodText(
  language: Language,
  { from, until }: { readonly from: string | null; readonly until: string | null },
): string | null {
  if (from !== null && until !== null) return daysText(language, from, until)
  if (from === null && until === null) return null
  return from === null ? `– ${dayText(language, until ?? '')}` : `${dayText(language, from)} –`
}

function entryText(language: Language, { kind, description }: StatementRow): string {
  const words = WORDS[language].document
  switch (kind) {
    case 'usage':
      return description.replace(/^usage of ([^:]+)/, 'usage ($1)').replace(/^usage/, words.consumption)
    case 'document':
      if (description === 'credit note') return words.credit_note
      return description === 'debit note' ? words.debit_note : words.invoice
    case 'payment': {
      const [, reason] = /^reversed: (.*)$/.exec(description) ?? []
      if (reason !== undefined) return `${words.reversal}: ${reason}`
      if (description === 'written off') return words.writtenOff
      return description === 'deposit' ? words.depositUsed : words.payment
    }
    case 'balance':
      return `${words.balanceChange}: ${description}`
  }
}

/** A paper about an account in the look of its brand. @param name what distinguishes it, at the foot of each page */
export function paper(
  { language, account, seller, customer, today }: PaperParties,
  brand: Brand,
  title: string,
  name: string,
  own: readonly Fact[],
): (blocks: readonly Block[]) => Page {
  const words = WORDS[language].document
  const party = (label: string, { name, address }: Party) => ({ label, name, lines: address?.split('\n') ?? [] })
  return (blocks) => ({
    language,
    ...framed(brand, language, { name: seller.name, title: `${title} ${name}` }),
    author: seller.name,
    day: today,
    blocks: [
      {
        kind: 'head',
        title,
        facts: [
          ...own,
          { label: words.account, value: account },
          { label: words.issued, value: dayText(language, today) },
        ],
      },
      { kind: 'parties', parties: [party(words.seller, seller), party(words.customer, customer)] },
      ...blocks,
      ...legalOf(brand, language),
    ],
  })
}
