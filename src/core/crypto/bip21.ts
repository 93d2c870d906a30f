import { formatUnits, parseUnits } from './base-units.ts'

/** What a `bitcoin:` URI says (BIP 21), also as BIP 321 widens it: a unified one has a Lightning invoice beside the address. */
export interface BitcoinUri {
  /** As it stands there; whether it is one is known by whoever reads addresses. */
  readonly address: string
  readonly satoshi: bigint | null
  readonly label: string | null
  readonly message: string | null
  /** A BOLT 11 invoice for the same payment. */
  readonly lightning: string | null
}

const BTC_DECIMALS = 8
/** What is longer is not scanned from a code. */
const MAX_URI = 4000
const KNOWN = ['amount', 'label', 'message', 'lightning'] as const

/** @throws Error that says why it is not to be paid by */
export function readBitcoinUri(text: string): BitcoinUri {
  const match = /^bitcoin:([0-9a-zA-Z]*)(?:\?(.*))?$/is.exec(text.length > MAX_URI ? '' : text)
  if (match === null) throw new Error('this is no URI of Bitcoin: bitcoin:ADDRESS?amount=…')
  const fields = new Map<string, string>()
  for (const pair of (match[2] ?? '').split('&').filter((one) => one !== '')) {
    const at = pair.indexOf('=')
    const name = (at < 0 ? pair : pair.slice(0, at)).toLowerCase()
    // What is required and not understood changes what is to be paid: whoever pays must not guess.
    if (name.startsWith('req-')) throw new Error(`the URI requires ${name}, which is not known here`)
    if (!KNOWN.some((known) => known === name)) continue
    if (fields.has(name)) throw new Error(`${name} stands twice in the URI`)
    fields.set(name, decoded(name, at < 0 ? '' : pair.slice(at + 1)))
  }
  const lightning = fields.get('lightning') ?? null
  const address = match[1] ?? ''
  if (address === '' && lightning === null) throw new Error('the URI has no address')
  return {
    address,
    satoshi: amountOf(fields.get('amount')),
    label: fields.get('label') ?? null,
    message: fields.get('message') ?? null,
    lightning,
  }
}

function decoded(name: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Error(`${name} of the URI is not percent-encoded UTF-8`)
  }
}

/** In whole bitcoin, with a point and without separators of thousands. */
function amountOf(text: string | undefined): bigint | null {
  if (text === undefined) return null
  const satoshi = text.startsWith('-') ? null : parseUnits(text, BTC_DECIMALS)
  if (satoshi === null)
    throw new Error('the amount of the URI is no number of bitcoin with at most 8 digits behind a point')
  return satoshi
}

/** A URI for a code to be scanned. What is null is left out. */
export function writeBitcoinUri({ address, satoshi, label, message, lightning }: BitcoinUri): string {
  const fields: readonly (readonly [string, string | null])[] = [
    ['amount', satoshi === null ? null : formatUnits(satoshi, BTC_DECIMALS)],
    ['label', label],
    ['message', message],
    ['lightning', lightning],
  ]
  const query = fields.flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]))
  return `bitcoin:${address}${query.length > 0 ? `?${query.join('&')}` : ''}`
}
