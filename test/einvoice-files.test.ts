/** The examples of the standard and of XRechnung: read, written, converted. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { differences } from '../src/core/einvoice/differences.ts'
import type { EInvoice } from '../src/core/einvoice/document.ts'
import type { ReadDocument } from '../src/core/einvoice/read-einvoice.ts'
import type { SyntaxName } from '../src/core/einvoice/syntaxes.ts'
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

test('every example says the same in the other syntax: UBL as CII, and CII as UBL', {
  skip: skipWithoutExamples,
}, () => {
  const lost = EXAMPLES.flatMap((file) => {
    const { document, syntax } = readDocument(readFileSync(file))
    const other = written(document, syntax === 'cii' ? ublSyntaxOf(document) : 'cii')
    return differences(document, other.document).map(({ field }) => `${basename(file)}: ${field}`)
  })
  assert.deepEqual(lost, [])
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
