import { formatMinor } from '../../core/base/money.ts'
import { recordedPaymentFound } from '../../core/ledger/bank-templates.ts'
import { transitCash } from '../../core/ledger/cash-templates.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { deskOf, type Movement } from '../cash-desk/index.ts'
import { postEntry } from '../ledger/index.ts'
import { type Decision, finish, type HeldLine, insertMatch, openOf } from './book-match.ts'

/** Cash of a desk that went to the bank, or came from there, is this line: it is in transit no longer. */
export async function bookCash(
  db: Database,
  held: HeldLine,
  movement: Movement,
  decision: Decision,
  nowMs: number,
): Promise<void> {
  const amountMinor = await openOf(db, held)
  const { key, currency } = held.bank
  const desk = await deskOf(db, movement)
  const moved = movement.kind === 'from_bank' ? -BigInt(movement.amountMinor) : BigInt(movement.amountMinor)
  const isOnItsWay = movement.kind === 'to_bank' || movement.kind === 'from_bank'
  if (!isOnItsWay || desk.currency !== currency || moved !== amountMinor)
    throw new Refusal(
      'unprocessable',
      `movement: it is ${movement.kind} of ${formatMinor(BigInt(movement.amountMinor), desk.currency)} ${desk.currency}, and the line has ${formatMinor(amountMinor, currency)} ${currency}`,
    )
  const known = db
    .selectFrom('bankMatch')
    .select('id')
    .where('cashMovementId', '=', movement.id)
    .where('undoneAt', 'is', null)
  if ((await known.executeTakeFirst()) !== undefined)
    throw new Refusal('conflict', 'movement: it is on a bank statement already')
  const id = newId()
  await insertMatch(db, held, { id, kind: 'cash', amountMinor, cashMovementId: movement.id }, decision, nowMs)
  const postings = recordedPaymentFound(key, currency, transitCash(desk.key), amountMinor)
  await postEntry(db, 'recorded_payment_found', id, postings, nowMs)
  await finish(db, held.line, null)
}
