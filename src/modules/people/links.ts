import { timingSafeEqual } from 'node:crypto'
import { systemClock } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import type { Caller } from '../../platform/http/authorize.ts'
import type { ListRows } from '../../platform/http/list-page.ts'
import type { LinkKind } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { newSecret, readSecret } from '../../platform/secret-codes.ts'

/** How long links open: an invitation a week, a new password an hour. */
const LINK_MS: Readonly<Record<LinkKind, number>> = { invitation: 7 * 86_400_000, password_reset: 3_600_000 }

export interface LinkRow {
  readonly id: string
  readonly kind: LinkKind
  readonly secretSha256: Buffer
  readonly email: string
  readonly userId: string | null
  readonly tenant: string | null
  readonly roles: readonly string[] | null
  readonly madeBy: string
  readonly heldBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

type LinkDraft = Pick<LinkRow, 'kind' | 'email' | 'userId' | 'tenant' | 'roles'>

export interface NewLink {
  readonly id: string
  readonly expiresAt: Date
  /** What is sent as `Authorization: Link …`. */
  readonly token: string
}

/**
 * Makes a link, which takes the place of an open one for the same. Its text goes to who asks for it, as long as Kvit sends no
 * e-mail: so that person, unless it is the owner of the machine, might be the user, and is kept in `held_by`.
 */
export async function makeLink(trx: Database, draft: LinkDraft, maker: Caller): Promise<NewLink> {
  const { id, sha256, text } = newSecret()
  const nowMs = systemClock.nowMs()
  await endLinks(trx, draft)
  const expiresAt = new Date(nowMs + LINK_MS[draft.kind])
  const row = {
    ...draft,
    id,
    secretSha256: sha256,
    roles: draft.roles === null ? null : [...draft.roles],
    madeBy: maker.id,
    heldBy: maker.tenantName === null ? null : maker.person,
    createdAt: new Date(nowMs),
    expiresAt,
  }
  await trx.insertInto('userLink').values(row).execute()
  return { id, expiresAt, token: text }
}

/** Ends open links of one kind for one address, and of invitations for one tenant. */
export async function endLinks(
  trx: Database,
  { kind, email, tenant }: Pick<LinkRow, 'kind' | 'email' | 'tenant'>,
): Promise<void> {
  const query = trx
    .updateTable('userLink')
    .set({ endedAt: new Date(systemClock.nowMs()) })
    .where('kind', '=', kind)
    .where('email', '=', email)
    .where('endedAt', 'is', null)
  await (tenant === null ? query : query.where('tenant', '=', tenant)).execute()
}

/** @returns an open link of this kind with this secret. */
export async function findLink(db: Database, token: string, kind: LinkKind): Promise<LinkRow | null> {
  const secret = readSecret(token)
  if (secret === null) return null
  const row = await openLinks(db, kind).where('id', '=', secret.id).executeTakeFirst()
  const link = row as unknown as LinkRow | undefined
  return link !== undefined && timingSafeEqual(link.secretSha256, secret.sha256) ? link : null
}

/** Uses a link up. @throws Refusal where another request was faster. */
export async function useLink(trx: Database, id: string): Promise<LinkRow> {
  const now = new Date(systemClock.nowMs())
  const row = await trx
    .updateTable('userLink')
    .set({ endedAt: now })
    .where('id', '=', id)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) throw new Refusal('link_invalid', 'this link was used meanwhile')
  return row as unknown as LinkRow
}

/** Open invitations: of a tenant, or to an address. */
export async function listInvitations(db: Database, of: { tenant: string } | { email: string }): Promise<LinkRow[]> {
  const [column, value] = 'tenant' in of ? (['tenant', of.tenant] as const) : (['email', of.email] as const)
  const rows = openLinks(db, 'invitation').where(column, '=', value).orderBy('id').limit(MAX_INVITATIONS)
  return (await rows.execute()) as LinkRow[]
}

/** Invitations that a tenant may have open, and that a list shows. */
export const MAX_INVITATIONS = 500

function openLinks(db: Database, kind: LinkKind): ListRows {
  return db
    .selectFrom('userLink')
    .selectAll()
    .where('kind', '=', kind)
    .where('endedAt', 'is', null)
    .where('expiresAt', '>', new Date(systemClock.nowMs()))
}
