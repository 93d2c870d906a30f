import type { CsvReading } from '../../core/banking/read-bank-file.ts'
import type { Rejection } from '../../core/banking/sepa/status-report.ts'
import type { BankFile } from '../../core/banking/statement.ts'

/** Reads files of banks away from the thread that charges, with limits on their size and depth. */
export interface BankReader {
  /**
   * Statements, with what is wrong with each.
   * @param owner whose file it is: owners take turns
   * @param csv of a file that may be CSV: how it is read
   * @throws Refusal with a sentence and a line for who sent a file that is none, and where too many are being read
   */
  readonly statements: (owner: string, bytes: Uint8Array, csv: CsvReading | null) => Promise<BankFile>
  /** What a bank has refused of the orders of a file (pain.002). @throws Refusal as above */
  readonly rejections: (owner: string, bytes: Uint8Array) => Promise<readonly Rejection[]>
}
