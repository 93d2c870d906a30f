import type { FastifyRequest } from 'fastify'
import type * as openid from 'openid-client'
import { systemClock } from '../../platform/clock.ts'
import type { OidcSettings } from '../../platform/config.ts'
import type { Database } from '../../platform/db.ts'
import { overloaded } from '../../platform/gate.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret, sha256 } from '../../platform/secret-codes.ts'
import { accept } from './invitations.ts'
import { listInvitations } from './links.ts'
import { findUser, getUser, type UserRow } from './members.ts'

/** How long somebody may take at the identity provider. */
const SIGN_IN_MS = 600_000
/** Sign-ins under way; whoever begins more is turned away. */
const MAX_UNDER_WAY = 10_000
/** How long what a provider says of itself is believed. */
const DISCOVERED_MS = 3_600_000
/** How long a provider may take to answer. */
const TIMEOUT_SECONDS = 10
const SCOPE = 'openid email profile'

/** Whom an identity provider has signed in. */
export interface Identity {
  readonly issuer: string
  readonly subject: string
  readonly name: string | null
  /** In lower case; null where the provider does not vouch for it. */
  readonly verifiedEmail: string | null
}

interface Discovered {
  readonly client: typeof openid
  readonly provider: openid.Configuration
  readonly untilMs: number
}

/**
 * Sign-in at an identity provider: OpenID Connect, authorization code with PKCE, state and nonce. What has to come back to
 * the same browser is kept in the database below the hash of a cookie, and is used once.
 */
export class Oidc {
  readonly settings: OidcSettings
  private readonly db: Database
  private readonly redirectUri: () => string
  private discovered: Promise<Discovered> | null = null

  /** @param db in the schema of the platform @param redirectUri where the provider sends browsers back to */
  constructor(settings: OidcSettings, db: Database, redirectUri: () => string) {
    this.settings = settings
    this.db = db
    this.redirectUri = redirectUri
  }

  /** @returns where the browser is to go, and the cookie that it has to bring back. */
  async begin(returnTo: string): Promise<{ url: string; cookie: string; maxAgeSeconds: number }> {
    const { client, provider } = await this.discover()
    const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
    const { text: cookie } = newSecret()
    const nowMs = systemClock.nowMs()
    await this.db.deleteFrom('oidcSignIn').where('expiresAt', '<', new Date(nowMs)).execute()
    const counted = await this.db
      .selectFrom('oidcSignIn')
      .select((on) => on.fn.countAll().as('count'))
      .executeTakeFirst()
    if (Number(counted?.['count'] ?? 0) >= MAX_UNDER_WAY) throw overloaded('sign-ins are under way')
    const expiresAt = new Date(nowMs + SIGN_IN_MS)
    const row = { cookieSha256: sha256(cookie), state, nonce, verifier, returnTo, expiresAt }
    await this.db.insertInto('oidcSignIn').values(row).execute()
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: this.redirectUri(),
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    return { url: url.href, cookie, maxAgeSeconds: SIGN_IN_MS / 1000 }
  }

