import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { XmlElement } from '../../core/einvoice/xml/tree.ts'
import { writeXml } from '../../core/einvoice/xml/write-xml.ts'
import { MAX_XML_BYTES } from './decode-xml.ts'
import { readXml } from './read-xml.ts'

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding)
const CBC = 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'
const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(10)}"><!ENTITY c "${'&b;'.repeat(10)}">]><l>&c;</l>`

/** What is refused, and words of the sentence that says so. */
const REFUSED: readonly (readonly [what: string, file: Uint8Array, says: RegExp])[] = [
  ['nothing', bytes(''), /the file is empty/],
  ['blanks', bytes('  \n '), /no well-formed XML/],
  ['text', bytes('invoice'), /line 1: this is no well-formed XML/],
  ['JSON', bytes('{"a": 1}'), /no well-formed XML/],
  ['an end that is missing', bytes('<a>\n<b>\n</a>'), /line 3: this is no well-formed XML/],
  ['two roots', bytes('<a/><b/>'), /no well-formed XML/],
  ['an attribute twice', bytes('<a x="1" x="2"/>'), /no well-formed XML/],
  ['a prefix of no namespace', bytes('<q:a/>'), /no well-formed XML/],
  ['an entity that there is not', bytes('<a>&nbsp;</a>'), /no well-formed XML/],
  ['a billion laughs', bytes(laughs), /a DOCTYPE is not allowed/],
  ['a file of the machine', bytes('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), /a DOCTYPE/],
  ['101 levels', bytes(`${'<a>'.repeat(101)}${'</a>'.repeat(101)}`), /more than 100 levels deep/],
  ['101 attributes', bytes(`<a ${Array.from({ length: 101 }, (_, at) => `x${at}=""`).join(' ')}/>`), /100 attributes/],
  ['too many bytes', new Uint8Array(MAX_XML_BYTES + 1), /at most 52428800 are read/],
  [
    'Latin-1 that says UTF-8',
    bytes('<?xml version="1.0" encoding="UTF-8"?><a>\u00e4</a>', 'latin1'),
    /is utf-8, and has bytes/,
  ],
  ['an encoding of nobody', bytes('<?xml version="1.0" encoding="EBCDIC"?><a/>'), /the encoding EBCDIC is not read/],
  ['UTF-16 that is none', bytes('<?xml version="1.0" encoding="UTF-16"?><a/>'), /the encoding UTF-16 is not read/],
  ['a control character', bytes('<a>\u0001</a>'), /no well-formed XML/],
  ['a PDF', bytes('%PDF-1.7\n'), /this is a PDF: take the XML file out/],
  ['a ZIP archive', bytes('PK\u0003\u0004'), /this is a ZIP archive/],
]

for (const [what, file, says] of REFUSED)
  test(`${what}: refused with a sentence`, () => {
    assert.throws(() => readXml(file), says)
  })

test('too many elements: refused with a sentence', () => {
  assert.throws(() => readXml(bytes(`<a>${'<b/>'.repeat(100)}</a>`), 100), /line 1: there are more than 100 elements/)
  assert.equal(readXml(bytes(`<a>${'<b/>'.repeat(99)}</a>`), 100).children.length, 99)
})

const UMLAUT = '<a>\u00e4</a>'
const READ: readonly (readonly [what: string, file: Uint8Array])[] = [
  ['UTF-8', bytes(UMLAUT)],
  ['UTF-8 with a mark', bytes(`\ufeff${UMLAUT}`)],
  ['UTF-16 with a mark', bytes(`\ufeff${UMLAUT}`, 'utf16le')],
  ['UTF-16 the other way round', Buffer.from(bytes(`\ufeff${UMLAUT}`, 'utf16le')).swap16()],
  ['Latin-1 that says so', bytes(`<?xml version='1.0' encoding='ISO-8859-1'?>${UMLAUT}`, 'latin1')],
  ['CDATA, comments and references', bytes('<a><!-- x --><![CDATA[\u00e4]]></a>')],
  ['a reference to a character', bytes('<a> &#228; </a>')],
]

for (const [what, file] of READ)
  test(`${what}: read`, () => {
    assert.equal(readXml(file).text, '\u00e4')
  })

test('names have the prefixes of bindings, whatever the file calls its namespaces', () => {
  const root = readXml(bytes(`<x:ID xmlns:x="${CBC}" schemeID="0088">1</x:ID>`))
  assert.deepEqual(root, { name: 'cbc:ID', attributes: { schemeID: '0088' }, children: [], text: '1', line: 1 })
  assert.equal(readXml(bytes(`<ID xmlns="${CBC}"/>`)).name, 'cbc:ID')
  assert.equal(readXml(bytes('<ID xmlns="urn:other"/>')).name, '{urn:other}ID')
})

test('text that is written is read again as it was, whatever is in it', () => {
  const text = 'a < b & "c"\r\n\u20ac \u{1f600} ]]> x'
  const element: XmlElement = { name: 'cbc:ID', attributes: { schemeID: text }, children: [], text, line: 0 }
  const read = readXml(bytes(writeXml(element)))
  assert.deepEqual([read.text, read.attributes['schemeID']], [text, text])
  assert.equal(readXml(bytes(writeXml({ ...element, text: 'a\u0000b' }))).text, 'a\ufffdb')
})
