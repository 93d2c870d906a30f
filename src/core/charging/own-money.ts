import { UNLIMITED } from './balances.ts'
import type { MovementKind } from './movements.ts'
import { type LotDraft, move, type OperationContext, openLot } from './operations.ts'

/** Takes money that is the account's own and free to move: paid, of any use, not expired. @returns false if it lacks. */
export function takeOwnMoney(operation: OperationContext, amount: bigint, kind: MovementKind): boolean {
  return takeParts(operation, amount, kind, true) !== null
}

/**
 * Moves an account's own money to another account, where it ends when it would have ended. Money whose tax was paid when it was sold stays
 * that. @param withTaxed whether such money may go there
 * @returns false if it lacks.
 */
export function transferMoney(
  from: OperationContext,
  to: OperationContext,
  draft: LotDraft,
  withTaxed: boolean,
): boolean {
  const taken = takeParts(from, draft.amount, 'transfer_out', withTaxed)
  for (const { untilMs, isTaxed, amount } of taken ?? [])
    openLot(to, { ...draft, untilMs, amount, ...(isTaxed === undefined ? {} : { isTaxed }) }, 'transfer_in')
  return taken !== null
}

interface TakenPart {
  readonly untilMs: number | null
  readonly isTaxed: true | undefined
  readonly amount: bigint
}

/** @returns what was taken by when it would have ended and how it is taxed, or null, and nothing is taken, if it lacks. */
function takeParts(
  operation: OperationContext,
  amount: bigint,
  kind: MovementKind,
  withTaxed: boolean,
): readonly TakenPart[] | null {
  const free = operation.balances.lots.filter(
    ({ unit, source, scope, untilMs, isTaxed }) =>
      unit === null &&
      source === 'paid' &&
      scope === null &&
      (untilMs ?? UNLIMITED) > operation.nowMs &&
      (withTaxed || isTaxed !== true),
  )
  let rest = amount
  const parts = free.map(({ number, remaining, held, untilMs, isTaxed }) => {
    const left = remaining - held
    const part = left < rest ? left : rest
    rest -= part
    return { lot: number, part, untilMs, isTaxed }
  })
  if (rest > 0n) return null
  const taken = new Map<string, TakenPart>()
  for (const { lot, part, untilMs, isTaxed } of parts) {
    if (part <= 0n) continue
    move(operation, lot, kind, -part)
    const key = `${untilMs} ${isTaxed === true}`
    taken.set(key, { untilMs, isTaxed, amount: (taken.get(key)?.amount ?? 0n) + part })
  }
  return [...taken.values()]
}
