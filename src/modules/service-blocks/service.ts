import { type BlockReason, type BlockScope, DUNNING_REASONS, usualScope } from '../../core/charging/service-blocks.ts'
import { newId } from '../../platform/clock.ts'
import type { Database } from '../../platform/db.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Person } from '../../platform/four-eyes.ts'
import { Refusal } from '../../platform/problems.ts'
import { lockAccount } from '../parties/index.ts'
import { blockEvent } from './events.ts'
import { refreshStates } from './refresh-states.ts'
import * as store from './store.ts'

/** Blocks of an account that are not lifted: more are a mistake of whoever places them. */
const MAX_BLOCKS = 200

/** What somebody asks for. */
export interface BlockAsked {
  /** The caller's own identifier: the same key never places a second block. */
  readonly key: string
  readonly accountId: string
  /** Null is every service of the account, also those that it gets later. */
  readonly serviceId: string | null
  readonly reason: BlockReason
  /** `outgoing` of soft dunning, everything else bars `all`, unless set. */
  readonly scope?: BlockScope | undefined
  /** Slows down to so many kilobits per second instead of barring. */
  readonly kbps?: number | null | undefined
  readonly note?: string | null | undefined
  /** Now unless set. */
  readonly fromMs?: number | undefined
  /** Until it is lifted unless set. */
  readonly untilMs?: number | null | undefined
}

/**
 * Places a block in a transaction of `db`: charging obeys it after the commit, and the states of services that it changes by now are told.
 * @throws Refusal `idempotency_conflict` where the key stands for another block, `unprocessable` where its time is over or there are too many
 */
export async function placeBlock(
  db: Database,
  asked: BlockAsked,
  { id: placedBy, person: placedByPerson }: Person,
  nowMs: number,
): Promise<store.ServiceBlock> {
  const { key, accountId, serviceId, reason, kbps = null, note = null } = asked
  const { fromMs = nowMs, untilMs = null, scope = kbps === null ? usualScope(reason) : 'all' } = asked
  await lockAccount(db, accountId)
  const known = await store.findBlock(db, key)
  if (known !== undefined) {
    const isSame =
      known.accountId === accountId &&
      known.serviceId === serviceId &&
      known.reason === reason &&
      known.scope === scope &&
      known.kbps === kbps &&
      known.note === note &&
      (asked.fromMs === undefined || known.fromAt.getTime() === asked.fromMs) &&
      (known.untilAt?.getTime() ?? null) === untilMs
    if (isSame) return known
    throw new Refusal('idempotency_conflict', `the key ${key} was used for another block`)
  }
  if (fromMs < nowMs) throw new Refusal('unprocessable', 'from: a block begins now or later')
  if (untilMs !== null && untilMs <= fromMs)
    throw new Refusal('unprocessable', 'until: it must be behind the beginning')
  const others = await store.unliftedBlocks(db, [accountId])
  if (others.filter((block) => !isOver(block, nowMs)).length >= MAX_BLOCKS)
    throw new Refusal('unprocessable', `the account has ${MAX_BLOCKS} blocks: lift some first`)
  const block: store.ServiceBlock = {
    ...{ id: newId(), key, accountId, serviceId, reason, scope, kbps, note },
    ...{ fromAt: new Date(fromMs), untilAt: untilMs === null ? null : new Date(untilMs) },
    ...{ placedBy, placedByPerson, placedAt: new Date(nowMs), liftedBy: null, liftedAt: null, liftNote: null },
    lookAt: store.nextLook({ fromAt: new Date(fromMs), untilAt: untilMs === null ? null : new Date(untilMs) }, nowMs),
  }
  await store.insertBlock(db, block)
  await publish(db, [blockEvent('placed', block)], nowMs)
  await store.markUnread(db, [accountId])
  await refreshStates(db, accountId, serviceId, nowMs)
  return block
}

function isOver({ untilAt }: Pick<store.ServiceBlock, 'untilAt'>, nowMs: number): boolean {
  return untilAt !== null && untilAt.getTime() <= nowMs
}

/**
 * Lifts a block in a transaction of `db`.
 * @throws Refusal `conflict` where it was lifted, or is over
 */
export async function liftBlock(
  db: Database,
  block: store.ServiceBlock,
  { id: by, note }: { readonly id: string; readonly note: string | null },
  nowMs: number,
): Promise<store.ServiceBlock> {
  await lockAccount(db, block.accountId)
  if (isOver(block, nowMs)) throw new Refusal('conflict', 'the block is over already')
  const [lifted] = await liftAll(db, block.accountId, [block.id], { by, note, nowMs })
  if (lifted === undefined) throw new Refusal('conflict', 'the block was lifted already')
  return lifted
}

async function liftAll(
  db: Database,
  accountId: string,
  ids: readonly string[],
  lift: { readonly by: string; readonly note: string | null; readonly nowMs: number },
): Promise<store.ServiceBlock[]> {
  const lifted = await store.liftBlocks(db, ids, lift)
  if (lifted.length === 0) return lifted
  await publish(
    db,
    lifted.map((block) => blockEvent('lifted', block)),
    lift.nowMs,
  )
  await store.markUnread(db, [accountId])
  const [one] = lifted
  await refreshStates(db, accountId, lifted.length === 1 ? (one?.serviceId ?? null) : null, lift.nowMs)
  return lifted
}

/**
 * Places a block because an account does not pay, in the transaction of dunning. Example: `{key: 'dunning:7:soft', accountId, serviceId: null,
 * reason: 'dunning_soft'}` bars outgoing use of all services of the account; with `kbps: 64` it slows them down instead.
 */
export async function placeDunningBlock(
  db: Database,
  asked: BlockAsked & { readonly reason: 'dunning_soft' | 'dunning_hard' },
  nowMs: number,
): Promise<store.ServiceBlock> {
  return placeBlock(db, asked, DUNNING, nowMs)
}

const DUNNING: Person = { id: 'dunning', person: 'dunning' }

/**
 * Lifts all blocks of an account that dunning has placed, and no others, in the transaction of the money or behind it. What a customer, or
 * somebody because of fraud, has blocked stays blocked.
 * @returns how many were lifted: none the second time
 */
export async function liftDunningBlocks(
  db: Database,
  accountId: string,
  note: string | null,
  nowMs: number,
): Promise<number> {
  await lockAccount(db, accountId)
  const blocks = await store.unliftedBlocks(db, [accountId])
  const mine = blocks.filter((block) => DUNNING_REASONS.includes(block.reason) && !isOver(block, nowMs))
  const ids = mine.map(({ id }) => id)
  return ids.length === 0 ? 0 : (await liftAll(db, accountId, ids, { by: DUNNING.id, note, nowMs })).length
}
