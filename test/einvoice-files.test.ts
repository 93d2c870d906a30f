/** The examples of the standard and of XRechnung: read, written, converted. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { differences } from '../src/core/einvoice/differences.ts'
import type { EInvoice } from '../src/core/einvoice/document.ts'
import type { ReadDocument } from '../src/core/einvoice/read-einvoice.ts'
import { RULE_SETS, ruleSetOf } from '../src/core/einvoice/rules/rule-sets.ts'
import type { SyntaxName } from '../src/core/einvoice/syntaxes.ts'
import { validate } from '../src/core/einvoice/validate.ts'
import { ublSyntaxOf, writeEInvoice } from '../src/core/einvoice/write-einvoice.ts'
import { writeXml } from '../src/core/einvoice/xml/write-xml.ts'
import { EXAMPLES, readDocument, skipWithoutExamples } from './einvoice-examples.ts'

const written = (document: EInvoice, syntax: SyntaxName): ReadDocument =>
  readDocument(Buffer.from(writeXml(writeEInvoice(document, syntax))))

test('the examples are there, of all three forms', { skip: skipWithoutExamples }, () => {
  const forms = EXAMPLES.map((file) => readDocument(readFileSync(file)).syntax)
  const count = (form: SyntaxName): number => forms.filter((one) => one === form).length
  assert.deepEqual([count('ubl-invoice'), count('ubl-credit-note'), count('cii')], [62, 1, 56])
})

test('every example that is written and read again says the same, and nothing else', {
  skip: skipWithoutExamples,
}, () => {
  for (const file of EXAMPLES) {
    const { document, syntax } = readDocument(readFileSync(file))
    const again = written(document, syntax)
    assert.deepEqual(again.document, document, basename(file))
    assert.deepEqual([again.unread, again.faults], [[], []], basename(file))
  }
})

/** What the other syntax has to say besides, or cannot say, by its schema. */
const CHANGED: Readonly<Record<string, readonly string[]>> = {
  // UBL wants a sum of VAT, and CII leaves it out where there is none.
  'CII_example7.xml': ['totals.vat'],
  'XRechnung-O.xml': ['totals.vat'],
  '01.05_minimal_test_uncefact.xml': ['totals.vat'],
  // UBL has the gross price at a discount, and CII the discount in a gross price.
  'CII-BR-CO-10-RoundingIssue.xml': [1, 2, 3, 4].map((line) => `lines.${line}.price.discount`),
  'guide-example2.xml': ['lines.1.price.gross'],
  'ubl-tc434-example2.xml': ['lines.1.price.gross'],
  // CII D16B has one reference to a preceding invoice.
  '01.01_comprehensive_test_ubl.xml': ['precedingInvoices.2.number', 'precedingInvoices.2.issueDate'],
  '04.03a-INVOICE_ubl.xml': ['precedingInvoices.2.number', 'precedingInvoices.3.number'],
}

test('every example says the same in the other syntax, but for what its schema wants: UBL as CII, and CII as UBL', {
  skip: skipWithoutExamples,
}, () => {
  const changed = EXAMPLES.flatMap((file) => {
    const { document, syntax } = readDocument(readFileSync(file))
    const other = written(document, syntax === 'cii' ? ublSyntaxOf(document) : 'cii')
    const fields = differences(document, other.document).map(({ field }) => field)
    return fields.length === 0 ? [] : [[basename(file), fields]]
  })
  assert.deepEqual(Object.fromEntries(changed), CHANGED)
})

/** Parts of examples that EN 16931 has no field for, by element. */
const BEYOND = {
  'cac:SubInvoiceLine': 'lines below lines: the extension of XRechnung',
  'cac:PrepaidPayment': 'payments of third parties: the extension of XRechnung',
  'cac:DocumentReference': 'a reference of a line that is not the invoiced object',
  'ram:AdditionalReferencedDocument': 'the same in CII',
  'ram:BasisQuantity': 'a gross price for another quantity than the net price',
  'ram:ExemptionReason': 'a reason of exemption at a line',
}

test('what the examples have beyond the standard is told, element by element', { skip: skipWithoutExamples }, () => {
  const told = EXAMPLES.flatMap((file) => {
    const { unread, faults } = readDocument(readFileSync(file))
    return [...unread, ...faults].map(({ element }) => element.split('/').at(-1))
  })
  assert.deepEqual(new Set(told), new Set(Object.keys(BEYOND)))
})

/** The rules that examples break, by the set that they follow; the official artefacts say the same but where it is noted. */
const BROKEN: Readonly<Record<string, readonly string[]>> = {
  // The artefacts leave BR-CO-25 out.
  'ubl-tc434-creditnote1.xml': ['en16931', 'BR-CO-25 warning'],
  'issue116.xml': ['peppol', 'PEPPOL-COMMON-R049 fatal'],
  // A third party pays, which the extension has a group of its own for.
  '05.01a-INVOICE_ubl.xml': ['xrechnung-extension', 'BR-CO-16 warning'],
}

test('every example has the verdict that is known of it', { skip: skipWithoutExamples }, () => {
  const broken = EXAMPLES.flatMap((file) => {
    const read = readDocument(readFileSync(file))
    const set = ruleSetOf(read.document.specification)
    const found = validate(read, RULE_SETS[set]).filter(({ severity }) => severity !== 'information')
    const rules = new Set(found.map(({ rule, severity }) => `${rule} ${severity}`))
    return rules.size === 0 ? [] : [[basename(file), [set, ...rules]]]
  })
  assert.deepEqual(Object.fromEntries(broken), BROKEN)
})

test('examples are checked by the rules that they claim to follow', { skip: skipWithoutExamples }, () => {
  const sets = EXAMPLES.map((file) => ruleSetOf(readDocument(readFileSync(file)).document.specification))
  const count = (set: string): number => sets.filter((one) => one === set).length
  assert.deepEqual(Object.keys(RULE_SETS).map(count), [30, 3, 78, 6, 2])
})
