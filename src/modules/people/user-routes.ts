import { z } from 'zod'
import { inSchema } from '../../platform/db.ts'
import { eventOf, type NewEvent } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { listOf, listQuery } from '../../platform/http/list-page.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { PLATFORM_SCHEMA } from '../../platform/migrations.ts'
import { Refusal } from '../../platform/problems.ts'
import * as told from './events.ts'
import { assertMayTakeOver, changeMember, invite, removeMember, resetPassword } from './invitations.ts'
import { endLinks, listInvitations } from './links.ts'
import { assertWithin, getMember, listMemberPage, type MemberRow } from './members.ts'
import { removeSecondFactor } from './own-account.ts'
import type { People } from './people.ts'
import * as roles from './roles.ts'
import { email, grantable, invitationShape, linkShape, roleName, roleNames, roleShape, userShape } from './shapes.ts'

const tag = 'Users'
const byReference = z.object({ reference: z.string().min(1).max(254).describe('Id or e-mail address') })
const endedKeys = z.array(z.uuid()).describe('Keys of the user that ended')
const keepKeys = z.boolean().default(false).describe('Keys of the user go on, whatever they may do')

/** The users of a tenant, for those who manage them. */
export function userRoutes(people: People): Route[] {
  const { db } = people
  return [
    writeRoute({
      url: '/v1/users',
      scope: 'users:write',
      tag,
      summary: 'Invite somebody to the tenant; the link is shown once, and is to be handed on',
      status: 201,
      hasSecret: true,
      body: z.strictObject({ email, roles: roleNames }),
      answer: linkShape,
      handle: async ({ db: trx, tenant, nowMs }, { body }, { caller }) => {
        const link = await invite(trx, tenant.name, body, caller)
        await publish(trx, [eventOf(told.userInvited, { objectId: link.id }, body)], nowMs)
        return people.linkView(body.email, 'invitation', link)
      },
    }),
    readRoute({
      url: '/v1/users',
      scope: 'users:read',
      tag,
      summary: 'List the users of the tenant',
      query: z.object({
        ...listQuery,
        text: listQuery.text.describe('A part of an e-mail address or name'),
        status: z.enum(['active', 'disabled']).optional(),
        role: roleName.optional().describe('Only those who have it'),
      }),
      answer: listOf(userShape),
      handle: async ({ tenant }, { query }) => {
        const page = await listMemberPage(db, tenant.name, query)
        return { ...page, items: page.items.map(userView) }
      },
    }),
    readRoute({
      url: '/v1/users/{reference}',
      scope: 'users:read',
      tag,
      summary: 'A user of the tenant',
      params: byReference,
      answer: userShape,
      handle: async ({ tenant }, { params }) => userView(await getMember(db, tenant.name, params.reference)),
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/users/{reference}',
      scope: 'users:write',
      tag,
      summary: 'Change the roles of a user in the tenant, or keep the user out of it for a while',
      params: byReference,
      body: z.strictObject({ roles: roleNames.optional(), disabled: z.boolean().optional(), keepKeys }),
      answer: userShape.extend({ endedKeys }),
      handle: async (context, { params, body }, { caller }) => {
        const member = await getMember(db, context.tenant.name, params.reference)
        const { endedKeys: ended, ...changed } = await changeMember(context.db, member, body, caller)
        await publish(context.db, [...changesOf(member, changed), ...told.keysEnded(ended)], context.nowMs)
        context.afterCommit({ kind: 'forget callers' })
        return { ...userView({ ...member, ...changed }), endedKeys: ended }
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/users/{reference}',
      scope: 'users:write',
      tag,
      summary: 'Take a user out of the tenant',
      params: byReference,
      query: z.object({ keepKeys: z.enum(['true', 'false']).default('false') }),
      answer: z.strictObject({ id: z.uuid(), endedKeys }),
      handle: async (context, { params, query }, { caller }) => {
        const member = await getMember(db, context.tenant.name, params.reference)
        const ended = await removeMember(context.db, member, query.keepKeys === 'true', caller)
        const removed = eventOf(told.userRemoved, { objectId: member.id }, {})
        await publish(context.db, [removed, ...told.keysEnded(ended)], context.nowMs)
        context.afterCommit({ kind: 'forget callers' })
        return { id: member.id, endedKeys: ended }
      },
    }),
    writeRoute({
      url: '/v1/users/{reference}/password-reset',
      scope: 'users:write',
      tag,
      summary: 'A link by which a user sets a new password; shown once, and to be handed on',
      status: 201,
      hasSecret: true,
      params: byReference,
      answer: linkShape,
      handle: async ({ db: trx, tenant, nowMs }, { params }, { caller }) => {
        const member = await getMember(db, tenant.name, params.reference)
        const link = await resetPassword(trx, member, caller)
        await publish(trx, [eventOf(told.resetLinkMade, { objectId: member.id }, {})], nowMs)
        return people.linkView(member.email, 'password_reset', link)
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/users/{reference}/second-factor',
      scope: 'users:write',
      tag,
      summary: 'Remove the second factor of a user who has lost it, and the recovery codes',
      params: byReference,
      answer: z.strictObject({ id: z.uuid(), secondFactor: z.literal(false) }),
      handle: async ({ db: trx, tenant, nowMs }, { params }, { caller }) => {
        const member = await getMember(db, tenant.name, params.reference)
        await assertMayTakeOver(db, member, caller)
        await removeSecondFactor(inSchema(trx, PLATFORM_SCHEMA), member.id)
        if (member.totpSince !== null)
          await publish(trx, [eventOf(told.secondFactorRemoved, { objectId: member.id }, {})], nowMs)
        return { id: member.id, secondFactor: false }
      },
    }),
    readRoute({
      url: '/v1/invitations',
      scope: 'users:read',
      tag,
      summary: 'List open invitations',
      answer: z.strictObject({ items: z.array(invitationShape) }),
      handle: async ({ tenant }) => ({
        items: (await listInvitations(db, { tenant: tenant.name })).map(
          ({ id, email: invited, roles: names, madeBy, createdAt, expiresAt }) => {
            return { id, email: invited, roles: names, madeBy, createdAt, expiresAt }
          },
        ),
      }),
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/invitations/{id}',
      scope: 'users:write',
      tag,
      summary: 'Take an invitation back',
      params: z.object({ id: z.uuid() }),
      answer: z.strictObject({ id: z.uuid(), email: z.string() }),
      handle: async ({ db: trx, tenant, nowMs }, { params: { id } }) => {
        const open = await listInvitations(db, { tenant: tenant.name })
        const invitation = open.find((one) => one.id === id)
        if (invitation === undefined) throw new Refusal('not_found', `no open invitation ${id}`)
        await endLinks(inSchema(trx, PLATFORM_SCHEMA), invitation)
        await publish(trx, [eventOf(told.invitationWithdrawn, { objectId: id }, {})], nowMs)
        return { id, email: invitation.email }
      },
    }),
    ...roleRoutes(people),
  ]
}

function roleRoutes({ db }: People): Route[] {
  const byName = z.object({ name: roleName })
  const scopes = z.array(grantable).min(1).max(100)
  const description = z.string().trim().max(300)
  return [
    readRoute({
      url: '/v1/roles',
      scope: 'users:read',
      tag,
      summary: 'List roles: those of every tenant, then those of this one',
      answer: z.strictObject({ items: z.array(roleShape) }),
      handle: async ({ tenant }) => ({ items: await roles.listRoles(db, tenant.name) }),
    }),
    writeRoute({
      url: '/v1/roles',
      scope: 'users:write',
      tag,
      summary: 'Make a role of the tenant’s own',
      status: 201,
      body: z.strictObject({ name: roleName, description: description.default(''), scopes }),
      answer: roleShape,
      handle: async ({ db: trx, tenant, nowMs }, { body }, { caller }) => {
        assertWithin(caller, body.scopes, 'the role')
        await roles.insertRole(inSchema(trx, PLATFORM_SCHEMA), tenant.name, body, nowMs)
        await publish(trx, [eventOf(told.roleCreated, { objectId: body.name }, body)], nowMs)
        return { ...body, isBuiltIn: false }
      },
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/roles/{name}',
      scope: 'users:write',
      tag,
      summary: 'Change a role of the tenant’s own, for everybody who has it',
      params: byName,
      body: z.strictObject({ description: description.optional(), scopes: scopes.optional() }),
      answer: roleShape,
      handle: async (context, { params: { name }, body }, { caller }) => {
        assertWithin(caller, body.scopes ?? [], 'the role')
        const tenant = context.tenant.name
        const before = (await roles.listRoles(db, tenant)).find((role) => role.name === name)
        assertWithin(caller, before?.scopes ?? [], 'the role as it is')
        context.afterCommit({ kind: 'forget callers' })
        const role = await roles.updateRole(inSchema(context.db, PLATFORM_SCHEMA), tenant, name, body)
        const { scopes: given } = role
        await publish(
          context.db,
          [eventOf(told.roleChanged, { objectId: name }, { scopes: [...given] })],
          context.nowMs,
        )
        return role
      },
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/roles/{name}',
      scope: 'users:write',
      tag,
      summary: 'Remove a role of the tenant’s own that nobody has',
      params: byName,
      answer: z.strictObject({ name: z.string() }),
      handle: async ({ db: trx, tenant, nowMs }, { params: { name } }) => {
        await roles.deleteRole(inSchema(trx, PLATFORM_SCHEMA), tenant.name, name)
        await publish(trx, [eventOf(told.roleRemoved, { objectId: name }, {})], nowMs)
        return { name }
      },
    }),
  ]
}

/** What changed of a user: a request for what is so already has no event. */
function changesOf(
  before: MemberRow,
  { roles: given, disabledAt }: { readonly roles: string[]; readonly disabledAt: Date | null },
): NewEvent[] {
  const about = { objectId: before.id }
  const isSame = given.toSorted().join() === before.roles.toSorted().join()
  const events = isSame ? [] : [eventOf(told.userRolesChanged, about, { roles: given })]
  if ((disabledAt === null) === (before.disabledAt === null)) return events
  return [...events, eventOf(disabledAt === null ? told.userEnabled : told.userDisabled, about, {})]
}

function userView(row: MemberRow): object {
  const { id, email: address, name, invitedBy, joinedAt, disabledAt, resetRequestedAt, vouchedBy } = row
  const status = disabledAt === null ? 'active' : 'disabled'
  const secondFactor = row.totpSince !== null
  const person = vouchedBy ?? id
  return {
    ...{ id, email: address, name, roles: row.roles, status, secondFactor, person },
    ...{ invitedBy, joinedAt, disabledAt, resetRequestedAt },
  }
}
