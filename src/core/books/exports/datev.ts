import { formatMinor } from '../../base/money.ts'
import { entriesOf, type Journal, type Pair, pairsOf, wordsOf } from './journal.ts'

/** What a tax adviser says of an import. */
export interface DatevTerms {
  /** Of the adviser: Beraternummer. */
  readonly consultant: number
  /** Of the client: Mandantennummer. */
  readonly client: number
  /** Digits of its accounts: Sachkontenlänge. */
  readonly accountLength: number
  /** First day of its financial year: WJ-Beginn. */
  readonly yearStart: string
}

/**
 * The first columns of a Buchungsstapel, of 125; those behind them may be left out of a file, as its description allows.
 * https://developer.datev.de/datev/platform/de/dtvf/formate/buchungsstapel
 */
const COLUMNS = [
  ...[
    'Umsatz (ohne Soll/Haben-Kz)',
    'Soll/Haben-Kennzeichen',
    'WKZ Umsatz',
    'Kurs',
    'Basis-Umsatz',
    'WKZ Basis-Umsatz',
    'Konto',
  ],
  ...[
    'Gegenkonto (ohne BU-Schlüssel)',
    'BU-Schlüssel',
    'Belegdatum',
    'Belegfeld 1',
    'Belegfeld 2',
    'Skonto',
    'Buchungstext',
  ],
]

const MAX_TEXT = 60
const MAX_REFERENCE = 36
/** Amounts have ten digits before the comma. */
const MAX_MINOR = 1_000_000_000_000n

/**
 * A journal as DATEV reads it: EXTF, header version 700, category 21 (Buchungsstapel), format version 13. Amounts are in the currency of the
 * books, without tax keys: accounts are those of the general ledger, so lines of tax are lines. One row for each pair of sides.
 * @returns text whose letters outside of Windows-1252 are written another way; `inWindows1252` makes bytes of it
 * @throws RangeError where an account is no number, or an amount too large
 */
export function datevJournal(journal: Journal, terms: DatevTerms): string {
  const rows = entriesOf(journal.lines).flatMap((entry) => pairsOf(entry).map((pair) => rowOf(journal, pair)))
  return `${[headerOf(journal, terms), COLUMNS.join(';'), ...rows].join('\r\n')}\r\n`
}

function headerOf(
  { from, until, currency, madeMs, company }: Journal,
  { consultant, client, accountLength, yearStart }: DatevTerms,
): string {
  const made = new Date(madeMs).toISOString().replace(/\D/g, '').slice(0, 17)
  return [
    ...[quoted('EXTF'), '700', '21', quoted('Buchungsstapel'), '13', made, '', quoted('RE'), quoted(''), quoted('')],
    ...[consultant, client, compact(yearStart), accountLength, compact(from), compact(until)],
    // Name of the batch, initials, kind of entries (1: Finanzbuchführung), purpose (0: any), not fixed yet, currency.
    ...[quoted(clean(company.name, 30)), quoted(''), 1, 0, 0, quoted(currency)],
    ...['', quoted(''), '', '', quoted(''), '', '', quoted(''), quoted('')],
  ].join(';')
}

function rowOf({ currency }: Journal, { debit, credit, minor }: Pair): string {
  if (minor >= MAX_MINOR) throw new RangeError(`DATEV has no amounts such as ${formatMinor(minor, currency)}`)
  const [konto, gegenkonto] = [debit, credit].map(({ code }) => {
    if (!/^\d{1,9}$/.test(code ?? ''))
      throw new RangeError(`DATEV takes accounts of digits alone, and the chart has ${code}`)
    return code as string
  })
  const { day, reference, customer } = debit.reference === '' ? credit : debit
  const [, month = '', date = ''] = day.split('-')
  const text = [wordsOf(debit), customer || credit.customer].filter((part) => part !== '').join(' ')
  return [
    ...[formatMinor(minor, currency).replace('.', ','), quoted('S'), quoted(currency), '', '', quoted('')],
    ...[konto, gegenkonto, quoted(''), `${date}${month}`],
    ...[quoted(clean(reference, MAX_REFERENCE)), quoted(''), '', quoted(clean(text, MAX_TEXT))],
  ].join(';')
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** Without what a field may not have: control characters, and letters that the code page lacks. */
function clean(text: string, most: number): string {
  return Array.from(text.normalize('NFC').replaceAll(/\p{Cc}/gu, ' '))
    .map((letter) => (inCodePage(letter) === null ? '?' : letter))
    .slice(0, most)
    .join('')
}

/** What Windows-1252 has at 0x80 to 0x9f. */
const HIGH = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ'

function inCodePage(letter: string): number | null {
  const code = letter.codePointAt(0) as number
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code
  const at = HIGH.indexOf(letter)
  return at < 0 || letter === '\0' ? null : 0x80 + at
}

/** Text as bytes of Windows-1252, in which DATEV reads files; a letter that it lacks is a question mark. */
export function inWindows1252(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text, (letter) => inCodePage(letter) ?? 0x3f))
}
