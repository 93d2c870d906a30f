import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { getRow } from '../parties/index.ts'
import type { Delivery } from './delivery.ts'
import type { DocumentFormat, TransportName } from './ports.ts'
import { preferenceOf } from './preference.ts'
import { deliverySettings } from './settings.ts'
import { askForDelivery, changeDelivery, getDelivery, insertDelivery, lockDelivery } from './store.ts'

export interface SendRequest {
  readonly transport: TransportName
  readonly formats?: readonly DocumentFormat[] | undefined
  readonly to?: string | undefined
  readonly key?: string | undefined
}

type Document = Pick<Delivery, 'documentKind' | 'documentId' | 'number' | 'accountId'>

/** Has a document sent. Again with the same key, or without one by the same transport, it is the delivery that there is. */
export async function requestDelivery(
  db: Database,
  document: Document,
  { transport, to, key = transport, ...asked }: SendRequest,
  nowMs: number,
): Promise<Delivery> {
  if (to !== undefined && transport !== 'email')
    throw new Refusal(
      'unprocessable',
      `to: an address of e-mail, and this goes by ${transport}, where the customer says`,
    )
  if (document.documentKind === 'pro_forma' && transport !== 'email')
    throw new Refusal('unprocessable', 'a pro forma invoice is no invoice, and goes by e-mail alone')
  const { customerId } = await getRow(db, 'account', document.accountId)
  const formats = await formatsOf(db, document, customerId, transport, asked.formats)
  return insertDelivery(
    db,
    { ...document, customerId, key, transport, formats, origin: 'request', askedTo: to ?? null },
    nowMs,
  )
}

async function formatsOf(
  db: Database,
  { documentKind }: Document,
  customerId: string,
  transport: TransportName,
  asked: readonly DocumentFormat[] | undefined,
): Promise<readonly DocumentFormat[]> {
  if (documentKind === 'pro_forma' || transport === 'peppol') {
    const only = documentKind === 'pro_forma' ? 'pdf' : 'ubl'
    if (asked !== undefined && (asked.length > 1 || asked[0] !== only))
      throw new Refusal('unprocessable', `formats: what goes so is ${only} alone`)
    return [only]
  }
  return asked ?? (await preferenceOf(db, customerId)).formats ?? (await settingValues(db, deliverySettings)).formats
}

/**
 * Tries a delivery once more that has failed, or of which nobody knows. What was declined is another one for the peer; what is unknown stays the same, and the peer is asked first, where
 * it can be. A message of e-mail has the same Message-ID then, and may arrive twice.
 */
export async function retryDelivery(db: Database, id: string, nowMs: number): Promise<Delivery> {
  const row = await lockDelivery(db, id)
  if (row.state !== 'failed' && row.state !== 'unknown')
    throw new Refusal(
      'conflict',
      `the delivery is ${row.state}: one that has failed, or is unknown, can be tried again`,
    )
  const isAsked = row.state === 'unknown' && row.transport !== 'email'
  if (!isAsked) {
    const round = row.state === 'failed' ? row.round + 1 : row.round
    await changeDelivery(db, id, { state: 'queued', reason: null, said: null, sentAt: null, endedAt: null, round })
  }
  await askForDelivery(db, id, nowMs)
  return getDelivery(db, id)
}
