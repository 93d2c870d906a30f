import type { InvoiceDocument } from '../invoicing/document.ts'
import type { DocumentLine } from '../invoicing/document-line.ts'
import type { PrintedPart } from '../invoicing/line-arithmetic.ts'
import { daysText, numberText, percentText } from '../words/format.ts'
import type { Language } from '../words/languages.ts'
import { fill, stepName, WORDS } from '../words/words.ts'
import type { Block, Cell, Row, TableBlock } from './page.ts'

/** The lines of a document: each multiplies out, or says below it what it is made of. */
export function linesTable(document: InvoiceDocument): TableBlock {
  const words = WORDS[document.language].document
  return {
    kind: 'table',
    columns: [
      { label: '#', align: 'right' },
      { label: words.description, align: 'left', isWide: true },
      { label: words.quantity, align: 'right' },
      { label: words.unitPrice, align: 'right' },
      { label: `${words.amount}, ${document.currency}`, align: 'right' },
    ],
    rows: document.lines.map((line) => lineRow(document, line)),
  }
}

function lineRow(document: InvoiceDocument, line: DocumentLine): Row {
  const { language } = document
  const amount = numberText(language, line.amount)
  if (line.kind === 'discount' || line.kind === 'cap')
    return { cells: [{ text: String(line.position), isMuted: true }, loweringCell(document, line), '', '', amount] }
  const words = WORDS[language].document
  const own = (line.parts ?? []).filter((part) => part.line === undefined)
  return {
    cells: [
      String(line.position),
      {
        text: line.description,
        ...asides([line.isLate ? `(${words.late})` : '', whereAndWhen(document, line)]),
        ...(own.length === 0 ? {} : { below: own.map((part) => partText(language, part)) }),
      },
      withUnit(language, line.quantity, line.unit),
      line.unitAmount === null
        ? { text: line.kind === 'usage' ? words.tiered : '–', isMuted: true }
        : priceCell(language, { ...line, unitAmount: line.unitAmount }),
      amount,
    ],
  }
}

function asides(texts: readonly string[]): { readonly beside?: string } {
  const own = texts.filter((text) => text !== '')
  return own.length === 0 ? {} : { beside: own.join(' ') }
}

/** What lowers a line stands below it, indented. */
function loweringCell(document: InvoiceDocument, line: DocumentLine): Cell {
  const { language } = document
  const words = WORDS[language].document
  const { kind, discount, discountPercent, base, lowers } = line
  const label = kind === 'discount' ? `${words.discount} ${discount ?? ''}`.trim() : words.cap
  const share =
    base === undefined || discountPercent === undefined
      ? []
      : [
          fill(words.ofBase, {
            part: percentText(language, discountPercent),
            base: numberText(language, base),
          }),
        ]
  const alone = lowers === null || lowers === undefined ? [whereAndWhen(document, line)] : []
  const below = [label, ...share, ...alone].filter((text) => text !== '').join(' · ')
  return { text: line.description, beside: below, isIndented: true }
}

/** Of which subscription, and of which days where these are not those of the document. */
function whereAndWhen({ language, period }: InvoiceDocument, line: DocumentLine): string {
  const isOfAll = line.from === period.from && line.until === period.until
  const days = isOfAll ? [] : [daysText(language, line.from, line.until)]
  return [line.subscription, ...days].filter((text) => text !== '').join(' · ')
}

function withUnit(language: Language, quantity: string, unit: string): string {
  return `${numberText(language, quantity)} ${unit}`.trim()
}

/** An amount for each, or for so many; its share of a period and what the price itself takes off stand below it. */
function priceCell(
  language: Language,
  {
    unitAmount,
    per,
    share,
    discountPercent,
  }: Pick<PrintedPart, 'per' | 'share' | 'discountPercent'> & { readonly unitAmount: string },
): Cell {
  const below = [
    ...(share === undefined ? [] : [`× ${share}`]),
    ...(discountPercent === undefined ? [] : [`− ${percentText(language, discountPercent)}`]),
  ]
  return {
    text: numberText(language, unitAmount),
    ...(per === null ? {} : { beside: perText(language, per) }),
    ...(below.length === 0 ? {} : { below }),
  }
}

function perText(language: Language, per: string): string {
  return fill(WORDS[language].document.per, { n: numberText(language, per) })
}

/** What an amount is made of: `tier up to 100: 40 × 0.20 = 8.00`. */
function partText(language: Language, part: PrintedPart): string {
  const { quantity, unitAmount, per, share, flatAmount } = part
  const number = (text: string): string => numberText(language, text)
  const factors = [
    ...(quantity === null ? [] : [number(quantity)]),
    ...(unitAmount === null || quantity === null
      ? []
      : [per === null ? number(unitAmount) : `${number(unitAmount)} / ${number(per)}`]),
    ...(share === undefined ? [] : [share]),
  ].join(' × ')
  const terms = [factors, ...(flatAmount === undefined ? [] : [number(flatAmount)])].filter((text) => text !== '')
  const sum = terms.length === 0 ? '' : `${terms.join(' + ')} = `
  return `${stepName(language, part.label)}: ${sum}${number(part.amount)}`
}

/** What lines are made of that several rates share, on pages of their own. */
export function annexOf(document: InvoiceDocument): Block[] {
  const { language } = document
  const words = WORDS[language].document
  const shared = document.lines.filter(({ parts }) => (parts ?? []).some((part) => part.line !== undefined))
  if (shared.length === 0) return []
  return [
    { kind: 'page_break' },
    { kind: 'text', title: words.annex, lines: [] },
    ...shared.map(
      (line): TableBlock => ({
        kind: 'table',
        title: `${line.position}. ${line.description}`,
        subtitle: `${line.subscription} · ${daysText(language, line.from, line.until)}`,
        columns: [
          { label: words.description, align: 'left', isWide: true },
          { label: words.quantity, align: 'right' },
          { label: words.unitPrice, align: 'right' },
          { label: `${words.exact}, ${document.currency}`, align: 'right' },
        ],
        rows: [...(line.parts ?? []).map((part) => annexRow(language, line, part)), annexSum(language, line)],
      }),
    ),
  ]
}

function annexRow(language: Language, { unit }: DocumentLine, part: PrintedPart): Row {
  const { quantity, unitAmount, line } = part
  return {
    cells: [
      stepName(language, part.label),
      quantity === null ? '' : withUnit(language, quantity, unit),
      unitAmount === null
        ? { text: line === undefined ? '–' : WORDS[language].document.tiered, isMuted: true }
        : priceCell(language, { ...part, unitAmount }),
      numberText(language, part.amount),
    ],
  }
}

function annexSum(language: Language, { exactAmount, amount }: DocumentLine): Row {
  const sum = `${numberText(language, exactAmount)} → ${numberText(language, amount)}`
  return { style: 'sum', cells: ['', '', { text: WORDS[language].document.together, isMuted: true }, sum] }
}
