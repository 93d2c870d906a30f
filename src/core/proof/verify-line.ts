import type { Currency } from '../base/currency.ts'
import { add, type Decimal, decimal, formatDecimal, formatScaled, ZERO } from '../base/decimal.ts'
import { addExact, exact, formatExact, parseExact, roundExact } from '../base/exact.ts'
import { leafHash, merkleRoot, type Sha256 } from './merkle.ts'
import { CHECK_DIGITS, type ProvedLine } from './proof-file.ts'
import type { ChargeStatement, LineStatement } from './statements.ts'

/** What is looked at of a line of the document. */
export interface DocumentLine {
  readonly id: string
  readonly position: number
  readonly kind: string
  readonly description: string
  readonly quantity: string
  /** Of the line; of all that was used in the period where `billedBefore` is absent, as on documents of before. */
  readonly exactAmount: string
  readonly billedBefore?: string
  /** Absent where it is one of several rates that are printed on one line, and rounded with them. */
  readonly amount?: string
  readonly parts?: readonly PrintedRate[] | null
}

interface PrintedRate {
  readonly line?: string
  readonly label: string
  readonly quantity: string | null
  readonly amount: string
  readonly whole?: string
}

/** A line of a document as it is proved: where several rates are printed on one, each by its own charges. */
export function provedParts(line: DocumentLine): DocumentLine[] {
  const rates = (line.parts ?? []).filter((part) => part.line !== undefined)
  if (rates.length === 0) return [line]
  const { position, kind } = line
  return rates.map(({ line: id = '', label, quantity, amount, whole = amount }) => ({
    ...{
      id,
      position,
      kind,
      description: `${line.description}: ${label}`,
      quantity: quantity ?? '0',
      exactAmount: whole,
    },
  }))
}

const OF_LINE = ['subscription', 'planVersion', 'price', 'cell', 'period'] as const

/** Digits after the point, as they are written. */
function digitsOf(text: string): number {
  return text.includes('.') ? text.length - text.indexOf('.') - 1 : 0
}

/** An amount as an integer of its last written digit. */
function scaled(text: string, digits: number): bigint {
  const { coefficient, scale } = decimal(text)
  return roundExact(exact(coefficient, scale), digits)
}

function sum(texts: readonly string[]): Decimal {
  return texts.reduce((total, text) => add(total, decimal(text)), ZERO)
}

/** Whether two decimals say the same, whatever the zeros at their end. */
function isSame(text: string, value: Decimal): boolean {
  return formatDecimal(decimal(text)) === formatDecimal(value)
}

/** Charges that are not as they were, are not of this line, or are not in their place. */
function wrongCharges(sha256: Sha256, line: LineStatement, { charges }: ProvedLine): string[] {
  let expected = 1
  return charges.flatMap(({ leaf, check }, at) => {
    const charge = JSON.parse(leaf) as ChargeStatement
    const name = `charge ${at + 1} (${charge.source} ${charge.id}, segment ${charge.seq})`
    const place = expected
    expected = charge.n + 1
    return [
      ...(leafHash(sha256, leaf).toHex().slice(0, CHECK_DIGITS) === check ? [] : [`${name} was changed`]),
      ...(charge.n > place ? [`charge ${place}${charge.n > place + 1 ? `–${charge.n - 1}` : ''} is missing`] : []),
      ...(charge.n < place ? [`${name} was added: it has the place ${charge.n}`] : []),
      ...OF_LINE.filter((field) => charge[field] !== line[field]).map((field) => `${name} is of another ${field}`),
    ]
  })
}

/** What a line bills, against its charges: what can be said without the tariff. Amounts are rounded as the currency is. */
function wrongAmounts(
  line: LineStatement,
  printed: DocumentLine,
  { minorDigits, ratingScale: digits }: Currency,
): string[] {
  if (digitsOf(line.charged) !== digits || (printed.amount !== undefined && digitsOf(printed.amount) !== minorDigits))
    return [`charges have ${digits} digits behind the point, amounts ${minorDigits}`]
  const charged = scaled(line.charged, digits) + scaled(line.chargedBefore, digits)
  const { billedBefore = '0' } = printed
  const priced = addExact(parseExact(printed.exactAmount), parseExact(billedBefore))
  const billed = roundExact(priced, minorDigits) - scaled(line.billedBefore, minorDigits)
  // A price may cost something before there is any usage; no charge says so.
  const isUsed = line.records + line.recordsBefore > 0
  return [
    ...(isUsed && roundExact(priced, digits) !== charged
      ? [`its charges, with those before, come to ${formatScaled(charged, digits)}, not to ${formatExact(priced)}`]
      : []),
    ...(printed.billedBefore === undefined || isSame(printed.billedBefore, decimal(line.billedBefore))
      ? []
      : [`it says that ${printed.billedBefore} was billed before, and that was ${line.billedBefore}`]),
    ...(printed.amount === undefined || scaled(printed.amount, minorDigits) === billed
      ? []
      : [`it bills ${printed.amount}; rounded and less what was billed it is ${formatScaled(billed, minorDigits)}`]),
  ]
}

/** Everything that is wrong about a usage line of the document and its charges. */
export function wrongInLine(sha256: Sha256, proved: ProvedLine, printed: DocumentLine, currency: Currency): string[] {
  try {
    const line = JSON.parse(proved.leaf) as LineStatement
    const charges = proved.charges.map(({ leaf }) => JSON.parse(leaf) as ChargeStatement)
    const wrong = wrongCharges(sha256, line, proved)
    const quantity = sum(charges.map((charge) => charge.quantity))
    const amount = sum(charges.map((charge) => charge.amount))
    if (charges.length !== line.records) wrong.push(`${charges.length} charges are here, it stands for ${line.records}`)
    if (!isSame(line.quantity, quantity))
      wrong.push(`its charges have the quantity ${formatDecimal(quantity)}, it stands for ${line.quantity}`)
    if (!isSame(line.charged, amount))
      wrong.push(`its charges add up to ${formatDecimal(amount)}, it stands for ${line.charged}`)
    if (!isSame(printed.quantity, decimal(line.quantity)))
      wrong.push(`the document shows the quantity ${printed.quantity}, it stands for ${line.quantity}`)
    wrong.push(...wrongAmounts(line, printed, currency))
    const root = merkleRoot(
      sha256,
      proved.charges.map(({ leaf }) => leafHash(sha256, leaf)),
    )
    if (root.toHex() !== line.charges) wrong.push('its charges are not those under its root')
    return wrong
  } catch (error) {
    return [`it cannot be read: ${error instanceof Error ? error.message : String(error)}`]
  }
}
