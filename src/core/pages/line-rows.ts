import { add, decimal, formatScaled } from '../base/decimal.ts'
import { translated } from '../catalog/translations.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import type { DocumentLine } from '../invoicing/document-line.ts'
import type { PrintedPart } from '../invoicing/line-arithmetic.ts'
import { daysText, numberText, percentText, priceText } from '../words/format.ts'
import type { Language } from '../words/languages.ts'
import { fill, stepName, WORDS } from '../words/words.ts'
import type { Brand, LineColumn } from './brand.ts'
import { fitted } from './fitted-table.ts'
import type { Block, Cell, Row, TableBlock } from './page.ts'

/** The lines of a document: each multiplies out, or says below it what it is made of. */
export function linesTable(document: InvoiceDocument, { columns }: Brand): TableBlock {
  const { language, currency } = document
  const words = WORDS[language].document
  const heads: Readonly<Record<LineColumn, TableBlock['columns'][number]>> = {
    number: { label: '#', align: 'right' },
    description: { label: words.description, align: 'left', isWide: true },
    period: { label: words.period, align: 'left' },
    quantity: { label: words.quantity, align: 'right' },
    unitPrice: { label: words.unitPrice, align: 'right' },
    tax: { label: words.tax, align: 'right' },
    amount: { label: `${words.amount}, ${currency}`, align: 'right' },
  }
  const rowOf = (line: DocumentLine): Row => {
    const cells = cellsOf(document, line, columns.includes('period'))
    return { cells: columns.map((column) => cells[column]) }
  }
  const isGrouped = document.lines.some(({ group }) => group !== undefined)
  return fitted({
    kind: 'table',
    columns: columns.map((column) => heads[column]),
    rows: isGrouped ? groupedRows(document, columns, rowOf) : document.lines.map(rowOf),
  })
}

/** Lines by what they belong to, each group with its name and its sum; the groups stand as their first lines do. */
function groupedRows(
  { language, lines }: InvoiceDocument,
  columns: readonly LineColumn[],
  rowOf: (line: DocumentLine) => Row,
): Row[] {
  const words = WORDS[language].document
  const groups = Map.groupBy(lines, ({ group }) => group ?? '')
  return [...groups].flatMap(([name, own]): Row[] => {
    const { coefficient, scale } = own.map(({ amount }) => decimal(amount)).reduce(add)
    const sum = numberText(language, formatScaled(coefficient, scale))
    const sumCells: Readonly<Partial<Record<LineColumn, string>>> = { description: words.subtotal, amount: sum }
    return [
      { style: 'group', cells: [name === '' ? words.others : name] },
      ...own.map(rowOf),
      { style: 'sum', cells: columns.map((column) => sumCells[column] ?? '') },
    ]
  })
}

function cellsOf(
  document: InvoiceDocument,
  line: DocumentLine,
  hasPeriods: boolean,
): Readonly<Record<LineColumn, Cell>> {
  const { language } = document
  const words = WORDS[language].document
  const amount = numberText(language, line.amount)
  const period = daysText(language, line.from, line.until)
  const where = whereAndWhen(document, line, hasPeriods)
  const tax = taxCell(language, line)
  if (line.kind === 'discount' || line.kind === 'cap') {
    const number = { text: String(line.position), isMuted: true } as const
    const description = loweringCell(language, line, where)
    return { number, description, period, quantity: '', unitPrice: '', tax, amount }
  }
  const own = shownParts(line)
  return {
    number: String(line.position),
    description: {
      text: line.description,
      ...asides([line.isLate ? `(${words.late})` : '', where]),
      ...(own.length === 0 ? {} : { below: own.map((part) => partText(document, part)) }),
    },
    period,
    quantity: withUnit(document, line.quantity, line.unit),
    unitPrice:
      line.unitAmount === null
        ? { text: isPricedByParts(line, own) ? words.tiered : '–', isMuted: true }
        : priceCell(document, { ...line, unitAmount: line.unitAmount }),
    tax,
    amount,
  }
}

/** The rates of its taxes: `19 %`, or what it is free by. */
function taxCell(language: Language, { tax = [] }: DocumentLine): string {
  const rates = tax.flatMap(({ category, taxes }) =>
    taxes.length === 0
      ? [category]
      : taxes.map(({ percent, perUnit }) =>
          percent === null ? numberText(language, perUnit ?? '0') : percentText(language, percent),
        ),
  )
  return [...new Set(rates)].join(' + ')
}

function asides(texts: readonly string[]): { readonly beside?: string } {
  const own = texts.filter((text) => text !== '')
  return own.length === 0 ? {} : { beside: own.join(' ') }
}

