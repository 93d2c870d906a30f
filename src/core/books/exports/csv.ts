import { toCsvCell } from '../../base/csv.ts'
import { formatMinor } from '../../base/money.ts'
import type { Journal } from './journal.ts'

const COLUMNS = [
  ...['entry', 'day', 'belongsOn', 'template', 'code', 'ledgerAccount', 'account', 'customer', 'reference'],
  ...['currency', 'amount', 'booksCurrency', 'debit', 'credit', 'rate', 'subject'],
]

/** A journal as CSV: a row for each side, debits and credits in the currency of the books. */
export function csvJournal({ currency, lines }: Journal): string {
  const rows = lines.map((line) => {
    const { entryId, day, belongsOn, template, code, ledgerAccount, account, customer, reference, rate, subject } = line
    const size = formatMinor(line.booksMinor < 0n ? -line.booksMinor : line.booksMinor, currency)
    return [
      ...[entryId, day, belongsOn ?? '', template, code ?? '', ledgerAccount, account, customer, reference],
      ...[line.currency, formatMinor(line.amountMinor, line.currency), currency],
      ...[line.booksMinor > 0n ? size : '', line.booksMinor < 0n ? size : '', rate ?? '', subject ?? ''],
    ]
  })
  return `${[COLUMNS, ...rows].map((row) => row.map(toCsvCell).join(',')).join('\n')}\n`
}
