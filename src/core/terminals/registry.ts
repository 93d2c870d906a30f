import { findCurrency } from '../base/currency.ts'
import { parseMinor } from '../base/money.ts'
import { csvRows } from '../mediation/csv.ts'

/** Which column of a network's registry is what. Columns are named by their heading. */
export interface RegistryMapping {
  readonly delimiter: string
  /** What stands before the last digits: `10,45` has a comma. */
  readonly decimalSign: ',' | '.'
  /** Lines before the one with the headings. */
  readonly skipLines: number
  readonly columns: {
    readonly txnId: string
    readonly sum: string
    /** What the network keeps of each payment. */
    readonly fee?: string | undefined
  }
}

export interface RegistryRow {
  readonly txnId: string
  readonly sumMinor: bigint
  readonly feeMinor: bigint
}

/** A payment as Kvit has it. */
export interface KnownTransaction {
  readonly txnId: string
  readonly amountMinor: bigint
  readonly isPaid: boolean
}

/** Something that the two do not agree about. Amounts in minor units; null where one side has none. */
export interface RegistryDifference {
  readonly kind: 'missing_here' | 'missing_there' | 'other_sum' | 'cancelled_here' | 'twice_there'
  readonly txnId: string
  readonly thereMinor: bigint | null
  readonly hereMinor: bigint | null
}

const MAX_ROW = 4_000
const MAX_REGISTRY_ROWS = 200_000

/** Reads a registry. @returns a sentence with the line where it cannot be read */
export function readRegistry(
  text: string,
  mapping: RegistryMapping,
  currency: string,
): readonly RegistryRow[] | string {
  if (findCurrency(currency) === undefined) return `there is no currency ${currency}`
  const { columns: named, skipLines, delimiter, decimalSign } = mapping
  const lines = text.replaceAll('\r\n', '\n').split('\n').slice(skipLines).join('\n')
  let columns: ReadonlyMap<string, number> | null = null
  const rows: RegistryRow[] = []
  for (const { cells, line: own } of csvRows(`${lines}\n`, delimiter, MAX_ROW)) {
    const line = own + skipLines
    if (columns === null) {
      columns = new Map(cells.map((cell, at) => [cell.replace('\ufeff', '').trim(), at]))
      const missing = Object.values(named).filter((name) => name !== undefined && columns?.has(name) !== true)
      if (missing.length > 0)
        return `line ${line}: there is no column ${missing.join(', ')}; the headings are ${[...columns.keys()].join(', ').slice(0, 300)}`
      continue
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    if (rows.length >= MAX_REGISTRY_ROWS) return `line ${line}: there are more than ${MAX_REGISTRY_ROWS} rows`
    const known = columns
    const cell = (name: string): string => (cells[known.get(name) ?? -1] ?? '').trim()
    const amount = (name: string): bigint | null => {
      const written = cell(name).replaceAll(/[\s\u00a0]/gu, '')
      const plain = decimalSign === ',' ? written.replaceAll('.', '').replace(',', '.') : written.replaceAll(',', '')
      return /^\d{1,15}(\.\d{1,12})?$/.test(plain) ? parseMinor(plain, currency) : null
    }
    const txnId = cell(named.txnId)
    if (!/^[\x21-\x7e]{1,64}$/.test(txnId)) return `line ${line}: ${named.txnId} is no id of a payment`
    const sumMinor = amount(named.sum)
    if (sumMinor === null) return `line ${line}: ${named.sum} is no amount in ${currency}`
    const feeMinor = named.fee === undefined || cell(named.fee) === '' ? 0n : amount(named.fee)
    if (feeMinor === null) return `line ${line}: ${String(named.fee)} is no amount in ${currency}`
    rows.push({ txnId, sumMinor, feeMinor })
  }
  return columns === null ? 'there is no row with headings' : rows
}

/**
 * Compares a registry with what is known.
 * @param known by their ids: those that the registry names, whenever they came, and all of its days
 * @param ofDays the ids of those that came on its days: one of them that the registry lacks is missing there
 */
export function compareRegistry(
  rows: readonly RegistryRow[],
  known: ReadonlyMap<string, KnownTransaction>,
  ofDays: ReadonlySet<string>,
): { readonly agreed: readonly RegistryRow[]; readonly differences: readonly RegistryDifference[] } {
  const seen = new Set<string>()
  const agreed: RegistryRow[] = []
  const differences: RegistryDifference[] = []
  for (const row of rows) {
    const { txnId, sumMinor: thereMinor } = row
    const here = known.get(txnId)
    const differ = (kind: RegistryDifference['kind']): unknown =>
      differences.push({ kind, txnId, thereMinor, hereMinor: here?.amountMinor ?? null })
    if (seen.has(txnId)) differ('twice_there')
    else if (here === undefined) differ('missing_here')
    else if (!here.isPaid) differ('cancelled_here')
    else if (here.amountMinor !== thereMinor) differ('other_sum')
    else agreed.push(row)
    seen.add(txnId)
  }
  for (const txnId of ofDays) {
    const here = known.get(txnId)
    if (seen.has(txnId) || here === undefined || !here.isPaid) continue
    differences.push({ kind: 'missing_there', txnId, thereMinor: null, hereMinor: here.amountMinor })
  }
  return { agreed, differences }
}
