import { type Decimal, formatScaled } from '../base/decimal.ts'
import type { EInvoice } from './document.ts'

type JsonValue = string | readonly JsonValue[] | { readonly [name: string]: JsonValue }

/** The document with amounts as decimal strings, which keep the digits that were written. */
export function asJson(document: EInvoice): JsonValue {
  return jsonOf(document)
}

function jsonOf(value: unknown): JsonValue {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(jsonOf)
  if (isDecimal(value)) return formatScaled(value.coefficient, value.scale)
  return Object.fromEntries(Object.entries(value as object).map(([name, field]) => [name, jsonOf(field)]))
}

export function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'coefficient' in value
}
