import type { FastifyReply, FastifyRequest } from 'fastify'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { Guesses } from '../../platform/guesses.ts'
import { SESSION_COOKIE, setCookie } from '../../platform/http/session-cookie.ts'
import { Refusal } from '../../platform/problems.ts'
import { digestOfCode } from '../../platform/secret-codes.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import { findUser, tenantsOfUser, type UserRow } from './members.ts'
import type { Passwords } from './passwords.ts'
import { SESSION_MS, type SessionRow, type Sessions } from './sessions.ts'
import { stepOfCode } from './totp.ts'
import { totpSecretOf } from './totp-secrets.ts'

/** Wrong attempts in a quarter of an hour: at one account from one address, at one account, and from one address. */
const MOST = { accountFromAddress: 5, account: 30, address: 50 }

export interface Credentials {
  readonly password: string
  /** Of the authenticator. */
  readonly code?: string | undefined
  readonly recoveryCode?: string | undefined
}

/** A second factor that fits and is to be used up; null where the user has none. */
export type Factor = { readonly step: number } | { readonly recovery: Buffer } | null

/** Finds out whether somebody is who they say. */
export class SignIn {
  private readonly db: Database
  private readonly passwords: Passwords
  private readonly sessions: Sessions
  private readonly ring: KeyRing
  private readonly guesses = new Guesses()

  constructor(db: Database, ring: KeyRing, passwords: Passwords, sessions: Sessions) {
    this.db = db
    this.ring = ring
    this.passwords = passwords
    this.sessions = sessions
  }

  /**
   * Compares password and second factor, and uses nothing up. A user who is not there, one without a password and a wrong
   * password are answered alike, after the same work.
   */
  async verify(
    email: string,
    credentials: Credentials,
    request: FastifyRequest,
  ): Promise<{ user: UserRow; factor: Factor }> {
    return this.guess(email, request.ip, async () => {
      const user = await findUser(this.db, { email })
      // So that the audit log says whose account it was, also where the password does not fit.
      if (user !== null && request.caller.kind === 'nobody') request.caller = await this.callerOf(user)
      const fits = await this.passwords.verify(credentials.password, user?.passwordHash ?? null, request.ip)
      if (user === null || !fits) throw new Refusal('sign_in_failed', 'the e-mail address and the password do not fit')
      return { user, factor: await this.factorOf(user, credentials) }
    })
  }

  /** Runs an attempt that may be a guess at an account. */
  async guess<T>(email: string, ip: string, work: () => Promise<T>): Promise<T> {
    const guessers = [
      { name: `account ${email} from ${ip}`, most: MOST.accountFromAddress },
      { name: `account ${email}`, most: MOST.account },
      { name: `address ${ip}`, most: MOST.address },
    ]
    return this.guesses.attempt(guessers, systemClock.nowMs(), work, isWrong)
  }

  private async factorOf(user: UserRow, { code, recoveryCode }: Credentials): Promise<Factor> {
    if (user.totpSecret === null || user.totpSince === null) return null
    if (code !== undefined) {
      const secret = totpSecretOf(this.ring, user)
      const step = secret && stepOfCode(secret, code, systemClock.nowMs(), Number(user.totpStep))
      if (step !== null) return { step }
    } else if (recoveryCode !== undefined) {
      const recovery = digestOfCode(recoveryCode)
      const known = await this.db
        .selectFrom('recoveryCode')
        .select('userId')
        .where('userId', '=', user.id)
        .where('codeSha256', '=', recovery)
        .where('usedAt', 'is', null)
        .executeTakeFirst()
      if (known !== undefined) return { recovery }
    } else
      throw new Refusal('second_factor_required', 'send the code of your authenticator, or a recovery code', {
        isMissing: true,
      })
    throw new Refusal('second_factor_required', 'this code does not fit, or was used already')
  }

  /** Opens a session, and gives it to the browser. */
  async complete(
    trx: Database,
    { user, factor }: { readonly user: UserRow; readonly factor: Factor },
    way: SessionRow['way'],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ sessionId: string }> {
    await useUp(trx, user, factor)
    const place = { ip: request.ip, userAgent: request.headers['user-agent'] ?? '' }
    const { id, text } = await this.sessions.open(trx, user.id, way, place)
    request.caller = { ...(await this.callerOf(user)), sessionId: id }
    void reply.header('set-cookie', setCookie(SESSION_COOKIE, text, SESSION_MS / 1000))
    return { sessionId: id }
  }

  /** The user as a caller of routes about the own account. */
  async callerOf({ id, vouchedBy }: UserRow): Promise<FastifyRequest['caller']> {
    const tenants = (await tenantsOfUser(this.db, id)).map(({ name }) => name)
    return { kind: 'user', id, person: vouchedBy ?? id, tenantName: '', scopes: [], userId: id, tenants }
  }
}

/** A second factor opens once. */
export async function useUp(trx: Database, { id }: UserRow, factor: Factor): Promise<void> {
  if (factor === null) return
  const used =
    'step' in factor
      ? await trx
          .updateTable('appUser')
          .set({ totpStep: factor.step })
          .where('id', '=', id)
          .where('totpStep', '<', BigInt(factor.step))
          .returning('id')
          .execute()
      : await trx
          .updateTable('recoveryCode')
          .set({ usedAt: new Date(systemClock.nowMs()) })
          .where('userId', '=', id)
          .where('codeSha256', '=', factor.recovery)
          .where('usedAt', 'is', null)
          .returning('userId')
          .execute()
  if (used.length === 0) throw new Refusal('second_factor_required', 'this code was used already')
}

/** A code that is asked for is no guess; everything else that does not fit is one. */
function isWrong(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false
  return (
    error.code === 'sign_in_failed' || (error.code === 'second_factor_required' && error.extra['isMissing'] !== true)
  )
}
