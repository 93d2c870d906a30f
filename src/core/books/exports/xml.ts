/** XML that is written: an element with its content, escaped. */
export type XmlNode = string | XmlElement
/** Its name with its attributes, and what is in it. */
interface XmlElement extends ReadonlyArray<XmlNode | null> {
  readonly 0: string
}

/** An element with attributes: its name is `Name a="1"`. Nulls are left out. */
export function xmlText(node: XmlNode, depth = 0): string {
  if (typeof node === 'string') return escaped(node)
  const opening = node[0]
  const parts = node.slice(1)
  const [name = ''] = opening.split(' ')
  const content = parts.filter((part) => part !== null)
  const pad = '  '.repeat(depth)
  if (content.length === 0) return `${pad}<${opening}/>\n`
  if (content.every((part) => typeof part === 'string'))
    return `${pad}<${opening}>${content.map((part) => xmlText(part)).join('')}</${name}>\n`
  return `${pad}<${opening}>\n${content.map((part) => xmlText(part, depth + 1)).join('')}${pad}</${name}>\n`
}

/** Control characters have no place in XML 1.0. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

/** The value of an attribute, in quotes. */
export function attribute(text: string): string {
  return `"${escaped(text).replaceAll('"', '&quot;')}"`
}
