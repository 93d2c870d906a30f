import { formatMinor } from '../../core/base/money.ts'
import { openLot } from '../../core/charging/operations.ts'
import type { Engine } from '../../engine/index.ts'
import { newId } from '../../platform/clock.ts'
import { inSchema } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import { once } from '../../platform/once.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext } from '../../platform/tenant.ts'
import { insertEntries, lotDraft, positiveMinor } from '../balances/index.ts'
import { type Account, getRow } from '../parties/index.ts'
import { referralRecorded } from './events.ts'
import type { ReferralProgram } from './referral-store.ts'
import * as rows from './referral-store.ts'

export interface ReferralDraft {
  readonly key: string
  readonly program: string
  readonly referrer: string
  readonly referred: string
}

const MS_PER_DAY = 86_400_000

/** Both sides get their bonus in one commit. Nobody is brought twice in a program. */
export async function refer(engine: Engine, context: ReadContext, draft: ReferralDraft): Promise<rows.Referral> {
  const { db } = context
  const referrer = await getRow(db, 'account', draft.referrer)
  const referred = await getRow(db, 'account', draft.referred)
  const content = await rows.findProgram(db, draft.program)
  if (content === undefined) throw new Refusal('not_found', `no referral program ${draft.program}`)
  if (referrer.customerId === referred.customerId) throw new Refusal('unprocessable', 'a customer cannot bring itself')
  if (referrer.currency !== content.currency || referred.currency !== content.currency)
    throw new Refusal('unprocessable', `the program is in ${content.currency}, and so both accounts must be`)
  const isSame = ({ program, referrerAccountId, referredAccountId }: rows.Referral): boolean =>
    program === draft.program && referrerAccountId === referrer.id && referredAccountId === referred.id
  return once(
    engine,
    context,
    `referral ${draft.key}`,
    () => rows.findReferral(db, draft.key),
    isSame,
    // Of one program one after another, so that the limits hold.
    () =>
      engine.turns.take(`referrals of ${context.tenant.name}\n${draft.program}`, async () => {
        if (await rows.wasReferred(db, draft.program, referred.id))
          throw new Refusal('conflict', `${referred.key} was brought already`)
        const { maxPerReferrer } = content
        if (maxPerReferrer !== null && (await rows.countReferrals(db, draft.program, referrer.id)) >= maxPerReferrer)
          throw new Refusal('conflict', `${referrer.key} brought as many as one may`)
        return give(engine, context, draft, content, referrer, referred)
      }),
  )
}

async function give(
  engine: Engine,
  { tenant, nowMs }: ReadContext,
  { key, program }: ReferralDraft,
  content: ReferralProgram,
  referrer: Account,
  referred: Account,
): Promise<rows.Referral> {
  const { currency, validDays, priority } = content
  const expiresAt = validDays === null ? null : new Date(nowMs + validDays * MS_PER_DAY).toISOString()
  const sides = [
    { account: referrer, amount: content.referrerAmount },
    { account: referred, amount: content.referredAmount },
  ].flatMap(({ account, amount }) => {
    if (/^0*(\.0*)?$/.test(amount)) return []
    const minor = positiveMinor(amount, currency)
    const terms = { expiresAt, priority }
    const lot = lotDraft('bonus', { currency, unit: null, amount: minor }, terms, `referral:${program}:${key}`, nowMs)
    return [{ account, minor, lot }]
  })
  const referral: rows.Referral = {
    ...{ id: newId(), key, program, content, createdAt: new Date(nowMs) },
    ...{ referrerAccountId: referrer.id, referredAccountId: referred.id },
  }
  await engine.onAccounts(tenant.name, {
    accountIds: sides.map(({ account }) => account.id),
    nowMs,
    decide: (contexts) =>
      sides.forEach(({ lot }, index) => {
        openLot(contexts[index] as NonNullable<(typeof contexts)[number]>, lot, 'bonus')
      }),
    commitHook: async (trx, { events }) => {
      const db = inSchema(trx, tenant.schema)
      await rows.insertReferral(db, referral)
      const entries = sides.map(({ account, minor }) => ({
        ...{ accountId: account.id, kind: `referral:${program}`, unit: null, key, note: null },
        amount: formatMinor(minor, currency),
      }))
      await insertEntries(db, entries, nowMs)
      const about = { objectId: referral.id, accountId: referrer.id }
      await publish(db, [eventOf(referralRecorded, about, referral), ...events], nowMs)
    },
  })
  return referral
}
