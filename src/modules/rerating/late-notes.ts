import { listenInTransaction } from '../../platform/events/publish.ts'
import { getInvoice } from '../invoices/index.ts'
import { noteDocument } from './store.ts'

const PURPOSE = 're-rating '

/** What a note of a re-rating is for. */
export function purposeOf(reRatingId: string): string {
  return `${PURPOSE}${reRatingId}`
}

/**
 * Notes the document of an account also where it waited as a draft, and is issued when the re-rating is over.
 * @returns ends it
 */
export function noteLateDocuments(): () => void {
  return listenInTransaction({
    types: ['credit_note.issued', 'debit_note.issued'],
    handle: async (db, events) => {
      for (const { objectId } of events) {
        const { purpose, accountId, id } = await getInvoice(db, objectId)
        if (purpose.startsWith(PURPOSE)) await noteDocument(db, purpose.slice(PURPOSE.length), accountId, id)
      }
    },
  })
}
