import { translated } from '../catalog/translations.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import { registeredName } from '../invoicing/document-parties.ts'
import type { PrintedTax } from '../invoicing/document-tax.ts'
import { daysText, dayText, moneyText, numberText, percentText } from '../words/format.ts'
import { counted, fill, WORDS } from '../words/words.ts'
import { accountAnnexes, linesOrAnnexes } from './account-annexes.ts'
import type { Brand } from './brand.ts'
import { correctionTable } from './correction-table.ts'
import { framed, legalOf } from './frame.ts'
import { annexOf } from './line-rows.ts'
import type { Block, Fact, Page } from './page.ts'
import { paymentBlocks, slipBlocks } from './payment-block.ts'
import { usageCharts } from './usage-chart.ts'

/**
 * An invoice, credit note or debit note as it is printed: everything on it follows from the document as it was kept.
 * @param brand the version that the document names
 */
export function invoicePage(document: InvoiceDocument, brand: Brand): Page {
  const { language, mark, number, seller } = document
  const words = WORDS[language].document
  const title = titleOf(document)
  // What is no document yet has no number.
  const named = mark === 'draft' ? `${words.draft}: ${title}` : `${title} ${number}`
  return {
    language,
    ...framed(brand, language, { name: seller.name, title: named }),
    ...(mark === 'draft' ? { watermark: words.draft.toLocaleUpperCase(language) } : {}),
    author: seller.name,
    day: document.issuedOn,
    blocks: [
      { kind: 'head', title: mark === 'draft' ? named : title, facts: factsOf(document) },
      { kind: 'parties', parties: partiesOf(document) },
      ...headlineOf(document, brand),
      linesOrAnnexes(document, brand),
      ...correctionTable(document),
      sumsOf(document),
      ...messagesOf(document),
      ...usageBlocks(document),
      ...usageCharts(document),
      { kind: 'text', title: words.terms, lines: termsOf(document) },
      ...linkOf(document),
      ...paymentBlocks(document, brand),
      ...legalOf(brand, language),
      ...accountAnnexes(document, brand),
      ...annexOf(document),
      ...slipBlocks(document, brand),
    ],
  }
}

/** What it calls itself: `Invoice`, `Gutschrift`, `Рахунок-проформа`. */
export function titleOf({ kind, language, mark, isAdvance }: InvoiceDocument): string {
  const words = WORDS[language].document
  return mark === 'pro_forma' ? words.pro_forma : isAdvance === true ? words.advance : words[kind]
}

function factsOf(document: InvoiceDocument): Fact[] {
  const { kind, language, mark, corrects = [], reason, period, buyer } = document
  const words = WORDS[language].document
  return present([
    mark !== 'draft' && { label: words.number, value: document.number, isStrong: true },
    { label: words.issued, value: dayText(language, document.issuedOn) },
    kind !== 'credit_note' && { label: words.due, value: dayText(language, document.dueOn) },
    corrects.length > 0 && { label: words.corrects, value: corrects.join(', ') },
    reason !== undefined && { label: words.reason, value: reason },
    { label: words.period, value: daysText(language, period.from, period.until) },
    { label: words.account, value: document.account },
    document.part !== undefined && { label: words.part, value: document.part.value },
    buyer.purchaseOrder !== undefined && { label: words.order, value: buyer.purchaseOrder },
  ])
}

/** What is to be paid and by when, where anything is. */
function headlineOf(document: InvoiceDocument, { headline }: Brand): Block[] {
  const { kind, language, currency, totals, dueOn } = document
  const toPay = totals.toPay ?? totals.total
  if (!headline || kind === 'credit_note' || !/[1-9]/.test(toPay)) return []
  const words = WORDS[language].document
  return [
    {
      kind: 'headline',
      label: words.amountDue,
      value: moneyText(language, toPay, currency),
      remark: fill(words.dueBy, { date: dayText(language, dueOn) }),
    },
  ]
}

function messagesOf({ messages = [] }: InvoiceDocument): Block[] {
  return messages.map((message) => ({ kind: 'text', lines: [message] }))
}

function linkOf({ language, mark, paymentLink }: InvoiceDocument): Block[] {
  return paymentLink === undefined || mark === 'draft'
    ? []
    : [{ kind: 'link', label: WORDS[language].document.payOnline, url: paymentLink }]
}

/** What is there of a list with conditions. */
function present<T>(list: readonly (T | false)[]): T[] {
  return list.filter((one): one is T => one !== false)
}

