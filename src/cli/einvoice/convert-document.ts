import { readXml } from '../../adapters/xml/read-xml.ts'
import { differences } from '../../core/einvoice/differences.ts'
import { type ReadDocument, readEInvoice } from '../../core/einvoice/read-einvoice.ts'
import { ublSyntaxOf, writeEInvoice } from '../../core/einvoice/write-einvoice.ts'
import { writeXml } from '../../core/einvoice/xml/write-xml.ts'

export type Target = 'ubl' | 'cii'

export function syntaxNamed(name: string): Target {
  if (name === 'ubl' || name === 'cii') return name
  throw new Error(`--to: write ubl or cii, not ${JSON.stringify(name)}`)
}

/** The text of the other file, and sentences about what does not stand in it: it is read again to know. */
export function convertDocument(
  { document, faults, unread }: ReadDocument,
  to: Target,
): { xml: string; lost: string[] } {
  const xml = writeXml(writeEInvoice(document, to === 'ubl' ? ublSyntaxOf(document) : 'cii'))
  const again = readEInvoice(readXml(Buffer.from(xml)))
  const changed = again === null ? [] : differences(document, again.document)
  return {
    xml,
    lost: [
      ...[...faults, ...unread].map(({ element, line, message }) => `line ${line}: ${element} ${message}`),
      ...changed.map(({ field, before, after }) =>
        after === ''
          ? `${field} (${before.slice(0, 60)}) has no place in ${to.toUpperCase()}`
          : `${field} is ${after.slice(0, 60)} in ${to.toUpperCase()}, and was ${before === '' ? 'not there' : before.slice(0, 60)}`,
      ),
    ],
  }
}
