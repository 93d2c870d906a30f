import { MAX_XML_BYTES } from '../../adapters/xml/decode-xml.ts'
import { readXml } from '../../adapters/xml/read-xml.ts'
import { asJson } from '../../core/einvoice/as-json.ts'
import { type ReadDocument, readEInvoice } from '../../core/einvoice/read-einvoice.ts'
import { readBounded } from '../bounded-file.ts'
import { Worded } from '../output.ts'
import { describeDocument } from './describe-document.ts'

/** @throws an error whose message says what is wrong with the file */
export async function readFile(file: string): Promise<ReadDocument> {
  const bytes = await readBounded(file, MAX_XML_BYTES)
  try {
    const root = readXml(bytes)
    const read = readEInvoice(root)
    if (read !== null) return read
    throw new Error(
      `the root element ${root.name} is none of a UBL Invoice, a UBL CreditNote or a CrossIndustryInvoice`,
    )
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** For people a page, with --json every field. */
export function shownDocument(read: ReadDocument): Worded {
  const { syntax, document, faults, unread } = read
  return new Worded({ syntax, document: asJson(document), faults, unread }, () => describeDocument(read))
}
