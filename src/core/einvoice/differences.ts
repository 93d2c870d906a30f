import { formatDecimal } from '../base/decimal.ts'
import { isDecimal } from './as-json.ts'
import type { EInvoice } from './document.ts'

/** A field that two documents have differently; empty where one of them has none. */
export interface Difference {
  /** Such as `lines.1.item.name`, counted from 1. */
  readonly field: string
  readonly before: string
  readonly after: string
}

/**
 * Where two documents say different things. Amounts are compared by value (1.50 is 1.5), and the order of a party's identifiers
 * says nothing.
 */
export function differences(before: EInvoice, after: EInvoice): Difference[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => old.get(field) !== now.get(field))
    .map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' }))
}

function fieldsOf(document: EInvoice): Map<string, string> {
  const fields = new Map<string, string>()
  collect(document, '', fields)
  return fields
}

function collect(value: unknown, field: string, fields: Map<string, string>): void {
  if (typeof value === 'string') fields.set(field, value)
  else if (isDecimal(value)) fields.set(field, formatDecimal(value))
  else {
    const entries = Object.entries(field.endsWith('identifiers') ? inOrder(value as object[]) : (value as object))
    for (const [name, inner] of entries) {
      const step = Array.isArray(value) ? String(Number(name) + 1) : name
      collect(inner, field === '' ? step : `${field}.${step}`, fields)
    }
  }
}

function inOrder(identifiers: readonly object[]): object[] {
  return identifiers.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
