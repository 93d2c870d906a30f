import { SaxesParser, type SaxesTagNS } from 'saxes'
import { elementName, type XmlElement } from '../../core/einvoice/xml/tree.ts'
import { decodeXml, XmlRefusal } from './decode-xml.ts'

/** Deeper than any invoice: lines below lines of the XRechnung extension come to some twenty levels. */
const MAX_DEPTH = 100
/** A line has some thirty elements: 30,000 lines. */
const MAX_ELEMENTS = 1_000_000
const MAX_ATTRIBUTES = 100

interface OpenElement extends XmlElement {
  readonly children: OpenElement[]
  text: string
}

/**
 * The elements of an XML file. Declarations of document types, and so entities of one's own, are refused: what a file says is in
 * the file. @throws XmlRefusal with a sentence that says what is wrong, and where
 */
export function readXml(bytes: Uint8Array, maxElements = MAX_ELEMENTS): XmlElement {
  const text = decodeXml(bytes)
  const parser = new SaxesParser({ xmlns: true, position: true })
  const open: OpenElement[] = []
  let root: OpenElement | null = null
  let elements = 0
  const refuse = (message: string): never => {
    throw new XmlRefusal(`line ${parser.line}: ${message}`)
  }
  parser.on('error', ({ message }) => refuse(`this is no well-formed XML (${message.replace(/^\d+:\d+: /, '')})`))
  parser.on('doctype', () => refuse('a DOCTYPE is not allowed: take it out'))
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH) refuse(`elements stand more than ${MAX_DEPTH} levels deep`)
    if (++elements > maxElements) refuse(`there are more than ${maxElements} elements`)
    const element = elementOf(tag, parser.line)
    if (Object.keys(element.attributes).length > MAX_ATTRIBUTES)
      refuse(`an element has more than ${MAX_ATTRIBUTES} attributes`)
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
    open.push(element)
  })
  const append = (part: string): void => {
    const element = open.at(-1)
    if (element !== undefined) element.text += part
  }
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('closetag', () => {
    const element = open.pop()
    if (element !== undefined) element.text = element.text.trim()
  })
  parser.write(text).close()
  return root ?? refuse('there is no element')
}

function elementOf({ uri, local, attributes }: SaxesTagNS, line: number): OpenElement {
  const own = Object.values(attributes).filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
  return {
    name: elementName(uri, local),
    // Attributes of other namespaces, such as xsi:schemaLocation, are about the file and no part of the document.
    attributes: Object.fromEntries(
      own.filter(({ prefix }) => prefix === '').map(({ local: name, value }) => [name, value]),
    ),
    children: [],
    text: '',
    line,
  }
}