function partiesOf({ language, seller, buyer }: InvoiceDocument): {
  label: string
  name: string
  lines: string[]
}[] {
  const words = WORDS[language].document
  const taxLine = (numbers: readonly string[]): string[] =>
    numbers.length === 0 ? [] : [`${words.taxId}: ${numbers.join(', ')}`]
  const addressOf = ({ address }: { address: string | null }): string[] => (address === null ? [] : address.split('\n'))
  const registered = (seller.registrations ?? []).map((one) => one.number)
  return [
    {
      label: words.seller,
      name: registeredName(seller),
      lines: [...addressOf(seller), ...taxLine(eachOnce(seller.taxId, registered))],
    },
    {
      label: words.buyer,
      name: buyer.name,
      lines: [...addressOf(buyer), ...taxLine(eachOnce(buyer.taxId, buyer.taxIds ?? []))],
    },
  ]
}

function eachOnce(first: string | null, others: readonly string[]): string[] {
  return [...new Set(first === null ? others : [first, ...others])]
}

function sumsOf(document: InvoiceDocument): Block {
  const { language, currency, totals, taxes } = document
  const words = WORDS[language].document
  const number = (text: string): string => numberText(language, text)
  const isCredit = document.kind === 'credit_note'
  const total = isCredit ? totals.total.replace(/^-/, '') : totals.total
  const part = (label: string, value: string) => ({ label, value: number(value), style: 'part' }) as const
  return {
    kind: 'sums',
    rows: [
      ...(/[1-9]/.test(totals.discounts ?? '') ? [part(words.discounts, totals.discounts ?? '')] : []),
      part(words.net, totals.net),
      ...(taxes === undefined
        ? [part(words.tax, totals.tax)]
        : taxes
            .filter(({ category }) => category !== 'O' || taxes.length === 1)
            .map((one) => part(taxText(document, one), one.amount))),
      {
        label: isCredit ? words.totalCredit : words.total,
        value: moneyText(language, total, currency),
        style: 'total',
      },
      ...(totals.withheld === undefined || totals.toPay === undefined
        ? []
        : [
            part(words.withheld, `-${totals.withheld}`),
            { label: words.toPay, value: moneyText(language, totals.toPay, currency), style: 'strong' } as const,
          ]),
    ],
    ...(document.pricesIncludeTax === true ? { remark: words.inclusive } : {}),
    notices: document.notices ?? [],
  }
}

/** `USt. 19 % (DE) von 100,00`, `levy per 1: 0.75 (US/TX) of 30.00`; what is outside of tax has no rate. */
function taxText({ language }: InvoiceDocument, one: PrintedTax): string {
  const words = WORDS[language].document
  const name = one.kind === 'vat' && one.name === 'VAT' ? words.vat : one.name
  const rate =
    one.percent === null
      ? `${name} ${fill(words.per, { n: '1' })}: ${numberText(language, one.perUnit ?? '0')}`
      : `${name} ${percentText(language, one.percent)}`
  const named = one.category === 'O' ? words.tax : rate
  const part = one.place === '' ? named : `${named} (${one.place})`
  return fill(words.ofBase, { part, base: numberText(language, one.base) })
}

/** What was used, and what allowances and balances of units covered: that is counted, and charged in no line. */
function usageBlocks({ language, usage, included = [], names = {} }: InvoiceDocument): Block[] {
  const words = WORDS[language].document
  const number = (text: string): string => numberText(language, text)
  const named = (name: string): string => translated(names, name)
  const quantity = included.length > 0 ? words.charged : words.quantity
  const used: Block = {
    kind: 'table',
    title: words.usage,
    isWhole: true,
    columns: [
      { label: words.meter, align: 'left', isWide: true },
      { label: quantity, align: 'right' },
      { label: words.records, align: 'right' },
    ],
    rows: usage.map((row) => ({
      cells: [named(row.meter), `${number(row.quantity)} ${named(row.unit)}`, number(String(row.records))],
    })),
  }
  const covered: Block = {
    kind: 'table',
    title: words.included,
    isWhole: true,
    columns: [{ align: 'left', isWide: true }, { align: 'right' }],
    rows: included.map(({ kind, name, subscription, unit, period, given, used: spent, left }) => ({
      cells: [
        kind === 'allowance'
          ? {
              text: named(name ?? ''),
              beside: [subscription ?? '', ...(period === null ? [] : [daysText(language, period.from, period.until)])]
                .filter((text) => text !== '')
                .join(' · '),
            }
          : words[kind],
        left === null
          ? fill(words.usedOf, { used: number(spent ?? '0'), given: `${number(given ?? '0')} ${named(unit)}` })
          : fill(words.leftOf, { left: `${number(left)} ${named(unit)}` }),
      ],
    })),
  }
  return [...(usage.length === 0 ? [] : [used]), ...(included.length === 0 ? [] : [covered])]
}

function termsOf({ kind, language, termsDays, dueOn, seller }: InvoiceDocument): string[] {
  const words = WORDS[language].document
  const terms =
    kind === 'credit_note'
      ? words.credited
      : counted(language, 'termsText', termsDays, { date: dayText(language, dueOn) })
  return [terms, ...(seller.bankDetails === null ? [] : [`${words.bank}: ${seller.bankDetails}`])]
}
