import type { DisputeNeeds } from '../modules/disputes/index.ts'
import type { DunningPorts, StepOutcome } from '../modules/dunning/index.ts'
import { amountsText, chargePage, lateSettingsOf } from '../modules/late-charges/index.ts'
import type { Parts } from '../modules/module.ts'
import { askNotice, isReachable, noticeTerms } from '../modules/notifications/index.ts'
import { chargeAgain } from '../modules/payment-gateways/index.ts'
import { dunnedAmong, liftDunningBlocks, placeDunningBlock } from '../modules/service-blocks/index.ts'
import { draftChange, keepChange, listSubscriptionsOf, NothingChanges } from '../modules/subscriptions/index.ts'
import { inSchema, inTransaction } from '../platform/db.ts'
import { Refusal } from '../platform/problems.ts'

const BY = { id: 'dunning', person: 'dunning' }

const notAvailable = (detail: string): StepOutcome => ({ state: 'not_available', detail })
const done = (detail: string | null = null): StepOutcome => ({ state: 'done', detail })

/** Templates of reminders, by which one it is. */
const REMINDERS = {
  first: 'payment_reminder',
  second: 'payment_reminder_second',
  final: 'payment_reminder_final',
} as const
/** Documents that one reminder names. */
const MOST_NAMED = 10

/** One notice for an account, with all that is asked for: who is told by what, and when they are awake, is decided by the module of notices. */
const remind: DunningPorts['remind'] = async (
  db,
  { accountId, key, nowMs, reminder, documents, blockOn, mustReach, ...money },
) => {
  const kind = REMINDERS[reminder]
  const { on, kinds } = await noticeTerms(db)
  if (!on) return notAvailable('notices are off (kvit settings set notices on=true)')
  if (kinds[kind]?.on === false) return notAvailable(`notices of the kind ${kind} are off`)
  if (mustReach && !(await isReachable(db, accountId, kind)))
    return notAvailable('nobody at the customer has an address that works for it')
  const [oldest] = documents
  const numbers = documents.map(({ number }) => number)
  const more = numbers.length > MOST_NAMED ? ', …' : ''
  const number = `${numbers.slice(0, MOST_NAMED).join(', ')}${more}`
  const { amount, currency } = money
  const data = { number, amount, currency, dueOn: oldest?.dueOn ?? null, ...(blockOn === null ? {} : { blockOn }) }
  await askNotice(db, { kind, accountId, about: oldest?.id ?? null, data, key, nowMs })
  return done(`${kind}: ${number}`)
}

/** How what dunning asks for is done by those who do such things anyway. */
export function dunningPorts(parts: Parts & Pick<DisputeNeeds, 'creditDoor'>): DunningPorts {
  const { db: root, engine } = parts
  return {
    remind,
    placeBlock: async (db, { accountId, level, key, nowMs }) => {
      const reason = level === 'soft' ? 'dunning_soft' : 'dunning_hard'
      try {
        const { scope } = await placeDunningBlock(db, { key, accountId, serviceId: null, reason }, nowMs)
        return done(scope === 'all' ? 'everything is barred' : `${scope} use is barred`)
      } catch (error) {
        // It is refused before anything is written, such as the account's 201st block: other accounts do not wait for that.
        if (!(error instanceof Refusal)) throw error
        return { state: 'failed', detail: error.message }
      }
    },
    liftBlocks: async (db, { accountId, note, nowMs }) => void (await liftDunningBlocks(db, accountId, note, nowMs)),
    blockedAmong: dunnedAmong,
    chargeAgain: async (db, { accountId, invoiceIds, nowMs }) => {
      const asked = await chargeAgain(db, { accountId, invoiceIds }, nowMs)
      if (asked === 'never') return notAvailable('the account is not charged by itself (kvit account auto-charge)')
      if (asked === 'no_method') return notAvailable('the account has no means of payment')
      return done(`${asked} documents are charged`)
    },
    lateFee: async ({ tenant, accountId, nowMs }) => {
      const { from } = await lateSettingsOf(inSchema(root, tenant.schema))
      if (from === null) return notAvailable('no late charges are set (kvit settings set late-charges)')
      const page = { accountIds: [accountId], isWhole: true }
      const { charged, amounts, failed } = await chargePage(parts, tenant, nowMs, page, BY)
      if (failed.length > 0) return { state: 'failed', detail: failed.map(({ reason }) => reason).join('; ') }
      const texts = Object.entries(amountsText(amounts)).map(([currency, amount]) => `${amount} ${currency}`)
      return done(charged === 0 ? 'nothing was to be charged' : `charged ${texts.join(', ')}`)
    },
    terminate: async ({ tenant, accountId, nowMs, isAskedFor }) => {
      const ended = await inTransaction(inSchema(root, tenant.schema), async (db) => {
        if (!(await isAskedFor(db))) return null
        let count = 0
        for (const { id } of await listSubscriptionsOf(db, accountId)) {
          try {
            await keepChange(
              db,
              await draftChange(db, id, { kind: 'cancel', at: 'now', note: 'dunning' }, nowMs),
              nowMs,
            )
            count++
          } catch (error) {
            if (!(error instanceof NothingChanges)) throw error
          }
        }
        return count
      })
      if (ended === null) return notAvailable('nothing was to be asked for any more')
      // Also where they had ended: a process may have been killed before it told the engine.
      await engine.reloadAccounts(tenant.name, [accountId])
      return done(`${ended} subscriptions ended`)
    },
  }
}