/** What lowers a line stands below it, indented. */
function loweringCell(language: Language, line: DocumentLine, where: string): Cell {
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
  const alone = lowers === null || lowers === undefined ? [where] : []
  const below = [label, ...share, ...alone].filter((text) => text !== '').join(' · ')
  return { text: line.description, beside: below, isIndented: true }
}

/** What a line is made of; without what was not used and adds nothing, as long as something else is told. */
function shownParts({ parts }: DocumentLine): PrintedPart[] {
  const own = (parts ?? []).filter((part) => part.line === undefined)
  const telling = own.filter(({ quantity, amount }) => /[1-9]/.test(amount) || /[1-9]/.test(quantity ?? ''))
  return telling.length === 0 ? own : telling
}

/** Usage has one price for each unit, or parts that say how it is priced. What is taken back whole has neither. */
function isPricedByParts({ kind, parts }: DocumentLine, shown: readonly PrintedPart[]): boolean {
  return (
    kind === 'usage' && (parts == null || shown.length === 0 || shown.some(({ label }) => label !== 'billed before'))
  )
}

/** Of which subscription, where no group says it, and of which days where these are not those of the document. */
function whereAndWhen({ language, period }: InvoiceDocument, line: DocumentLine, hasPeriods: boolean): string {
  const isOfAll = hasPeriods || (line.from === period.from && line.until === period.until)
  const days = isOfAll ? [] : [daysText(language, line.from, line.until)]
  return [line.subscription === line.group ? '' : line.subscription, ...days].filter((text) => text !== '').join(' · ')
}

function withUnit({ language, names = {} }: InvoiceDocument, quantity: string, unit: string): string {
  return `${numberText(language, quantity)} ${translated(names, unit)}`.trim()
}

/** An amount for each, or for so many; its share of a period and what the price itself takes off stand below it. */
function priceCell(
  { language, currency }: InvoiceDocument,
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
    text: priceText(language, unitAmount, currency),
    ...(per === null ? {} : { beside: perText(language, per) }),
    ...(below.length === 0 ? {} : { below }),
  }
}

function perText(language: Language, per: string): string {
  return fill(WORDS[language].document.per, { n: numberText(language, per) })
}

/** What an amount is made of: `tier up to 100: 40 × 0.20 = 8.00`. */
function partText({ language, currency }: InvoiceDocument, part: PrintedPart): string {
  const { quantity, unitAmount, per, share, flatAmount } = part
  const number = (text: string): string => numberText(language, text)
  const money = (text: string): string => priceText(language, text, currency)
  const factors = [
    ...(quantity === null ? [] : [number(quantity)]),
    ...(unitAmount === null || quantity === null
      ? []
      : [per === null ? money(unitAmount) : `${money(unitAmount)} / ${number(per)}`]),
    ...(share === undefined ? [] : [share]),
  ].join(' × ')
  const terms = [factors, ...(flatAmount === undefined ? [] : [money(flatAmount)])].filter((text) => text !== '')
  const sum = terms.length === 0 ? '' : `${terms.join(' + ')} = `
  return `${stepName(language, part.label)}: ${sum}${money(part.amount)}`
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
      (line): TableBlock =>
        fitted({
          kind: 'table',
          title: `${line.position}. ${line.description}`,
          subtitle: `${line.subscription} · ${daysText(language, line.from, line.until)}`,
          columns: [
            { label: words.description, align: 'left', isWide: true },
            { label: words.quantity, align: 'right' },
            { label: words.unitPrice, align: 'right' },
            { label: `${words.exact}, ${document.currency}`, align: 'right' },
          ],
          rows: [...(line.parts ?? []).map((part) => annexRow(document, line, part)), annexSum(document, line)],
        }),
    ),
  ]
}

/** What models call their steps, or a rate by the names of its plan. */
function partName({ language, names = {} }: InvoiceDocument, { label, line }: PrintedPart): string {
  if (line === undefined) return stepName(language, label)
  return Object.hasOwn(names, label)
    ? translated(names, label)
    : label
        .split(', ')
        .map((name) => translated(names, name))
        .join(', ')
}

function annexRow(document: InvoiceDocument, { unit }: DocumentLine, part: PrintedPart): Row {
  const { language, currency } = document
  const { quantity, unitAmount, line } = part
  return {
    cells: [
      partName(document, part),
      quantity === null ? '' : withUnit(document, quantity, unit),
      unitAmount === null
        ? { text: line === undefined ? '–' : WORDS[language].document.tiered, isMuted: true }
        : priceCell(document, { ...part, unitAmount }),
      priceText(language, part.amount, currency),
    ],
  }
}

function annexSum({ language, currency }: InvoiceDocument, { exactAmount, amount }: DocumentLine): Row {
  const sum = `${priceText(language, exactAmount, currency)} → ${numberText(language, amount)}`
  return { style: 'sum', cells: ['', '', { text: WORDS[language].document.together, isMuted: true }, sum] }
}
