import { formatMinor } from '../../base/money.ts'
import { entriesOf, type Journal, type JournalLine, wordsOf } from './journal.ts'
import { type XmlNode, xmlText } from './xml.ts'

/**
 * A journal as SAF-T for accounting, in the shape of Portugal (1.04_01). It is a subset: `Header` without what only a certified program has,
 * `MasterFiles` with `GeneralLedgerAccounts` (each with its balances) and `Customer`, and `GeneralLedgerEntries` with one journal. No `SourceDocuments`,
 * no `TaxTable`, no taxonomy codes. Amounts are in the currency of the books.
 */
export function saftJournal(journal: Journal): string {
  const { from, until, currency, madeMs, company, lines } = journal
  const amount = (minor: bigint): string => formatMinor(minor, currency)
  const total = (isDebit: boolean): string =>
    amount(
      lines.reduce(
        (sum, { booksMinor: minor }) => (minor > 0n === isDebit ? sum + (minor < 0n ? -minor : minor) : sum),
        0n,
      ),
    )
  const entries = entriesOf(lines)
  const file: XmlNode = [
    'AuditFile xmlns="urn:OECD:StandardAuditFile-Tax:PT_1.04_01"',
    [
      'Header',
      ['AuditFileVersion', '1.04_01'],
      ['CompanyID', company.taxId ?? company.name],
      ['TaxRegistrationNumber', company.taxId ?? '999999990'],
      ['TaxAccountingBasis', 'C'],
      ['CompanyName', company.name],
      ['CompanyAddress', ['AddressDetail', company.address], ['Country', company.country ?? 'PT']],
      ['FiscalYear', from.slice(0, 4)],
      ['StartDate', from],
      ['EndDate', until],
      ['CurrencyCode', currency],
      ['DateCreated', new Date(madeMs).toISOString().slice(0, 10)],
      ['ProductID', 'Kvit'],
    ],
    [
      'MasterFiles',
      ['GeneralLedgerAccounts', ...accountsOf(journal)],
      ...[...customersOf(lines)].map(
        ([key, name]): XmlNode => [
          'Customer',
          ['CustomerID', key],
          ['AccountID', 'Desconhecido'],
          ['CompanyName', name],
        ],
      ),
    ],
    [
      'GeneralLedgerEntries',
      ['NumberOfEntries', String(entries.length)],
      ['TotalDebit', total(true)],
      ['TotalCredit', total(false)],
      [
        'Journal',
        ['JournalID', 'KVIT'],
        ['Description', 'Kvit'],
        ...entries.map((entry) => transactionOf(entry, amount)),
      ],
    ],
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlText(file)}`
}

function accountsOf({ accounts, opening, lines, currency }: Journal): XmlNode[] {
  const closing = new Map(opening)
  for (const { code, booksMinor } of lines) if (code !== null) closing.set(code, (closing.get(code) ?? 0n) + booksMinor)
  const sides = (name: string, minor: bigint): [XmlNode, XmlNode] => [
    [`${name}DebitBalance`, formatMinor(minor > 0n ? minor : 0n, currency)],
    [`${name}CreditBalance`, formatMinor(minor < 0n ? -minor : 0n, currency)],
  ]
  return accounts
    .filter(({ code }) => closing.has(code))
    .map(
      ({ code, name }): XmlNode => [
        'Account',
        ['AccountID', code],
        ['AccountDescription', name],
        ...sides('Opening', opening.get(code) ?? 0n),
        ...sides('Closing', closing.get(code) ?? 0n),
        ['GroupingCategory', 'GM'],
      ],
    )
}

function customersOf(lines: readonly JournalLine[]): Map<string, string> {
  return new Map(lines.filter(({ account }) => account !== '').map(({ account, customer }) => [account, customer]))
}

function transactionOf(entry: readonly JournalLine[], amount: (minor: bigint) => string): XmlNode {
  const [first] = entry as [JournalLine, ...JournalLine[]]
  const line = (one: JournalLine, at: number, side: 'Debit' | 'Credit'): XmlNode => [
    `${side}Line`,
    ['RecordID', String(at + 1)],
    ['AccountID', one.code ?? ''],
    one.reference === '' ? null : ['SourceDocumentID', one.reference],
    ['SystemEntryDate', `${one.day}T00:00:00`],
    ['Description', wordsOf(one)],
    [`${side}Amount`, amount(one.booksMinor < 0n ? -one.booksMinor : one.booksMinor)],
  ]
  const numbered = entry.map((one, at) => ({ one, at }))
  return [
    'Transaction',
    ['TransactionID', `${first.day} KVIT ${first.entryId}`],
    ['Period', String(Number(first.day.slice(5, 7)))],
    ['TransactionDate', first.day],
    ['SourceID', 'kvit'],
    ['Description', wordsOf(first)],
    ['DocArchivalNumber', first.reference || first.entryId],
    ['TransactionType', first.template === 'opening' || first.template === 'revalued' ? 'R' : 'N'],
    ['GLPostingDate', first.day],
    [
      'Lines',
      ...numbered.filter(({ one }) => one.booksMinor > 0n).map(({ one, at }) => line(one, at, 'Debit')),
      ...numbered.filter(({ one }) => one.booksMinor < 0n).map(({ one, at }) => line(one, at, 'Credit')),
    ],
  ]
}
