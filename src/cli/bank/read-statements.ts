import { readXml } from '../../adapters/xml/read-xml.ts'
import { describeFault, describeStatement, statementAsJson } from '../../core/banking/describe-statement.ts'
import { MAX_BANK_FILE_BYTES, readBankFile } from '../../core/banking/read-bank-file.ts'
import type { BankFile } from '../../core/banking/statement.ts'
import { csvMapping } from '../../modules/banks/csv-mapping.ts'
import { readBounded } from '../bounded-file.ts'
import { Worded } from '../output.ts'

const MAX_MAPPING_BYTES = 64 * 1024

/** @throws an error whose message says what is wrong with the file */
export async function readStatements(
  file: string,
  { mapping, currency }: { readonly mapping?: string; readonly currency: string },
): Promise<BankFile> {
  const bytes = await readBounded(file, MAX_BANK_FILE_BYTES)
  try {
    if (mapping === undefined) return readBankFile(bytes, readXml)
    const said = csvMapping.parse(JSON.parse((await readBounded(mapping, MAX_MAPPING_BYTES)).toString('utf8')))
    return readBankFile(bytes, readXml, { mapping: said, account: { iban: null, account: file, currency } })
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** For people a line for each transaction, with --json all that was read. */
export function shownStatements({ statements, faults }: BankFile): Worded {
  return new Worded({ statements: statements.map(statementAsJson), faults }, () =>
    [...faults.map(describeFault), ...statements.map(describeStatement)].join('\n\n'),
  )
}
