/**
 * Every rule against a document that breaks it and nothing else that does not follow from it; and against what the official rules
 * (EN 16931 1.3.16, Peppol of May 2026, XRechnung 3.0.2) say of the same documents, as tools/einvoice-official.ts recorded it.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Decimal, decimal, formatScaled } from '../src/core/base/decimal.ts'
import { differences } from '../src/core/einvoice/differences.ts'
import type { AllowanceCharge, EInvoice, Line } from '../src/core/einvoice/document.ts'
import { RULE_SETS, ruleSetOf } from '../src/core/einvoice/rules/rule-sets.ts'
import { SYNTAXES } from '../src/core/einvoice/syntaxes.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { ublSyntaxOf, writeEInvoice } from '../src/core/einvoice/write-einvoice.ts'
import type { XmlElement } from '../src/core/einvoice/xml/tree.ts'
import { writeXml } from '../src/core/einvoice/xml/write-xml.ts'
import { documentOf, fullDocument, withTotals } from './einvoice-documents.ts'
import { readDocument } from './einvoice-examples.ts'
import { brokenBy, filesOf, VARIANTS } from './einvoice-variant-files.ts'
import { having, RIGHT } from './einvoice-variants.ts'
import { RIGHT_IDENTIFIERS, RIGHT_NATIONAL } from './einvoice-variants-national.ts'

const FILES = filesOf()
const found = new Map(FILES.map((file) => [file.key, brokenBy(file)]))

test('a right document breaks no rule, and a broken one the rule that is meant', () => {
  const wrong = FILES.filter(({ key, broken }) => found.get(key)?.join(' ') !== broken.join(' '))
  assert.deepEqual(
    wrong.map(({ key, broken }) => `${key}: ${found.get(key)?.join(' ')}, not ${broken.join(' ')}`),
    [],
  )
  assert.ok(FILES.length >= 600, String(FILES.length))
})

/** No program can tell whether the text of a reason and its code mean the same. */
const NOT_TOLD = ['BR-CO-05', 'BR-CO-06', 'BR-CO-07', 'BR-CO-08']

test('every rule of every set is broken by a document', () => {
  const broken = new Set(VARIANTS.map(({ rule }) => rule))
  const all = Object.values(RULE_SETS).flatMap((rules) => rules.map(({ id }) => id))
  assert.deepEqual(
    [...new Set(all)].filter((id) => !broken.has(id)),
    NOT_TOLD,
  )
})

test('a rule stands once in a set, and says what to do in a sentence', () => {
  for (const rules of Object.values(RULE_SETS)) {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length)
    assert.deepEqual(
      rules.filter(({ says }) => !/^[A-Z].{15,}\.$/.test(says)),
      [],
    )
  }
})

interface Deviation {
  readonly why: string
  /** By document: `-` is what the official rules do not say, `+` what only they do. */
  readonly of: Readonly<Record<string, string>>
}

