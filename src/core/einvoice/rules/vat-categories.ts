import { add, type Decimal, formatDecimal, negate, ZERO } from '../../base/decimal.ts'
import type { EInvoice, VatBreakdown } from '../document.ts'
import { isSame, isTaxOf, isWithin, isZero, ONE } from './amounts.ts'
import { addresses, breakdown, documentAllowances, documentCharges, lines } from './contexts.ts'
import { type Context, each, once, placesOf, type Rule, rule } from './rule.ts'

/** A VAT category (UNTDID 5305), and what makes its family of rules differ from the others. */
interface Category {
  /** In the ids of its rules: BR-S-01 to BR-S-10. */
  readonly family: string
  readonly code: string
  readonly name: string
  /** What the rate of a line, an allowance or a charge has to be. */
  readonly rate: 'positive' | 'zero' | 'none' | 'any'
  /** Who must be known to a tax office: the seller in any way, the seller by VAT, both, or nobody. */
  readonly parties: 'seller' | 'seller VAT' | 'seller and buyer' | 'VAT of both' | 'no VAT'
  /** Taxed ones have a row in the breakdown for each rate, and no reason of exemption. */
  readonly isTaxed: boolean
  readonly needsReason: boolean
}

/** The categories of EN 16931. The standard calls the families of the Canary Islands and of Ceuta and Melilla IG and IP. */
const CATEGORIES: readonly Category[] = [
  {
    family: 'S',
    code: 'S',
    name: 'standard rated',
    rate: 'positive',
    parties: 'seller',
    isTaxed: true,
    needsReason: false,
  },
  { family: 'Z', code: 'Z', name: 'zero rated', rate: 'zero', parties: 'seller', isTaxed: false, needsReason: false },
  {
    family: 'E',
    code: 'E',
    name: 'exempt from VAT',
    rate: 'zero',
    parties: 'seller',
    isTaxed: false,
    needsReason: true,
  },
  {
    family: 'AE',
    code: 'AE',
    name: 'reverse charge',
    rate: 'zero',
    parties: 'seller and buyer',
    isTaxed: false,
    needsReason: true,
  },
  {
    family: 'IC',
    code: 'K',
    name: 'intra-community supply',
    rate: 'zero',
    parties: 'VAT of both',
    isTaxed: false,
    needsReason: true,
  },
  {
    family: 'G',
    code: 'G',
    name: 'export outside the EU',
    rate: 'zero',
    parties: 'seller VAT',
    isTaxed: false,
    needsReason: true,
  },
  {
    family: 'O',
    code: 'O',
    name: 'not subject to VAT',
    rate: 'none',
    parties: 'no VAT',
    isTaxed: false,
    needsReason: true,
  },
  {
    family: 'AF',
    code: 'L',
    name: 'IGIC of the Canary Islands',
    rate: 'any',
    parties: 'seller',
    isTaxed: true,
    needsReason: false,
  },
  {
    family: 'AG',
    code: 'M',
    name: 'IPSI of Ceuta and Melilla',
    rate: 'any',
    parties: 'seller',
    isTaxed: true,
    needsReason: false,
  },
]

const RATES: Readonly<Record<Category['rate'], (rate: Decimal | undefined) => boolean>> = {
  positive: (rate) => rate !== undefined && rate.coefficient > 0n,
  zero: isZero,
  none: (rate) => rate === undefined,
  any: (rate) => rate !== undefined && rate.coefficient >= 0n,
}
const RATE_WORDS: Readonly<Record<Category['rate'], string>> = {
  positive: 'a rate above 0',
  zero: 'the rate 0',
  none: 'no rate',
  any: 'a rate of 0 or more',
}

const PARTIES: Readonly<Record<Category['parties'], (document: EInvoice) => boolean>> = {
  seller: (document) => document.seller?.taxRegistration !== undefined || hasSellerVat(document),
  'seller VAT': hasSellerVat,
  'seller and buyer': (document) =>
    PARTIES.seller(document) &&
    (document.buyer?.vatId !== undefined || document.buyer?.legalRegistration !== undefined),
  'VAT of both': (document) => hasSellerVat(document) && document.buyer?.vatId !== undefined,
  'no VAT': (document) => !hasSellerVat(document) && document.buyer?.vatId === undefined,
}
const PARTY_WORDS: Readonly<Record<Category['parties'], string>> = {
  seller:
    "give the seller's VAT identifier (BT-31) or tax registration (BT-32), or the VAT identifier of its tax representative (BT-63)",
  'seller VAT': "give the seller's VAT identifier (BT-31), or that of its tax representative (BT-63)",
  'seller and buyer':
    "give the seller's VAT identifier (BT-31), tax registration (BT-32) or tax representative (BT-63), and the buyer's VAT identifier (BT-48) or legal registration (BT-47)",
  'VAT of both':
    "give the seller's VAT identifier (BT-31), or that of its tax representative (BT-63), and the buyer's (BT-48)",
  'no VAT':
    'leave out the VAT identifiers of the seller (BT-31), of its tax representative (BT-63) and of the buyer (BT-48)',
}

