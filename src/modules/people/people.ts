import { systemClock } from '../../platform/clock.ts'
import type { OidcSettings } from '../../platform/config.ts'
import { type Database, inSchema } from '../../platform/db.ts'
import { Guesses } from '../../platform/guesses.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import type { LinkKind } from '../../platform/http/route.ts'
import { PLATFORM_SCHEMA } from '../../platform/migrations.ts'
import { Refusal } from '../../platform/problems.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import { accept, type NewUser } from './invitations.ts'
import { findLink, type LinkRow, type NewLink } from './links.ts'
import { findUser, tenantsOfUser, type UserRow } from './members.ts'
import { Oidc } from './oidc.ts'
import { Passwords } from './passwords.ts'
import { Sessions } from './sessions.ts'
import { SignIn } from './sign-in.ts'

/** Requests for a new password in a quarter of an hour, from one address. */
const MOST_RESETS = 20

/** Users, and how they get in. */
export class People {
  /** In the schema of the platform. */
  readonly db: Database
  readonly passwords = new Passwords()
  readonly sessions: Sessions
  readonly signIn: SignIn
  readonly oidc: Oidc | null
  /** Keys of what is encrypted at rest. */
  readonly ring: KeyRing
  private readonly resets = new Guesses()
  private readonly publicUrl: () => string

  /**
   * @param oidc an identity provider, if there is one
   * @param publicUrl where browsers find this server: links begin with it
   */
  constructor(db: Database, ring: KeyRing, oidc: OidcSettings | null, publicUrl: () => string) {
    this.db = inSchema(db, PLATFORM_SCHEMA)
    this.ring = ring
    this.publicUrl = publicUrl
    this.sessions = new Sessions(this.db)
    this.signIn = new SignIn(this.db, ring, this.passwords, this.sessions)
    this.oidc = oidc === null ? null : new Oidc(oidc, this.db, () => this.linkTo('v1/oidc/callback'))
  }

  /** Who has an open link; null where there is none. */
  async findLinkCaller(token: string, kind: LinkKind): Promise<Caller | null> {
    const link = await findLink(this.db, token, kind)
    if (link === null) return null
    const { id, userId, tenant } = link
    const ofUser = userId === null ? [] : (await tenantsOfUser(this.db, userId)).map(({ name }) => name)
    const tenants = tenant === null ? ofUser : [tenant]
    return { kind: 'link', id, person: userId ?? link.email, tenantName: '', scopes: [], userId, tenants }
  }

  /** A link as it is handed on. The secret comes after a `#`, which browsers send to no server. */
  linkView(email: string, kind: LinkKind, { id, token, expiresAt }: NewLink): object {
    const page = kind === 'invitation' ? 'invitation' : 'password-reset'
    return { id, email, link: `${this.linkTo(page)}#${token}`, token, expiresAt }
  }

  /** Where browsers find a path of this server. */
  linkTo(path: string): string {
    return `${this.publicUrl()}/${path}`
  }

  /** An invitation that is open, with the account of whoever is invited. */
  async invitationOf(linkId: string): Promise<{ link: LinkRow; user: UserRow | null }> {
    const row = await this.db.selectFrom('userLink').selectAll().where('id', '=', linkId).executeTakeFirstOrThrow()
    const link = row as unknown as LinkRow
    return { link, user: await findUser(this.db, { email: link.email }) }
  }

  async accept(trx: Database, link: LinkRow, newUser: NewUser | null, isProven: boolean): Promise<UserRow> {
    return accept(trx, link.id, newUser, isProven)
  }

  /** Addresses of users and names of keys, by their ids. */
  async namesOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map()
    const users = await this.db.selectFrom('appUser').select(['id', 'email as name']).where('id', 'in', ids).execute()
    const keys = await this.db.selectFrom('apiKey').select(['id', 'name']).where('id', 'in', ids).execute()
    return new Map([...users, ...keys].map((row) => [row['id'] as string, row['name'] as string]))
  }

  /** The same work whether there is such a user or not. */
  async noteResetRequest(trx: Database, email: string, ip: string): Promise<void> {
    const nowMs = systemClock.nowMs()
    const count = async (): Promise<never> => Promise.reject(new Refusal('sign_in_failed', ''))
    await this.resets
      .attempt([{ name: ip, most: MOST_RESETS }], nowMs, count, () => true)
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'sign_in_failed') return
        throw error
      })
    await trx
      .updateTable('appUser')
      .set({ resetRequestedAt: new Date(nowMs) })
      .where('email', '=', email)
      .execute()
  }
}
