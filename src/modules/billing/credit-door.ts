import { dayOf } from '../../core/base/period.ts'
import { planCredit } from '../../core/billing/credit-request.ts'
import { composeDocument } from '../../core/billing/plan-document.ts'
import { sumOf } from '../../core/tax/arithmetic/document-taxes.ts'
import { Refusal } from '../../platform/problems.ts'
import type { CreditDoor } from '../disputes/index.ts'
import { getInvoice } from '../invoices/index.ts'
import type { Asking, RequestParts } from './asking.ts'
import { scopeOf } from './credit-scope.ts'
import { loadToCorrect } from './document-to-correct.ts'
import { isNoteAllowed } from './note-approvals.ts'
import { creditOnRequest } from './on-request.ts'

/** How disputes come to credit notes: by the door that people have. */
export function creditDoorOf(parts: RequestParts): CreditDoor {
  return {
    plan: async (context, invoiceId, lines) => {
      const { invoice, facts, document } = await loadToCorrect(parts.engine, context, invoiceId)
      const asked = lines ?? invoice.document.lines.map(({ position }) => ({ line: position }))
      const each = asked.flatMap((part) => {
        const planned = planCredit(document, scopeOf(invoice, { lines: [part] }))
        if (!('refused' in planned))
          return [{ part, amountMinor: -sumOf(planned.lines.map(({ amountMinor }) => amountMinor)) }]
        // Of all lines those that lower others, or that nothing is left of, have nothing to say.
        if (lines === null) return []
        throw new Refusal('unprocessable', planned.refused)
      })
      if (each.length === 0)
        throw new Refusal('unprocessable', `nothing is left of ${invoice.document.number} to be disputed`)
      const all = planCredit(document, scopeOf(invoice, { lines: each.map(({ part }) => part) }))
      if ('refused' in all) throw new Refusal('unprocessable', all.refused)
      const moment = { day: dayOf(context.nowMs, facts.account.zone), purpose: 'dispute' }
      const { totalMinor } = composeDocument(facts, moment, all.lines, null)
      return {
        lines: each.map(({ part, amountMinor }) => ({ position: part.line, amountMinor })),
        totalMinor: -totalMinor,
      }
    },
    credit: async (context, invoiceId, { key, lines, text, money, requestedBy, reason: why }) => {
      const reason = why ?? ('disputed' as const)
      const draft = { reason, lines: [...lines], money, text, dryRun: false }
      const content = JSON.parse(JSON.stringify({ ...draft, dryRun: undefined })) as Asking['content']
      const asking: Asking = {
        ...{ kind: 'credit', key, reason, text, content, requestedBy, asker: null, dryRun: false },
      }
      const { id } = (await creditOnRequest(parts, context, invoiceId, asking, draft)) as { readonly id: string }
      return { id, totalMinor: -BigInt((await getInvoice(context.db, id)).totalMinor) }
    },
    isAllowed: async ({ db }, currency, totalMinor, { person }) =>
      isNoteAllowed(db, currency, person, { kind: 'credit_note', totalMinor, refundMinor: 0n }),
  }
}
