import { type Decimal, formatScaled, parseDecimal } from '../../base/decimal.ts'
import type { AttachedFile, Identifier, Quantity } from '../document.ts'
import type { XmlElement } from '../xml/tree.ts'
import type { Draft } from './path.ts'
import type { Reading } from './reading.ts'

/** How a value stands in an element. */
export interface Codec<V> {
  /** @returns undefined where there is nothing to take; what is wrong is noted. */
  readonly read: (element: XmlElement, reading: Reading) => V | undefined
  readonly write: (value: V, element: Draft, writing: Writing) => void
}

/** What the writer must know of the whole document. */
export interface Writing {
  readonly currency: string
}

export const text: Codec<string> = {
  read: ({ text: value }) => (value === '' ? undefined : value),
  write: (value, element) => {
    element.text = value
  },
}

/**
 * Terms of payment (BT-20). XRechnung wants the lines of discounts, which begin with `#`, to be ended: the last of them too, whose end
 * reading takes away.
 */
export const termsText: Codec<string> = {
  read: text.read,
  write: (value, element) => {
    const last = value.slice(value.lastIndexOf('\n') + 1).trim()
    element.text = last.startsWith('#') ? `${value}\n` : value
  },
}

/** A text of one of the values. */
export function mapped(pairs: readonly (readonly [model: string, file: string])[]): Codec<string> {
  const toModel = new Map(pairs.map(([model, file]) => [file, model]))
  const toFile = new Map(pairs)
  return {
    read: ({ text: value }) => (value === '' ? undefined : (toModel.get(value) ?? value)),
    write: (value, element) => {
      element.text = toFile.get(value) ?? value
    },
  }
}

/** `xs:decimal` has no exponent; a plus and digits on one side of the point only are allowed. */
function readDecimal(element: XmlElement, reading: Reading): Decimal | undefined {
  if (element.text === '') return undefined
  const plain = element.text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.$/, '')
  const value = parseDecimal(plain)
  if (value !== null) return value
  reading.fault(element, `${JSON.stringify(element.text.slice(0, 40))} is no number such as 12.50`)
  return undefined
}

export const decimalNumber: Codec<Decimal> = {
  read: readDecimal,
  write: ({ coefficient, scale }, element) => {
    element.text = formatScaled(coefficient, scale)
  },
}

/** An amount that says its currency, as all of UBL do. */
export const amountWithCurrency: Codec<Decimal> = {
  read: (element, reading) => {
    const currency = reading.attribute(element, 'currencyID') ?? ''
    reading.amounts.push({ element: element.name, line: element.line, currency })
    return readDecimal(element, reading)
  },
  write: (value, element, writing) => {
    decimalNumber.write(value, element, writing)
    element.attributes['currencyID'] = writing.currency
  },
}

export const identifier: Codec<Identifier> = identifierWith('schemeID')
/** A code of a list, with the list's name and version. */
export const classification: Codec<Identifier> = identifierWith('listID', 'listVersionID')

function identifierWith(schemeName: string, versionName?: string): Codec<Identifier> {
  return {
    read: (element, reading) => {
      const scheme = reading.attribute(element, schemeName)
      const schemeVersion = versionName === undefined ? undefined : reading.attribute(element, versionName)
      if (element.text === '') return undefined
      return {
        value: element.text,
        ...(scheme === undefined ? {} : { scheme }),
        ...(schemeVersion === undefined ? {} : { schemeVersion }),
      }
    },
    write: ({ value, scheme, schemeVersion }, element) => {
      element.text = value
      if (scheme !== undefined) element.attributes[schemeName] = scheme
      if (schemeVersion !== undefined && versionName !== undefined) element.attributes[versionName] = schemeVersion
    },
  }
}

export const quantity: Codec<Quantity> = {
  read: (element, reading) => {
    const unit = reading.attribute(element, 'unitCode')
    const value = readDecimal(element, reading)
    if (unit === undefined && value === undefined) return undefined
    return { ...(value === undefined ? {} : { value }), ...(unit === undefined ? {} : { unit }) }
  },
  write: ({ value, unit }, element, writing) => {
    if (value !== undefined) decimalNumber.write(value, element, writing)
    if (unit !== undefined) element.attributes['unitCode'] = unit
  },
}

export const attachedFile: Codec<AttachedFile> = {
  read: (element, reading) => {
    const mimeType = reading.attribute(element, 'mimeCode')
    const name = reading.attribute(element, 'filename')
    if (!/^[A-Za-z0-9+/=\s]*$/.test(element.text)) reading.fault(element, 'its content is no base64')
    return {
      content: element.text.replaceAll(/\s+/g, ''),
      ...(mimeType === undefined ? {} : { mimeType }),
      ...(name === undefined ? {} : { name }),
    }
  },
  write: ({ content, mimeType, name }, element) => {
    element.text = content
    if (mimeType !== undefined) element.attributes['mimeCode'] = mimeType
    if (name !== undefined) element.attributes['filename'] = name
  },
}

/** `2026-01-31`; UBL allows a time zone behind it, which a day has no use for. */
export const isoDay: Codec<string> = {
  read: (element, reading) => dayOf(element, element.text.replace(/(Z|[+-]\d\d:\d\d)$/, ''), reading),
  write: text.write,
}

/** `<udt:DateTimeString format="102">20260131</udt:DateTimeString>`, in the element that is given. */
export function compactDay(name: string): Codec<string> {
  return {
    read: (element, reading) => {
      const inner = element.children.find((child) => child.name === name)
      if (inner === undefined) {
        reading.fault(element, 'has no day')
        return undefined
      }
      reading.take(inner)
      const format = reading.attribute(inner, 'format') ?? 'none'
      if (format !== '102') {
        reading.fault(inner, `days are written with format 102 (20260131), and this one has ${format.slice(0, 10)}`)
        return undefined
      }
      return dayOf(inner, inner.text.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'), reading)
    },
    write: (value, element) => {
      const made: Draft = {
        name,
        attributes: { format: '102' },
        children: [],
        text: value.replaceAll('-', ''),
        line: 0,
        step: name,
      }
      element.children.push(made)
    },
  }
}

function dayOf(element: XmlElement, day: string, reading: Reading): string | undefined {
  if (day === '') return undefined
  if (isDay(day)) return day
  reading.fault(element, `${JSON.stringify(element.text.slice(0, 40))} is no day of the calendar`)
  return undefined
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(day: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)
  if (match === null) return false
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const last = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0)
  return date >= 1 && date <= last
}
