import { present } from '../../base/assert.ts'
import type { CodeList } from '../code-lists/code-list.ts'
import {
  ALLOWANCE_REASONS,
  CHARGE_REASONS,
  COUNTRIES,
  CURRENCIES,
  EXEMPTION_REASONS,
  MIME_TYPES,
  NOTE_SUBJECTS,
  PAYMENT_MEANS,
  VAT_CATEGORIES,
  VAT_POINT_CODES,
} from '../code-lists/codes.ts'
import { CREDIT_NOTE_TYPES, INVOICE_TYPES } from '../code-lists/document-types.ts'
import { CLASSIFICATION_SCHEMES, EAS, ICD, OBJECT_SCHEMES } from '../code-lists/identifier-schemes.ts'
import { UNITS } from '../code-lists/units.ts'
import type { Identifier } from '../document.ts'
import type { ReadDocument } from '../read-einvoice.ts'
import * as of from './contexts.ts'
import type { Context, Placed, Rule } from './rule.ts'

/** Codes of a document, each with where it stands. */
type Codes = (read: ReadDocument) => readonly Placed<string | undefined>[]

interface InList extends Rule {
  readonly list: CodeList
  readonly codes: Codes
}

/** Every code is one of the list; what is not there is no code. */
function inList(id: string, what: string, list: CodeList, codes: Codes): InList {
  return {
    id,
    severity: 'fatal',
    says: `Write ${what}.`,
    list,
    codes,
    brokenAt: (read) => {
      const broken: string[] = []
      for (const { place, item } of codes(read))
        if (item !== undefined && !list.has(item)) broken.push(place === '' ? item : `${place}: ${item}`)
      return broken
    },
  }
}

function from<T>(context: Context<T>, find: (item: T) => string | undefined): Codes {
  return ({ document }) => context(document).map(({ place, item }) => ({ place, item: find(item) }))
}

const schemeOf = ({ scheme }: Identifier): string | undefined => scheme
const single =
  (find: (read: ReadDocument) => string | undefined): Codes =>
  (read) => [{ place: '', item: find(read) }]

const typeCode: Rule = {
  id: 'BR-CL-01',
  severity: 'fatal',
  says: 'Write a type code (BT-3) of UNTDID 1001 that is for this kind of document: 380 for an invoice, 381 for a credit note.',
  brokenAt: ({ document: { typeCode: code }, syntax }) => {
    const lists = syntax === 'ubl-invoice' ? [INVOICE_TYPES] : [CREDIT_NOTE_TYPES]
    if (syntax === 'cii') lists.push(INVOICE_TYPES)
    return code === undefined || lists.some((list) => list.has(code)) ? [] : [code]
  },
}

const currenciesOfAmounts: Codes = ({ amounts }) =>
  amounts.map(({ element, line, currency }) => ({ place: `${element} on line ${line} of the file`, item: currency }))

