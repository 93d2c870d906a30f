import { createHmac } from 'node:crypto'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'
import { type ChannelRequest, type ChannelServerAnswer, FakeChannelServer } from './fake-channel-server.ts'

/** Calls as Twilio makes them. Numbers of `+380000` are none, nobody has those of `+380001`, and those of `+380003` are engaged. */
export class FakeVoice extends FakeChannelServer {
  readonly inbox: { readonly to: string; readonly text: string }[] = []
  /** What each call was told to say and to do. */
  readonly scripts: string[] = []
  private readonly user: string
  private readonly secret: string
  private reported: SignedMessage[] = []
  private count = 0

  constructor(user: string, secret: string) {
    super()
    this.user = user
    this.secret = secret
  }

  /** The receipts that were sent since the last time. */
  takeReceipts(): SignedMessage[] {
    return this.reported.splice(0)
  }

  /** Reports something of a call. */
  report(url: string, fields: Readonly<Record<string, string>>): void {
    const signed = Object.keys(fields).sort().map((name) => name + fields[name]).join('')
    const signature = createHmac('sha1', this.secret).update(url + signed).digest('base64')
    const headers = { 'x-twilio-signature': signature, 'content-type': 'application/x-www-form-urlencoded' }
    this.reported.push({ headers, body: Buffer.from(new URLSearchParams(fields).toString()) })
  }

  protected override busy(): ChannelServerAnswer {
    return { status: 429, headers: { 'retry-after': '7' }, body: { code: 20429, message: 'Too Many Requests' } }
  }

  protected override answer({ path, headers, body }: ChannelRequest): ChannelServerAnswer {
    const basic = `Basic ${Buffer.from(`${this.user}:${this.secret}`).toString('base64')}`
    if (headers.authorization !== basic || path !== `/2010-04-10/Accounts/${this.user}/Calls.json`)
      return { status: 401, body: { code: 20003, message: 'Authenticate' } }
    const form = new URLSearchParams(body.toString())
    const [to, script, callback] = ['To', 'Twiml', 'StatusCallback'].map((name) => form.get(name) ?? '') as [string, string, string]
    if (to.startsWith('+380000')) return { status: 400, body: { code: 21211, message: `Invalid 'To' number ${to}` } }
    const id = `CA${String(++this.count).padStart(32, '0')}`
    const state = to.startsWith('+380001') ? 'failed' : to.startsWith('+380003') ? 'busy' : 'completed'
    this.scripts.push(script)
    if (state === 'completed') this.inbox.push({ to, text: spoken(script) })
    if (callback !== '') this.report(callback, { CallSid: id, CallStatus: state, To: to })
    return { status: 201, body: { sid: id, status: 'queued' } }
  }
}

function spoken(script: string): string {
  const [, text = ''] = /<Say language="[\w-]+">([^<]*)<\/Say>/.exec(script) ?? []
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}
