import { isDay } from '../base/calendar-range.ts'
import { findCurrency } from '../base/currency.ts'
import { isIban, plainIban } from '../base/iban.ts'
import type { XmlElement } from '../einvoice/xml/tree.ts'
import { readTransactions } from './camt-transactions.ts'
import {
  type Balance,
  type BankEntry,
  type BankFile,
  type BankStatement,
  checked,
  Faults,
  MAX_ENTRIES,
  readAmount,
  type StatementKind,
} from './statement.ts'
import { childrenOf, elementAt, localName, textAt } from './xml-path.ts'

/** Namespaces of camt files: `urn:iso:std:iso:20022:tech:xsd:camt.053.001.08`. */
const NAMESPACE = /camt\.(05[234])\.001\.(\d{2})\}/
const MESSAGES: Readonly<Record<string, { readonly kind: StatementKind; readonly part: string }>> = {
  '052': { kind: 'report', part: 'Rpt' },
  '053': { kind: 'statement', part: 'Stmt' },
  '054': { kind: 'notification', part: 'Ntfctn' },
}
/** Balances at the beginning and the end of a statement, as booked; of several, the first that is there counts. */
const OPENING = ['OPBD', 'PRCD']
const CLOSING = ['CLBD']

/** Reads camt.052, 053 and 054 of versions 1 to 8 and later. @returns null where the file is none of them */
export function readCamt(root: XmlElement): BankFile | null {
  const matched = NAMESPACE.exec(root.name)
  const message = matched === null ? undefined : MESSAGES[matched[1] as string]
  if (matched === null || message === undefined) return null
  const format = `camt.${matched[1]}.001.${matched[2]}`
  const parts = root.children.flatMap((body) => childrenOf(body, message.part))
  if (parts.length === 0)
    return {
      statements: [],
      faults: [{ line: root.line, message: `there is no ${message.part}: it has no statement` }],
    }
  const entries = parts.reduce((sum, part) => sum + childrenOf(part, 'Ntry').length, 0)
  if (entries > MAX_ENTRIES) {
    const tooMany = `there are ${entries} entries, and at most ${MAX_ENTRIES} are read: ask the bank for shorter periods`
    return { statements: [], faults: [{ line: root.line, message: tooMany }] }
  }
  return { statements: parts.map((part) => readStatement(part, format, message.kind)), faults: [] }
}

function readStatement(part: XmlElement, format: string, kind: StatementKind): BankStatement {
  const faults = new Faults()
  const account = textAt(
    part,
    'Acct/Id/IBAN',
    'Acct/Id/Othr/Id',
    'Acct/Id/BBAN',
    'Acct/Id/PrtryAcct/Id',
    'Acct/Id/UPIC',
  )
  if (account === null) faults.note(part.line, 'it does not say of which account it is (Acct/Id)')
  const balances = childrenOf(part, 'Bal')
  const entries = childrenOf(part, 'Ntry')
  const currency = currencyOfStatement(part, balances, entries)
  if (findCurrency(currency) === undefined) faults.note(part.line, 'it does not say in which currency the account is')
  const known = plainIban(account ?? '')
  return checked(
    {
      ...{ format, kind, line: part.line, id: textAt(part, 'Id') ?? '' },
      number: textAt(part, 'ElctrncSeqNb', 'LglSeqNb'),
      ...{ iban: isIban(known) ? known : null, account: account ?? '', currency },
      opening: balanceOf(balances, OPENING, currency, faults),
      closing: balanceOf(balances, CLOSING, currency, faults),
      entries: entries.flatMap((entry) => readEntry(entry, currency, createdOn(part), faults)),
    },
    faults.found,
  )
}

/** What the account says, else the opening balance, else the first entry. */
function currencyOfStatement(
  part: XmlElement,
  balances: readonly XmlElement[],
  entries: readonly XmlElement[],
): string {
  const said = textAt(part, 'Acct/Ccy')
  if (said !== null) return said
  const amount = elementAt(balances[0] ?? entries[0] ?? null, 'Amt')
  return amount?.attributes['Ccy'] ?? ''
}

