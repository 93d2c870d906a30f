import { NAMESPACES, type XmlElement } from './tree.ts'

/** Characters that XML 1.0 has no way to write. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu
/** What most texts are made of: nothing to escape, and nothing that cannot be written. */
const PLAIN = /^[ !#-%'-;=?-\ud7ff]*$/
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
  const names = new Set<string>()
  collectNames(root, names)
  const declared = [...new Set([...names].map(prefixOf))].map((prefix) =>
    OF_ROOTS.includes(prefix) ? ` xmlns="${NAMESPACES[prefix]}"` : ` xmlns:${prefix}="${NAMESPACES[prefix]}"`,
  )
  const [prefix = '', local = ''] = root.name.split(':')
  const name = OF_ROOTS.includes(prefix) ? local : root.name
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText({ ...root, name }, '', declared.join(''))}`
}

function collectNames({ name, children }: XmlElement, names: Set<string>): void {
  names.add(name)
  for (const child of children) collectNames(child, names)
}

function prefixOf(name: string): string {
  return name.split(':')[0] as string
}

function elementText({ name, attributes, children, text }: XmlElement, indent: string, declared = ''): string {
  let open = `${indent}<${name}${declared}`
  for (const attribute of Object.keys(attributes))
    open += ` ${attribute}="${escaped(attributes[attribute] as string, /[&<>"\r\n\t]/g, IN_ATTRIBUTES)}"`
  if (children.length > 0) {
    const deeper = `${indent}  `
    let inside = ''
    for (const child of children) inside += elementText(child, deeper)
    return `${open}>\n${inside}${indent}</${name}>\n`
  }
  if (text === '') return `${open}/>\n`
  return `${open}>${escaped(text, /[&<>\r]/g, ENTITIES)}</${name}>\n`
}

function escaped(text: string, special: RegExp, by: Readonly<Record<string, string>>): string {
  if (PLAIN.test(text)) return text
  return text.replace(UNWRITABLE, '\u{fffd}').replace(special, (character) => by[character] as string)
}
