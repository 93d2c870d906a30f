import { isIPv4 } from 'node:net'
import { MAX_VALUE_BYTES, type RadiusAttribute } from './packet.ts'

type Format = 'text' | 'integer' | 'ipv4'

/** Attributes that can be named instead of numbered (RFC 2865, 2866, 2869): those by which a session is found, and what is changed of one. */
const NAMED: Readonly<Record<string, readonly [type: number, format: Format]>> = {
  'User-Name': [1, 'text'],
  'NAS-IP-Address': [4, 'ipv4'],
  'NAS-Port': [5, 'integer'],
  'Service-Type': [6, 'integer'],
  'Framed-IP-Address': [8, 'ipv4'],
  'Filter-Id': [11, 'text'],
  'Reply-Message': [18, 'text'],
  State: [24, 'text'],
  Class: [25, 'text'],
  'Session-Timeout': [27, 'integer'],
  'Idle-Timeout': [28, 'integer'],
  'Called-Station-Id': [30, 'text'],
  'Calling-Station-Id': [31, 'text'],
  'NAS-Identifier': [32, 'text'],
  'Acct-Session-Id': [44, 'text'],
  'NAS-Port-Id': [87, 'text'],
  'Chargeable-User-Identity': [89, 'text'],
}
const VENDOR_SPECIFIC = 26

/** An attribute by its name, or of a vendor by its numbers. */
export interface NamedAttribute {
  readonly attribute: string
  readonly value: string
}
export interface VendorAttribute {
  readonly vendor: number
  readonly type: number
  readonly format: 'text' | 'integer'
  readonly value: string
}

/** @throws RangeError in words, for a name that there is not, or a value that does not fit */
export function encodeAttribute(wanted: NamedAttribute | VendorAttribute): RadiusAttribute {
  if ('vendor' in wanted) {
    const value = encodeValue(wanted.value, wanted.format, `vendor ${wanted.vendor}, type ${wanted.type}`)
    const head = Buffer.alloc(6)
    head.writeUInt32BE(wanted.vendor)
    head[4] = wanted.type
    head[5] = value.length + 2
    return bounded({ type: VENDOR_SPECIFIC, value: Buffer.concat([head, value]) }, `vendor ${wanted.vendor}`)
  }
  const known = NAMED[wanted.attribute]
  if (known === undefined)
    throw new RangeError(`there is no attribute ${wanted.attribute}; there are ${Object.keys(NAMED).join(', ')}`)
  return bounded({ type: known[0], value: encodeValue(wanted.value, known[1], wanted.attribute) }, wanted.attribute)
}

function encodeValue(text: string, format: Format, name: string): Buffer {
  if (format === 'text') return Buffer.from(text, 'utf8')
  if (format === 'ipv4') {
    if (!isIPv4(text)) throw new RangeError(`${name}: "${text}" is no IPv4 address`)
    return Buffer.from(text.split('.').map(Number))
  }
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (!(number <= 0xff_ff_ff_ff)) throw new RangeError(`${name}: "${text}" is no whole number of 32 bits`)
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(number)
  return bytes
}

function bounded(attribute: RadiusAttribute, name: string): RadiusAttribute {
  const { length } = attribute.value
  if (length === 0 || length > MAX_VALUE_BYTES)
    throw new RangeError(`${name} would have ${length} bytes; 1 to ${MAX_VALUE_BYTES} fit`)
  return attribute
}
