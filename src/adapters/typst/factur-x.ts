import { assert } from '../../core/base/assert.ts'

const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#'
/** What a reader of PDF/A must be told of properties that its standard does not have. */
const PROPERTIES = [
  ['DocumentFileName', 'The name of the embedded XML document'],
  ['DocumentType', 'The type of the hybrid document'],
  ['Version', 'The version of the standard that the XML document follows'],
  ['ConformanceLevel', 'The profile of the XML document'],
] as const

const VALUES: Readonly<Record<(typeof PROPERTIES)[number][0], string>> = {
  DocumentFileName: 'factur-x.xml',
  DocumentType: 'INVOICE',
  Version: '1.0',
  ConformanceLevel: 'EN 16931',
}

/**
 * Makes a PDF/A-3 that has the XML of an invoice as its attachment a Factur-X (ZUGFeRD 2) invoice: its metadata say so. They are appended
 * as a later version of the object that has them, as PDF allows (ISO 32000-1, 7.5.6), so that every byte of the page stays where it is.
 * @param pdf - as Typst writes it: metadata in plain text, a table of cross-references at the end
 */
export function withFacturXMetadata(pdf: Buffer): Buffer {
  // One character a byte.
  const text = pdf.toString('latin1')
  const found = /(\d+) 0 obj\s*<<[^>]*\/Type \/Metadata[^>]*>>\s*stream\n([\s\S]*?)\nendstream/.exec(text)
  const end = /trailer\n<<\n([\s\S]*?)\n>>\nstartxref\n(\d+)\n%%EOF\s*$/.exec(text)
  assert(found !== null && end !== null, 'a PDF as Typst writes it')
  const [, id, metadata = ''] = found
  const [, trailer, before] = end
  const told = Buffer.from(tellOf(metadata), 'latin1')
  const object = `${id} 0 obj\n<<\n  /Length ${told.length}\n  /Type /Metadata\n  /Subtype /XML\n>>\nstream\n${told.toString('latin1')}\nendstream\nendobj\n\n`
  const separator = text.endsWith('\n') ? '' : '\n'
  const start = pdf.length + separator.length
  const table = `xref\n0 1\n0000000000 65535 f\r\n${id} 1\n${String(start).padStart(10, '0')} 00000 n\r\n`
  const rest = `trailer\n<<\n${trailer}\n  /Prev ${before}\n>>\nstartxref\n${start + object.length}\n%%EOF\n`
  return Buffer.concat([pdf, Buffer.from(`${separator}${object}${table}${rest}`, 'latin1')])
}

function tellOf(metadata: string): string {
  const schema = [
    '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>',
    `<pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>`,
    `<pdfaSchema:property><rdf:Seq>${PROPERTIES.map(propertyOf).join('')}</rdf:Seq></pdfaSchema:property></rdf:li>`,
  ].join('')
  const told = Object.entries(VALUES).map(([name, value]) => `<fx:${name}>${value}</fx:${name}>`)
  const values = `<rdf:Description rdf:about="" xmlns:fx="${NAMESPACE}">${told.join('')}</rdf:Description>`
  const withSchema = metadata.replace('<pdfaExtension:schemas><rdf:Bag>', (bag) => `${bag}${schema}`)
  const withValues = withSchema.replace('</rdf:RDF>', (close) => `${values}${close}`)
  assert(withValues.length === metadata.length + schema.length + values.length, 'metadata with a list of schemas')
  return withValues
}

function propertyOf([name, description]: readonly [string, string]): string {
  return [
    `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name>`,
    '<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>',
    `<pdfaProperty:description>${description}</pdfaProperty:description></rdf:li>`,
  ].join('')
}