function hasSellerVat({ seller, taxRepresentative }: EInvoice): boolean {
  return seller?.vatId !== undefined || taxRepresentative?.vatId !== undefined
}

interface Taxed {
  readonly vatCategory?: string
  readonly vatRate?: Decimal
}

/** Where a document uses categories, with the last digit of the rule about the parties and of that about the rate. */
const USES: readonly { what: string; context: Context<Taxed>; parties: string; rate: string }[] = [
  { what: 'a line', context: lines, parties: '02', rate: '05' },
  { what: 'an allowance', context: documentAllowances, parties: '03', rate: '06' },
  { what: 'a charge', context: documentCharges, parties: '04', rate: '07' },
]

/** The ten rules that every category has. */
function familyOf(category: Category): Rule[] {
  const { family, code, name, isTaxed, needsReason } = category
  const id = (number: string): string => `BR-${family}-${number}`
  const rows = once<VatBreakdown>((document) => breakdown(document).filter(({ item }) => item.category === code))
  const uses = USES.map(({ context, ...use }) => ({
    ...use,
    used: once<Taxed>((document) => context(document).filter(({ item }) => item.vatCategory === code)),
  }))
  const isUsed = (document: EInvoice): boolean => uses.some(({ used }) => used(document).length > 0)
  return [
    rule(
      id('01'),
      isTaxed
        ? `Give the VAT breakdown (BG-23) a row of category ${code} (${name}) if lines, allowances or charges have it, and none otherwise.`
        : `Give the VAT breakdown (BG-23) exactly one row of category ${code} (${name}) for the lines, allowances and charges that have it.`,
      (document, { syntax }) => {
        const [count, isNeeded] = [rows(document).length, isUsed(document)]
        // The artefacts differ in whether a row that nothing uses breaks this rule: for taxed categories in UBL, for others in CII.
        const mayBeUnused = isTaxed === (syntax === 'cii')
        if (count === 0) return !isNeeded
        return (isTaxed || count === 1) && (isNeeded || mayBeUnused)
      },
    ),
    ...uses.map(({ what, used, parties }) =>
      rule(
        id(parties),
        `Where ${what} is ${name} (${code}), ${PARTY_WORDS[category.parties]}.`,
        (document) => used(document).length === 0 || PARTIES[category.parties](document),
      ),
    ),
    ...uses.map(({ what, used, rate }) =>
      each(id(rate), used, `Give ${what} of category ${code} (${name}) ${RATE_WORDS[category.rate]}.`, ({ vatRate }) =>
        RATES[category.rate](vatRate),
      ),
    ),
    {
      id: id('08'),
      severity: 'fatal',
      says: `Make the taxable amount (BT-116) of category ${code} the net amounts of its lines less its allowances plus its charges${isTaxed ? ', at the same rate' : ''}.`,
      brokenAt: ({ document, syntax }) => {
        const own = rows(document)
        if (own.length === 0) return []
        const isRight = taxableIn(document, category, syntax === 'cii')
        return placesOf(own, (row) => !isRight(row))
      },
    },
    each(
      id('09'),
      rows,
      isTaxed
        ? `Make the tax (BT-117) of category ${code} the taxable amount (BT-116) times the rate (BT-119).`
        : `Make the tax (BT-117) of category ${code} (${name}) 0.`,
      ({ tax, taxable, rate }) => {
        if (!isTaxed) return isZero(tax)
        return tax !== undefined && taxable !== undefined && rate !== undefined && isTaxOf(tax, taxable, rate)
      },
    ),
    each(
      id('10'),
      rows,
      needsReason
        ? `Say why no VAT is charged in category ${code} (${name}): a text (BT-120) or a code (BT-121).`
        : `Leave the reason of exemption (BT-120, BT-121) out of category ${code} (${name}).`,
      ({ exemptionReason, exemptionReasonCode }) =>
        (exemptionReason !== undefined || exemptionReasonCode !== undefined) === needsReason,
    ),
  ]
}

