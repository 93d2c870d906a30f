import { digitsOf, isLuhn, isTwiceMod11, lastDigit, moduloOf, weighted } from './check-digits.ts'

/** Check digits that are more than one sum. Each takes the number without its prefix, in the form of its country. */

export function isAustrian(text: string): boolean {
  const sum = digitsOf(text.slice(1, 8)).reduce((total, digit, at) => {
    const product = digit * (at % 2 === 0 ? 1 : 2)
    return total + Math.floor(product / 10) + (product % 10)
  }, 4)
  return (10 - (sum % 10)) % 10 === lastDigit(text)
}

/** Nine digits for firms; ten for persons, foreigners and others. */
export function isBulgarian(text: string): boolean {
  if (text.length === 9) return isTwiceMod11(text, [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10])
  const last = lastDigit(text)
  const other = (11 - (weighted(text, [4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
  return (
    (weighted(text, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === last ||
    weighted(text, [21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 === last ||
    other === last
  )
}

const CYPRIOT_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]

export function isCypriot(text: string): boolean {
  const sum = digitsOf(text.slice(0, 8)).reduce(
    (total, digit, at) => total + (at % 2 === 0 ? (CYPRIOT_ODD[digit] as number) : digit),
    0,
  )
  return String.fromCharCode(65 + (sum % 26)) === text[8]
}

/** Eight digits for firms; nine that begin with 6, and birth numbers of nine or ten, for persons. */
export function isCzech(text: string): boolean {
  const last = lastDigit(text)
  if (text.length === 8) {
    const check = (11 - (weighted(text, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
    return (check === 0 ? 1 : check) % 10 === last
  }
  if (text.length === 10) return moduloOf(text.slice(0, 9), 11) % 10 === last
  if (!text.startsWith('6')) return true
  const check = weighted(text.slice(1), [8, 7, 6, 5, 4, 3, 2]) % 11
  return (8 - ((21 - check) % 11) + 10) % 10 === last
}

const SPANISH_PERSON = 'TRWAGMYFPDXBNJZSQVHLCKE'
const SPANISH_FIRM = 'JABCDEFGHI'

export function isSpanish(text: string): boolean {
  const body = text.slice(0, 8)
  const control = text.slice(8)
  if (/^\d/.test(text)) return SPANISH_PERSON[moduloOf(body, 23)] === control
  if (/^[XYZ]/.test(text))
    return SPANISH_PERSON[moduloOf('XYZ'.indexOf(text.charAt(0)) + body.slice(1), 23)] === control
  if (/^[KLM]/.test(text)) return SPANISH_PERSON[moduloOf(body.slice(1), 23)] === control
  const check = Array.from('0123456789').findIndex((digit) => isLuhn(body.slice(1) + digit))
  // Which firms have a digit and which a letter is known, and not kept to: both are accepted.
  return control === String(check) || control === SPANISH_FIRM[check]
}

const FRENCH_KEY = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Two characters in front of the SIREN of nine digits, which is a Luhn number, but for Monaco's that begin with 000. */
export function isFrench(text: string): boolean {
  const [key, siren] = [text.slice(0, 2), text.slice(2)]
  if (!siren.startsWith('000') && !isLuhn(siren)) return false
  if (/^\d\d$/.test(key)) return moduloOf(`${siren}12`, 97) === Number(key)
  const [first, second] = Array.from(key).map((letter) => FRENCH_KEY.indexOf(letter)) as [number, number]
  const check = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
  return (moduloOf(siren, 11) + 1 + Math.floor(check / 11)) % 11 === check % 11
}

const BRITISH = [8, 7, 6, 5, 4, 3, 2, 10, 1]

/** Nine digits, twelve for branches; GD and HA for government and health. Numbers from 100 on may be of the younger row (55 more). */
export function isBritish(text: string): boolean {
  if (text.startsWith('GD')) return Number(text.slice(2)) < 500
  if (text.startsWith('HA')) return Number(text.slice(2)) >= 500
  const rest = weighted(text, BRITISH) % 97
  return rest === 0 || (Number(text.slice(0, 3)) >= 100 && (rest === 42 || rest === 55))
}

const IRISH = 'WABCDEFGHIJKLMNOPQRSTUV'

/** Seven digits, a check letter, and a second letter since 2013; older ones have a sign or letter as their second character. */
export function isIrish(text: string): boolean {
  const isOld = !/^\d{7}/.test(text)
  const digits = isOld ? `0${text.slice(2, 7)}${text.charAt(0)}` : text.slice(0, 7)
  const extra = isOld ? 0 : Math.max(IRISH.indexOf(text.charAt(8) || 'W'), 0)
  return IRISH[(weighted(digits, [8, 7, 6, 5, 4, 3, 2]) + 9 * extra) % 23] === text.charAt(7)
}

/** The seventh to tenth digits are an office; the whole is a Luhn number. */
export function isItalian(text: string): boolean {
  const office = Number(text.slice(7, 10))
  const isOffice = (office >= 1 && office <= 100) || [120, 121, 888, 999].includes(office)
  return !text.startsWith('0000000') && isOffice && isLuhn(text)
}

export function isLithuanian(text: string): boolean {
  const body = text.slice(0, -1)
  const weights = (shift: number): number[] => digitsOf(body).map((_, at) => 1 + ((at + shift) % 9))
  return isTwiceMod11(text, weights(0), weights(2))
}

/** Firms begin with 4 and more; persons with the day of their birth, or with 32, which has no check digit. */
export function isLatvian(text: string): boolean {
  if (/^[4-9]/.test(text)) return weighted(text, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3
  if (text.startsWith('32')) return true
  return ((1 + weighted(text, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === lastDigit(text)
}

/** The nine digits are a citizen number of before 2020, or the whole is checked as ISO 7064 MOD 97,10. */
export function isDutch(text: string): boolean {
  if (/^0{9}/.test(text)) return false
  const asNumbers = Array.from(`NL${text}`)
    .map((one) => (/\d/.test(one) ? one : String(one.charCodeAt(0) - 55)))
    .join('')
  return weighted(text, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 || moduloOf(asNumbers, 97) === 1
}

export function isRomanian(text: string): boolean {
  const padded = text.padStart(10, '0')
  return ((10 * weighted(padded, [7, 5, 3, 2, 1, 7, 5, 3, 2])) % 11) % 10 === lastDigit(text)
}

/** EDRPOU of firms: the weights begin elsewhere between 30000000 and 60000000. */
export function isUkrainianFirm(text: string): boolean {
  return /^[345]/.test(text)
    ? isTwiceMod11(text, [7, 1, 2, 3, 4, 5, 6], [9, 3, 4, 5, 6, 7, 8])
    : isTwiceMod11(text, [1, 2, 3, 4, 5, 6, 7], [3, 4, 5, 6, 7, 8, 9])
}

export function isUkrainianPerson(text: string): boolean {
  const rest = weighted(text, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11
  return ((rest + 11) % 11) % 10 === lastDigit(text)
}

export function isAustralian(text: string): boolean {
  const weights = [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
  return (weighted(text, weights) - 10) % 89 === 0
}
