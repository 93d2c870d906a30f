/**
 * The texts that proofs are about. Each is hashed as it is, in UTF-8, and a proof carries it unchanged: so a
 * verifier hashes what it reads and need not write JSON exactly as we do. Keys have a fixed order.
 */

/** One record's charge under one price. */
export interface ChargeStatement {
  /** Place in its line, from 1 on. */
  readonly n: number
  /** The journal segment that it was charged in. */
  readonly seq: number
  readonly source: string
  readonly id: string
  readonly service: string
  readonly type: string
  /** RFC 3339 in UTC. */
  readonly start: string
  readonly end: string | null
  /** The record's data as JSON. */
  readonly data: string
  readonly subscription: string
  readonly planVersion: string
  readonly price: string
  readonly cell: string
  /** First day of the billing period. */
  readonly period: string
  /** A decimal in the meter's unit. */
  readonly quantity: string
  /** A decimal with as many digits as the currency's rating scale. */
  readonly amount: string
}

export function chargeText(charge: ChargeStatement): string {
  const { n, seq, source, id, service, type, start, end, data } = charge
  const { subscription, planVersion, price, cell, period, quantity, amount } = charge
  return JSON.stringify({
    n,
    seq,
    source,
    id,
    service,
    type,
    start,
    end,
    data,
    subscription,
    planVersion,
    price,
    cell,
    period,
    quantity,
    amount,
  })
}

/** The usage that a line of a document bills, and the root over its charges. */
export interface LineStatement {
  readonly line: string
  readonly subscription: string
  readonly planVersion: string
  readonly price: string
  readonly cell: string
  readonly period: string
  readonly records: number
  readonly quantity: string
  /** Sum of the charges, at the rating scale. */
  readonly charged: string
  /** Of the same counter, in the lines of earlier documents: records, their charges, and what was billed for them. */
  readonly recordsBefore: number
  readonly chargedBefore: string
  readonly billedBefore: string
  /** Merkle root over the charges of this line. */
  readonly charges: string
}

export function lineText(line: LineStatement): string {
  const { subscription, planVersion, price, cell, period, records, quantity, charged } = line
  const { recordsBefore, chargedBefore, billedBefore, charges } = line
  return JSON.stringify({
    line: line.line,
    subscription,
    planVersion,
    price,
    cell,
    period,
    records,
    quantity,
    charged,
    recordsBefore,
    chargedBefore,
    billedBefore,
    charges,
  })
}

/** The root over the lines of an account and billing period in a document. */
export function periodText(account: string, period: string, root: string): string {
  return JSON.stringify({ account, period, root })
}

/** What a document is known by in the journal: the hash of this text, from which a stranger learns nothing. */
export function anchorText(invoice: string, documentDigest: string, chargesRoot: string): string {
  return `kvit-anchor-1\n${invoice}\n${documentDigest}\n${chargesRoot}\n`
}

export const ANCHORS_MARK = 'kvit-anchors-1\n'

/** The stored bytes of the segment that anchors some documents: how many, and the Merkle root over their anchors. */
export function anchorsPayload(size: number, root: string): string {
  return `${ANCHORS_MARK}${size}\n${root}\n`
}

/** A document as the text that is hashed: no spaces, and keys in the order of their code points. */
export function documentText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(documentText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${documentText(part)}`).join(',')}}`
}
