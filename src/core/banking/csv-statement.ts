import { isDay } from '../base/calendar-range.ts'
import { isIban, plainIban } from '../base/iban.ts'
import { csvRows } from '../mediation/csv.ts'
import { findCreditorReference } from './references.ts'
import {
  type BankEntry,
  type BankFile,
  checked,
  Faults,
  MAX_ENTRIES,
  readAmount,
  soleTransaction,
} from './statement.ts'

/** Which column of a bank's CSV file is what. Columns are named by their heading. */
export interface CsvMapping {
  /** Between cells: `;`, `,` or a tabulator. */
  readonly delimiter: string
  /** Lines before the one with the headings: 4 where a bank writes four lines about the account. */
  readonly skipLines: number
  /** What stands before the last digits: `1.234,56` has `,`. */
  readonly decimalSign: ',' | '.'
  /** In which order a day is written: `dmy` for 31.12.2026, `ymd`, `mdy`. */
  readonly dayOrder: 'dmy' | 'ymd' | 'mdy'
  readonly columns: {
    readonly bookedOn: string
    readonly valueOn?: string | undefined
    /** With its sign; or `credit` and `debit`, each without one. */
    readonly amount?: string | undefined
    readonly credit?: string | undefined
    readonly debit?: string | undefined
    readonly currency?: string | undefined
    /** What is on the account after the entry. */
    readonly balance?: string | undefined
    readonly name?: string | undefined
    readonly iban?: string | undefined
    readonly bic?: string | undefined
    /** Of several columns, the text is what stands in all of them. */
    readonly text?: readonly string[] | undefined
    readonly bankReference?: string | undefined
    readonly endToEndId?: string | undefined
    readonly mandateId?: string | undefined
    readonly code?: string | undefined
  }
}

/** The account that a CSV file is about; most do not say. */
interface CsvAccount {
  readonly iban: string | null
  readonly account: string
  readonly currency: string
}

const MAX_ROW = 20_000

/**
 * Reads a bank's CSV file by a mapping. With a column of balances, each row is checked: the balance before and the amount come to the
 * balance after. Files that begin with the newest row are turned round.
 */
export function readCsv(text: string, mapping: CsvMapping, of: CsvAccount): BankFile {
  const lines = text.split('\n')
  const rest = `${lines.slice(mapping.skipLines).join('\n')}\n`
  const faults = new Faults()
  const entries: (BankEntry & { readonly balanceMinor: bigint | null })[] = []
  let columns: ReadonlyMap<string, number> | null = null
  for (const row of csvRows(rest, mapping.delimiter, MAX_ROW)) {
    const line = row.line + mapping.skipLines
    if (columns === null) {
      columns = new Map(row.cells.map((cell, at) => [cell.replace('\ufeff', '').trim(), at]))
      const missing = columnsOf(mapping).filter((name) => columns?.has(name) !== true)
      if (missing.length > 0) {
        const message = `there is no column ${missing.join(', ')}; the headings are ${[...columns.keys()].join(', ').slice(0, 300)}`
        return { statements: [], faults: [{ line, message }] }
      }
      continue
    }
    if (row.cells.every((cell) => cell.trim() === '')) continue
    if (entries.length >= MAX_ENTRIES)
      return { statements: [], faults: [{ line, message: `there are more than ${MAX_ENTRIES} entries` }] }
    const known = columns
    const cell = (name: string | undefined): string =>
      name === undefined ? '' : (row.cells[known.get(name) ?? -1] ?? '').trim()
    const entry = readRow(cell, mapping, of.currency, line)
    if (typeof entry === 'string') faults.note(line, entry)
    else entries.push(entry)
  }
  if (columns === null) return { statements: [], faults: [{ line: 1, message: 'there is no row with headings' }] }
  const isDescending = entries.length > 1 && (entries[0] as BankEntry).bookedOn > (entries.at(-1) as BankEntry).bookedOn
  const ordered = isDescending ? entries.toReversed() : entries
  const [first, last] = [ordered[0], ordered.at(-1)]
  checkBalances(ordered, faults)
  const openingMinor = first?.balanceMinor == null ? null : first.balanceMinor - first.amountMinor
  const [opening, closing] = [openingMinor, last?.balanceMinor ?? null].map((amountMinor, at) =>
    amountMinor === null ? null : { amountMinor, date: (at === 0 ? first : last)?.bookedOn ?? null },
  )
  const statement = { format: 'CSV', kind: 'statement', line: 1, id: '', number: null, ...of } as const
  return {
    statements: [
      checked({ ...statement, opening: opening ?? null, closing: closing ?? null, entries: ordered }, faults.found),
    ],
    faults: [],
  }
}