  /**
   * Exchanges the code that a browser brings back for what the provider says of its user.
   * @throws Refusal `sign_in_failed` where anything of it does not fit
   */
  async finish(cookie: string | null, request: FastifyRequest): Promise<{ identity: Identity; returnTo: string }> {
    const begun =
      cookie === null
        ? undefined
        : await this.db
            .deleteFrom('oidcSignIn')
            .where('cookieSha256', '=', sha256(cookie))
            .where('expiresAt', '>', new Date(systemClock.nowMs()))
            .returningAll()
            .executeTakeFirst()
    if (begun === undefined) throw new Refusal('sign_in_failed', 'this browser has begun no sign-in, or took too long')
    const { client, provider } = await this.discover()
    const answered = new URL(this.redirectUri())
    answered.search = request.url.split('?')[1] ?? ''
    const { state, nonce, verifier, returnTo } = begun
    try {
      const tokens = await client.authorizationCodeGrant(provider, answered, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims() as openid.IDToken
      // Some providers send the address only when it is requested.
      const isTold = claims['email'] !== undefined || provider.serverMetadata().userinfo_endpoint === undefined
      const told = isTold ? claims : await client.fetchUserInfo(provider, tokens.access_token, claims.sub)
      return { identity: identityOf(claims, told), returnTo }
    } catch (error) {
      request.log.info({ err: error, requestId: request.id }, 'a sign-in at the identity provider failed')
      throw new Refusal('sign_in_failed', 'the identity provider has not signed you in, or its answer does not fit')
    }
  }

  /** The library is loaded when somebody signs in so, for the first time. */
  private async discover(): Promise<Discovered> {
    const known = await this.discovered?.catch(() => null)
    if (known != null && known.untilMs > systemClock.nowMs()) return known
    this.discovered = this.load()
    return this.discovered.catch((error: unknown) => {
      throw new Refusal('unprocessable', `the identity provider cannot be asked: ${String(error)}`)
    })
  }

  private async load(): Promise<Discovered> {
    const client = await import('openid-client')
    const { issuer, clientId, clientSecret } = this.settings
    const provider = await client.discovery(
      new URL(issuer),
      clientId,
      clientSecret ?? undefined,
      clientSecret === null ? client.None() : undefined,
      {
        timeout: TIMEOUT_SECONDS,
        // Signatures are verified although the answer came from the provider itself. Plain HTTP is for this machine alone.
        execute: [client.enableNonRepudiationChecks, ...(isLocal(issuer) ? [client.allowInsecureRequests] : [])],
      },
    )
    return { client, provider, untilMs: systemClock.nowMs() + DISCOVERED_MS }
  }
}

function isLocal(issuer: string): boolean {
  return /^http:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?(\/|$)/.test(issuer)
}

function identityOf({ iss, sub }: openid.IDToken, told: Readonly<Record<string, unknown>>): Identity {
  const { email, email_verified: isVerified, name } = told
  const verifiedEmail = typeof email === 'string' && isVerified === true ? email.toLowerCase() : null
  return { issuer: iss, subject: sub, name: typeof name === 'string' ? name.slice(0, 200) : null, verifiedEmail }
}

/**
 * The user whom an identity provider knows. One that it does not know yet is linked by an address that the provider vouches
 * for, and only where somebody has invited this address; further invitations to it are accepted, too.
 */
export async function userOfIdentity(trx: Database, identity: Identity): Promise<UserRow> {
  const { issuer, subject, verifiedEmail, name } = identity
  const known = await trx
    .selectFrom('userIdentity')
    .select('userId')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  let user = known === undefined ? null : await getUser(trx, known['userId'] as string)
  const invitations = verifiedEmail === null ? [] : await listInvitations(trx, { email: verifiedEmail })
  const claimed = verifiedEmail === null ? null : await findUser(trx, { email: verifiedEmail })
  if (user === null && invitations.length === 0)
    throw new Refusal('forbidden', 'nobody has invited an address that the identity provider vouches for')
  if (user === null && claimed?.isEmailClaimed === true)
    throw new Refusal(
      'forbidden',
      'an account says that it has your address, which nobody has proven: it has to give it up',
    )
  for (const { id, email } of invitations)
    if (user === null || user.email === email)
      user = await accept(trx, id, { name: name ?? email, passwordHash: null }, true)
  const found = user as UserRow
  if (known !== undefined) return found
  const now = new Date(systemClock.nowMs())
  await trx.insertInto('userIdentity').values({ issuer, subject, userId: found.id, linkedAt: now }).execute()
  // Whoever held a link to this account is not the one whom the provider knows.
  await trx.updateTable('appUser').set({ vouchedBy: null }).where('id', '=', found.id).execute()
  return { ...found, vouchedBy: null }
}
