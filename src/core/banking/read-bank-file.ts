import type { XmlElement } from '../einvoice/xml/tree.ts'
import { readCamt } from './camt.ts'
import { type CsvMapping, readCsv } from './csv-statement.ts'
import { readMt } from './mt-statement.ts'
import type { BankFile } from './statement.ts'

/** Largest file of a bank that is read: some 10,000 entries of camt with all their details. */
export const MAX_BANK_FILE_BYTES = 16 * 1024 * 1024

/** How a CSV file is read, and whose it is. */
export interface CsvReading {
  readonly mapping: CsvMapping
  readonly account: { readonly iban: string | null; readonly account: string; readonly currency: string }
}

/**
 * Reads a file of a bank, whatever it is: camt.052/053/054, MT940/942, or CSV where its mapping is known.
 * @param readXml the elements of an XML file; what it throws has a sentence and the line
 */
export function readBankFile(
  bytes: Uint8Array,
  readXml: (bytes: Uint8Array) => XmlElement,
  csv: CsvReading | null = null,
): BankFile {
  if (bytes.length === 0) return unreadable('the file is empty')
  if (bytes.length > MAX_BANK_FILE_BYTES)
    return unreadable(`the file has ${bytes.length} bytes, and at most ${MAX_BANK_FILE_BYTES} are read`)
  if (csv !== null) return readCsv(textOf(bytes), csv.mapping, csv.account)
  if (isXml(bytes)) {
    const root = readXml(bytes)
    return readCamt(root) ?? unreadable(`the root element ${root.name} is none of camt.052, camt.053 and camt.054`)
  }
  const text = textOf(bytes)
  return readMt(text) ?? unreadable('this is no camt file and no MT940 or MT942; of a CSV file, name its mapping')
}

function unreadable(message: string): BankFile {
  return { statements: [], faults: [{ line: 1, message }] }
}

/** After a byte order mark and blanks, XML begins with `<`; in UTF-16 each second byte is zero. */
function isXml(bytes: Uint8Array): boolean {
  const start = String.fromCharCode(...bytes.subarray(0, 64)).replaceAll('\0', '')
  return /^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*</.test(start)
}

/** UTF-8 where it is valid, else the letters of Western Europe that older systems of banks write. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
