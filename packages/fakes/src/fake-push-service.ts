import { createECDH, createPublicKey, type ECDH, randomBytes, verify } from 'node:crypto'
import { decrypt } from 'http_ece'
import { systemClock } from '../../../src/platform/clock.ts'
import { type ChannelRequest, type ChannelServerAnswer, FakeChannelServer } from './fake-channel-server.ts'

interface Browser {
  readonly to: string
  readonly key: ECDH
  readonly auth: Buffer
  /** The key of the sender that it subscribed with. */
  readonly sender: string
  isGone: boolean
}

/** A push service with its browsers, which read their messages by another implementation of the encryption than ours. */
export class FakePushService extends FakeChannelServer {
  readonly inbox: { readonly to: string; readonly title?: string; readonly body: string; readonly tag: string }[] = []
  private readonly url: string | null
  private readonly browsers = new Map<string, Browser>()
  private base = ''

  /** @param url by which browsers name it, where it is not that which it listens on */
  constructor(url: string | null = null) {
    super()
    this.url = url
  }

  override async listen(): Promise<string> {
    this.base = await super.listen()
    return this.base
  }

  /** A browser subscribes. @returns what it tells the sender, as `PushSubscription.toJSON()` writes it */
  subscribe(sender: string): string {
    const key = createECDH('prime256v1')
    key.generateKeys()
    const [auth, path] = [randomBytes(16), `/push/${randomBytes(12).toString('base64url')}`]
    const keys = { p256dh: key.getPublicKey('base64url'), auth: auth.toString('base64url') }
    const to = JSON.stringify({ endpoint: `${this.url ?? this.base}${path}`, expirationTime: null, keys })
    this.browsers.set(path, { to, key, auth, sender, isGone: false })
    return to
  }

  /** A browser unsubscribes. */
  leave(to: string): void {
    for (const browser of this.browsers.values()) if (browser.to === to) browser.isGone = true
  }

  protected override busy(): ChannelServerAnswer {
    return { status: 429, headers: { 'retry-after': '7' } }
  }

  protected override answer({ path, headers, body }: ChannelRequest): ChannelServerAnswer {
    const browser = this.browsers.get(path)
    if (browser === undefined) return { status: 404 }
    if (browser.isGone) return { status: 410, body: { reason: 'unsubscribed' } }
    if (!isSigned(headers.authorization ?? '', this.base, browser.sender)) return { status: 403, body: { reason: 'VAPID' } }
    if (body.length > 4_096) return { status: 413 }
    if (headers['ttl'] === undefined) return { status: 400, body: { reason: 'no TTL' } }
    if (headers['content-encoding'] !== 'aes128gcm') return { status: 415 }
    const plain = decrypt(body, { version: 'aes128gcm', privateKey: browser.key, authSecret: browser.auth })
    this.inbox.push({ to: browser.to, ...(JSON.parse(plain.toString('utf8')) as { body: string; tag: string }) })
    return { status: 201, headers: { location: `${this.base}/message/${this.inbox.length}` } }
  }
}

/** Whether the sender that a browser subscribed with has signed for this service, for a day at most (RFC 8292). */
function isSigned(authorization: string, base: string, sender: string): boolean {
  const [, head = '', claims = '', signature = '', key = ''] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? []
  if (key !== sender) return false
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.toString('base64url', 1, 33), point.toString('base64url', 33)]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  if (!verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')))
    return false
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  const left = Number(exp) - Math.floor(systemClock.nowMs() / 1_000)
  return aud === base && left > 0 && left <= 86_400 && /^(mailto|https):/.test(String(sub))
}
