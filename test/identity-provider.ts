import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

type Claims = Readonly<Record<string, unknown>>

interface Begun {
  readonly challenge: string
  readonly redirectUri: string
  readonly claims: Claims
}

/** An identity provider in this process: OpenID Connect, authorization code with PKCE. Nobody has to type anything. */
export class IdentityProvider {
  /** Whom it signs in next. */
  user: Claims = {}
  /** Changes the claims of the next token, to see what a wrong one leads to. */
  spoil: (claims: Claims) => Claims = (claims) => claims
  /** Signs with a key that nobody knows. */
  isForging = false
  readonly clientId = 'kvit'
  readonly clientSecret = 'a secret of the client'
  private readonly server: Server
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  private readonly begun = new Map<string, Begun>()

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, headers, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers })
        response.end(body === undefined ? '' : JSON.stringify(body))
      })
    })
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private async answer(
    request: IncomingMessage,
  ): Promise<{ status: number; headers?: Record<string, string>; body?: object }> {
    const url = new URL(request.url ?? '', this.issuer)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return {
          status: 200,
          body: {
            issuer: this.issuer,
            authorization_endpoint: `${this.issuer}/authorize`,
            token_endpoint: `${this.issuer}/token`,
            jwks_uri: `${this.issuer}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
            code_challenge_methods_supported: ['S256'],
          },
        }
      case '/keys':
        return {
          status: 200,
          body: { keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }] },
        }
      case '/authorize':
        return { status: 302, headers: { location: this.authorize(url.searchParams) } }
      case '/token':
        return this.token(new URLSearchParams(await textOf(request)))
      default:
        return { status: 404 }
    }
  }

  private authorize(query: URLSearchParams): string {
    const code = randomUUID()
    const back = new URL(String(query.get('redirect_uri')))
    const claims = { ...this.user, nonce: query.get('nonce') }
    if (query.get('code_challenge_method') !== 'S256' || query.get('client_id') !== this.clientId)
      throw new Error('no PKCE, or another client')
    const challenge = String(query.get('code_challenge'))
    this.begun.set(code, { challenge, redirectUri: back.href, claims })
    back.searchParams.set('code', code)
    back.searchParams.set('state', String(query.get('state')))
    back.searchParams.set('authuser', '0')
    return back.href
  }

  private token(form: URLSearchParams): { status: number; body: object } {
    const code = String(form.get('code'))
    const begun = this.begun.get(code)
    this.begun.delete(code)
    const challenge = createHash('sha256')
      .update(String(form.get('code_verifier')))
      .digest('base64url')
    const isRight =
      begun?.challenge === challenge &&
      begun.redirectUri === form.get('redirect_uri') &&
      form.get('client_secret') === this.clientSecret
    if (!isRight) return { status: 400, body: { error: 'invalid_grant' } }
    const seconds = Math.floor(Date.now() / 1000)
    const claims = { iss: this.issuer, aud: this.clientId, iat: seconds, exp: seconds + 300, ...begun.claims }
    const key = this.isForging ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey : this.keys.privateKey
    const idToken = signed(this.spoil(claims), key)
    return {
      status: 200,
      body: { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken },
    }
  }
}

function signed(claims: Claims, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}