/**
 * Whether the taxable amount of a row is what the document has of its category, for taxed ones at its rate. Sellers may round line by line:
 * the artefacts let it be off by less than one unit of the currency, in UBL for taxed categories, in CII for the others but O.
 */
function taxableIn(document: EInvoice, { code, isTaxed }: Category, isCii: boolean): (row: VatBreakdown) => boolean {
  const keyOf = (rate: Decimal | undefined): string => (isTaxed ? formatDecimal(rate ?? ZERO) : '')
  const sums = new Map<string, Decimal>()
  const take = ({ vatCategory, vatRate }: Taxed, amount: Decimal | undefined): void => {
    if (vatCategory !== code || amount === undefined || (isTaxed && vatRate === undefined)) return
    sums.set(keyOf(vatRate), add(sums.get(keyOf(vatRate)) ?? ZERO, amount))
  }
  for (const line of document.lines) take(line, line.netAmount)
  for (const charge of document.charges) take(charge, charge.amount)
  for (const allowance of document.allowances) take(allowance, allowance.amount && negate(allowance.amount))
  const isLoose = isTaxed !== isCii && code !== 'O'
  return ({ taxable, rate }) => {
    if (isTaxed && rate === undefined) return true
    if (taxable === undefined) return false
    const sum = sums.get(keyOf(rate)) ?? ZERO
    return isLoose ? isWithin(taxable, sum, ONE) : isSame(taxable, sum)
  }
}

const hasCategory = (all: readonly Taxed[], is: (code: string) => boolean): boolean =>
  all.some(({ vatCategory }) => vatCategory !== undefined && is(vatCategory))
const hasRow = ({ vatBreakdown }: EInvoice, is: (code: string) => boolean): boolean =>
  vatBreakdown.some(({ category }) => category !== undefined && is(category))
const isO = (code: string): boolean => code === 'O'
const isOther = (code: string): boolean => code !== 'O'
const isAnywhere = (document: EInvoice, code: string): boolean =>
  hasRow(document, (one) => one === code) ||
  [document.lines, document.allowances, document.charges].some((all) => hasCategory(all, (one) => one === code))

/** What single categories have besides. */
const PARTICULAR: readonly Rule[] = [
  rule(
    'BR-IC-11',
    'For an intra-community supply (K), give the day of delivery (BT-72) or the invoicing period (BG-14).',
    (document) =>
      !hasRow(document, (code) => code === 'K') ||
      document.delivery?.date !== undefined ||
      document.period !== undefined ||
      document.vatPointDateCode !== undefined,
  ),
  rule(
    'BR-IC-12',
    'For an intra-community supply (K), give the country that is delivered to (BT-80).',
    (document) => !hasRow(document, (code) => code === 'K') || document.delivery?.address?.country !== undefined,
  ),
  rule(
    'BR-O-11',
    'A document that is not subject to VAT (O) has no other category in its VAT breakdown (BG-23).',
    (document) => !hasRow(document, isO) || !hasRow(document, isOther),
  ),
  rule(
    'BR-O-12',
    'A document that is not subject to VAT (O) has no line of another category (BT-151).',
    (document) => !hasRow(document, isO) || !hasCategory(document.lines, isOther),
  ),
  rule(
    'BR-O-13',
    'A document that is not subject to VAT (O) has no allowance of another category (BT-95).',
    (document) => !hasRow(document, isO) || !hasCategory(document.allowances, isOther),
  ),
  rule(
    'BR-O-14',
    'A document that is not subject to VAT (O) has no charge of another category (BT-102).',
    (document) => !hasRow(document, isO) || !hasCategory(document.charges, isOther),
  ),
  rule(
    'BR-B-01',
    'Split payment (B) is Italian: every address has the country IT.',
    (document) =>
      !isAnywhere(document, 'B') || addresses(document).every(({ item }) => (item.country ?? 'IT') === 'IT'),
  ),
  rule(
    'BR-B-02',
    'Split payment (B) and the standard rate (S) do not stand in one document.',
    (document) => !isAnywhere(document, 'B') || !isAnywhere(document, 'S'),
  ),
]

/** BR-S-*, BR-Z-*, BR-E-*, BR-AE-*, BR-IC-*, BR-G-*, BR-O-*, BR-AF-*, BR-AG-* and BR-B-*. */
export const VAT_CATEGORY_RULES: readonly Rule[] = [...CATEGORIES.flatMap(familyOf), ...PARTICULAR]
