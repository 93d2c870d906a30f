import type { XmlElement } from '../../core/einvoice/xml/tree.ts'

/** The elements of an XML file, with limits on its size and depth. What it throws has a sentence for whoever sent the file. */
export type ReadXml = (bytes: Uint8Array) => Promise<XmlElement>
