import type { EInvoice } from '../document.ts'

/** Whether seller and buyer have their address in Germany: Peppol lets them do more between each other. */
export function isBetweenGermans({ seller, buyer }: EInvoice): boolean {
  return [seller, buyer].every((party) => party?.address?.country?.toUpperCase() === 'DE')
}
