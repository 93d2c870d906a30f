import { assert } from '../base/assert.ts'

/** Longest of an ISO 11649 reference after `RF` and its two check digits. */
const MAX_CREDITOR_TEXT = 21
/** A Swiss QR reference without its check digit. */
const QR_DIGITS = 26
const MOD_10 = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const

/**
 * The reference of ISO 11649 for a document, which banks carry unchanged: `INV-000123` is `RF73INV000123`.
 * @returns null where the number has nothing that such a reference may have, or too much of it
 */
export function creditorReference(documentNumber: string): string | null {
  const text = documentNumber.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (text === '' || text.length > MAX_CREDITOR_TEXT) return null
  const check = 98n - (numberOf(`${text}RF00`) % 97n)
  return `RF${String(check).padStart(2, '0')}${text}`
}

/** Whether a reference is one of ISO 11649 whose check digits are right. */
export function isCreditorReference(text: string): boolean {
  if (!/^RF\d{2}[A-Z0-9]{1,21}$/.test(text)) return false
  return numberOf(`${text.slice(4)}${text.slice(0, 4)}`) % 97n === 1n
}

/**
 * The 27 digits of a Swiss QR reference: the digits of the document number, filled up with zeros at the left, and a check digit.
 * @returns null where the number has no digit, or more than 26
 */
export function qrReference(documentNumber: string): string | null {
  const digits = documentNumber.replaceAll(/\D/g, '')
  if (digits === '' || digits.length > QR_DIGITS) return null
  const filled = digits.padStart(QR_DIGITS, '0')
  return `${filled}${modulo10(filled)}`
}

/** Recursive modulo 10, as Swiss payment slips have it: each digit leads to the next carry, and the check digit brings the last one to ten. */
function modulo10(digits: string): number {
  const carry = Array.from(digits).reduce((before, digit) => MOD_10[(before + Number(digit)) % 10] as number, 0)
  return (10 - carry) % 10
}

/** Letters count as 10 to 35. */
function numberOf(text: string): bigint {
  assert(/^[A-Z0-9]+$/.test(text), 'letters and digits alone')
  return BigInt(Array.from(text, (character) => Number.parseInt(character, 36)).join(''))
}
