import type { XmlElement } from '../einvoice/xml/tree.ts'

/** The name of an element without its namespace: versions of a message differ in that alone. */
export function localName({ name }: XmlElement): string {
  return name.slice(name.lastIndexOf('}') + 1)
}

/** Children of a name, in the order of the file. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => localName(child) === name)
}

/** The first element at a path such as `Acct/Id/IBAN`, or null. */
export function elementAt(element: XmlElement | null, path: string): XmlElement | null {
  let found: XmlElement | null = element
  for (const name of path.split('/')) found = found?.children.find((child) => localName(child) === name) ?? null
  return found
}

/** The text at the first of some paths that has one, or null. */
export function textAt(element: XmlElement | null, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = elementAt(element, path)?.text
    if (text !== undefined && text !== '') return text
  }
  return null
}
