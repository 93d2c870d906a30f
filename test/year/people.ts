import assert from 'node:assert/strict'
import type { Json } from '../../src/cli/client.ts'
import type { YearWorld } from './world.ts'

const SMS_THEN_MAIL = [{ channel: 'sms' }, { channel: 'email' }]
/** By what people are told: what they see in the inbox needs no e-mail besides. */
const KINDS = {
  payment_received: { chain: [] },
  service_blocked: { chain: SMS_THEN_MAIL },
  service_restored: { chain: SMS_THEN_MAIL },
  payment_reminder_final: { chain: SMS_THEN_MAIL },
  subscription_started: { on: false },
}

const numberOf = (account: string): number => Number(account.slice(1))

/** Of some people there is no e-mail address, or one that does not work. */
export function emailOf(account: string): string {
  const at = numberOf(account)
  if (at % 11 === 5) return ''
  return at % 7 === 3 ? `nobody-${account}@example.com` : `${account}@example.com`
}

/** Whom the tenant tells what: addresses that work and do not, telephones, what people do not want to hear; and the check that nothing stays unsaid without a reason. */
export class People {
  private readonly world: YearWorld
  private readonly accounts: readonly string[]

  constructor(world: YearWorld, accounts: readonly string[]) {
    this.world = world
    this.accounts = accounts
  }

  async begin(): Promise<void> {
    const { client } = this.world
    const values = { on: true, linkAddress: 'https://op.example', quietFrom: null, quietUntil: null, kinds: KINDS }
    await client.post('/v1/settings/notices', { values }, 'PUT')
    for (const account of this.accounts) {
      const at = numberOf(account)
      const email = emailOf(account) || null
      // Half of all have a telephone; some numbers are not there.
      const phone = `${at % 10 === 8 ? '+380000' : '+380441'}${String(at).padStart(6, '0')}`
      const contact = { key: 'self', name: account, email, phone, roles: ['payer', 'owner', 'technical'] }
      if (at % 2 === 0) await client.post(`/v1/customers/${account}/contacts`, contact)
      else if (at % 5 === 3)
        await client.post(`/v1/customers/${account}/notice-preferences`, {
          kind: 'receipt',
          channel: '*',
          isWanted: false,
        })
    }
  }

  /** News once a quarter, for those who have asked for it: nobody has. */
  async act(): Promise<void> {
    const { client, day } = this.world
    if (!/-0[1470]-10$|-10-10$/.test(day)) return
    for (const account of this.accounts.slice(0, 20)) {
      const data = { headline: 'A new plan', body: 'Twice the data.' }
      await client.post('/v1/notices', { kind: 'news', account, key: `news-${account}-${day}`, data })
    }
    await this.world.settle()
  }

  /** Each notice has a state and each message, too; what was not sent says why, and what was sent is where it was sent to. */
  async close(): Promise<void> {
    const { day, mail, sms } = this.world
    const strange = await this.world.rows(`select kind, state, reason from notice
        where state = 'new' or (state = 'suppressed') <> (reason is not null)
      union all select kind, state, reason from notice_send
        where state in ('sending', 'unknown') or (state in ('suppressed', 'failed', 'waiting') and reason is null)`)
    assert.deepEqual(strange, [], `${day}: every notice and message has a state and a reason`)
    const rows = await this.world.rows(
      `select channel, count(*)::int as n from notice_send where state in ('sent', 'delivered') group by 1`,
    )
    const sent = new Map(rows.map(({ channel, n }) => [channel, n]))
    assert.equal(sent.get('email') ?? 0, mail.inbox.length, `${day}: what the mail server has`)
    assert.equal(sent.get('sms') ?? 0, sms.inbox.length, `${day}: what the SMS gateway has`)
    const told = await this.world.rows(`select a.key from service_state s join account a on a.id = s.account_id
      where (select count(*) from notice n where n.account_id = a.id and n.kind in ('service_blocked', 'service_restored')) <>
        (select count(*) from event e where e.account_id = a.id and e.type in ('service.blocked', 'service.opened'))`)
    assert.deepEqual(told as Json[], [], `${day}: whose service changes is told, or there is a reason why not`)
  }
}
