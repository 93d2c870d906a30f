/**
 * An element of an XML file. Its name has the prefix that `NAMESPACES` gives to its namespace, such as `cbc:ID`, whatever prefix
 * the file used.
 */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** The text of the element itself, joined. */
  readonly text: string
  /** Where it begins in the file, from 1; 0 for what is made here. */
  readonly line: number
}

/** Prefixes that bindings name elements by. Elements of other namespaces are named `{namespace}name`. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  inv: 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2',
  cn: 'urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2',
  cac: 'urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2',
  cbc: 'urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2',
  ext: 'urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2',
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  qdt: 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
  udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
}

const PREFIXES: ReadonlyMap<string, string> = new Map(Object.entries(NAMESPACES).map(([prefix, uri]) => [uri, prefix]))

export function elementName(namespace: string, local: string): string {
  const prefix = PREFIXES.get(namespace)
  return prefix === undefined ? `{${namespace}}${local}` : `${prefix}:${local}`
}