const DEVIATIONS: readonly Deviation[] = [
  {
    why: 'the standard has the rule, and the artefacts leave it out; ours is a warning',
    of: { 'en16931 BR-CO-25 ubl': '-BR-CO-25', 'en16931 BR-CO-25 cii': '-BR-CO-25' },
  },
  {
    why: 'in CII they look only at accounts that are there; the standard wants an account',
    of: { 'en16931 BR-61 cii': '-BR-61', 'xrechnung BR-DE-23-a cii': '-BR-61' },
  },
  {
    why: 'in UBL they look for a currency inside an amount, and find none; in CII they let noughts through',
    of: {
      'en16931 BR-DEC-13 ubl': '-BR-DEC-13',
      'en16931 BR-DEC-15 ubl': '-BR-DEC-15',
      'en16931 BR-DEC-13 cii': '-BR-DEC-13',
      'en16931 BR-DEC-15 cii': '-BR-DEC-15',
    },
  },
  {
    why: 'in CII they say also that digits are wrong, where the amount is missing that BR-53 wants',
    of: { 'en16931 BR-53 cii': '+BR-DEC-15', 'xrechnung PEPPOL-EN16931-R054 cii': '+BR-DEC-15' },
  },
  {
    why: 'in CII they say also that the country is missing, where the whole address is',
    of: { 'en16931 BR-08 cii': '+BR-09', 'en16931 BR-10 cii': '+BR-11', 'en16931 BR-19 cii': '+BR-20' },
  },
  {
    why: 'the currency of the VAT total has a rule of its own, which ours leave it to',
    of: { 'en16931 BR-05 cii': '+BR-CL-03', 'en16931 BR-CL-05 ubl': '+BR-CL-03', 'en16931 BR-CL-05 cii': '+BR-CL-03' },
  },
  {
    why: 'in CII two lines are counted as if one of them were the row of the breakdown; the missing VAT is seen by its sum',
    of: {
      'en16931 BR-47 cii': '-BR-S-01',
      'en16931 BR-CO-18 cii': '-BR-S-01 +BR-CO-14',
      'en16931 BR-S-01 cii': '-BR-S-01 +BR-CO-14',
      'en16931 BR-AF-01 cii': '-BR-AF-01 +BR-CO-14',
      'en16931 BR-AG-01 cii': '-BR-AG-01 +BR-CO-14',
    },
  },
  {
    why: 'in CII they look for the rate beside the row instead of in it, and so check nothing of IGIC and IPSI',
    of: Object.fromEntries(
      ['AF', 'AG'].flatMap((family) => [
        ...['05', '06', '07', '08'].map((number) => [`en16931 BR-${family}-${number} cii`, `-BR-${family}-08`]),
        [`en16931 BR-${family}-09 cii`, `-BR-${family}-09 -BR-CO-17`],
      ]),
    ),
  },
  { why: 'in CII a category without a rate may have any tax by BR-CO-17', of: { 'en16931 BR-O-09 cii': '-BR-CO-17' } },
  {
    why: 'in CII a line and a row, and an allowance and a charge, are one element to these rules',
    of: {
      'en16931 BR-O-11 cii': '+BR-O-12',
      'en16931 BR-O-12 cii': '+BR-O-11',
      'en16931 BR-O-13 cii': '+BR-O-14',
      'en16931 BR-O-14 cii': '+BR-O-13',
    },
  },
  {
    why: 'they break off where an indicator is neither true nor false',
    of: { 'peppol PEPPOL-EN16931-R043 ubl': 'not recorded' },
  },
]

test('the official rules say the same of every document, but for what is named', () => {
  const official = JSON.parse(readFileSync(join(import.meta.dirname, 'einvoice-official.json'), 'utf8')) as Record<
    string,
    string
  >
  const other = FILES.flatMap(({ key, set }) => {
    // XRechnung puts rules of its own in the place of some of EN 16931.
    const known = new Set(RULE_SETS[set].map(({ id }) => id))
    const theirs = official[key]?.split(' ').filter((id) => known.has(id))
    if (theirs === undefined) return [[key, 'not recorded']]
    const ours = found.get(key) ?? []
    const only = [
      ...ours.filter((id) => !theirs.includes(id)).map((id) => `-${id}`),
      ...theirs.filter((id) => !ours.includes(id)).map((id) => `+${id}`),
    ]
    return only.length === 0 ? [] : [[key, only.join(' ')]]
  })
  assert.deepEqual(Object.fromEntries(other), Object.assign({}, ...DEVIATIONS.map(({ of }) => of)))
})

test('every rule of business that the official rules found is one of ours, but for those that XRechnung replaces', () => {
  const official = JSON.parse(readFileSync(join(import.meta.dirname, 'einvoice-official.json'), 'utf8')) as object
  const theirs = new Set(Object.values(official).flatMap((ids: string) => ids.split(' ')))
  const ours = new Set(Object.values(RULE_SETS).flatMap((rules) => rules.map(({ id }) => id)))
  assert.deepEqual(
    [...theirs].filter((id) => id !== '' && !ours.has(id)),
    [],
  )
})