function columnsOf({ columns }: CsvMapping): string[] {
  return Object.values(columns).flatMap((name: string | readonly string[] | undefined) =>
    name === undefined ? [] : [...(typeof name === 'string' ? [name] : name)],
  )
}

function readRow(
  cell: (name: string | undefined) => string,
  mapping: CsvMapping,
  accountCurrency: string,
  line: number,
): (BankEntry & { readonly balanceMinor: bigint | null }) | string {
  const { columns } = mapping
  const bookedOn = readDay(cell(columns.bookedOn), mapping)
  if (bookedOn === null) return `${columns.bookedOn}: ${JSON.stringify(cell(columns.bookedOn).slice(0, 40))} is no day`
  const currency = cell(columns.currency) || accountCurrency
  if (currency !== accountCurrency)
    return `${columns.currency}: the row is in ${currency}, and the account in ${accountCurrency}`
  const read = (name: string | undefined): bigint | string =>
    readAmount(plainAmount(cell(name), mapping.decimalSign), currency)
  const amount = columns.amount !== undefined ? read(columns.amount) : sided(cell, mapping, read)
  if (typeof amount === 'string') return `${columns.amount ?? 'credit and debit'}: ${amount}`
  const balance = columns.balance === undefined || cell(columns.balance) === '' ? null : read(columns.balance)
  if (typeof balance === 'string') return `${columns.balance}: ${balance}`
  const account = plainIban(cell(columns.iban))
  const text = (columns.text ?? []).map((name) => cell(name)).filter((part) => part !== '')
  const endToEndId = cell(columns.endToEndId)
  return {
    ...{ line, amountMinor: amount, status: 'booked', bookedOn, isReversal: false, balanceMinor: balance },
    valueOn: readDay(cell(columns.valueOn), mapping),
    bankReference: cell(columns.bankReference) || null,
    code: cell(columns.code) || null,
    transactions: [
      soleTransaction(amount, {
        counterparty: {
          name: cell(columns.name) || null,
          iban: isIban(account) ? account : null,
          account: isIban(account) || account === '' ? null : account,
          bic: cell(columns.bic) || null,
        },
        endToEndId: endToEndId === '' || endToEndId === 'NOTPROVIDED' ? null : endToEndId,
        mandateId: cell(columns.mandateId) || null,
        creditorReference: findCreditorReference(text.join('\n')),
        remittance: text,
      }),
    ],
  }
}

/** Of two columns, one has the amount. */
function sided(
  cell: (name: string | undefined) => string,
  { columns }: CsvMapping,
  read: (name: string | undefined) => bigint | string,
): bigint | string {
  const [credit, debit] = [cell(columns.credit), cell(columns.debit)]
  if ((credit === '') === (debit === '')) return 'one of the two has to have an amount'
  const minor = read(credit === '' ? columns.debit : columns.credit)
  if (typeof minor === 'string' || credit !== '') return minor
  return minor > 0n ? -minor : minor
}

/** `1.234,56-` and `+1 234,56` as plain decimals: `-1234.56`. */
function plainAmount(text: string, decimalSign: ',' | '.'): string {
  const isNegative = /^-|^\u2212|-$|^\(.*\)$/.test(text)
  const kept = text.replaceAll(decimalSign === ',' ? /[^\d,]/g : /[^\d.]/g, '').replace(',', '.')
  return /\p{L}/u.test(text.replace(/[A-Z]{3}/, '')) ? text : `${isNegative ? '-' : ''}${kept}`
}

function readDay(text: string, { dayOrder }: Pick<CsvMapping, 'dayOrder'>): string | null {
  const parts = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})/.exec(text)?.slice(1)
  if (parts === undefined) return null
  const at = { dmy: [2, 1, 0], mdy: [2, 0, 1], ymd: [0, 1, 2] }[dayOrder] as [number, number, number]
  const [year, month, day] = at.map((index) => parts[index] as string) as [string, string, string]
  const whole = year.length === 2 ? `20${year}` : year
  const iso = `${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(iso) ? iso : null
}

function checkBalances(
  entries: readonly (BankEntry & { readonly balanceMinor: bigint | null })[],
  faults: Faults,
): void {
  for (const [index, entry] of entries.entries()) {
    const before = entries[index - 1]?.balanceMinor
    if (before == null || entry.balanceMinor === null) continue
    if (before + entry.amountMinor !== entry.balanceMinor)
      faults.note(
        entry.line,
        'the balance before and the amount do not come to the balance of this row: a row is missing, or they are not in the order of the bank',
      )
  }
}
