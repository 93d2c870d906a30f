import type { z } from 'zod'
import { present } from '../../core/base/assert.ts'
import { formatMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { getInvoice } from '../invoices/index.ts'
import { accountNames } from '../parties/index.ts'
import type { disputeAnswer } from './schemas.ts'
import { type Dispute, linesOf } from './store.ts'

export type DisputeView = z.input<typeof disputeAnswer>

export async function viewDisputes(db: Database, disputes: readonly Dispute[]): Promise<DisputeView[]> {
  const names = await accountNames(
    db,
    disputes.map(({ accountId }) => accountId),
  )
  const lines = Map.groupBy(
    await linesOf(
      db,
      disputes.map(({ id }) => id),
    ),
    ({ disputeId }) => disputeId,
  )
  return Promise.all(
    disputes.map(async ({ id, key, accountId, invoiceId, currency, amountMinor, reasonCode, creditNoteId, ...row }) => {
      const money = (minor: string): string => formatMinor(BigInt(minor), currency)
      const note = creditNoteId === null ? null : await getInvoice(db, creditNoteId)
      const { document } = await getInvoice(db, invoiceId)
      return {
        ...{ id, key, accountId, ...present(names.get(accountId), 'an account') },
        invoice: { id: invoiceId, number: document.number },
        ...{ currency, amount: money(amountMinor), reason: reasonCode, text: row.text, status: row.status },
        lines: (lines.get(id) ?? []).map((line) => ({
          ...{ line: line.position, amount: money(line.amountMinor), quantity: line.quantity },
        })),
        ...{ openedAt: row.openedAt.toISOString(), decidedAt: row.decidedAt?.toISOString() ?? null },
        decision: row.decision,
        creditNote: note === null ? null : { id: note.id, number: note.document.number, total: money(note.totalMinor) },
      }
    }),
  )
}
