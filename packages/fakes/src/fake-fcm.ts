import { type KeyObject, verify } from 'node:crypto'
import { type ChannelRequest, type ChannelServerAnswer, FakeChannelServer } from './fake-channel-server.ts'

/** Firebase Cloud Messaging, and who gives tokens for it. Apps whose token begins with `gone` are not there any more; those of `other` belong to another project. */
export class FakeFcm extends FakeChannelServer {
  readonly inbox: { readonly to: string; readonly title?: string; readonly body: string }[] = []
  /** How often a token was asked for. */
  asked = 0
  /** Tokens that were given hold no longer. */
  private readonly valid = new Set<string>()
  private readonly publicKey: KeyObject

  constructor(publicKey: KeyObject) {
    super()
    this.publicKey = publicKey
  }

  revoke(): void {
    this.valid.clear()
  }

  protected override busy(): ChannelServerAnswer {
    return { ...refusal(429, 'QUOTA_EXCEEDED', 'Quota exceeded'), headers: { 'retry-after': '7' } }
  }

  protected override answer({ path, headers, body }: ChannelRequest): ChannelServerAnswer {
    if (path === '/token') return this.giveToken(new URLSearchParams(body.toString()).get('assertion') ?? '')
    if (path !== '/v1/projects/kvit-test/messages:send') return refusal(404, 'NOT_FOUND', 'Requested entity was not found.')
    if (!this.valid.has(headers.authorization ?? '')) return refusal(401, 'UNAUTHENTICATED', 'Invalid credentials')
    const { message } = JSON.parse(body.toString()) as {
      message: { token: string; notification: { title?: string; body: string } }
    }
    const { token: to, notification } = message
    if (to.startsWith('gone')) return refusal(404, 'UNREGISTERED', 'Requested entity was not found.')
    if (to.startsWith('other')) return refusal(403, 'SENDER_ID_MISMATCH', 'SenderId mismatch')
    this.inbox.push({ to, ...notification })
    return { status: 200, body: { name: `projects/kvit-test/messages/${this.inbox.length}` } }
  }

  private giveToken(assertion: string): ChannelServerAnswer {
    this.asked++
    const [head = '', claims = '', signature = ''] = assertion.split('.')
    const isSigned = verify('sha256', Buffer.from(`${head}.${claims}`), this.publicKey, Buffer.from(signature, 'base64url'))
    const { scope, iss } = JSON.parse(Buffer.from(claims, 'base64url').toString() || '{}') as Record<string, unknown>
    if (!isSigned || iss !== 'kvit@example.com' || !String(scope).endsWith('/firebase.messaging'))
      return { status: 400, body: { error: 'invalid_grant' } }
    const token = `ya29.${this.asked}`
    this.valid.add(`Bearer ${token}`)
    return { status: 200, body: { access_token: token, expires_in: 3_599, token_type: 'Bearer' } }
  }
}

function refusal(code: number, errorCode: string, message: string): ChannelServerAnswer {
  return { status: code, body: { error: { code, message, details: [{ errorCode }] } } }
}
