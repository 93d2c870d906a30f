import { formatMinor } from '../../core/base/money.ts'
import { openLot } from '../../core/charging/operations.ts'
import { takeOwnMoney } from '../../core/charging/own-money.ts'
import { balanceAdjusted as postingsOf } from '../../core/ledger/templates.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema, inTransaction } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { assertAnotherPerson, type Person } from '../../platform/four-eyes.ts'
import { once } from '../../platform/once.ts'
import { notFound, Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { postEntry } from '../ledger/index.ts'
import { getRow } from '../parties/index.ts'
import type { AdjustmentDraft } from './adjustment-store.ts'
import * as rows from './adjustment-store.ts'
import { limitFor, nameOfUnit, readLimits } from './approval-limits.ts'
import { adjustmentRejected, adjustmentRequested, balanceAdjusted } from './events.ts'
import { lotDraft, unitsOf } from './lot-drafts.ts'
import { assertRoom, positiveMinor } from './service.ts'
import { insertEntries } from './store.ts'

/** Asks for a correction by hand. Up to the tenant's limit it is made at once, above it when a second person approves. */
export async function requestAdjustment(
  engine: Engine,
  context: ReadContext,
  draft: AdjustmentDraft,
  asker: Person,
): Promise<rows.Adjustment> {
  const { db, nowMs } = context
  const account = await getRow(db, 'account', draft.account)
  const { currency } = account
  if (draft.unit === null) positiveMinor(draft.amount, currency)
  else if (unitsOf(draft.amount) <= 0n) throw new Refusal('unprocessable', 'amount: write a positive decimal')
  if (draft.unit !== null && (draft.direction === 'debit' || draft.source === 'paid'))
    throw new Refusal('unprocessable', 'units are given as a bonus; they cannot be taken')
  const limits = await readLimits(db)
  const needsApproval =
    draft.unit === null
      ? positiveMinor(draft.amount, currency) > limitFor(limits, currency, asker.person, 0n)
      : unitsOf(draft.amount) > limitFor(limits, nameOfUnit(draft.unit), asker.person, 0n)
  const { key, reason, account: _, ...content } = draft
  return once(
    engine,
    context,
    `adjustment ${key}`,
    () => rows.findAdjustment(db, key),
    (stored) => stored.accountId === account.id && rows.isSameContent(stored, content),
    async () => {
      const row = {
        id: newId(),
        key,
        accountId: account.id,
        content,
        reason,
        status: needsApproval ? ('pending' as const) : ('applied' as const),
        requestedBy: asker.id,
        requestedByPerson: asker.person,
        decidedBy: null,
        createdAt: new Date(nowMs),
        decidedAt: needsApproval ? null : new Date(nowMs),
      }
      if (needsApproval)
        await inTransaction(db, async (trx) => {
          await rows.insertAdjustment(trx, row)
          await publish(trx, [adjustmentEvent(adjustmentRequested, row, currency)], nowMs)
        })
      else await apply(engine, context, currency, row, true)
      return row
    },
  )
}

/** A second person decides on an adjustment that waits. */
export async function decideAdjustment(
  engine: Engine,
  context: ReadContext,
  id: string,
  decision: 'approve' | 'reject',
  decider: Person,
): Promise<rows.Adjustment> {
  const { db, nowMs } = context
  const known = await rows.getAdjustment(db, id)
  if (known === undefined) throw notFound(`adjustment ${id}`, '/v1/adjustments')
  return once(
    engine,
    context,
    `adjustment ${known.key}`,
    async () => undefined,
    () => true,
    async () => {
      const found = (await rows.getAdjustment(db, id)) as rows.Adjustment
      if (found.status !== 'pending') throw new Refusal('conflict', `the adjustment is ${found.status}`)
      assertAnotherPerson(found, decider)
      const status = decision === 'approve' ? ('applied' as const) : ('rejected' as const)
      const decided = { ...found, status, decidedBy: decider.id, decidedAt: new Date(nowMs) }
      const { currency } = await getRow(db, 'account', found.accountId)
      if (decision === 'reject')
        await inTransaction(db, async (trx) => {
          await rows.updateAdjustment(trx, decided)
          await publish(trx, [adjustmentEvent(adjustmentRejected, decided, currency)], nowMs)
        })
      else await apply(engine, context, currency, decided, false)
      return decided
    },
  )
}

function adjustmentEvent(type: typeof balanceAdjusted, adjustment: rows.Adjustment, currency: string): NewEvent {
  const { id: objectId, accountId, key, reason, content } = adjustment
  return eventOf(type, { objectId, accountId }, { ...content, key, reason, currency })
}

async function apply(
  engine: Engine,
  { tenant, nowMs }: ReadContext,
  currency: string,
  adjustment: rows.Adjustment,
  isNew: boolean,
): Promise<void> {
  const { accountId, key, reason, content } = adjustment
  const { direction, unit, source, ...terms } = content
  const minor = unit === null ? positiveMinor(content.amount, currency) : 0n
  const amount = unit === null ? minor : unitsOf(content.amount)
  const lot = lotDraft(source, { currency, unit, amount }, terms, `adjust:${key}`, nowMs)
  await engine.onAccounts(tenant.name, {
    accountIds: [accountId],
    nowMs,
    decide: ([operation]) => {
      if (operation === undefined) return
      if (direction === 'credit') {
        assertRoom(operation)
        openLot(operation, lot, 'adjust')
      } else if (!takeOwnMoney(operation, lot.amount, 'adjust'))
        throw new Refusal('insufficient_balance', 'the account has less paid money that is free')
    },
    commitHook: async (trx, { events }) => {
      const db = inSchema(trx, tenant.schema)
      if (isNew) await rows.insertAdjustment(db, adjustment)
      else await rows.updateAdjustment(db, adjustment)
      const signed = direction === 'credit' ? minor : -minor
      const text = unit === null ? formatMinor(signed, currency) : content.amount
      const kind = direction === 'credit' ? `adjust:${source}` : 'adjust'
      await insertEntries(db, [{ accountId, kind, unit, amount: text, key, note: reason }], nowMs)
      if (unit === null && (direction === 'debit' || source === 'paid'))
        await postEntry(db, 'balance_adjusted', adjustment.id, postingsOf(accountId, currency, signed), nowMs)
      await publish(db, [adjustmentEvent(balanceAdjusted, adjustment, currency), ...events], nowMs)
    },
  })
}
