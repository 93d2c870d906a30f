import { parseDecimal } from '../base/decimal.ts'
import { isNameable } from '../base/kept-text.ts'
import { parseMinor } from '../base/money.ts'
import type { TerminalReason } from './results.ts'

const COMMANDS = ['check', 'pay', 'status', 'cancel'] as const

/** What a terminal sent, by name: `command`, `txn_id`, `account`, `sum`, `txn_date`, `ccy`, `trm_id`, and whatever else a network has. */
export type TerminalFields = Readonly<Record<string, string>>

/** A request that can be read, whether or not it can be carried out. */
export interface TerminalRequest {
  readonly command: (typeof COMMANDS)[number]
  readonly txnId: string
  /** As the payer wrote it, without blanks around; empty for `status` and `cancel`. */
  readonly account: string
  /** Null where none is needed, and was given. */
  readonly amountMinor: bigint | null
  /** When it was paid at the terminal, in epoch milliseconds; null where it is not said. */
  readonly paidMs: number | null
  /** Which terminal. */
  readonly terminal: string | null
}

/** What a network may send. */
interface Terms {
  readonly currency: string
  readonly zone: string
  readonly minMinor: bigint
  readonly maxMinor: bigint
}

const TXN_ID = /^[\x21-\x7e]{1,64}$/
const SUM = /^-?\d{1,15}(\.\d{1,12})?$/
const LOCAL = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/
const MAX_ACCOUNT = 128
/** Clocks of terminals are wrong by so much. */
const MAX_AHEAD_MS = 26 * 3_600_000
/** Networks send what was not answered for weeks. */
const MAX_AGE_MS = 45 * 86_400_000

/**
 * The text that a network signs: all fields but `sign`, by their names in the order of their characters, each percent-encoded as in the query of an
 * address: `account=1001&command=pay&sum=10.00&txn_id=17`. So no value can look like another field.
 */
export function signedText(fields: TerminalFields): string {
  const names = Object.keys(fields).filter((name) => name !== 'sign')
  names.sort((a, b) => (a < b ? -1 : 1))
  return names.map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(fields[name] ?? '')}`).join('&')
}

/** The command and the id, as far as they can be read: what an answer names. */
export function txnIdOf(fields: TerminalFields): string | null {
  const { txn_id: id = '' } = fields
  return TXN_ID.test(id) ? id : null
}

/** Reads a request. @returns why it cannot be, as the network is answered */
export function readRequest(
  fields: TerminalFields,
  { currency, zone, minMinor, maxMinor }: Terms,
  nowMs: number,
): TerminalRequest | TerminalReason {
  const {
    command: word = '',
    account: written = '',
    sum = '',
    ccy = '',
    txn_date: date = '',
    trm_id: terminal = '',
  } = fields
  const command = COMMANDS.find((one) => one === word)
  if (command === undefined) return 'bad_command'
  const txnId = txnIdOf(fields)
  if (txnId === null) return 'bad_txn_id'
  const account = written.trim()
  const needsAccount = command === 'check' || command === 'pay'
  if (
    needsAccount &&
    (account === '' || account.length > MAX_ACCOUNT || !isNameable(account) || account.includes('\ufffd'))
  )
    return 'bad_account'
  if (ccy !== '' && ccy !== currency) return 'wrong_currency'
  const needsSum = command === 'pay' || (command === 'check' && sum !== '')
  let amountMinor: bigint | null = null
  if (needsSum) {
    if (!SUM.test(sum) || parseDecimal(sum) === null) return 'bad_sum'
    amountMinor = parseMinor(sum, currency)
    if (amountMinor === null) return 'bad_sum'
    // Some ask for the account alone, with a sum of nothing.
    if (command === 'check' && amountMinor === 0n) amountMinor = null
    else if (amountMinor < minMinor) return 'too_small'
    else if (amountMinor > maxMinor) return 'too_large'
  }
  const paidMs = date === '' ? null : readTime(date, zone)
  if (paidMs !== null && (Number.isNaN(paidMs) || paidMs > nowMs + MAX_AHEAD_MS || paidMs < nowMs - MAX_AGE_MS))
    return 'bad_date'
  return { command, txnId, account: needsAccount ? account : '', amountMinor, paidMs, terminal: cleaned(terminal) }
}

function cleaned(text: string): string | null {
  const kept = text.trim().slice(0, 64)
  return kept === '' || !isNameable(kept) ? null : kept
}

/** @returns NaN where it is no time */
function readTime(text: string, zone: string): number {
  const parts = LOCAL.exec(text)?.slice(1).map(Number)
  if (parts === undefined)
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  try {
    const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' })
    return local.toZonedDateTime(zone).epochMilliseconds
  } catch {
    return Number.NaN
  }
}

/** A name of which strangers see little: `Ivan Petrenko` is `I*** P***`. */
export function maskedName(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '')
  return words
    .slice(0, 4)
    .map((word) => `${Array.from(word)[0]}***`)
    .join(' ')
}
