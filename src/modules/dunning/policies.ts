import { isDeepStrictEqual } from 'node:util'
import { newId } from '../../platform/clock.ts'
import { publish } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { WriteContext } from '../../platform/tenant.ts'
import { policyEvent } from './events.ts'
import type { PolicyContent } from './schemas.ts'
import * as store from './store.ts'

/** Policies of a tenant: every account is compared with each of them. */
const MOST_POLICIES = 100

/** Makes a version of a policy; one that says what the last one says is that one. */
export async function applyPolicy(
  { db, nowMs }: WriteContext,
  { key, content, isDraft }: { readonly key: string; readonly content: PolicyContent; readonly isDraft: boolean },
  madeBy: string,
): Promise<store.PolicyRow> {
  await store.lockPolicies(db)
  const state = isDraft ? 'draft' : 'in_force'
  const last = (await store.versionsOf(db, key)).at(-1)
  if (last?.state === state && isDeepStrictEqual(last.content, content)) return last
  const others = await store.policiesInForce(db)
  if (!isDraft && others.filter((one) => one.key !== key).length >= MOST_POLICIES)
    throw new Refusal('conflict', `there are ${MOST_POLICIES} dunning policies: withdraw some first`)
  const same = others.find((one) => one.key !== key && one.content.order === content.order)
  if (!isDraft && same !== undefined)
    throw new Refusal(
      'conflict',
      `order: ${same.key} is asked as number ${content.order}, too: which of the two an account fits has to be certain`,
    )
  const made = { madeBy, madeAt: new Date(nowMs) }
  const row = { id: newId(), key, version: (last?.version ?? 0) + 1, state, content, ...made } as const
  await store.insertPolicy(db, row)
  await publish(db, [policyEvent(row)], nowMs)
  return row
}

/** No run begins by a policy any more; those that go on do. */
export async function withdrawPolicy(
  { db, nowMs }: WriteContext,
  key: string,
  madeBy: string,
): Promise<store.PolicyRow> {
  await store.lockPolicies(db)
  const last = await store.getPolicy(db, key)
  if (last.state === 'withdrawn') throw new Refusal('conflict', `the dunning policy ${key} is withdrawn`)
  const made = { id: newId(), version: last.version + 1, madeBy, madeAt: new Date(nowMs) }
  const row = { ...last, ...made, state: 'withdrawn' } as const
  await store.insertPolicy(db, row)
  await publish(db, [policyEvent(row)], nowMs)
  return row
}
