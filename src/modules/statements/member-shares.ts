import type { MemberDocument, MemberShare } from '../../core/pages/members-page.ts'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { getInvoices, type Invoice, linesOfInvoice } from '../invoices/index.ts'
import { accountNames } from '../parties/index.ts'
import { sponsoredDocuments } from '../receivables/index.ts'

/** Documents that are read at once. */
const PAGE = 100

/**
 * What a sponsor's document bills for its members, with their documents that it pays for; none where it has no members.
 * @throws Refusal where their documents have more lines than are asked for
 */
export async function memberShares(db: Database, invoice: Invoice, maxLines: number): Promise<MemberShare[]> {
  const billed = (await linesOfInvoice(db, invoice.id)).filter(({ kind }) => kind === 'sponsored')
  if (billed.length === 0) return []
  const settled = await sponsoredDocuments(db, invoice, maxLines + 1)
  if (settled.length > maxLines) throw tooMany(maxLines)
  const documents = new Map<string, Omit<MemberDocument, 'sponsoredMinor'>>()
  let lines = 0
  for (let at = 0; at < settled.length; at += PAGE) {
    const ids = settled.slice(at, at + PAGE).map(({ invoiceId }) => invoiceId)
    for (const found of await getInvoices(db, ids)) {
      lines += found.document.lines.length
      if (lines > maxLines) throw tooMany(maxLines)
      documents.set(found.id, toldOf(found))
    }
  }
  const names = await accountNames(
    db,
    billed.map(({ cell }) => cell),
  )
  return billed.map(({ cell: memberId, amountMinor }) => {
    const own = settled
      .filter((one) => one.memberId === memberId)
      .flatMap(({ invoiceId, amountMinor: sponsoredMinor }) => {
        const told = documents.get(invoiceId)
        return told === undefined ? [] : [{ ...told, sponsoredMinor }]
      })
    return {
      account: names.get(memberId)?.account ?? memberId,
      customerName: names.get(memberId)?.customerName ?? '',
      amountMinor: BigInt(amountMinor),
      documents: own,
      otherMinor: own.reduce((rest, { sponsoredMinor }) => rest - sponsoredMinor, BigInt(amountMinor)),
    }
  })
}

function toldOf({ document }: Invoice): Omit<MemberDocument, 'sponsoredMinor'> {
  const { number, issuedOn, totals } = document
  const lines = document.lines.map(({ position, description, from, until, quantity, unit, amount }) => ({
    ...{ position, description, from, until, quantity, unit, amount },
  }))
  return { number, issuedOn, total: totals.total, lines }
}

function tooMany(maxLines: number): Refusal {
  return new Refusal('unprocessable', `documents of the members have more than ${maxLines} lines: take each by itself`)
}