/** In UBL what stands between the first two `#` of a note is such a code if it has three characters, wherever it stands. */
const notes: Codes = ({ document, syntax }) =>
  document.notes.map(({ subjectCode, text = '' }, at) => ({
    place: `note ${at + 1}`,
    item: subjectCode ?? (syntax === 'cii' ? undefined : /^[^#]*#([^#]{3})#/.exec(text)?.[1]),
  }))

const lineAndPriceUnits: Codes = ({ document }) =>
  of.lines(document).flatMap(({ place, item }) => [
    { place, item: item.quantity?.unit },
    { place: `${place}, base quantity`, item: item.price?.baseQuantity?.unit },
  ])

const allowances: Codes = (read) =>
  [of.documentAllowances, of.lineAllowances].flatMap((context) => from(context, ({ reasonCode }) => reasonCode)(read))
const charges: Codes = (read) =>
  [of.documentCharges, of.lineCharges].flatMap((context) => from(context, ({ reasonCode }) => reasonCode)(read))
const categories: Codes = (read) => [
  ...from(of.breakdown, ({ category }) => category)(read),
  ...from(of.documentAllowances, ({ vatCategory }) => vatCategory)(read),
  ...from(of.documentCharges, ({ vatCategory }) => vatCategory)(read),
]

const icd = (what: string): string => `the scheme of ${what} as a code of the ISO 6523 ICD list, such as 0088 for a GLN`

const IN_LISTS: readonly InList[] = [
  inList('BR-CL-03', 'the currency at an amount as a code of ISO 4217, such as EUR', CURRENCIES, currenciesOfAmounts),
  inList(
    'BR-CL-04',
    'the currency (BT-5) as a code of ISO 4217, such as EUR',
    CURRENCIES,
    single(({ document }) => document.currency),
  ),
  inList(
    'BR-CL-05',
    'the currency for VAT (BT-6) as a code of ISO 4217, such as EUR',
    CURRENCIES,
    single(({ document }) => document.vatCurrency),
  ),
  inList(
    'BR-CL-06',
    'the code of the VAT point (BT-8): 3 (issue), 35 (delivery) or 432 (payment)',
    VAT_POINT_CODES,
    single(({ document }) => document.vatPointDateCode),
  ),
  inList(
    'BR-CL-07',
    'the scheme of the invoiced object (BT-18, BT-128) as a code of UNTDID 1153',
    OBJECT_SCHEMES,
    from(of.invoicedObjects, schemeOf),
  ),
  inList('BR-CL-08', 'what a note is about (BT-21) as a code of UNTDID 4451', NOTE_SUBJECTS, notes),
  inList('BR-CL-10', icd('an identifier of a party (BT-29, BT-46, BT-60)'), ICD, from(of.partyIdentifiers, schemeOf)),
  inList('BR-CL-11', icd('a legal registration (BT-30, BT-47, BT-61)'), ICD, from(of.legalRegistrations, schemeOf)),
  inList(
    'BR-CL-13',
    'the list of a classification (BT-158) as a code of UNTDID 7143, such as STI',
    CLASSIFICATION_SCHEMES,
    from(of.classifications, schemeOf),
  ),
  inList(
    'BR-CL-14',
    'a country as a code of ISO 3166-1, such as DE',
    COUNTRIES,
    from(of.addresses, ({ country }) => country),
  ),
  inList(
    'BR-CL-15',
    'the country of origin (BT-159) as a code of ISO 3166-1, such as DE',
    COUNTRIES,
    from(of.items, ({ originCountry }) => originCountry),
  ),
  inList(
    'BR-CL-16',
    'how it is paid (BT-81) as a code of UNTDID 4461, such as 58',
    PAYMENT_MEANS,
    from(of.payments, ({ code }) => code),
  ),
  inList('BR-CL-17', 'a VAT category as one of S, Z, E, AE, K, G, O, L, M, B', VAT_CATEGORIES, categories),
  inList(
    'BR-CL-18',
    "the line's VAT category (BT-151) as one of S, Z, E, AE, K, G, O, L, M, B",
    VAT_CATEGORIES,
    from(of.lines, ({ vatCategory }) => vatCategory),
  ),
  inList(
    'BR-CL-19',
    'the reason of an allowance as a code of UNTDID 5189, such as 95 for a discount',
    ALLOWANCE_REASONS,
    allowances,
  ),
  inList(
    'BR-CL-20',
    'the reason of a charge as a code of UNTDID 7161, such as FC for freight',
    CHARGE_REASONS,
    charges,
  ),
  inList('BR-CL-21', icd('the standard identifier of an item (BT-157)'), ICD, from(of.standardIds, schemeOf)),
  inList(
    'BR-CL-22',
    'the reason of exemption (BT-121) as a code of the VATEX list, such as VATEX-EU-AE',
    EXEMPTION_REASONS,
    from(of.breakdown, ({ exemptionReasonCode }) => exemptionReasonCode?.toUpperCase()),
  ),
  inList(
    'BR-CL-23',
    'a unit as a code of UN/ECE Recommendation 20 or 21, such as C62 for pieces',
    UNITS,
    lineAndPriceUnits,
  ),
  inList(
    'BR-CL-24',
    'the kind of an attached file (BT-125) as one that is allowed: PDF, PNG, JPEG, CSV, XLSX, ODS',
    MIME_TYPES,
    from(of.attachments, ({ file }) => file?.mimeType),
  ),
  inList(
    'BR-CL-25',
    'the kind of an electronic address (BT-34, BT-49) as a code of the EAS list, such as EM',
    EAS,
    from(of.electronicAddresses, schemeOf),
  ),
  inList('BR-CL-26', icd('the place of delivery (BT-71)'), ICD, ({ document }) => [
    { place: 'delivery', item: document.delivery?.location?.scheme },
  ]),
]

/** Codes are those of the lists: BR-CL-01 to BR-CL-26. */
export const CODE_LIST_RULES: readonly Rule[] = [typeCode, ...IN_LISTS]

interface Change {
  readonly more?: readonly string[]
  readonly fewer?: readonly string[]
}

/** A rule about a list as others have it: with another id, and with more or fewer codes. */
export function adapted(id: string, as: string, { more = [], fewer = [] }: Change = {}): Rule {
  const { list, codes, says } = present(
    IN_LISTS.find((one) => one.id === id),
    id,
  )
  const own = new Set([...list].filter((code) => !fewer.includes(code)).concat(more))
  const what = says.replace(/^Write (.*)\.$/, '$1')
  const also = more.length === 0 ? '' : `, or ${more.join(', ')}`
  const but = fewer.length === 0 ? '' : `; but none of ${fewer.join(', ')}`
  return inList(as, `${what}${also}${but}`, own, codes)
}
