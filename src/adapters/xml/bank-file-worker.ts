import { type CsvReading, readBankFile } from '../../core/banking/read-bank-file.ts'
import { readStatusReport } from '../../core/banking/sepa/status-report.ts'
import { Refusal } from '../../platform/problems.ts'
import { doJobs } from '../../platform/worker-jobs.ts'
import { XmlRefusal } from './decode-xml.ts'
import { readXml } from './read-xml.ts'

/** What is read: statements, or what a bank has refused. */
export type BankFileJob =
  | { readonly kind: 'statements'; readonly bytes: Uint8Array; readonly csv: CsvReading | null }
  | { readonly kind: 'rejections'; readonly bytes: Uint8Array }

doJobs((job: BankFileJob) => {
  try {
    if (job.kind === 'statements') return readBankFile(job.bytes, readXml, job.csv)
    const root = readXml(job.bytes)
    const rejections = readStatusReport(root)
    if (rejections === null) throw new Refusal('unprocessable', `the root element ${root.name} is none of pain.002`)
    return rejections
  } catch (error) {
    throw error instanceof XmlRefusal ? new Refusal('unprocessable', error.message) : error
  }
})
