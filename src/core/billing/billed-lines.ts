import type { Adjusting } from '../invoicing/adjusted-billables.ts'
import {
  type Billable,
  type BilledBefore,
  billableKey,
  type InvoiceLine,
  type LineKind,
  targetKey,
} from '../invoicing/invoice-lines.ts'
import type { LineTax } from '../invoicing/line-tax.ts'
import { addKept, asUntaxed, type KeptTax } from './line-taxes.ts'

/** A line of a document that was issued, or that is planned before others. */
export interface BilledLine
  extends Pick<
    Billable,
    'kind' | 'subscriptionId' | 'planVersionId' | 'priceCode' | 'cell' | 'period' | 'description'
  > {
  /** Ids rise in the order of issuing. */
  readonly id: string
  readonly billingDay: string
  /** As it is printed: `INV-000001`. */
  readonly document: string
  readonly adjustment: string
  readonly basis: Readonly<Record<string, unknown>> | null
  readonly amountMinor: bigint
  readonly measures: readonly bigint[]
  /** Null where it is about no usage. */
  readonly records: number | null
  /** At the rating scale; null on lines of before. */
  readonly charged: bigint | null
  /** Null where nobody was asked for tax. */
  readonly tax?: readonly LineTax[] | null
  /** Of a credit on request: the id of the line that it credits. */
  readonly creditsLineId?: string | null
  /** It was voided to be billed anew, or is the credit that voids it: it counts as never billed. */
  readonly isUnbilled?: boolean
  /** Whose line it is. */
  readonly accountId?: string | undefined
}

/**
 * What documents billed of an account, by billable; and the last line of each that bills no usage and can cease to
 * be owed.
 */
export interface BilledSoFar {
  readonly billed: ReadonlyMap<string, BilledBefore>
  readonly ceasing: ReadonlyMap<string, BilledLine>
  /**
   * Lines without discounts, by the billable that they are about, the oldest first. Also those that were voided to be billed anew, with what
   * voids them: a coupon for the first bill is for what that bill had, also where it is billed anew after the second one.
   */
  readonly issued: Adjusting['issued']
  /** The first days of the billing periods of which documents billed usage, by their printed numbers, the oldest first. */
  readonly documents: ReadonlyMap<string, ReadonlySet<string>>
  /** By billable: what was given up of it on request, in minor units. It is no billing: `heldAtConceded`. */
  readonly conceded: ReadonlyMap<string, bigint>
  /** By billable: with which taxes it was billed, and what of it was credited. */
  readonly taxed: ReadonlyMap<string, readonly KeptTax[]>
}

export const NOTHING_BILLED: BilledSoFar = {
  billed: new Map(),
  ceasing: new Map(),
  issued: new Map(),
  documents: new Map(),
  conceded: new Map(),
  taxed: new Map(),
}

/** What stays billed: it was bought, others used it, or somebody wrote it. */
const LASTING: ReadonlySet<LineKind> = new Set(['commit', 'sponsored', 'item', 'advance'])

/** @param lines in the order in which they were issued */
export function addBilled(before: BilledSoFar, lines: readonly BilledLine[]): BilledSoFar {
  const billed = new Map(before.billed)
  const ceasing = new Map(before.ceasing)
  const issued = new Map([...before.issued].map(([key, parts]) => [key, [...parts]]))
  const documents = new Map([...before.documents].map(([number, starts]) => [number, new Set(starts)]))
  const conceded = new Map(before.conceded)
  const taxed = new Map(before.taxed)
  const discounts = new Set(lines.filter(({ kind }) => kind === 'discount').map(({ id }) => id))
  const isOfDiscount = ({ creditsLineId }: BilledLine): boolean => discounts.has(creditsLineId ?? '')
  for (const line of lines) {
    const { id, kind, billingDay, amountMinor, measures, records, charged, period } = line
    if (kind !== 'discount' && (line.isUnbilled === true ? !isOfDiscount(line) : kind !== 'credit')) {
      const parts = issued.get(targetKey(line)) ?? []
      issued.set(targetKey(line), parts)
      parts.push({ id, billingDay, minor: amountMinor })
    }
    if (line.isUnbilled === true) continue
    const key = billableKey(line)
    if (kind === 'credit') {
      conceded.set(key, (conceded.get(key) ?? 0n) - amountMinor)
      taxed.set(key, addKept(taxed.get(key) ?? [], line.tax ?? [{ ...asUntaxed(amountMinor), isCredit: true }], true))
      continue
    }
    if (kind === 'usage') documents.set(line.document, (documents.get(line.document) ?? new Set()).add(period.start))
    taxed.set(key, addKept(taxed.get(key) ?? [], line.tax ?? [asUntaxed(amountMinor)]))
    const sum = (billed.get(key)?.amountMinor ?? 0n) + amountMinor
    billed.set(key, { amountMinor: sum, measures, records: records ?? 0, ...(charged === null ? {} : { charged }) })
    if (LASTING.has(kind) || (kind === 'usage' && records !== 0)) ceasing.delete(key)
    else ceasing.set(key, line)
  }
  return { billed, ceasing, issued, documents, conceded, taxed }
}

/** Behind all ids that were given, and of no document yet. */
const PLANNED = { id: 'planned', document: '' }

/** A line that is planned, as those that are planned after it see it. */
export function asBilled(line: InvoiceLine, billingDay: string): BilledLine {
  const { adjustment = '', basis = null, usage, taken = null, amountMinor } = line
  const { measures, records, charged } = usage ?? { measures: [], records: null, charged: taken ?? undefined }
  return {
    ...line,
    ...PLANNED,
    billingDay,
    adjustment,
    basis,
    amountMinor,
    measures,
    records,
    charged: charged ?? null,
    tax: line.tax ?? null,
  }
}
