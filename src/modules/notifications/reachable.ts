import type { NoticeChannel } from '../../core/notifications/channels.ts'
import { chooseRecipients } from '../../core/notifications/decide-send.ts'
import { findKind } from '../../core/notifications/kinds.ts'
import type { Database } from '../../platform/db.ts'
import { kindsSetUp } from './channels.ts'
import { type Contact, contactsOf, failingAddresses } from './contact-store.ts'
import { chainOf, noticeTerms } from './notice-settings.ts'

/**
 * Whether anybody who is to be told of a kind has an address for one of its ways, it is not known not to work, and the tenant has set up a channel to it. What
 * stands in the inbox alone reaches nobody.
 */
export async function isReachable(db: Database, accountId: string, kindName: string): Promise<boolean> {
  const kind = findKind(kindName)
  if (kind === undefined) throw new Error(`there is no kind of notices ${kindName}`)
  const query = db.selectFrom('account').innerJoin('customer', 'customer.id', 'account.customerId')
  const customer = await query
    .select(['customer.id as id', 'customer.email as email'])
    .where('account.id', '=', accountId)
    .executeTakeFirstOrThrow()
  const failing = await failingAddresses(db, customer.id)
  const works = (channel: NoticeChannel, address: string | null): boolean =>
    address !== null && !failing.some((one) => one.channel === channel && one.address === address)
  const people = chooseRecipients(kind, await contactsOf(db, [customer.id]), null)
  const chain = chainOf(await noticeTerms(db), kind)
  const kinds = await kindsSetUp(db)
  return people.some((person) =>
    chain.some(({ channel }) => kinds.has(channel) && works(channel, addressOf(person, channel, customer.email))),
  )
}

function addressOf(person: Contact | null, channel: NoticeChannel, ownEmail: string | null): string | null {
  if (person === null) return channel === 'email' ? ownEmail : null
  if (channel === 'email') return person.email
  return channel === 'sms' || channel === 'voice' ? person.phone : (person.addresses[channel] ?? null)
}
