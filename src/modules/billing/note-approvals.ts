import type { WriteContext } from '../../platform/tenant.ts'
import { type ApprovalRequest, askApproval } from '../approvals/index.ts'
import { limitFor, nameOfDocument, readLimits } from '../balances/index.ts'
import type { Invoice } from '../invoices/index.ts'
import type { Asking } from './asking.ts'

/**
 * Whether a note or a void has to wait for a second person: above the limit of its kind, or of what is paid back with it. A void without
 * a limit of its own has that of credit notes. Example: the limit is 50.00: a credit of 50.01 EUR waits.
 * @returns the request that waits, or null: then it is issued at once
 */
export async function askForNote(
  db: WriteContext['db'],
  { id: subjectId, document: { number: subjectKey }, accountId, currency }: Invoice,
  { kind: asked, key, reason, text, content, asker }: Asking,
  { totalMinor, refundMinor }: { readonly totalMinor: bigint; readonly refundMinor: bigint },
  nowMs: number,
): Promise<ApprovalRequest | null> {
  if (asker === null) return null
  const kind = KINDS[asked]
  const isAllowed = await isNoteAllowed(db, currency, asker.person, { kind, totalMinor, refundMinor })
  const subject = { kind, subjectId, subjectKey, accountId, currency, reason: text ?? reason } as const
  return askApproval(db, { ...subject, content: { ...content, key }, amountMinor: totalMinor, isAllowed }, asker, nowMs)
}

const KINDS = { credit: 'credit_note', void: 'void', debit: 'debit_note' } as const

/** Whether a person may issue a note alone, by the limits of the tenant. */
export async function isNoteAllowed(
  db: WriteContext['db'],
  currency: string,
  person: string,
  {
    kind,
    totalMinor,
    refundMinor,
  }: { readonly kind: (typeof KINDS)[keyof typeof KINDS]; readonly totalMinor: bigint; readonly refundMinor: bigint },
): Promise<boolean> {
  const limits = await readLimits(db)
  const limitOf = (what: Parameters<typeof nameOfDocument>[0], without: bigint | null = null): bigint | null =>
    limitFor(limits, nameOfDocument(what, currency), person, without)
  const [most, mostBack] = [limitOf(kind, kind === 'void' ? limitOf('credit_note') : null), limitOf('refund')]
  return (most === null || totalMinor <= most) && (mostBack === null || refundMinor <= mostBack)
}
