import { TAX_ID_FORMATS, type TaxIdFormat } from './tax-id-formats.ts'

export interface TaxIdVerdict {
  readonly isValid: boolean
  /** ISO 3166-1, `GR` for a number that begins with EL; XI is Northern Ireland. Null when the number does not say it. */
  readonly country: string | null
  /** What it is, such as `VAT number`; null when it is none. */
  readonly name: string | null
  /** As it is kept and compared: capital letters and digits with the prefix. */
  readonly number: string
  /** What is wrong with it, for people; null when it is valid. */
  readonly fault: string | null
}

/** Longer texts are no tax ids, and are not looked at. */
const MAX_LENGTH = 40

/**
 * Checks form and check digits, without asking anybody: that a number is right does not mean that it was given to somebody.
 * @param country of the party, for numbers that are written without a prefix; a prefix goes first
 */
export function checkTaxId(text: string, country?: string): TaxIdVerdict {
  const number = text.length > MAX_LENGTH ? '' : text.toUpperCase().replace(/[\s./-]/g, '')
  if (!/^[0-9A-Z+*]{2,}$/.test(number))
    return verdict(
      null,
      number,
      `${JSON.stringify(text.slice(0, MAX_LENGTH))} is no tax id: letters and digits are needed`,
    )
  const byPrefix = TAX_ID_FORMATS.filter(({ prefix }) => prefix !== '' && number.startsWith(prefix))
  const ofCountry = TAX_ID_FORMATS.filter((one) => one.country === country)
  const tried = [...byPrefix, ...ofCountry.filter((one) => !byPrefix.includes(one))].map((one) => judge(one, number))
  const valid = tried.find(({ isValid }) => isValid)
  return (
    valid ?? tried.find(({ name }) => name !== null) ?? tried[0] ?? verdict(null, number, unknownOf(number, country))
  )
}

function judge(one: TaxIdFormat, number: string): TaxIdVerdict {
  const body = number.startsWith(one.prefix) ? number.slice(one.prefix.length) : number
  const whole = one.prefix + body
  const what = `${one.name} of ${one.country}`
  if (!one.form.test(body)) {
    const front = one.prefix === '' ? '' : `${one.prefix} and `
    return { ...verdict(one, whole, `the ${what} is ${front}${one.says}, such as ${one.example}`), name: null }
  }
  if (one.check === null || one.check(body)) return verdict(one, whole, null)
  return verdict(
    one,
    whole,
    `the check digits of ${whole} are wrong: a digit of this ${what} is mistyped, or two are swapped`,
  )
}

function verdict(format: TaxIdFormat | null, number: string, fault: string | null): TaxIdVerdict {
  return { isValid: fault === null, country: format?.country ?? null, name: format?.name ?? null, number, fault }
}

function unknownOf(number: string, country: string | undefined): string {
  if (country !== undefined) return `no form of tax id is known for ${country}`
  const countries = [...new Set(TAX_ID_FORMATS.map((one) => one.country))].sort().join(', ')
  return `it cannot be told from ${number} which country it is of: write it with its prefix, or name the country (known: ${countries})`
}
