import type { ReadXml } from '../../modules/banks/ports.ts'

/** Reads XML for modules; the parser is loaded with the first file. */
export const readXmlLater: ReadXml = async (bytes) => (await import('./read-xml.ts')).readXml(bytes)
