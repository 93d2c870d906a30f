import { NAMESPACES, type XmlElement } from './tree.ts'

/** Characters that XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}
const IN_ATTRIBUTES: Readonly<Record<string, string>> = { ...ENTITIES, '\n': '&#10;', '\t': '&#9;' }

/** Namespaces of nothing but a root are written without a prefix, as people are used to see UBL. */
const OF_ROOTS = ['inv', 'cn']

/** The text of a file: UTF-8 by its declaration, two blanks a level, the namespaces on the root. */
export function writeXml(root: XmlElement): string {
  const declared = [...new Set(prefixesOf(root))].map((prefix) =>
    OF_ROOTS.includes(prefix) ? ` xmlns="${NAMESPACES[prefix]}"` : ` xmlns:${prefix}="${NAMESPACES[prefix]}"`,
  )
  const [prefix = '', local = ''] = root.name.split(':')
  const name = OF_ROOTS.includes(prefix) ? local : root.name
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText({ ...root, name }, '', declared.join(''))}`
}

function* prefixesOf(element: XmlElement): Generator<string> {
  yield element.name.split(':')[0] as string
  for (const child of element.children) yield* prefixesOf(child)
}

function elementText(element: XmlElement, indent: string, declared = ''): string {
  const attributes = Object.entries(element.attributes).map(
    ([name, value]) => ` ${name}="${escaped(value, /[&<>"\r\n\t]/g, IN_ATTRIBUTES)}"`,
  )
  const open = `${indent}<${element.name}${declared}${attributes.join('')}`
  if (element.children.length > 0) {
    const children = element.children.map((child) => elementText(child, `${indent}  `)).join('')
    return `${open}>\n${children}${indent}</${element.name}>\n`
  }
  if (element.text === '') return `${open}/>\n`
  return `${open}>${escaped(element.text, /[&<>\r]/g, ENTITIES)}</${element.name}>\n`
}

function escaped(text: string, special: RegExp, by: Readonly<Record<string, string>>): string {
  return text.replace(UNWRITABLE, '\u{fffd}').replace(special, (character) => by[character] as string)
}
