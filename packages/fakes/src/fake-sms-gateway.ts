import { createHmac } from 'node:crypto'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'
import { type ChannelRequest, type ChannelServerAnswer, FakeChannelServer } from './fake-channel-server.ts'

export interface GatewayAccount {
  readonly user: string
  readonly secret: string
  readonly callbackSecret: string
}

type Fields = Readonly<Record<string, string>>

/**
 * A gateway of short messages that speaks as Twilio does (`/2010-04-10/Accounts/…`), and, at `/messages`, in the generic shape. Numbers that begin with `+380000` are not there, those that
 * begin with `+380001` turn out not to be, and people of `+380002` have written STOP.
 */
export class FakeSmsGateway extends FakeChannelServer {
  readonly inbox: { readonly to: string; readonly text: string }[] = []
  private readonly account: GatewayAccount
  private reported: SignedMessage[] = []
  private count = 0

  constructor(account: GatewayAccount) {
    super()
    this.account = account
  }

  /** The receipts that were sent since the last time. */
  takeReceipts(): SignedMessage[] {
    return this.reported.splice(0)
  }

  protected override busy(): ChannelServerAnswer {
    return { status: 429, headers: { 'retry-after': '7' }, body: { code: 20429, message: 'Too Many Requests' } }
  }

  protected override answer(request: ChannelRequest): ChannelServerAnswer {
    return request.path === '/messages' ? this.generic(request) : this.twilio(request)
  }

  private twilio({ path, headers, body }: ChannelRequest): ChannelServerAnswer {
    const { user, secret } = this.account
    const basic = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`
    if (headers.authorization !== basic || path !== `/2010-04-10/Accounts/${user}/Messages.json`)
      return { status: 401, body: { code: 20003, message: `Authenticate: ${headers.authorization}` } }
    const { To = '', Body = '', StatusCallback } = Object.fromEntries(new URLSearchParams(body.toString())) as Fields
    const refuse = (code: number, message: string): ChannelServerAnswer => ({ status: 400, body: { code, message } })
    if (To.startsWith('+380000')) return refuse(21211, `The 'To' number ${To} is not a valid phone number`)
    if (To.startsWith('+380002')) return refuse(21610, 'Attempt to send to unsubscribed recipient')
    if (Body.length > 1_600) return refuse(21617, 'The concatenated message body exceeds the 1600 character limit')
    const id = `SM${String(++this.count).padStart(32, '0')}`
    const bounces = To.startsWith('+380001')
    if (!bounces) this.inbox.push({ to: To, text: Body })
    if (StatusCallback !== undefined) this.reportAsTwilio(StatusCallback, id, To, bounces)
    return { status: 201, body: { sid: id, status: 'queued', num_segments: '1', error_code: null } }
  }

  private reportAsTwilio(url: string, id: string, to: string, bounces: boolean): void {
    const states = ['sent', bounces ? 'undelivered' : 'delivered']
    for (const state of states.slice(1)) {
      const fields = {
        ...{ SmsSid: id, MessageStatus: state, MessageSid: id, To: to, AccountSid: this.account.user },
        ...(bounces ? { ErrorCode: '30005' } : {}),
      }
      const signed = Object.keys(fields).sort().map((name) => name + (fields as Fields)[name]).join('')
      const signature = createHmac('sha1', this.account.secret).update(url + signed).digest('base64')
      const headers = { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' }
      this.reported.push({ headers, body: Buffer.from(new URLSearchParams(fields as never).toString()) })
    }
  }

  private generic({ headers, body }: ChannelRequest): ChannelServerAnswer {
    if (headers.authorization !== `Bearer ${this.account.secret}`) return { status: 401, body: { error: 'unauthorised' } }
    const { to = '', text = '', callback } = JSON.parse(body.toString()) as Fields
    if (to.startsWith('+380000')) return { status: 422, body: { error: 'no_such_address' } }
    const id = `g-${++this.count}`
    const bounces = to.startsWith('+380001')
    if (!bounces) this.inbox.push({ to, text })
    if (callback !== undefined) {
      const told = bounces ? { id, state: 'failed', error: 'no_such_address' } : { id, state: 'delivered' }
      const bytes = Buffer.from(JSON.stringify(told))
      const signature = createHmac('sha256', this.account.callbackSecret).update(bytes).digest('hex')
      this.reported.push({ headers: { 'x-signature': signature }, body: bytes })
    }
    return { status: 202, body: { id } }
  }
}
