import type { ContactRole } from '../../core/notifications/channels.ts'
import type { Language } from '../../core/words/languages.ts'
import { anyOf, type Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'

/** Somebody at a customer. */
export interface Contact {
  readonly id: string
  readonly customerId: string
  readonly key: string
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  /** Of channels that have neither: the token of push, an id of a messenger. */
  readonly addresses: Readonly<Record<string, string>>
  readonly language: Language | null
  readonly zone: string | null
  readonly roles: readonly ContactRole[]
  readonly quietFrom: string | null
  readonly quietUntil: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly removedAt: Date | null
}

/** People of one customer, at most. */
const MOST_CONTACTS = 50

/** Those that are told, in the order in which they were named. */
export async function contactsOf(db: Database, customerIds: readonly string[]): Promise<Contact[]> {
  const query = db
    .selectFrom('contact')
    .selectAll()
    .where('customerId', '=', anyOf(customerIds))
    .where('removedAt', 'is', null)
  return (await query.orderBy('id').execute()) as Contact[]
}

/** @throws Refusal `not_found` */
export async function getContact(db: Database, id: string): Promise<Contact> {
  const query = db.selectFrom('contact').selectAll().where('id', '=', id).where('removedAt', 'is', null)
  const found = await query.executeTakeFirst()
  if (found === undefined)
    throw new Refusal(
      'not_found',
      `there is no contact ${id}; GET /v1/customers/{reference}/contacts (kvit contact list) shows those of a customer`,
    )
  return found as Contact
}

/** @throws Refusal `already_exists`, `unprocessable` where there are too many */
export async function insertContact(db: Database, contact: Contact): Promise<void> {
  const own = await contactsOf(db, [contact.customerId])
  if (own.length >= MOST_CONTACTS)
    throw new Refusal('unprocessable', `a customer has at most ${MOST_CONTACTS} contacts`)
  const { addresses, roles, ...row } = contact
  const query = db
    .insertInto('contact')
    .values({ ...row, addresses: JSON.stringify(addresses), roles: JSON.stringify(roles) })
    .onConflict((on) => on.columns(['customerId', 'key']).doNothing())
  const { numInsertedOrUpdatedRows = 0n } = await query.executeTakeFirst()
  if (numInsertedOrUpdatedRows === 0n)
    throw new Refusal('already_exists', `the customer has, or had, a contact ${contact.key}: take another key`)
}

export async function changeContact(db: Database, id: string, changes: Partial<Contact>): Promise<void> {
  const { addresses, roles, ...row } = changes
  const json = {
    ...(addresses === undefined ? {} : { addresses: JSON.stringify(addresses) }),
    ...(roles === undefined ? {} : { roles: JSON.stringify(roles) }),
  }
  await db
    .updateTable('contact')
    .set({ ...row, ...json })
    .where('id', '=', id)
    .execute()
}

/** An address works again, or somebody says so. */
export async function forgetFailures(db: Database, customerId: string, addresses: readonly string[]): Promise<void> {
  const query = db.deleteFrom('noticeAddress').where('customerId', '=', customerId)
  await query.where('address', '=', anyOf(addresses, 'text')).execute()
}

export interface FailingAddress {
  readonly channel: string
  readonly address: string
  readonly reason: string
  readonly notedAt: Date
}

export async function failingAddresses(db: Database, customerId: string): Promise<FailingAddress[]> {
  const query = db.selectFrom('noticeAddress').select(['channel', 'address', 'reason', 'notedAt'])
  return (await query.where('customerId', '=', customerId).execute()) as FailingAddress[]
}

export async function noteFailing(
  db: Database,
  customerId: string,
  { channel, address, reason, notedAt }: FailingAddress,
): Promise<void> {
  await db
    .insertInto('noticeAddress')
    .values({ customerId, channel, address, reason, notedAt })
    .onConflict((on) => on.doNothing())
    .execute()
}
