import type { DeliveryFailure, DeliveryReceipt } from '../../modules/notifications/ports.ts'
import { BodyReader, TLV } from './pdu.ts'

/** Bits 2 to 5 of `esm_class`: a receipt, and one on the way (SMPP 3.4, 5.2.12). */
const KIND_BITS = 0b0011_1100
const RECEIPT = 0b0000_0100

/** Final states, by their word in the text of a receipt (Appendix B), and by their number (5.2.28). Others are on the way. */
const STATES: Readonly<Record<string, DeliveryFailure | 'delivered'>> = {
  ...{ DELIVRD: 'delivered', 2: 'delivered' },
  // The telephone was off, or without a network, for as long as the centre tries.
  ...{ EXPIRED: 'unavailable', 3: 'unavailable' },
  ...{ DELETED: 'blocked', 4: 'blocked', REJECTD: 'blocked', 8: 'blocked' },
  // Whether nobody has the number, or has no room for a message today, is said by a code alone.
  ...{ UNDELIV: 'unavailable', 5: 'unavailable' },
  ...{ UNKNOWN: 'unavailable', 7: 'unavailable' },
}
/** Of a receipt's text, which is some 120 characters. */
const MAX_TEXT = 1_000

/** Which form ids of messages have: some centres answer with `1A2B` and report of `6699`. */
export type IdForm = 'same' | 'hex_in_answers'

/** What is to be known of a centre to read its receipts. */
interface ReceiptForm {
  readonly ids: IdForm
  /** Codes by which it says that nobody has a number, without zeros before them. */
  readonly noSuchAddressErrors: readonly string[]
}

/** An id as the answer to a message has it, in the form that receipts have. */
export function idOfAnswer(text: string, form: IdForm): string {
  return form === 'hex_in_answers' && /^[0-9a-f]{1,16}$/i.test(text) ? BigInt(`0x${text}`).toString() : text
}

/**
 * What a `deliver_sm` reports.
 * @returns null where it is a message of somebody, a receipt on the way, or one that names no message
 */
export function receiptIn(body: Buffer, { ids: form, noSuchAddressErrors }: ReceiptForm): DeliveryReceipt | null {
  const reader = new BodyReader(body)
  reader.text()
  reader.bytes(2)
  reader.text()
  reader.bytes(2)
  reader.text()
  const esmClass = reader.byte()
  reader.bytes(2)
  reader.text()
  reader.text()
  reader.bytes(4)
  const short = reader.bytes(reader.byte())
  const tlvs = reader.tlvs()
  if ((esmClass & KIND_BITS) !== RECEIPT) return null
  const text = (short.length > 0 ? short : (tlvs.get(TLV.messagePayload) ?? short))
    .toString('latin1')
    .slice(0, MAX_TEXT)
  const told = tlvs.get(TLV.receiptedMessageId)?.toString('latin1').replace(/\0.*$/s, '')
  const id = idOf(told === undefined || told === '' ? (/\bid:([^\s]{1,65})/i.exec(text)?.[1] ?? '') : told, form)
  const state =
    tlvs.get(TLV.messageState)?.[0]?.toString() ?? /\bstat:([A-Z]{1,10})/i.exec(text)?.[1]?.toUpperCase() ?? ''
  const meaning = Object.hasOwn(STATES, state) ? STATES[state] : undefined
  if (id === '' || meaning === undefined) return null
  if (meaning === 'delivered') return { id, state: 'delivered', reason: null }
  const isNobody = UNDELIVERED.has(state) && noSuchAddressErrors.includes(errorOf(text, tlvs.get(TLV.networkErrorCode)))
  return { id, state: 'failed', reason: isNobody ? 'no_such_address' : meaning }
}

const UNDELIVERED: ReadonlySet<string> = new Set(['UNDELIV', '5'])

/** The code of the network (5.3.2.31: one byte says which, two are the code), or else that in the text: `err:001` is `1`. */
function errorOf(text: string, code: Buffer | undefined): string {
  if (code?.length === 3) return String(code.readUInt16BE(1))
  const [, said = ''] = /\berr:([0-9a-z]{1,6})/i.exec(text) ?? []
  return said.toUpperCase().replace(/^0+(?=.)/, '')
}

/** Receipts have decimal ids with zeros before them where answers have hexadecimal ones. */
function idOf(text: string, form: IdForm): string {
  return form === 'hex_in_answers' && /^\d{1,20}$/.test(text) ? BigInt(text).toString() : text
}
