import { formatMinor } from '../base/money.ts'
import { dayText, moneyText, numberText } from '../words/format.ts'
import { fill, WORDS } from '../words/words.ts'
import { type PaperParties, paper } from './account-papers.ts'
import type { Brand } from './brand.ts'
import type { Block, Page } from './page.ts'

/** What an account owes by the books as of the end of a day. */
interface ConfirmedBalance {
  readonly asOf: string
  readonly items: readonly {
    readonly number: string
    readonly issuedOn: string
    readonly dueOn: string
    readonly totalMinor: bigint
    /** Below zero for a credit. */
    readonly openMinor: bigint
  }[]
  /** Money that is there and has settled nothing yet. */
  readonly prepaidMinor: bigint
  /** To whom the letter goes back, such as an auditor; null for the seller. */
  readonly returnTo: string | null
}

/**
 * A letter that asks a customer to confirm what the books say about its account: open documents, the balance, and a form to sign.
 * @example open 119.00, and 19.00 that came in ahead: 100.00 in the seller's favour
 */
export function confirmationPage(parties: PaperParties, brand: Brand, confirmed: ConfirmedBalance): Page {
  const { language, currency, account, seller } = parties
  const { asOf, items, prepaidMinor, returnTo } = confirmed
  const words = WORDS[language].document
  const openMinor = items.reduce((sum, item) => sum + item.openMinor, 0n)
  const balanceMinor = openMinor - prepaidMinor
  const favour = balanceMinor < 0n ? words.owedToCustomer : words.owedToSeller
  const money = (minor: bigint): string => numberText(language, formatMinor(minor, currency))
  const address = returnTo ?? [seller.name, ...(seller.address?.split('\n') ?? [])].join(', ')
  const open: Block = {
    kind: 'table',
    title: words.openDocuments,
    columns: [
      { label: words.number, align: 'left', isWide: true },
      { label: words.issued, align: 'left' },
      { label: words.due, align: 'left' },
      { label: `${words.total}, ${currency}`, align: 'right' },
      { label: words.open, align: 'right' },
    ],
    rows: items.map((item) => ({
      cells: [
        ...[item.number, dayText(language, item.issuedOn), dayText(language, item.dueOn)],
        ...[money(item.totalMinor), money(item.openMinor)],
      ],
    })),
  }
  const part = (label: string, minor: bigint) => ({ label, value: money(minor), style: 'part' }) as const
  return paper(parties, brand, words.confirmation, account, [
    { label: words.asOf, value: dayText(language, asOf), isStrong: true },
  ])([
    { kind: 'text', lines: [words.confirmAsk] },
    ...(items.length === 0 ? [] : [open]),
    {
      kind: 'sums',
      rows: [
        ...(items.length === 0 ? [] : [part(words.openDocuments, openMinor)]),
        ...(prepaidMinor === 0n ? [] : [part(words.onAccount, -prepaidMinor)]),
        {
          label: balanceMinor === 0n ? words.balance : favour,
          value: moneyText(language, formatMinor(balanceMinor < 0n ? -balanceMinor : balanceMinor, currency), currency),
          style: 'total',
        },
      ],
      notices: [],
    },
    { kind: 'text', lines: [fill(words.confirmReturn, { address })] },
    { kind: 'form', box: words.confirmAgreed, fields: [] },
    { kind: 'form', box: words.confirmDiffers, fields: [`${words.balance}, ${currency}`, words.reason] },
    { kind: 'form', fields: [words.placeAndDay, words.signature] },
  ])
}
