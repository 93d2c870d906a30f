import { z } from 'zod'
import { systemClock } from '../../platform/clock.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { reference } from '../../platform/http/fields.ts'
import { type Route, readRoute, writeRoute } from '../../platform/http/route.ts'
import { Refusal } from '../../platform/problems.ts'
import { newWebhookSecret } from '../webhooks/index.ts'
import { wish } from './enforcement-store.ts'
import { targetEvents } from './events.ts'
import type { EnforcementNeeds } from './ports.ts'
import * as schemas from './target-schemas.ts'
import * as store from './target-store.ts'

const tag = 'Service blocks'
/** Each is told of each service. */
const MAX_TARGETS = 20
const named = z.object({ target: reference.describe('The id or key of a target') })

function viewTarget({ kind, terms, ...target }: store.Target): object {
  const { id, key, isOn, repeatHours, failures, restUntil, createdAt, updatedAt } = target
  const of = kind === 'webhook' ? { url: (terms as { url: string }).url, radius: null } : { url: null, radius: terms }
  return { id, key, kind, ...of, isOn, repeatHours, failures, restUntil, createdAt, updatedAt }
}

export function targetRoutes(needs: EnforcementNeeds): Route[] {
  return [createRoute(needs), changeRoute(), ...readAndDelete()]
}

function createRoute({ receivers, radius, secretKeyRing: ring }: EnforcementNeeds): Route {
  return writeRoute({
    url: '/v1/enforcement-targets',
    scope: 'settings:write',
    tag,
    summary: 'Name a part of the network that is told of the states of services: by signed webhooks, or by RADIUS',
    status: 201,
    hasSecret: true,
    body: schemas.targetDraft,
    answer: schemas.newTargetAnswer,
    handle: async ({ db, tenant, nowMs }, { body }) => {
      const { key, isOn, repeatHours } = body
      const refusal =
        body.url === undefined ? radius.mistakeIn(body.radius as never) : receivers.refusalOf(new URL(body.url))
      if (refusal !== null)
        throw new Refusal('unprocessable', `${body.url === undefined ? 'radius' : 'url'}: ${refusal}`)
      if ((await store.listTargets(db)).length >= MAX_TARGETS)
        throw new Refusal('unprocessable', `there are ${MAX_TARGETS} enforcement targets already`)
      const made = body.secret === undefined ? newWebhookSecret() : null
      const of =
        body.url === undefined
          ? ({ kind: 'radius', terms: body.radius as never } as const)
          : ({ kind: 'webhook', terms: { url: body.url } } as const)
      const keys = { ring, tenant: tenant.name }
      const id = await store.insertTarget(db, keys, { key, isOn, repeatHours, ...of }, made ?? body.secret ?? '', nowMs)
      await wish(db, { targetId: id, serviceIds: null }, systemClock.nowMs())
      await publish(db, [eventOf(targetEvents.created, { objectId: id }, { key, kind: of.kind, isOn })], nowMs)
      return { ...viewTarget(await store.getTarget(db, id)), secret: made }
    },
  })
}

function changeRoute(): Route {
  return writeRoute({
    method: 'PATCH',
    url: '/v1/enforcement-targets/{target}',
    scope: 'settings:write',
    tag,
    summary: 'Turn an enforcement target on or off, or have it told again regularly',
    params: named,
    body: schemas.targetChanges,
    answer: schemas.targetAnswer,
    handle: async ({ db, nowMs }, { params, body }) => {
      const target = await store.getTarget(db, params.target)
      const { isOn = target.isOn, repeatHours = target.repeatHours } = body
      await store.updateTarget(db, target.id, { isOn, repeatHours }, nowMs)
      if (isOn && !target.isOn) await wish(db, { targetId: target.id, serviceIds: null }, systemClock.nowMs())
      const { id, key, kind } = target
      await publish(db, [eventOf(targetEvents.updated, { objectId: id }, { key, kind, isOn })], nowMs)
      return viewTarget(await store.getTarget(db, id))
    },
  })
}

function readAndDelete(): Route[] {
  return [
    readRoute({
      url: '/v1/enforcement-targets',
      scope: 'settings:read',
      tag,
      summary: 'Parts of the network that are told of the states of services',
      answer: z.strictObject({ items: z.array(schemas.targetAnswer) }),
      handle: async ({ db }) => ({ items: (await store.listTargets(db)).map(viewTarget) }),
    }),
    readRoute({
      url: '/v1/enforcement-targets/{target}',
      scope: 'settings:read',
      tag,
      summary: 'An enforcement target, without its secret',
      params: named,
      answer: schemas.targetAnswer,
      handle: async ({ db }, { params }) => viewTarget(await store.getTarget(db, params.target)),
    }),
    writeRoute({
      method: 'DELETE',
      url: '/v1/enforcement-targets/{target}',
      scope: 'settings:write',
      tag,
      summary: 'Remove an enforcement target, with what it was to be told',
      params: named,
      answer: z.strictObject({ id: z.uuid() }),
      handle: async ({ db, nowMs }, { params }) => {
        const { id, key, kind, isOn } = await store.getTarget(db, params.target)
        await store.deleteTarget(db, id)
        await publish(db, [eventOf(targetEvents.deleted, { objectId: id }, { key, kind, isOn })], nowMs)
        return { id }
      },
    }),
  ]
}