test('right documents say the same in both syntaxes, and nothing of them is left unread', () => {
  for (const [name, document] of Object.entries({ ...RIGHT, ...RIGHT_NATIONAL }))
    for (const syntax of ['cii', ublSyntaxOf(document)] as const) {
      const read = readDocument(Buffer.from(writeXml(writeEInvoice(document, syntax))))
      assert.deepEqual(differences(document, read.document), [], `${name} ${syntax}`)
      assert.deepEqual([read.unread, read.faults, read.empty], [[], [], []], `${name} ${syntax}`)
    }
})

test('what a schema wants beside a field is written, and not read as one', () => {
  const sales = having(documentOf('S'), { salesOrderReference: 'SO-1', 'lines.0.price.discount': undefined })
  const text = writeXml(writeEInvoice(sales, 'ubl-invoice'))
  assert.match(text, /<cac:OrderReference>\s*<cbc:ID>NA<\/cbc:ID>\s*<cbc:SalesOrderID>SO-1</)
  assert.match(text, /<cbc:Amount currencyID="EUR">1\.00<\/cbc:Amount>\s*<cbc:BaseAmount currencyID="EUR">13\.00</)
  const { purchaseOrderReference } = readDocument(Buffer.from(text)).document
  assert.equal(purchaseOrderReference, undefined)
  const discount = having(documentOf('S'), { 'lines.0.price.gross': undefined })
  assert.match(
    writeXml(writeEInvoice(discount, 'cii')),
    /<ram:ChargeAmount>13\.00<\/ram:ChargeAmount>\s*<ram:BasisQuantity/,
  )
  const card = having(documentOf('S'), { payments: [{ code: '48', card: { number: '1234' } }] })
  assert.match(writeXml(writeEInvoice(card, 'ubl-invoice')), /<cbc:NetworkID>mapped-from-cii</)
})

test('every element that is written has its place in the order of the schema', () => {
  for (const document of Object.values({ ...RIGHT, ...RIGHT_NATIONAL }))
    for (const syntax of ['cii', ublSyntaxOf(document)] as const) {
      const root = writeEInvoice(document, syntax)
      const visit = ({ name, children }: XmlElement): void => {
        const order = SYNTAXES[syntax].order.get(name) ?? new Map<string, number>()
        const names = new Set(children.map((child) => child.name))
        if (names.size > 1)
          assert.deepEqual(
            [...names].filter((child) => !order.has(child)),
            [],
            name,
          )
        children.forEach(visit)
      }
      visit(root)
    }
})

test('identifiers of every scheme that Peppol has a form for are let through', () => {
  for (const [scheme, value] of RIGHT_IDENTIFIERS) {
    const document = having(RIGHT_NATIONAL.peppol, { 'seller.legalRegistration': { value, scheme } })
    const read = readDocument(Buffer.from(writeXml(writeEInvoice(document, 'ubl-invoice'))))
    assert.deepEqual(validate(read, RULE_SETS.peppol), [], scheme)
  }
})

test('a document is checked by what it claims to follow', () => {
  const named = Object.entries(RIGHT_NATIONAL).map(([name, { specification }]) => [name, ruleSetOf(specification)])
  assert.deepEqual(Object.fromEntries(named), {
    peppol: 'peppol',
    xrechnung: 'xrechnung',
    'xrechnung-cvd': 'xrechnung-cvd',
    'xrechnung-extension': 'xrechnung-extension',
    debit: 'xrechnung',
    card: 'xrechnung',
  })
  assert.equal(ruleSetOf('urn:cen.eu:en16931:2017'), 'en16931')
})

const amount = (least: number, most: number): fc.Arbitrary<Decimal> =>
  fc.bigInt(BigInt(least), BigInt(most)).map((coefficient) => ({ coefficient, scale: 2 }))
const rates = fc.constantFrom('19', '7', '25.5', '5.5').map(decimal)
const taxed = fc.oneof(
  rates.map((vatRate) => ({ vatCategory: 'S', vatRate })),
  fc.constantFrom('Z', 'E', 'AE', 'G').map((vatCategory) => ({ vatCategory, vatRate: decimal('0') })),
)
const template = documentOf('S')

