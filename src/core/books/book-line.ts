/** A line of the books of an issuer: a posting as it was, or what closing a period made, with its account and its worth in the books' currency. */
export interface BookLine {
  /** Lines of one entry add up to zero, in each currency and in that of the books. */
  readonly entryId: string
  readonly day: string
  /** The day that it is about, where that lies in a period which was closed already. */
  readonly belongsOn: string | null
  readonly template: string
  /** The document, payment or other thing that it follows from. */
  readonly documentId: string | null
  /** Of the operational ledger; null for what closing made. */
  readonly postingId: string | null
  /** What it recognises: `line:`, `usage:` or `pack:` and its name. */
  readonly subject: string | null
  /** Of Kvit's chart: `revenue:basic`. */
  readonly ledgerAccount: string
  readonly accountId: string | null
  /** Of the issuer's general ledger; null where no rule says one. */
  readonly code: string | null
  readonly currency: string
  /** Debits are positive. */
  readonly amountMinor: bigint
  readonly booksMinor: bigint
  /** By which it was converted, in words; null where the books have its currency. */
  readonly rate: string | null
}

/** The text of a line that digests of periods are over: every field, so that none can be changed unnoticed. */
export function textOfLine(line: BookLine): string {
  const { entryId, day, belongsOn, template, documentId, postingId, subject, ledgerAccount, accountId, code } = line
  const { currency, amountMinor, booksMinor, rate } = line
  const names = [entryId, day, belongsOn, template, documentId, postingId, subject, ledgerAccount, accountId, code]
  return JSON.stringify([...names, currency, String(amountMinor), String(booksMinor), rate])
}
