import { formatMinor } from '../../core/base/money.ts'
import { changeIn, type MovementKind } from '../../core/cash/drawer.ts'
import { cashMoved as postingsOfMove } from '../../core/ledger/cash-templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import { postEntry } from '../ledger/index.ts'
import { cashMoved } from './events.ts'
import * as store from './store.ts'

/** What a cashier moves while a shift is open, and what is moved of the safe at any time. */
export const IN_SHIFT = ['in', 'out', 'added', 'spent'] as const
export const OF_SAFE = ['safe_in', 'safe_out', 'to_bank', 'from_bank'] as const

export interface MovementDraft {
  readonly key: string
  readonly kind: MovementKind
  readonly amountMinor: bigint
  readonly reason: string
}

/**
 * Moves cash of a desk, which is locked, and posts it. There is never less than nothing in a drawer or a safe.
 * @param shift of what goes into the drawer or out of it
 */
export async function moveCash(
  db: Database,
  desk: store.Desk,
  shift: Pick<store.Shift, 'id'> | null,
  { key, kind, amountMinor, reason }: MovementDraft,
  recordedBy: string,
  nowMs: number,
): Promise<store.Movement> {
  const { id: deskId, currency } = desk
  const drawer = BigInt(desk.drawerMinor) + changeIn('drawer', kind, amountMinor)
  const safe = BigInt(desk.safeMinor) + changeIn('safe', kind, amountMinor)
  if (drawer < 0n)
    throw new Refusal(
      'conflict',
      `amount: ${formatMinor(BigInt(desk.drawerMinor), currency)} ${currency} are in the drawer`,
    )
  if (safe < 0n)
    throw new Refusal(
      'conflict',
      `amount: ${formatMinor(BigInt(desk.safeMinor), currency)} ${currency} are in the safe of the desk; put cash into it first (kvit cash safe ${desk.key} safe_in AMOUNT)`,
    )
  const movement: store.Movement = {
    ...{
      id: newId(),
      key,
      deskId,
      shiftId: shift?.id ?? null,
      kind,
      amountMinor: String(amountMinor),
      reason,
      recordedBy,
    },
    createdAt: new Date(nowMs),
  }
  await db.insertInto('cashMovement').values(movement).execute()
  await changeDesk(db, desk, { drawerMinor: drawer, safeMinor: safe })
  await postEntry(db, 'cash_moved', movement.id, postingsOfMove(desk.key, currency, kind, amountMinor), nowMs)
  const data = { desk: desk.key, kind, currency, amount: formatMinor(amountMinor, currency), reason }
  await publish(db, [eventOf(cashMoved, { objectId: movement.id }, data)], nowMs)
  return movement
}

/** The same once by its key. */
export async function recordMovement(
  db: Database,
  key: string,
  draft: Omit<MovementDraft, 'amountMinor'> & { readonly amountMinor: bigint },
  recordedBy: string,
  nowMs: number,
): Promise<store.Movement> {
  const desk = await store.lockDesk(db, (await store.getDesk(db, key)).id)
  const known = await store.findMovement(db, draft.key)
  if (known !== undefined) {
    const { kind, amountMinor, reason } = draft
    const isSame =
      known.deskId === desk.id &&
      known.kind === kind &&
      known.amountMinor === String(amountMinor) &&
      known.reason === reason
    if (isSame) return known
    throw new Refusal('idempotency_conflict', `the key ${draft.key} was used for another movement`)
  }
  const isInShift = (IN_SHIFT as readonly string[]).includes(draft.kind)
  const shift = isInShift ? await store.openShift(db, desk.id) : null
  if (shift === undefined)
    throw new Refusal('conflict', `no shift is open at ${desk.key}: open one (kvit cash open ${desk.key})`)
  return moveCash(db, desk, shift, draft, recordedBy, nowMs)
}

/** Notes what is in a drawer and a safe now. The desk is locked. */
export async function changeDesk(
  db: Database,
  { id }: Pick<store.Desk, 'id'>,
  { drawerMinor, safeMinor }: { readonly drawerMinor?: bigint; readonly safeMinor?: bigint },
): Promise<void> {
  const set = {
    ...(drawerMinor === undefined ? {} : { drawerMinor: String(drawerMinor) }),
    ...(safeMinor === undefined ? {} : { safeMinor: String(safeMinor) }),
  }
  await db.updateTable('cashDesk').set(set).where('id', '=', id).execute()
}
