import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { preparedRoute, type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { SESSION_COOKIE, setCookie } from '../../platform/http/session-cookie.ts'
import { Refusal } from '../../platform/problems.ts'
import { accountView } from './invitations.ts'
import { getUser, type UserRow } from './members.ts'
import * as own from './own-account.ts'
import { assertGoodPassword } from './passwords.ts'
import type { People } from './people.ts'
import { endOf, type SessionRow } from './sessions.ts'
import { accountShape, email, newPassword, password, personName, proof, sessionShape } from './shapes.ts'
import { type Factor, useUp } from './sign-in.ts'

const tag = 'Own account'
const ended = z.int().min(0).describe('How many other sessions ended')
/** Bodies of people are small. */
const bodyLimit = 16 * 1024

/** Sign-in, and what users do with their own accounts. */
export function ownRoutes(people: People): Route[] {
  const { db, sessions, passwords, signIn } = people
  /** Compares the password, and a second factor where there is one, of the user who is signed in. */
  const prove = async (
    body: z.output<typeof proofBody>,
    request: FastifyRequest,
  ): Promise<{ user: UserRow; factor: Factor }> =>
    signIn.verify((await getUser(db, request.caller.id)).email, body, request)
  const proofBody = z.strictObject(proof)
  return [
    preparedRoute({
      url: '/v1/sessions',
      auth: 'open',
      tag,
      summary: 'Sign in; the session is in a cookie',
      status: 201,
      bodyLimit,
      body: z.strictObject({ email, ...proof }),
      answer: accountShape,
      prepare: async (_context, { body }, request) => signIn.verify(body.email, body, request),
      handle: async (context, { body }, request, reply) => {
        const { sessionId } = await signIn.complete(context.db, body, 'password', request, reply)
        return { ...(await accountView(context.db, body.user)), sessionId }
      },
    }),
    readRoute({
      url: '/v1/me',
      auth: 'session',
      tag,
      summary: 'Who is signed in, and what this user may do in which tenant',
      answer: accountShape,
      handle: async (_context, _input, { caller }) => ({
        ...(await accountView(db, await getUser(db, caller.id))),
        sessionId: caller.sessionId,
      }),
    }),
    writeRoute({
      method: 'PATCH',
      url: '/v1/me',
      auth: 'session',
      tag,
      summary: 'Change the own name',
      bodyLimit,
      body: z.strictObject({ name: personName }),
      answer: z.strictObject({ name: z.string() }),
      handle: async (context, { body: { name } }, { caller }) => {
        await context.db.updateTable('appUser').set({ name }).where('id', '=', caller.id).execute()
        return { name }
      },
    }),
    preparedRoute({
      url: '/v1/me/password',
      auth: 'session',
      tag,
      summary: 'Change the own password; all other sessions end',
      bodyLimit,
      body: z.strictObject({ ...proof, newPassword }),
      answer: z.strictObject({ endedSessions: ended }),
      prepare: async (_context, { body }, request) => {
        const proven = await prove(body, request)
        assertGoodPassword(body.newPassword, proven.user.email)
        return { ...proven, hash: await passwords.hash(body.newPassword, request.ip) }
      },
      handle: async (context, { body: { user, factor, hash } }, { caller }) => {
        await useUp(context.db, user, factor)
        context.afterCommit({ kind: 'forget callers' })
        return own.setPassword(context.db, sessions, user.id, hash, caller.sessionId ?? null)
      },
    }),
    preparedRoute({
      url: '/v1/me/email',
      auth: 'session',
      tag,
      summary: 'Change the own e-mail address; all other sessions end',
      bodyLimit,
      body: z.strictObject({ ...proof, email }),
      answer: z.strictObject({ email: z.string(), endedSessions: ended }),
      prepare: async (_context, { body }, request) => ({ ...(await prove(body, request)), email: body.email }),
      handle: async (context, { body }, request) => {
        context.afterCommit({ kind: 'forget callers' })
        return own.changeEmail(context.db, sessions, body, body.email, request)
      },
    }),
    preparedRoute({
      url: '/v1/me/second-factor',
      auth: 'session',
      tag,
      summary: 'Begin a second factor; it is asked for once a code of it was confirmed',
      bodyLimit,
      body: z.strictObject({ password }),
      answer: z.strictObject({
        secret: z.string().describe('Base32, to be typed into an authenticator'),
        uri: z.string().describe('`otpauth://…`, to be shown as a picture'),
      }),
      prepare: async (_context, { body }, request) => prove(body, request),
      handle: async (context, { body: { user } }) => own.beginSecondFactor(context.db, people.ring, user),
    }),
    writeRoute({
      url: '/v1/me/second-factor/confirm',
      auth: 'session',
      tag,
      summary: 'Confirm a second factor by its first code; the recovery codes are shown once',
      bodyLimit,
      body: z.strictObject({ code: z.string().min(6).max(10) }),
      answer: z.strictObject({ recoveryCodes: z.array(z.string()) }),
      handle: async (context, { body: { code } }, { caller, ip }) => {
        const confirm = async (): Promise<string[]> => own.confirmSecondFactor(context.db, people.ring, caller.id, code)
        return { recoveryCodes: await signIn.guess(caller.id, ip, confirm) }
      },
    }),
    preparedRoute({
      url: '/v1/me/second-factor/remove',
      auth: 'session',
      tag,
      summary: 'Remove the second factor',
      bodyLimit,
      body: proofBody,
      answer: z.strictObject({ secondFactor: z.literal(false) }),
      prepare: async (_context, { body }, request) => prove(body, request),
      handle: async (context, { body: { user, factor } }) => {
        await useUp(context.db, user, factor)
        await own.removeSecondFactor(context.db, user.id)
        return { secondFactor: false }
      },
    }),
    readRoute({
      url: '/v1/me/sessions',
      auth: 'session',
      tag,
      summary: 'List the own sessions',
      answer: z.strictObject({ items: z.array(sessionShape) }),
      handle: async (_context, _input, { caller }) => ({
        items: (await sessions.list(caller.id)).map((row) => sessionView(row, caller.sessionId)),
      }),
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/me/sessions/{id}',
      auth: 'session',
      tag,
      summary: 'End one of the own sessions: `current` signs out, `others` ends all others',
      params: z.object({ id: z.union([z.uuid(), z.enum(['current', 'others'])]) }),
      answer: z.strictObject({ ended: z.int().min(0) }),
      handle: async (context, { params: { id } }, { caller }, reply) => {
        context.afterCommit({ kind: 'forget callers' })
        const own = caller.sessionId as string
        if (id === 'others') return { ended: await sessions.endAll(context.db, caller.id, own) }
        await sessions.end(context.db, caller.id, id === 'current' ? own : id)
        if (id === 'current' || id === own) void reply.header('set-cookie', setCookie(SESSION_COOKIE, '', 0))
        return { ended: 1 }
      },
    }),
    ...linkRoutes(people),
  ]
}

/** What links open. */
function linkRoutes(people: People): Route[] {
  const { db, sessions, passwords, signIn } = people
  const account = z.strictObject({ email: z.string(), tenant: z.string(), roles: z.array(z.string()) })
  return [
    readRoute({
      url: '/v1/invitation',
      auth: 'link',
      link: 'invitation',
      tag,
      summary: 'What an invitation invites to',
      answer: account.extend({ hasAccount: z.boolean().describe('Then its password accepts the invitation') }),
      handle: async (_context, _input, { caller }) => {
        const { link, user } = await people.invitationOf(caller.id)
        return { email: link.email, tenant: link.tenant, roles: link.roles, hasAccount: user !== null }
      },
    }),
    preparedRoute({
      url: '/v1/invitation/accept',
      auth: 'link',
      link: 'invitation',
      tag,
      summary: 'Accept an invitation: with a new password, or with that of the account that there is',
      bodyLimit,
      body: z.strictObject({ ...proof, name: personName.optional().describe('Of a new account') }),
      answer: account,
      prepare: async (_context, { body }, request) => {
        const { link, user } = await people.invitationOf(request.caller.id)
        // The one who is invited is the one whose account it is, and not whoever has the link.
        if (user !== null) return { link, newUser: null, ...(await signIn.verify(link.email, body, request)) }
        assertGoodPassword(body.password, link.email)
        const name = body.name ?? link.email.split('@')[0] ?? link.email
        const newUser = { name, passwordHash: await passwords.hash(body.password, request.ip) }
        return { link, newUser, user: null, factor: null }
      },
      handle: async (context, { body: { link, newUser, user, factor } }, request) => {
        if (user !== null) await useUp(context.db, user, factor)
        const accepted = await people.accept(context.db, link, newUser, false)
        request.caller = { ...(await signIn.callerOf(accepted)), tenants: [link.tenant as string] }
        context.afterCommit({ kind: 'forget callers' })
        return { email: link.email, tenant: link.tenant, roles: link.roles }
      },
    }),
    writeRoute({
      url: '/v1/password-reset',
      auth: 'open',
      tag,
      summary:
        'Ask for a new password. The answer is the same whoever asks; who manages users sees it and sends a link',
      status: 202,
      bodyLimit,
      body: z.strictObject({ email }),
      answer: z.strictObject({ requested: z.literal(true) }),
      handle: async (context, { body }, { ip }) => {
        await people.noteResetRequest(context.db, body.email, ip)
        return { requested: true }
      },
    }),
    preparedRoute({
      url: '/v1/password-reset/complete',
      auth: 'link',
      link: 'password_reset',
      tag,
      summary: 'Set a new password by a link; all sessions end',
      bodyLimit,
      body: z.strictObject({ newPassword }),
      answer: z.strictObject({ endedSessions: z.int().min(0) }),
      prepare: async (_context, { body }, request) => {
        const { userId } = request.caller
        if (userId == null) throw new Refusal('link_invalid', 'this link is of no user')
        assertGoodPassword(body.newPassword, (await getUser(db, userId)).email)
        return passwords.hash(body.newPassword, request.ip)
      },
      handle: async (context, { body: hash }, { caller }) => {
        context.afterCommit({ kind: 'forget callers' })
        return own.completeReset(context.db, sessions, caller.id, hash)
      },
    }),
  ]
}

function sessionView(row: SessionRow, current: string | undefined): object {
  const { id, way, ip, userAgent, createdAt, seenAt } = row
  return { id, way, isThis: id === current, ip, userAgent, createdAt, seenAt, endsAt: endOf(row) }
}
