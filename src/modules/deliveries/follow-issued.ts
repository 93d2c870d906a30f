import type { Database } from '../../platform/db.ts'
import type { Subscriber } from '../../platform/events/event-feed.ts'
import type { StoredEvent } from '../../platform/events/event-type.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { getInvoice } from '../invoices/index.ts'
import { getRow } from '../parties/index.ts'
import type { TransportName } from './ports.ts'
import { NO_PREFERENCE, type Preference, preferencesOf } from './preference.ts'
import { mayBeParticipant } from './prepare.ts'
import { deliverySettings } from './settings.ts'
import { insertDelivery } from './store.ts'

/** Documents that are issued from now on go to their customers, as the settings or the customers say. */
export const followIssued: Subscriber = {
  name: 'deliveries',
  types: ['invoice.issued', 'credit_note.issued', 'debit_note.issued'],
  begins: 'now',
  handle: async (db, events) => {
    const settings = await settingValues(db, deliverySettings)
    const preferences = await preferencesOf(
      db,
      events.flatMap(({ customerId }) => customerId ?? []),
    )
    if (settings.onIssue.length === 0 && preferences.size === 0) return
    for (const event of events) {
      const preference = preferences.get(event.customerId ?? '') ?? NO_PREFERENCE
      const wanted = preference.transports ?? settings.onIssue
      if (wanted.length > 0) await deliver(db, event, { ...settings, wanted }, preference)
    }
  },
}

async function deliver(
  db: Database,
  { objectId, createdAt }: StoredEvent,
  { wanted, by, formats }: { wanted: readonly TransportName[]; by: 'first' | 'all'; formats: Preference['formats'] },
  preference: Preference,
): Promise<void> {
  const { id: documentId, accountId, document } = await getInvoice(db, objectId)
  const { customerId } = await getRow(db, 'account', accountId)
  const { email } = await getRow(db, 'customer', customerId)
  const hasAddress: Readonly<Record<TransportName, boolean>> = {
    folder: true,
    email: (preference.email ?? email) !== null,
    peppol: mayBeParticipant(document.buyer.electronicAddress),
  }
  const possible = wanted.filter((transport) => hasAddress[transport])
  // Where there is no address at all, the last way says so: nobody is left to wonder where the document is.
  const chosen = possible.length === 0 ? wanted.slice(-1) : by === 'all' ? possible : possible.slice(0, 1)
  for (const transport of chosen)
    await insertDelivery(
      db,
      {
        ...{ documentKind: 'invoice', documentId, key: transport, number: document.number, accountId, customerId },
        ...{ transport, origin: 'issue', askedTo: null },
        formats: transport === 'peppol' ? ['ubl'] : (preference.formats ?? formats ?? ['pdf']),
      },
      createdAt.getTime(),
    )
}
