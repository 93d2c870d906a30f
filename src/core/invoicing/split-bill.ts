import type { LineOwner } from '../pages/brand.ts'
import type { InvoiceLine } from './invoice-lines.ts'

/** What the bills of an account are split by, and what each of its subscriptions belongs to, by their ids. */
export interface BillSplit {
  readonly by: LineOwner
  readonly of: ReadonlyMap<string, string>
}

/** One of the documents that a bill is split into. Example: `{ by: 'metadata.costCentre', value: '4711' }`. */
export interface BillPart {
  readonly by: LineOwner
  readonly value: string
}

/**
 * Lines by the document that they are on: one for each cost centre, service or subscription, in the order of these names. What belongs to none,
 * such as lines of the account itself, has a document of its own, which comes first.
 */
export function splitLines(
  lines: readonly InvoiceLine[],
  split: BillSplit | null | undefined,
): { readonly part: BillPart | null; readonly lines: readonly InvoiceLine[] }[] {
  if (lines.length === 0) return []
  if (split == null) return [{ part: null, lines }]
  const partOf = ({ subscriptionId }: InvoiceLine): string => split.of.get(subscriptionId) ?? ''
  return [...Map.groupBy(lines, partOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([value, own]) => ({ part: value === '' ? null : { by: split.by, value }, lines: own }))
}
