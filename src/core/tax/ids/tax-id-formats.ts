import { isLuhn, isMod11And10, lastDigit, moduloOf, weighted } from './check-digits.ts'
import * as checks from './country-checks.ts'

/** One form of tax id of a country. */
export interface TaxIdFormat {
  readonly country: string
  /** What it is called there. */
  readonly name: string
  /** What may precede it; the number that is kept has it. Empty where it has none. */
  readonly prefix: string
  readonly form: RegExp
  /** The form in words. */
  readonly says: string
  readonly example: string
  /** Whether the check digits are right. Null where there are none, or none that are published. */
  readonly check: ((text: string) => boolean) | null
}

const format = (
  [country, prefix, name]: readonly [country: string, prefix: string, name: string],
  form: RegExp,
  says: string,
  example: string,
  check: TaxIdFormat['check'],
): TaxIdFormat => ({ country, prefix, name, form, says, example, check })

const vat = (country: string, prefix = country): readonly [string, string, string] => [country, prefix, 'VAT number']

/** Whether the weighted sum of all digits, the check digit among them, is a multiple. */
const multiple =
  (weights: readonly number[], modulus: number) =>
  (text: string): boolean =>
    weighted(text, weights) % modulus === 0

export const TAX_ID_FORMATS: readonly TaxIdFormat[] = [
  format(vat('AT'), /^U\d{8}$/, 'U and 8 digits', 'ATU13585627', checks.isAustrian),
  format(vat('BE'), /^[01]\d{9}$/, '10 digits that begin with 0 or 1', 'BE0403019261', (text) => {
    return 97 - moduloOf(text.slice(0, 8), 97) === Number(text.slice(8))
  }),
  format(vat('BG'), /^\d{9,10}$/, '9 or 10 digits', 'BG175074752', checks.isBulgarian),
  format(vat('CY'), /^(?!12)\d{8}[A-Z]$/, '8 digits and a letter', 'CY10259033P', checks.isCypriot),
  format(vat('CZ'), /^(?!9\d{7}$)\d{8,10}$/, '8, 9 or 10 digits', 'CZ25123891', checks.isCzech),
  format(vat('DE'), /^[1-9]\d{8}$/, '9 digits, the first not 0', 'DE136695976', isMod11And10),
  format(vat('DK'), /^[1-9]\d{7}$/, '8 digits, the first not 0', 'DK13585628', multiple([2, 7, 6, 5, 4, 3, 2, 1], 11)),
  format(vat('EE'), /^\d{9}$/, '9 digits', 'EE100931558', multiple([3, 7, 1, 3, 7, 1, 3, 7, 1], 10)),
  format(
    vat('ES'),
    /^(\d{8}[A-Z]|[KLMXYZ]\d{7}[A-Z]|[A-HJNP-SUVW]\d{7}[0-9A-J])$/,
    '9 characters: 7 or 8 digits with a letter in front, behind or both',
    'ESB58378431',
    checks.isSpanish,
  ),
  format(vat('FI'), /^\d{8}$/, '8 digits', 'FI20774740', multiple([7, 9, 10, 5, 8, 4, 2, 1], 11)),
  format(vat('FR'), /^[0-9A-HJ-NP-Z]{2}\d{9}$/, '2 characters and 9 digits', 'FR40303265045', checks.isFrench),
  format(vat('GR', 'EL'), /^\d{9}$/, '9 digits', 'EL094259216', (text) => {
    return (weighted(text, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === lastDigit(text)
  }),
  format(vat('HR'), /^\d{11}$/, '11 digits', 'HR33392005961', isMod11And10),
  format(vat('HU'), /^\d{8}$/, '8 digits', 'HU12892312', multiple([9, 7, 3, 1, 9, 7, 3, 1], 10)),
  format(
    vat('IE'),
    /^(\d{7}[A-W][A-IW]?|\d[A-Z+*]\d{5}[A-W])$/,
    '7 digits and one or two letters',
    'IE6433435OA',
    checks.isIrish,
  ),
  format(vat('IT'), /^\d{11}$/, '11 digits', 'IT00743110157', checks.isItalian),
  format(
    vat('LT'),
    /^(\d{7}1\d|\d{10}1\d)$/,
    '9 or 12 digits, the last but one of them 1',
    'LT119511515',
    checks.isLithuanian,
  ),
  format(vat('LU'), /^\d{8}$/, '8 digits', 'LU15027442', (text) => {
    return moduloOf(text.slice(0, 6), 89) === Number(text.slice(6))
  }),
  format(vat('LV'), /^\d{11}$/, '11 digits', 'LV40003521600', checks.isLatvian),
  format(vat('MT'), /^[1-9]\d{7}$/, '8 digits, the first not 0', 'MT11679112', multiple([3, 4, 6, 7, 8, 9, 10, 1], 37)),
  format(vat('NL'), /^\d{9}B(?!00)\d{2}$/, '9 digits, B and 2 digits', 'NL004495445B01', checks.isDutch),
  format(vat('PL'), /^\d{10}$/, '10 digits', 'PL8567346215', multiple([6, 5, 7, 2, 3, 4, 5, 6, 7, -1], 11)),
  format(vat('PT'), /^[1-9]\d{8}$/, '9 digits, the first not 0', 'PT501964843', (text) => {
    return ((11 - (weighted(text, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === lastDigit(text)
  }),
  format(vat('RO'), /^[1-9]\d{1,9}$/, '2 to 10 digits, the first not 0', 'RO18547290', checks.isRomanian),
  format(vat('SE'), /^\d{10}(0[1-9]|[1-8]\d|9[0-4])$/, '12 digits, the last two 01 to 94', 'SE123456789701', (text) =>
    isLuhn(text.slice(0, 10)),
  ),
  format(vat('SI'), /^[1-9]\d{7}$/, '8 digits, the first not 0', 'SI50223054', (text) => {
    const check = 11 - (weighted(text, [8, 7, 6, 5, 4, 3, 2]) % 11)
    return (check === 10 ? 0 : check) === lastDigit(text)
  }),
  format(
    vat('SK'),
    /^[1-9]\d[2-47-9]\d{7}$/,
    '10 digits, the first not 0 and the third 2 to 4 or 7 to 9',
    'SK2022749619',
    (text) => {
      return moduloOf(text, 11) === 0
    },
  ),
  format(
    vat('GB'),
    /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
    '9 or 12 digits, or GD or HA with 3',
    'GB980780684',
    checks.isBritish,
  ),
  format(
    vat('XI'),
    /^(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
    '9 or 12 digits, or GD or HA with 3',
    'XI980780684',
    checks.isBritish,
  ),
  format(
    ['CH', 'CHE', 'UID'],
    /^\d{9}(MWST|TVA|IVA|TPV)?$/,
    '9 digits, with MWST, TVA or IVA behind for the VAT',
    'CHE100155212MWST',
    (text) => (11 - (weighted(text, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11 === Number(text.charAt(8)),
  ),
  format(
    ['NO', 'NO', 'organisation number'],
    /^\d{9}(MVA)?$/,
    '9 digits, with MVA behind for the VAT',
    'NO995525828MVA',
    multiple([3, 2, 7, 6, 5, 4, 3, 2, 1], 11),
  ),
  format(['UA', '', 'EDRPOU'], /^\d{8}$/, '8 digits', '32855961', checks.isUkrainianFirm),
  format(['UA', '', 'RNOKPP'], /^\d{10}$/, '10 digits', '1759013776', checks.isUkrainianPerson),
  format(['UA', '', 'ІПН of the VAT'], /^\d{12}$/, '12 digits', '328559626543', null),
  format(['US', '', 'EIN'], /^\d{9}$/, '9 digits', '042103594', null),
  format(
    ['CA', '', 'business number'],
    /^\d{9}((RC|RM|RP|RT)\d{4})?$/,
    '9 digits, with RT and 4 digits behind for GST',
    '123026635RT0001',
    (text) => isLuhn(text.slice(0, 9)),
  ),
  format(['AU', '', 'ABN'], /^[1-9]\d{10}$/, '11 digits, the first not 0', '51824753556', checks.isAustralian),
]
