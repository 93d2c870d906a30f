/** A file that is not read, with a sentence for whoever sent it. */
export class XmlRefusal extends Error {}

/** Attachments stand in e-invoices as text, which makes them large; more than this no receiver takes. */
export const MAX_XML_BYTES = 50 * 1024 * 1024

/** Encodings that files are read in, by the names of the encoding standard of the web. */
const ENCODINGS = new Set(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15'])
const DECLARED = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/

/** The text of a file, by its byte order mark, else by what its first line declares, else as UTF-8. */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new XmlRefusal('the file is empty')
  if (bytes.length > MAX_XML_BYTES)
    throw new XmlRefusal(`the file has ${bytes.length} bytes, and at most ${MAX_XML_BYTES} are read`)
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  if (start.startsWith('%PDF-'))
    throw new XmlRefusal(
      'this is a PDF: take the XML file out of it (its attachment, such as factur-x.xml) and give that',
    )
  if (start.startsWith('PK\u0003\u0004')) throw new XmlRefusal('this is a ZIP archive: give the XML file that is in it')
  const encoding = markOf(bytes) ?? declaredBy(start)
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new XmlRefusal(`the file says that it is ${encoding}, and has bytes that are none: save it as UTF-8`)
  }
}

function markOf(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le'
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be'
  return null
}

function declaredBy(start: string): string {
  const declared = DECLARED.exec(start)?.[1]
  if (declared === undefined) return 'utf-8'
  const known = encodingOf(declared)
  if (known === null) throw new XmlRefusal(`the encoding ${declared} is not read: save the file as UTF-8`)
  return known
}

function encodingOf(label: string): string | null {
  try {
    const { encoding } = new TextDecoder(label)
    // A file whose first bytes are read one by one is no UTF-16, whatever it declares.
    return ENCODINGS.has(encoding) && !encoding.startsWith('utf-16') ? encoding : null
  } catch {
    return null
  }
}
