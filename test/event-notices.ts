import type { EventWalk } from './event-walk.ts'

/** Walks through what customers are told: contacts, what they want, and a notice that cannot go, as there is no mail server. */
export async function walkNotices(walk: EventWalk): Promise<void> {
  const ann = { reference: 'ann' }
  const person = { key: 'accountant', name: 'Bob Pay', email: 'bob@example.org', roles: ['payer'] }
  const contact = await walk.ask('POST /v1/customers/{reference}/contacts', ann, { body: person }, ['contact.created'])
  const id = String(contact['id'])
  await walk.ask('PATCH /v1/contacts/{id}', { id }, { body: { language: 'de' } }, ['contact.updated'])
  const said = { kind: 'news', channel: 'email', isWanted: true }
  const preferences = 'POST /v1/customers/{reference}/notice-preferences'
  await walk.ask(preferences, ann, { body: said }, ['notice_preference.set'])
  const trial = { kind: 'payment_reminder', account: 'ann', channel: 'email', to: 'ann@example.org' }
  const asked = ['notice.requested', 'notice.failed']
  const { id: notice } = await walk.ask('POST /v1/notice-trials', {}, { body: trial }, asked)
  await walk.ask('POST /v1/notices/{id}/resend', { id: String(notice) }, { body: {} }, asked)
  const news = { kind: 'news', account: 'ann', key: 'news', data: { headline: 'A', body: 'B' } }
  await walk.ask('POST /v1/notices', {}, { body: news }, ['notice.requested'])
  const template = { kind: 'receipt', language: 'en', text: 'Paid: {{ number }}' }
  for (const decision of ['approve', 'reject']) {
    const { id: version } = await walk.ask('POST /v1/notice-templates', {}, { body: template }, [
      'notice_template.drafted',
    ])
    const decided = decision === 'approve' ? 'notice_template.approved' : 'notice_template.rejected'
    await walk.ask(`POST /v1/notice-templates/{id}/${decision}`, { id: String(version) }, { body: {} }, [decided])
  }
  await walk.ask('DELETE /v1/contacts/{id}', { id }, {}, ['contact.removed'])
  const settings = '/v1/settings/notices'
  await walk.ask(`PUT ${settings}`, {}, { body: { values: { mostPerDay: 5 } } }, ['settings.changed'])
  await walk.ask(`DELETE ${settings}`, {}, {}, ['settings.removed'])
}
