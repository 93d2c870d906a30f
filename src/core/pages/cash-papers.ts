import { dayText, moneyText, numberText } from '../words/format.ts'
import { WORDS } from '../words/words.ts'
import { type PaperParties, paper } from './account-papers.ts'
import type { Brand } from './brand.ts'
import { framed } from './frame.ts'
import type { Block, Fact, Page } from './page.ts'

/** What stands on a receipt of a cash desk. Amounts are decimals. */
export interface PrintedReceipt {
  readonly number: string
  readonly day: string
  /** Of the receipt that it cancels. */
  readonly cancels: string | null
  readonly amount: string
  readonly cash: string
  /** Null where cash was not rounded. */
  readonly rounding: string | null
  readonly tendered: string | null
  readonly change: string | null
  readonly note: string | null
  readonly settled: readonly { readonly number: string; readonly issuedOn: string; readonly amount: string }[]
}

/** The receipt of cash on a sheet, as other papers of the brand. */
export function cashReceiptPage(parties: PaperParties, brand: Brand, receipt: PrintedReceipt): Page {
  const { language, currency } = parties
  const words = WORDS[language].document
  const { number, day, cancels, note, settled } = receipt
  const table: Block = {
    kind: 'table',
    title: words.settles,
    columns: [
      { label: words.number, align: 'left', isWide: true },
      { label: words.issued, align: 'left' },
      { label: `${words.amount}, ${currency}`, align: 'right' },
    ],
    rows: settled.map((one) => ({
      cells: [one.number, dayText(language, one.issuedOn), numberText(language, one.amount)],
    })),
  }
  return paper(parties, brand, titleOf(parties, receipt), number, [
    { label: words.number, value: number, isStrong: true },
    { label: words.received, value: dayText(language, day) },
    ...facts(words.corrects, cancels),
    ...facts(words.reference, note),
  ])([...(settled.length === 0 ? [] : [table]), { kind: 'sums', rows: sumsOf(parties, receipt), notices: [] }])
}

/** The same on a roll of 80 mm, as printers at tills have it. */
export function cashReceiptRoll(parties: PaperParties, brand: Brand, receipt: PrintedReceipt): Page {
  const { language, seller, customer, account, today } = parties
  const words = WORDS[language].document
  const { number, day, cancels, note, settled } = receipt
  const own = framed(brand, language, { name: seller.name, title: number })
  const list: Fact[] = [
    { label: words.number, value: number, isStrong: true },
    { label: words.received, value: dayText(language, day) },
    ...facts(words.corrects, cancels),
    { label: words.account, value: account },
    { label: words.customer, value: customer.name },
    ...settled.map((one) => ({ label: one.number, value: numberText(language, one.amount) })),
    ...facts(words.reference, note),
  ]
  return {
    ...{ language, ...own, author: seller.name, day: today },
    look: { ...own.look, paper: 'roll', logo: null, contact: [] },
    blocks: [
      { kind: 'text', title: seller.name, lines: seller.address?.split('\n') ?? [] },
      { kind: 'head', title: titleOf(parties, receipt), facts: list },
      { kind: 'sums', rows: sumsOf(parties, receipt), notices: [] },
    ],
  }
}

function titleOf({ language }: PaperParties, { cancels }: PrintedReceipt): string {
  const words = WORDS[language].document
  return cancels === null ? words.receipt : words.reversal
}

type SumRow = Extract<Block, { kind: 'sums' }>['rows'][number]

function sumsOf({ language, currency }: PaperParties, receipt: PrintedReceipt): SumRow[] {
  const words = WORDS[language].document
  const { amount, cash, rounding, tendered, change } = receipt
  const part = (label: string, value: string | null): SumRow[] =>
    value === null ? [] : [{ label, value: numberText(language, value), style: 'part' }]
  return [
    ...(rounding === null ? [] : [...part(words.amount, amount), ...part(words.cashRounding, rounding)]),
    { label: words.total, value: moneyText(language, cash, currency), style: 'total' },
    ...part(words.tendered, tendered),
    ...part(words.change, change),
  ]
}

function facts(label: string, value: string | null): Fact[] {
  return value === null ? [] : [{ label, value }]
}

/** Rows of a report as labels and values; a row without a value begins a group. */
export type ReportLine = readonly [label: string, value: string | null]

/** A report of a shift on a sheet, for those who work at the desk. @param title such as `Z report 17` */
export function cashReportPage(
  brand: Brand,
  {
    title,
    name,
    day,
    lines,
  }: { readonly title: string; readonly name: string; readonly day: string; readonly lines: readonly ReportLine[] },
): Page {
  return {
    ...{ language: 'en', ...framed(brand, 'en', { name, title }), author: name, day },
    blocks: [
      { kind: 'head', title, facts: [] },
      {
        kind: 'table',
        columns: [{ align: 'left', isWide: true }, { align: 'right' }],
        rows: lines.map(([label, value]) =>
          value === null ? { style: 'group' as const, cells: [label, ''] } : { cells: [label, value] },
        ),
      },
    ],
  }
}

/** Letters of a line of a printer at a till. */
const WIDTH = 42

/** The same as plain text, 42 letters wide. */
export function cashReportText(title: string, lines: readonly ReportLine[]): string {
  const rule = '-'.repeat(WIDTH)
  const rows = lines.map(([label, value]) => {
    if (value === null) return `${rule}\n${label}`
    const free = WIDTH - Array.from(label).length - Array.from(value).length
    return free > 0 ? `${label}${' '.repeat(free)}${value}` : `${label}\n${value.padStart(WIDTH)}`
  })
  return `${title}\n${rows.join('\n')}\n${rule}\n`
}
