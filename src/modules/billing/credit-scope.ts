import type { z } from 'zod'
import { currencyOf } from '../../core/base/currency.ts'
import { compare, decimal } from '../../core/base/decimal.ts'
import { exact, isSameExact, roundExact } from '../../core/base/exact.ts'
import { amountAdvice, parseMinor } from '../../core/base/money.ts'
import type { CreditScope, LineCredit } from '../../core/billing/credit-request.ts'
import type { DocumentLine } from '../../core/invoicing/document-line.ts'
import { productOf } from '../../core/invoicing/line-arithmetic.ts'
import { Refusal } from '../../platform/problems.ts'
import type { Invoice } from '../invoices/index.ts'
import type { creditDraft } from './request-schemas.ts'

type Draft = Pick<z.output<typeof creditDraft>, 'amount' | 'lines'>

/** What of a document a request credits: all that is left, an amount of it, or lines by their positions. */
export function scopeOf(invoice: Invoice, { amount, lines }: Draft): CreditScope {
  if (amount !== undefined) return { kind: 'amount', amountMinor: minorOf('amount', amount, invoice.currency) }
  if (lines === undefined) return { kind: 'rest' }
  const positions = lines.map(({ line }) => line)
  const twice = positions.find((position, at) => positions.indexOf(position) !== at)
  if (twice !== undefined) throw new Refusal('unprocessable', `lines: line ${twice} is named twice`)
  return { kind: 'lines', lines: lines.map((line, at) => lineCredit(invoice, line, `lines.${at}`)) }
}

function minorOf(path: string, text: string, currency: string): bigint {
  const minor = parseMinor(text, currency)
  if (minor === null || minor <= 0n)
    throw new Refusal('unprocessable', `${path}: ${text} cannot be credited: ${amountAdvice(currency)}`)
  return minor
}

function lineCredit(
  { document, currency }: Invoice,
  { line: position, amount, quantity }: NonNullable<Draft['lines']>[number],
  path: string,
): LineCredit {
  const line = document.lines.find((one) => one.position === position)
  if (line === undefined)
    throw new Refusal(
      'unprocessable',
      `${path}.line: ${document.number} has lines 1 to ${document.lines.length}, not ${position}`,
    )
  const lineIds = [line.id, ...(line.parts ?? []).flatMap((part) => (part.line === undefined ? [] : [part.line]))]
  const asked = amount === undefined ? null : minorOf(`${path}.amount`, amount, currency)
  if (quantity === undefined) return { position, lineIds, amountMinor: asked, units: null }
  if (compare(decimal(quantity), decimal(line.quantity)) > 0)
    throw new Refusal(
      'unprocessable',
      `${path}.quantity: line ${position} has ${line.quantity} ${line.unit}, not ${quantity}`,
    )
  const ofUnits = amountOfUnits(line, quantity, currency)
  const isLowered = document.lines.some(({ lowers }) => lowers === position)
  if (asked === null && (ofUnits === null || isLowered))
    throw new Refusal(
      'unprocessable',
      `${path}.amount: not one price for each unit makes line ${position}: write the amount that comes back with ${quantity} ${line.unit}`,
    )
  const amountMinor = asked ?? (ofUnits as NonNullable<typeof ofUnits>).minor
  const { unit, unitAmount, per } = line
  const isPrinted = ofUnits?.isExact === true && ofUnits.minor === amountMinor && unitAmount !== null
  const printed = isPrinted ? { quantity: `-${quantity}`, unit, unitAmount, per } : null
  return { position, lineIds, amountMinor, units: { quantity, printed } }
}

/** Units at the price that a line shows; null where more than one price makes it. */
function amountOfUnits(
  { unitAmount, per, share, discountPercent }: DocumentLine,
  quantity: string,
  currency: string,
): { readonly minor: bigint; readonly isExact: boolean } | null {
  if (unitAmount === null || share !== undefined || discountPercent !== undefined) return null
  const { minorDigits } = currencyOf(currency)
  const product = productOf({ quantity, unitAmount, per })
  const minor = roundExact(product, minorDigits)
  return { minor, isExact: isSameExact(product, exact(minor, minorDigits)) }
}
