import { findCurrency } from '../base/currency.ts'
import { formatMinor, parseMinor } from '../base/money.ts'

/** What is wrong with a file of a bank, and in which line of it (from 1). */
export interface Fault {
  readonly line: number
  readonly message: string
}

/** Money on the account at the end of a day; below zero it is overdrawn. */
export interface Balance {
  readonly amountMinor: bigint
  readonly date: string | null
}

/** Who sent money, or got it. */
export interface Counterparty {
  readonly name: string | null
  /** ISO 13616, without blanks. */
  readonly iban: string | null
  /** Where it has no IBAN: as the bank writes it. */
  readonly account: string | null
  readonly bic: string | null
}

/** One movement of money with one counterparty. Money in is above zero, money out below. */
export interface BankTransaction {
  readonly amountMinor: bigint
  readonly counterparty: Counterparty
  /** What the payer, or the creditor of a direct debit, named the order by; never `NOTPROVIDED`. */
  readonly endToEndId: string | null
  readonly mandateId: string | null
  /** Of the bank: the reference of this transaction. */
  readonly bankReference: string | null
  /** Names the batch that an order was sent in. */
  readonly paymentInfoId: string | null
  /** Structured: ISO 11649 (`RF18539007547034`) or a reference of a country. */
  readonly creditorReference: string | null
  /** What was written to the payee, line by line. */
  readonly remittance: readonly string[]
  /** Why it came back, such as `AM04`; null where it is no return. */
  readonly returnReason: string | null
  /** What banks kept of it, at least zero: 100.00 that arrive as 99.69 have charges of 0.31. */
  readonly chargesMinor: bigint
}

/** What the bank has booked in one amount: a transaction, or a batch of them, which come to its amount. */
export interface BankEntry {
  readonly line: number
  readonly amountMinor: bigint
  /** `booked` counts in balances; `pending` is announced. */
  readonly status: 'booked' | 'pending'
  readonly bookedOn: string
  readonly valueOn: string | null
  /** It takes an earlier entry back. */
  readonly isReversal: boolean
  readonly bankReference: string | null
  /** `PMNT/RCDT/ESCT` of ISO 20022, `NTRF` of SWIFT, with the bank's own: `NTRF 166`. */
  readonly code: string | null
  readonly transactions: readonly BankTransaction[]
}

/**
 * - `statement`: final; its balances and entries are the bank's books (camt.053, MT940, CSV)
 * - `report`: of a day that goes on (camt.052, MT942)
 * - `notification`: of single entries (camt.054)
 */
export type StatementKind = 'statement' | 'report' | 'notification'

export interface BankStatement {
  /** `camt.053.001.08`, `MT940`, `CSV`. */
  readonly format: string
  readonly kind: StatementKind
  readonly line: number
  /** As the bank names it. */
  readonly id: string
  /** Its place among the statements of the account, where the bank counts them: `998/1`. */
  readonly number: string | null
  readonly iban: string | null
  /** The account as the bank writes it. */
  readonly account: string
  readonly currency: string
  readonly opening: Balance | null
  readonly closing: Balance | null
  readonly entries: readonly BankEntry[]
  readonly faults: readonly Fault[]
}

/** Statements of a file, or what makes it unreadable. */
export interface BankFile {
  readonly statements: readonly BankStatement[]
  /** Of the file itself; each statement has its own. */
  readonly faults: readonly Fault[]
}

/** Entries of a file that are read; a bank sends some thousands a day. */
export const MAX_ENTRIES = 100_000
/** Faults that are told: whoever mends a file begins with the first. */
const MAX_FAULTS = 20

export const NOBODY: Counterparty = { name: null, iban: null, account: null, bic: null }

/** Where a reader notes what it cannot read, and goes on with the next. */
export class Faults {
  readonly found: Fault[] = []

  note(line: number, message: string): void {
    if (this.found.length < MAX_FAULTS) this.found.push({ line, message })
  }
}

/** Booked entries of a statement together. */
export function bookedMinor({ entries }: Pick<BankStatement, 'entries'>): bigint {
  return entries.reduce((sum, { status, amountMinor }) => (status === 'booked' ? sum + amountMinor : sum), 0n)
}

/**
 * What is wrong with the sum of a statement: opening + booked entries = closing.
 * Example: 18.15 + 8.85 is 27.00 and not 27.05: "the closing balance is 0.05 more than …".
 * @returns null where it holds, or where a balance is not told
 */
function sumFault(statement: Omit<BankStatement, 'faults'>): Fault | null {
  const { opening, closing, currency, line } = statement
  if (opening === null || closing === null) return null
  const booked = bookedMinor(statement)
  const difference = closing.amountMinor - opening.amountMinor - booked
  if (difference === 0n) return null
  const said = (minor: bigint): string => formatMinor(minor, currency)
  const [size, side] = difference > 0n ? [difference, 'more'] : [-difference, 'less']
  const sum = `${said(opening.amountMinor)} at the opening and ${said(booked)} of booked entries`
  return {
    line,
    message: `the closing balance ${said(closing.amountMinor)} ${currency} is ${said(size)} ${side} than ${sum}: ask the bank for the whole statement`,
  }
}

/** A statement with what its sum has wrong. */
export function checked(statement: Omit<BankStatement, 'faults'>, faults: readonly Fault[]): BankStatement {
  const sum = faults.length === 0 ? sumFault(statement) : null
  return { ...statement, faults: sum === null ? faults : [sum] }
}

/** An amount of a file in minor units, or a sentence why it is none. */
export function readAmount(text: string, currency: string): bigint | string {
  if (findCurrency(currency) === undefined) return `${currency === '' ? 'nothing' : currency} is no currency`
  const minor = parseMinor(text, currency)
  return minor ?? `${JSON.stringify(text.slice(0, 40))} is no amount of ${currency}`
}

/** One transaction for a whole entry. */
export function soleTransaction(amountMinor: bigint, rest: Partial<BankTransaction> = {}): BankTransaction {
  return {
    ...{ counterparty: NOBODY, endToEndId: null, mandateId: null, bankReference: null, paymentInfoId: null },
    ...{ creditorReference: null, remittance: [], returnReason: null, chargesMinor: 0n, ...rest, amountMinor },
  }
}
