import { add, decimal, formatScaled } from '../base/decimal.ts'
import type { Annex } from '../invoicing/annexes.ts'
import type { InvoiceDocument } from '../invoicing/document.ts'
import { moneyText, numberText } from '../words/format.ts'
import { WORDS } from '../words/words.ts'
import type { Brand } from './brand.ts'
import { fitted } from './fitted-table.ts'
import { linesTable } from './line-rows.ts'
import type { Block, TableBlock } from './page.ts'

/**
 * The lines of a document that bills for other accounts: its own, and one for each of those, whose lines stand on a page of its own
 * (`accountAnnexes`).
 */
export function linesOrAnnexes(document: InvoiceDocument, brand: Brand): TableBlock {
  const { annexes = [], language, lines } = document
  if (annexes.length === 0) return linesTable(document, brand)
  const { columns, rows, ...table } = linesTable({ ...document, lines: lines.filter(isOwn) }, brand)
  const ofAnnexes = annexes.map((annex) => {
    const amount = numberText(language, amountOf(document, annex))
    return {
      cells: brand.columns.map((column) => {
        if (column === 'description') return { text: annex.name, beside: annex.account }
        return column === 'amount' ? amount : ''
      }),
    }
  })
  return fitted({ ...table, columns, rows: [...rows, ...ofAnnexes] })
}

/** A page for each account that a document bills for: its lines, and what they come to. */
export function accountAnnexes(document: InvoiceDocument, brand: Brand): Block[] {
  const { annexes = [], language, lines, currency, pricesIncludeTax } = document
  const words = WORDS[language].document
  return annexes.flatMap((annex): Block[] => {
    const own = lines.filter(({ account }) => account === annex.account)
    const part = (label: string, amount: string) =>
      ({ label, value: numberText(language, amount), style: 'part' }) as const
    return [
      { kind: 'page_break' },
      { ...linesTable({ ...document, lines: own }, brand), title: annex.name, subtitle: annex.account },
      {
        kind: 'sums',
        rows: [
          part(words.net, annex.net),
          part(words.tax, annex.tax),
          { label: words.subtotal, value: moneyText(language, annex.total, currency), style: 'total' },
        ],
        ...(pricesIncludeTax === true ? { remark: words.inclusive } : {}),
        notices: [],
      },
    ]
  })
}

function isOwn({ account }: InvoiceDocument['lines'][number]): boolean {
  return account === undefined
}

/** As lines have their amounts: without tax, unless prices include it. */
function amountOf({ lines }: InvoiceDocument, { account }: Annex): string {
  const amounts = lines.filter((line) => line.account === account).map(({ amount }) => decimal(amount))
  const { coefficient, scale } = amounts.reduce(add)
  return formatScaled(coefficient, scale)
}
