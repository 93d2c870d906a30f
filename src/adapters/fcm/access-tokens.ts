import { createHash, sign } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import type { OutsideAnswer, OutsideHttp } from '../../platform/outside-http.ts'
import { jsonOf } from '../provider-http/channel-answers.ts'

/** Of a service account, as Google's console writes it into a file. */
export interface ServiceAccount {
  readonly projectId: string
  readonly email: string
  readonly privateKey: string
  readonly tokenUrl: string
}

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging'
const STATEMENT_SECONDS = 3_600
/** Before a token ends it is replaced. */
const SPARE_MS = 60_000
/** Of accounts whose tokens are kept. */
const MAX_KEPT = 1_000

/** @returns null where it is no key of a service account */
export function serviceAccountOf(text: string): ServiceAccount | null {
  const { project_id: projectId, client_email: email, private_key: privateKey, token_uri: tokenUrl } = jsonOf(text)
  const all = [projectId, email, privateKey, tokenUrl]
  if (!all.every((one) => typeof one === 'string' && one !== '')) return null
  return { projectId, email, privateKey, tokenUrl } as ServiceAccount
}

/** Tokens of service accounts (RFC 7523), each asked for once in an hour. */
export class AccessTokens {
  private readonly http: OutsideHttp
  private readonly kept = new Map<string, { readonly token: string; readonly untilMs: number }>()

  constructor(http: OutsideHttp) {
    this.http = http
  }

  /** @returns the token; or the answer, where it was none. @throws Error where the private key is none */
  async find(account: ServiceAccount, signal: AbortSignal): Promise<string | OutsideAnswer> {
    const name = nameOf(account)
    const nowMs = systemClock.nowMs()
    const known = this.kept.get(name)
    if (known !== undefined && known.untilMs > nowMs) return known.token
    const body = new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: statementOf(account, Math.floor(nowMs / 1_000)),
    })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await this.http.ask(account.tokenUrl, { method: 'POST', headers, body: body.toString() }, signal)
    if (answer.status !== 200) return answer
    const { access_token: token, expires_in: seconds } = jsonOf(answer.text)
    if (typeof token !== 'string' || typeof seconds !== 'number') return { ...answer, status: 502 }
    if (this.kept.size >= MAX_KEPT) this.kept.clear()
    this.kept.set(name, { token, untilMs: nowMs + seconds * 1_000 - SPARE_MS })
    return token
  }

  /** A token that was refused is not used again. */
  forget(account: ServiceAccount): void {
    this.kept.delete(nameOf(account))
  }
}

function nameOf({ email, privateKey, tokenUrl }: ServiceAccount): string {
  return createHash('sha256')
    .update(JSON.stringify([email, privateKey, tokenUrl]))
    .digest('hex')
}

function statementOf({ email, privateKey, tokenUrl }: ServiceAccount, nowSeconds: number): string {
  const claims = { iss: email, scope: SCOPE, aud: tokenUrl, iat: nowSeconds, exp: nowSeconds + STATEMENT_SECONDS }
  const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  )
  return `${parts.join('.')}.${sign('sha256', Buffer.from(parts.join('.')), privateKey).toString('base64url')}`
}
