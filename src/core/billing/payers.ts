import type { LineKind } from '../invoicing/invoice-lines.ts'

/** From this day on who is billed for the periods of an account that begin; null is the account itself, as before the first one. */
export interface PayerSpan {
  readonly payerId: string | null
  readonly fromDay: string
}

/**
 * Who is billed for what begins on a day. What began before stays with whom it was, until its period ends. Example: billed to `group` from
 * 1 March on, the fee of a year that began in January stays with the account itself, and the usage of March is billed to `group`.
 * @param spans in the order of their days
 */
export function payerOn(spans: readonly PayerSpan[], day: string): string | null {
  return spans.findLast(({ fromDay }) => fromDay <= day)?.payerId ?? null
}

/** Money that is bought to be drawn down is the account's own, and so is what members used of its credit. */
const OWN: ReadonlySet<LineKind> = new Set(['commit', 'sponsored'])

/** Who is billed for a charge, or what lowers it. */
export function payerOfCharge(
  spans: readonly PayerSpan[],
  { kind, period }: { readonly kind: LineKind; readonly period: { readonly start: string } },
): string | null {
  return OWN.has(kind) ? null : payerOn(spans, period.start)
}
