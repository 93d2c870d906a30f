import { type CashPlace, MOVEMENTS, type MovementKind } from '../cash/drawer.ts'
import { type LedgerAccountKind, type Posting, posting } from './chart.ts'
import { balanced } from './templates.ts'

/** As what payments at a desk are recorded: `cash:desk:front` is what is in its drawer. */
export function deskCash(desk: string): string {
  return `desk:${desk}`
}

/** Where cash on its way to the bank stands: `cash:transit:front`. */
export function transitCash(desk: string): string {
  return `transit:${desk}`
}

const PLACES: Readonly<Record<CashPlace, (desk: string) => readonly [LedgerAccountKind, string | null]>> = {
  drawer: (desk) => ['cash', deskCash(desk)],
  safe: (desk) => ['cash', `safe:${desk}`],
  transit: (desk) => ['cash', transitCash(desk)],
  outside: (desk) => ['outside', deskCash(desk)],
  difference: (desk) => ['cash_differences', desk],
}

/** Cash of a desk changes its place: 100.00 of float go from the safe to the drawer. */
export function cashMoved(desk: string, currency: string, kind: MovementKind, amountMinor: bigint): Posting[] {
  const { from, to } = MOVEMENTS[kind]
  const side = (place: CashPlace, minor: bigint): Posting => {
    const [account, detail] = PLACES[place](desk)
    return posting(account, detail, '', currency, minor)
  }
  return balanced([side(to, amountMinor), side(from, -amountMinor)])
}

/** Cash was rounded: of 10.03 CHF that an account got, 10.05 were paid. Below zero less was paid. */
export function cashRounded(desk: string, currency: string, roundedMinor: bigint): Posting[] {
  return balanced([
    posting('cash', deskCash(desk), '', currency, roundedMinor),
    posting('rounding', null, '', currency, -roundedMinor),
  ])
}
