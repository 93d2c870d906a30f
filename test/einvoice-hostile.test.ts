/** Files that somebody broke: whatever is in them, they are read or refused with a sentence, checked, and written. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { XmlRefusal } from '../src/adapters/xml/decode-xml.ts'
import { readXml } from '../src/adapters/xml/read-xml.ts'
import { asJson } from '../src/core/einvoice/as-json.ts'
import { differences } from '../src/core/einvoice/differences.ts'
import { readEInvoice } from '../src/core/einvoice/read-einvoice.ts'
import { RULE_SETS } from '../src/core/einvoice/rules/rule-sets.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { ublSyntaxOf, writeEInvoice } from '../src/core/einvoice/write-einvoice.ts'
import type { XmlElement } from '../src/core/einvoice/xml/tree.ts'
import { writeXml } from '../src/core/einvoice/xml/write-xml.ts'
import { fullDocument } from './einvoice-documents.ts'
import { having } from './einvoice-variants.ts'

const full = having(fullDocument(), {
  'payments.0.card': { number: '1234', holder: 'Ann' },
  'payments.0.debitedAccount': 'DE21860000000086001055',
  mandateReference: 'M-1',
  creditorId: 'DE98ZZZ09999999999',
})
const TREES = (['ubl-invoice', 'ubl-credit-note', 'cii'] as const).map((syntax) => writeEInvoice(full, syntax))

/** The elements of a tree, the root first. */
function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* elementsOf(child)
}

type Change = (element: XmlElement) => readonly XmlElement[]

const nines = '9'.repeat(70)
const texts = [
  '',
  'x',
  '-1',
  '0',
  '1.005',
  '1e9',
  '0x10',
  'NaN',
  nines,
  `-${nines}`,
  `.${'0'.repeat(58)}1`,
  '#AAI#',
  '2026-02-30',
  '20260230',
  '\u{1f600}',
  'true',
]
const CHANGES: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => []),
  fc.constant<Change>((element) => [element, element]),
  fc.constant<Change>((element) => [{ ...element, children: [] }]),
  fc.constant<Change>((element) => [{ ...element, children: [element] }]),
  fc.constant<Change>((element) => element.children),
  fc.constantFrom(...texts).map<Change>((text) => (element) => [{ ...element, children: [], text }]),
  fc.constantFrom(...texts).map<Change>((text) => (element) => [
    {
      ...element,
      attributes: Object.fromEntries(['currencyID', 'schemeID', 'unitCode', 'format'].map((name) => [name, text])),
    },
  ]),
)

/** A tree with the element of a number changed. */
function changed(root: XmlElement, at: number, change: Change): XmlElement {
  const meant = [...elementsOf(root)].slice(1)[at]
  const copy = (element: XmlElement): XmlElement => ({
    ...element,
    children: element.children.flatMap((child) => (child === meant ? change(child) : [copy(child)])),
  })
  return copy(root)
}

test('a document with anything changed is read, checked, shown, written in both syntaxes and compared', () => {
  const change = fc.record({ at: fc.nat(400), change: CHANGES })
  fc.assert(
    fc.property(fc.nat(TREES.length - 1), fc.array(change, { minLength: 1, maxLength: 6 }), (form, changes) => {
      const broken = changes.reduce((root, one) => changed(root, one.at, one.change), TREES[form] as XmlElement)
      const read = readEInvoice(readXml(Buffer.from(writeXml(broken))))
      assert.ok(read !== null)
      for (const rules of Object.values(RULE_SETS)) validate(read, rules)
      JSON.stringify(asJson(read.document))
      const again = readEInvoice(readXml(Buffer.from(writeXml(writeEInvoice(read.document, read.syntax)))))
      assert.ok(again !== null)
      differences(read.document, again.document)
      writeXml(writeEInvoice(read.document, read.syntax === 'cii' ? ublSyntaxOf(read.document) : 'cii'))
    }),
    { numRuns: 200 },
  )
})

test('bytes that are changed anywhere are read or refused with a sentence', () => {
  const bytes = Buffer.from(writeXml(TREES[0] as XmlElement))
  const places = fc.array(fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) }), {
    minLength: 1,
    maxLength: 3,
  })
  fc.assert(
    fc.property(places, fc.nat(bytes.length), (changes, length) => {
      const broken = Buffer.from(bytes)
      for (const { at, byte } of changes) broken[at] = byte
      for (const file of [broken, broken.subarray(0, length)])
        try {
          readEInvoice(readXml(file))
        } catch (error) {
          assert.ok(error instanceof XmlRefusal, String(error))
          assert.match(error.message, /^(line \d+: |the (file|encoding) |this is )/)
        }
    }),
    { numRuns: 150 },
  )
})

test('a document of 1,500 lines, each of another rate, is checked without each being looked at for each', () => {
  const [line] = full.lines
  const lines = Array.from({ length: 1_500 }, (_, at) => ({
    ...line,
    id: String(at),
    vatRate: { coefficient: BigInt(at + 1), scale: 3 },
  }))
  const [row] = full.vatBreakdown
  const vatBreakdown = lines.map(({ vatRate }) => ({ ...row, rate: vatRate }))
  const read = readEInvoice(writeEInvoice(having(full, { lines, vatBreakdown }), 'cii'))
  assert.ok(read !== null)
  assert.equal(read.document.vatBreakdown.length, 1_500)
  // By pairs it would be two million comparisons of exact numbers for each rule.
  assert.equal(validate(read, RULE_SETS.en16931).filter(({ rule }) => rule === 'BR-S-08').length, 1_500)
})