/** Lines of any sign, whose net is a quantity at a price. */
const line: fc.Arbitrary<Line> = fc
  .record({ tax: taxed, price: amount(0, 1_000_000), pieces: fc.bigInt(-500n, 500n) })
  .map(({ tax, price, pieces }) => ({
    ...(template.lines[0] as Line),
    ...tax,
    allowances: [],
    charges: [],
    price: { net: price },
    quantity: { value: { coefficient: pieces, scale: 0 }, unit: 'C62' },
    netAmount: { coefficient: price.coefficient * pieces, scale: 2 },
  }))
const deal = (reasonCode: string): fc.Arbitrary<AllowanceCharge> =>
  fc.record({ tax: taxed, value: amount(0, 100_000) }).map(({ tax, value }) => ({ ...tax, amount: value, reasonCode }))
const anyDocument: fc.Arbitrary<EInvoice> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    allowances: fc.array(deal('95'), { maxLength: 3 }),
    charges: fc.array(deal('FC'), { maxLength: 3 }),
    paid: amount(0, 100_000),
    typeCode: fc.constantFrom('380', '381', '384'),
  })
  .map(({ lines, allowances, charges, paid, typeCode }) =>
    withTotals({
      ...template,
      typeCode,
      lines: lines.map((one, at) => ({ ...one, id: String(at + 1) })),
      allowances,
      charges,
      totals: { paid },
    }),
  )

const read = (document: EInvoice, syntax: 'ubl' | 'cii') =>
  readDocument(Buffer.from(writeXml(writeEInvoice(document, syntax === 'cii' ? 'cii' : ublSyntaxOf(document)))))
const rulesOf = (document: EInvoice, syntax: 'ubl' | 'cii'): string[] =>
  [...new Set(validate(read(document, syntax), RULE_SETS.en16931).map(({ rule }) => rule))].sort()

test('any document whose totals are computed breaks no rule, in either syntax, and comes back as it was', () => {
  fc.assert(
    fc.property(anyDocument, fc.constantFrom('ubl', 'cii'), (document, syntax) => {
      assert.deepEqual(rulesOf(document, syntax), [])
      assert.deepEqual(differences(document, read(document, syntax).document), [])
    }),
    { numRuns: 150 },
  )
})

/** A total that is off, and the rules that see it. */
const SEEN_BY: Readonly<Record<string, readonly string[]>> = {
  lines: ['BR-CO-10', 'BR-CO-13'],
  withoutVat: ['BR-CO-13', 'BR-CO-15'],
  vat: ['BR-CO-14', 'BR-CO-15'],
  withVat: ['BR-CO-15', 'BR-CO-16'],
  paid: ['BR-CO-16'],
  due: ['BR-CO-16'],
}

test('a total that is off by any amount is seen by the rules about it, and by no other', () => {
  fc.assert(
    fc.property(
      anyDocument,
      fc.constantFrom(...Object.keys(SEEN_BY)),
      fc.bigInt(1n, 10_000n),
      fc.constantFrom('ubl', 'cii'),
      (document, key, by, syntax) => {
        const right = (document.totals as Record<string, Decimal>)[key] as Decimal
        const off = { coefficient: right.coefficient + by, scale: right.scale }
        const rules = rulesOf(having(document, { [`totals.${key}`]: off }), syntax)
        // What is to be paid may become more than nothing, and then wants a due day, which the document has.
        assert.deepEqual(rules, SEEN_BY[key], `${key} ${formatScaled(off.coefficient, off.scale)}`)
      },
    ),
    { numRuns: 150 },
  )
})

test('the text of terms ends discounts of XRechnung as it must, and reads back the same', () => {
  const document = having(fullDocument(), { paymentTerms: 'Soon\n#SKONTO#TAGE=14#PROZENT=2.25#' })
  assert.match(writeXml(writeEInvoice(document, 'ubl-invoice')), /PROZENT=2\.25#\n<\/cbc:Note>/)
  for (const syntax of ['ubl', 'cii'] as const)
    assert.equal(read(document, syntax).document.paymentTerms, document.paymentTerms)
})
