import type { EInvoice, Identifier } from '../document.ts'
import { electronicAddresses, legalRegistrations, partyIdentifiers, vatIds } from './contexts.ts'
import { type Context, each, type Rule, type Severity } from './rule.ts'

const digitsOf = (text: string): number[] => text.split('').map(Number)
const weighted = (digits: readonly number[], weightAt: (at: number) => number): number =>
  digits.reduce((sum, digit, at) => sum + digit * weightAt(at), 0)

/** The last digit makes the sum of the others, weighted from the right, a multiple. */
function hasCheckDigit(text: string, modulus: number, weightAt: (at: number) => number): boolean {
  const [last, ...others] = digitsOf(text).reverse()
  return (modulus - (weighted(others, weightAt) % modulus)) % modulus === last
}

const isGln = (text: string): boolean => /^\d+$/.test(text) && hasCheckDigit(text, 10, (at) => (at % 2 === 0 ? 3 : 1))
const isNorwegian = (text: string): boolean =>
  /^\d{9}$/.test(text) && Number(text) > 0 && hasCheckDigit(text, 11, (at) => (at % 6) + 2)
const isBelgian = (text: string): boolean =>
  /^\d{10}$/.test(text) && 97 - (Number(text.slice(0, 8)) % 97) === Number(text.slice(8))
/** Luhn: every second digit from the right is doubled, and its digits added. */
const isLuhn = (text: string): boolean =>
  weighted(
    digitsOf(text)
      .reverse()
      .map((digit, at) => (at % 2 === 0 ? digit : Math.trunc((digit * 2) / 10) + ((digit * 2) % 10))),
    () => 1,
  ) %
    10 ===
  0
const isAustralian = (text: string): boolean => {
  const [first = 0, ...others] = digitsOf(text)
  return /^\d{11}$/.test(text) && weighted([first - 1, ...others], (at) => (at === 0 ? 10 : at * 2 - 1)) % 89 === 0
}
const isItalianTaxCode = (text: string): boolean => /^([A-Za-z]{6}\d\d[A-Za-z]\d\d...\d[A-Za-z]|\d{11})$/.test(text)
const isItalianVat = (text: string): boolean =>
  !/^it/i.test(text) || (/^\d{11}$/.test(text.slice(2)) && isLuhn(text.slice(2)))

interface Form {
  readonly id: string
  readonly scheme: string
  readonly severity: Severity
  readonly what: string
  readonly isRight: (text: string) => boolean
  /** Only of electronic addresses. */
  readonly isOnlyAddress?: true
}

/** Which form identifiers of a scheme have: PEPPOL-COMMON-R040 to R057. */
const FORMS: readonly Form[] = [
  {
    id: 'R040',
    scheme: '0088',
    severity: 'fatal',
    what: 'a GLN in digits, the last of which is its check digit',
    isRight: isGln,
  },
  {
    id: 'R041',
    scheme: '0192',
    severity: 'fatal',
    what: 'a Norwegian organisation number: 9 digits, the last of which is its check digit',
    isRight: isNorwegian,
  },
  {
    id: 'R042',
    scheme: '0184',
    severity: 'fatal',
    what: 'a Danish CVR number: 8 digits, with DK before them or not',
    isRight: (text) => /^(DK)?\d{8}$/.test(text),
  },
  {
    id: 'R043',
    scheme: '0208',
    severity: 'fatal',
    what: 'a Belgian enterprise number: 10 digits, the last two of which are its check digits',
    isRight: isBelgian,
  },
  {
    id: 'R044',
    scheme: '0201',
    severity: 'warning',
    what: 'an Italian IPA code: 6 letters or digits',
    isRight: (text) => /^[A-Za-z0-9]{6}$/.test(text),
  },
  {
    id: 'R045',
    scheme: '0210',
    severity: 'warning',
    what: 'an Italian Codice Fiscale: 11 digits, or 16 letters and digits',
    isRight: isItalianTaxCode,
  },
  {
    id: 'R046',
    scheme: '9907',
    severity: 'warning',
    what: 'an Italian Codice Fiscale: 11 digits, or 16 letters and digits',
    isRight: isItalianTaxCode,
    isOnlyAddress: true,
  },
  {
    id: 'R047',
    scheme: '0211',
    severity: 'warning',
    what: 'an Italian Partita IVA: IT and 11 digits, the last of which is its check digit',
    isRight: isItalianVat,
  },
  {
    id: 'R049',
    scheme: '0007',
    severity: 'fatal',
    what: 'a Swedish organisation number: 10 digits, the last of which is its check digit',
    isRight: (text) => /^\d{10}$/.test(text) && isLuhn(text),
  },
  {
    id: 'R050',
    scheme: '0151',
    severity: 'fatal',
    what: 'an Australian Business Number: 11 digits with their check digits',
    isRight: isAustralian,
  },
  {
    id: 'R052',
    scheme: '0096',
    severity: 'fatal',
    what: 'a Danish P number: 10 digits',
    isRight: (text) => /^\d{10}$/.test(text),
  },
  {
    id: 'R053',
    scheme: '0198',
    severity: 'fatal',
    what: 'a Danish SE number: DK and 8 digits',
    isRight: (text) => /^DK\d{8}$/.test(text),
  },
  {
    id: 'R054',
    scheme: '0106',
    severity: 'warning',
    what: 'a Dutch KVK number: 8 digits',
    isRight: (text) => /^\d{8}$/.test(text),
  },
  {
    id: 'R055',
    scheme: '0190',
    severity: 'warning',
    what: 'a Dutch OIN: 20 digits',
    isRight: (text) => /^\d{20}$/.test(text),
  },
  {
    id: 'R056-1',
    scheme: '9944',
    severity: 'warning',
    what: 'a Dutch VAT number such as NL123456789B12',
    isRight: isDutchVat,
  },
  {
    id: 'R057',
    scheme: '0217',
    severity: 'warning',
    what: 'a Dutch establishment number: 12 digits',
    isRight: (text) => /^\d{12}$/.test(text),
  },
]

function isDutchVat(text: string): boolean {
  return /^NL\d{9}B\d\d$/.test(text)
}

const everywhere: Context<Identifier> = (document: EInvoice) => [
  ...electronicAddresses(document),
  ...partyIdentifiers(document),
  ...legalRegistrations(document),
]

export const PEPPOL_IDENTIFIERS: readonly Rule[] = [
  ...FORMS.map(({ id, scheme, severity, what, isRight, isOnlyAddress }): Rule => {
    const context = isOnlyAddress === true ? electronicAddresses : everywhere
    const says = `Write an identifier of scheme ${scheme} as ${what}.`
    const form = each(`PEPPOL-COMMON-${id}`, context, says, (one) => one.scheme !== scheme || isRight(one.value))
    return { ...form, severity }
  }),
  {
    ...each(
      'PEPPOL-COMMON-R056-2',
      vatIds,
      'Write a Dutch VAT identifier as NL123456789B12.',
      (id) => !id.startsWith('NL') || isDutchVat(id),
    ),
    severity: 'warning',
  },
]
