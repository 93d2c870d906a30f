const FORM = /^\d{2,12}(-[0-9A-Z]{1,30})?-\d{2}$/
const MODULUS = 97n
const LETTER_BASE = 36

/**
 * Whether a Leitweg-ID is right in form and check digits: what authorities of Germany are reached by, such as `992-90009-96`. Letters count
 * as 10 to 35, and all of it leaves 1 when it is divided by 97 (ISO/IEC 7064, MOD 97-10): 9929000996 = 97 × 102360835 + 1.
 */
export function isLeitwegId(id: string): boolean {
  if (!FORM.test(id)) return false
  const digits = id.replaceAll('-', '').replaceAll(/[A-Z]/g, (one) => String(Number.parseInt(one, LETTER_BASE)))
  return BigInt(digits) % MODULUS === 1n
}