function createdOn(part: XmlElement): string | null {
  return dayAt(part, 'CreDtTm')
}

function balanceOf(
  balances: readonly XmlElement[],
  codes: readonly string[],
  currency: string,
  faults: Faults,
): Balance | null {
  for (const code of codes) {
    const found = balances.filter((balance) => textAt(balance, 'Tp/CdOrPrtry/Cd', 'Tp/Cd') === code)
    // Of pages of one statement the first opening and the last closing balance count.
    const balance = code === 'CLBD' ? found.at(-1) : found[0]
    if (balance === undefined) continue
    const amountMinor = signedAmount(balance, currency, faults)
    return amountMinor === null ? null : { amountMinor, date: dayAt(balance, 'Dt') }
  }
  return null
}

/** The amount of an entry or a balance: credits above zero. The amount must be in the currency of the account. */
function signedAmount(element: XmlElement, currency: string, faults: Faults): bigint | null {
  const amount = elementAt(element, 'Amt')
  const side = textAt(element, 'CdtDbtInd')
  const own = amount?.attributes['Ccy'] ?? currency
  if (amount === null || (side !== 'CRDT' && side !== 'DBIT')) {
    faults.note(element.line, `${localName(element)} has no ${amount === null ? 'amount (Amt)' : 'side (CdtDbtInd)'}`)
    return null
  }
  if (own !== currency) {
    faults.note(amount.line, `${localName(element)} is in ${own}, and the account in ${currency}`)
    return null
  }
  const minor = readAmount(amount.text, currency)
  if (typeof minor !== 'string') return side === 'CRDT' ? minor : -minor
  faults.note(amount.line, minor)
  return null
}

function readEntry(entry: XmlElement, currency: string, statedOn: string | null, faults: Faults): BankEntry[] {
  const amountMinor = signedAmount(entry, currency, faults)
  if (amountMinor === null) return []
  const status = textAt(entry, 'Sts/Cd', 'Sts/Prtry', 'Sts')
  const valueOn = dayAt(entry, 'ValDt')
  const bookedOn = dayAt(entry, 'BookgDt') ?? valueOn ?? statedOn
  if (bookedOn === null) {
    faults.note(entry.line, 'the entry has no day on which it was booked (BookgDt)')
    return []
  }
  return [
    {
      ...{ line: entry.line, amountMinor, status: status === 'BOOK' ? 'booked' : 'pending', bookedOn, valueOn },
      isReversal: textAt(entry, 'RvslInd') === 'true' || textAt(entry, 'RvslInd') === '1',
      bankReference: textAt(entry, 'AcctSvcrRef'),
      code: codeOf(entry),
      transactions: readTransactions(entry, amountMinor, currency),
    },
  ]
}

/** `PMNT/RCDT/ESCT`, with the bank's own code behind it. */
function codeOf(entry: XmlElement): string | null {
  const parts = ['Domn/Cd', 'Domn/Fmly/Cd', 'Domn/Fmly/SubFmlyCd'].map((path) => textAt(entry, `BkTxCd/${path}`))
  const domain = parts.filter((part) => part !== null).join('/')
  const own = textAt(entry, 'BkTxCd/Prtry/Cd')
  return [domain, own ?? ''].filter((text) => text !== '').join(' ') || null
}

/** The calendar day of `<Dt>2015-01-02</Dt>` or `<DtTm>2014-12-31T13:15:00+01:00</DtTm>` at the bank. */
function dayAt(element: XmlElement, path: string): string | null {
  const text = textAt(element, `${path}/Dt`, `${path}/DtTm`, path)
  const day = text?.slice(0, 10) ?? ''
  return isDay(day) ? day : null
}
