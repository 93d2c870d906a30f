import { add, decimal, formatScaled } from '../base/decimal.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import type { DocumentLine } from '../invoicing/document-line.ts'
import { numberText } from '../words/format.ts'
import { WORDS } from '../words/words.ts'
import { fitted } from './fitted-table.ts'
import type { Block } from './page.ts'

type Corrected = DocumentLine & Required<Pick<DocumentLine, 'corrected'>>

/**
 * What a correction is about in the form "was, should be", where its issuer wants it: a service by one price that is taken back and
 * charged by another is a row, with what lowers it. Calls that were 12.53 less 1.26 and should be 14.53 less 1.46: 11.27, 13.07, 1.80.
 */
export function correctionTable({ language, lines, pricesIncludeTax, currency }: InvoiceDocument): Block[] {
  const told = lines.filter((line): line is Corrected => line.corrected !== undefined)
  if (told.length === 0) return []
  const words = WORDS[language].document
  const byPosition = new Map(lines.map((line) => [line.position, line]))
  const subjectOf = (line: DocumentLine): DocumentLine => byPosition.get(line.lowers ?? 0) ?? line
  const keyOf = (line: Corrected): string => {
    const { description, subscription, from, until } = subjectOf(line)
    return [description, subscription, from, until].join('\n')
  }
  const kind = pricesIncludeTax === true ? 'total' : 'net'
  const amounts = (own: readonly Corrected[], name: 'was' | 'shouldBe'): string =>
    sumOf(own.map(({ corrected }) => corrected[name][kind]))
  const cells = (own: readonly Corrected[]): string[] => {
    const [was, shouldBe] = [amounts(own, 'was'), amounts(own, 'shouldBe')]
    return [was, shouldBe, sumOf([shouldBe, negated(was)])].map((text) => numberText(language, text))
  }
  const groups = [...Map.groupBy(told, keyOf).values()]
  return [
    fitted({
      kind: 'table',
      title: words.correction,
      columns: [
        { label: words.description, align: 'left', isWide: true },
        { label: words.was, align: 'right' },
        { label: words.shouldBe, align: 'right' },
        { label: `${words.difference}, ${currency}`, align: 'right' },
      ],
      rows: [
        ...groups.map((own) => {
          const { description, subscription } = subjectOf(own[0] as Corrected)
          return { cells: [{ text: description, beside: subscription }, ...cells(own)] }
        }),
        { style: 'sum', cells: ['', ...cells(told)] },
      ],
    }),
  ]
}

function sumOf(amounts: readonly string[]): string {
  const { coefficient, scale } = amounts.map(decimal).reduce(add)
  return formatScaled(coefficient, scale)
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`
}
