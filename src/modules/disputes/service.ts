import { compare, decimal } from '../../core/base/decimal.ts'
import { formatMinor, parseMinor } from '../../core/base/money.ts'
import { newId } from '../../platform/clock.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { type ApprovalRequest, askApproval } from '../approvals/index.ts'
import { getInvoice } from '../invoices/index.ts'
import { lockAccount } from '../parties/index.ts'
import { disputeEvent } from './events.ts'
import type { CreditAsked, DisputeNeeds, LinePart } from './ports.ts'
import { reasonsOf } from './settings.ts'
import * as store from './store.ts'

export interface DisputeAsked {
  readonly key: string
  readonly reason: string
  readonly text: string | undefined
  /** All that is left of all lines where absent. */
  readonly lines: readonly LinePart[] | undefined
}

/** Opens a dispute; asked again with its key, the same one. */
export async function openDispute(
  { creditDoor }: DisputeNeeds,
  context: WriteContext,
  reference: string,
  { key, reason, text, lines }: DisputeAsked,
  { id: openedBy, person: openedByPerson }: Person,
): Promise<store.Dispute> {
  const { db, nowMs } = context
  const { id: invoiceId, accountId, currency, document } = await getInvoice(db, reference)
  await lockAccount(db, accountId)
  const known = await store.findDispute(db, key)
  if (known !== undefined) {
    const isSame = known.invoiceId === invoiceId && known.reasonCode === reason && known.text === (text ?? null)
    if (isSame && (await isOfLines(context, known, lines))) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another dispute`)
  }
  const reasons = await reasonsOf(db)
  if (!Object.hasOwn(reasons, reason))
    throw new Refusal('unprocessable', `reason: "${reason}" is none of ${Object.keys(reasons).join(', ')}`)
  const open = new Map((await store.openLinesOf(db, invoiceId)).map((one) => [one.position, one.key]))
  const asked = lines ?? null
  const planned = await creditDoor.plan(context, invoiceId, asked)
  const twice = planned.lines.find(({ position }) => open.has(position))
  if (twice !== undefined)
    throw new Refusal(
      'conflict',
      `line ${twice.position} of ${document.number} is disputed already: ${open.get(twice.position)}`,
    )
  const byPosition = new Map((lines ?? []).map((part) => [part.line, part]))
  const row: store.Dispute = {
    ...{ id: newId(), key, accountId, invoiceId, currency, amountMinor: String(planned.totalMinor) },
    ...{ reasonCode: reason, text: text ?? null, status: 'open', openedBy, openedByPerson, openedAt: new Date(nowMs) },
    ...{ decidedBy: null, decidedAt: null, decision: null, creditNoteId: null },
  }
  const rows = planned.lines.map(({ position, amountMinor }): store.DisputeLine => {
    const { amount, quantity = null } = byPosition.get(position) ?? {}
    const askedMinor = amount === undefined ? null : String(parseMinor(amount, currency))
    return {
      disputeId: row.id,
      invoiceId,
      position,
      askedMinor,
      quantity,
      amountMinor: String(amountMinor),
      isOpen: true,
    }
  })
  await store.insertDispute(db, row, rows)
  await publish(db, [disputeEvent(row, document.number, 'open')], nowMs)
  return row
}

async function isOfLines({ db }: WriteContext, known: store.Dispute, lines: DisputeAsked['lines']): Promise<boolean> {
  if (lines === undefined) return true
  const stored = await store.linesOf(db, [known.id])
  const said = (position: number, minor: bigint | string | null, quantity: string | null): string =>
    `${position} ${minor ?? ''} ${quantity ?? ''}`
  const before = stored.map((line) => said(line.position, line.askedMinor, line.quantity))
  const now = lines.map(({ line, amount, quantity = null }) =>
    said(line, amount === undefined ? null : parseMinor(amount, known.currency), quantity),
  )
  return before.toSorted().join() === now.toSorted().join()
}

export interface AcceptAsked extends Pick<CreditAsked, 'money' | 'text'> {
  /** Of what was disputed; all of it where absent. */
  readonly lines: readonly LinePart[] | undefined
}

/**
 * Accepts a dispute, or a part of it: a credit note takes it back, and the rest is owed.
 * @param asker null where a second person has agreed already
 * @returns the request that waits for a second person; null where it is done
 */
export async function acceptDispute(
  { creditDoor }: DisputeNeeds,
  context: WriteContext,
  dispute: store.Dispute,
  { lines, money, text }: AcceptAsked,
  { decidedBy, asker }: { readonly decidedBy: string; readonly asker: Person | null },
): Promise<ApprovalRequest | null> {
  const { db, nowMs } = context
  const { id, key, accountId, invoiceId, currency } = dispute
  assertOpen(dispute)
  const { document } = await getInvoice(db, invoiceId)
  const disputed = await store.linesOf(db, [id])
  const credited = lines === undefined ? disputed.map(toPart(currency)) : partsOf(dispute, disputed, lines)
  const { totalMinor, lines: planned } = await creditDoor.plan(context, invoiceId, credited)
  assertDisputed(currency, disputed, planned)
  if (asker !== null) {
    const isAllowed = await creditDoor.isAllowed(context, currency, totalMinor, asker)
    const content = { money, ...(lines === undefined ? {} : { lines }), ...(text === undefined ? {} : { text }) }
    const subject = { kind: 'dispute', subjectId: id, subjectKey: key, accountId, currency } as const
    const reason = text ?? `accepted: ${dispute.reasonCode}`
    const asked = { ...subject, reason, content, amountMinor: totalMinor, isAllowed }
    const waiting = await askApproval(db, asked, asker, nowMs)
    if (waiting !== null) return waiting
  }
  await store.closeDispute(db, id, {
    ...{ status: 'accepted', decidedBy, decidedAt: new Date(nowMs), decision: text ?? null },
  })
  const asked = { key: `dispute:${id}`, lines: credited, text, money, requestedBy: decidedBy }
  const note = await creditDoor.credit(context, invoiceId, asked)
  await store.setCreditNote(db, id, note.id)
  const more = { credited: formatMinor(note.totalMinor, currency), creditNoteId: note.id }
  await publish(db, [disputeEvent(dispute, document.number, 'accepted', more)], nowMs)
  return null
}

/** Rejects a dispute, or notes that it was withdrawn: its amount is owed, and money that is there settles it. */
export async function endDispute(
  { settleOpen }: DisputeNeeds,
  { db, nowMs }: WriteContext,
  dispute: store.Dispute,
  status: 'rejected' | 'withdrawn',
  decision: string | null,
  decidedBy: string,
): Promise<void> {
  assertOpen(dispute)
  const { id, accountId, invoiceId, currency } = dispute
  const { document } = await getInvoice(db, invoiceId)
  await store.closeDispute(db, id, { status, decidedBy, decidedAt: new Date(nowMs), decision })
  const more = status === 'rejected' ? { decision } : {}
  await publish(db, [disputeEvent(dispute, document.number, status, more)], nowMs)
  await settleOpen(db, accountId, currency, nowMs)
}

/** The dispute as it is under the lock on its account. */
export async function lockDispute({ db }: WriteContext, reference: string): Promise<store.Dispute> {
  const { id, accountId } = await store.getDispute(db, reference)
  await lockAccount(db, accountId)
  return store.getDispute(db, id)
}

function assertOpen({ key, status }: store.Dispute): void {
  if (status !== 'open') throw new Refusal('conflict', `the dispute ${key} is ${status}`)
}

function toPart(currency: string): (line: store.DisputeLine) => LinePart {
  return ({ position, amountMinor, quantity, askedMinor }) => ({
    line: position,
    ...(quantity === null || askedMinor !== null ? { amount: formatMinor(BigInt(amountMinor), currency) } : {}),
    ...(quantity === null ? {} : { quantity }),
  })
}

function partsOf(
  { currency, key }: store.Dispute,
  disputed: readonly store.DisputeLine[],
  lines: readonly LinePart[],
): LinePart[] {
  return lines.map((part) => {
    const found = disputed.find(({ position }) => position === part.line)
    if (found === undefined)
      throw new Refusal(
        'unprocessable',
        `lines: ${key} disputes lines ${disputed.map((one) => one.position).join(', ')}, not ${part.line}`,
      )
    const { amount, quantity } = part
    if (amount === undefined && quantity === undefined) return toPart(currency)(found)
    // Levies come back by units, besides the amount: what was disputed by an amount alone has none.
    const most = found.askedMinor === null ? null : '0'
    const units = found.quantity ?? most
    if (quantity !== undefined && units !== null && compare(decimal(quantity), decimal(units)) > 0)
      throw new Refusal('unprocessable', `lines: ${units} units of line ${part.line} are disputed, not ${quantity}`)
    return part
  })
}

/** Units and discounts have come to an amount by now: it is no more than was disputed of the line. */
function assertDisputed(
  currency: string,
  disputed: readonly store.DisputeLine[],
  planned: readonly { readonly position: number; readonly amountMinor: bigint }[],
): void {
  const most = new Map(disputed.map((line) => [line.position, BigInt(line.amountMinor)]))
  for (const { position, amountMinor } of planned) {
    const minor = most.get(position) ?? 0n
    if (amountMinor > minor)
      throw new Refusal(
        'unprocessable',
        `lines: ${formatMinor(minor, currency)} ${currency} of line ${position} is disputed, not ${formatMinor(amountMinor, currency)}`,
      )
  }
}
