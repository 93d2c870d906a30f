import { MOVEMENT_KINDS, type MovementKind } from '../../core/charging/movements.ts'
import type { SegmentFacts } from '../journal/segment.ts'
import type { WholeJournal } from '../journal/usage-records.ts'
import type { UsageMoney } from '../ports.ts'
import { walkFacts } from './walk-facts.ts'

const KINDS: readonly MovementKind[] = ['charge', 'overrun', 'return', 'opening', 'opening_spent']
const KIND_NUMBERS = KINDS.map((kind) => MOVEMENT_KINDS.indexOf(kind) + 1)
/** Offsets of zones are whole quarters of an hour, so a local day is whole steps. */
export const STEP_MS = 900_000

/** All money that usage moved in the balances of an account, out of archive and journal; what belongs together is added up. */
export async function usageMoney(journal: WholeJournal, accountId: string): Promise<UsageMoney[]> {
  const sums = new Map<string, UsageMoney>()
  const add = (part: UsageMoney): void => {
    const name = [part.memberId, part.startMs, ...part.prices].join('\n')
    sums.set(name, { ...part, amount: (sums.get(name)?.amount ?? 0n) + part.amount })
  }
  await walkFacts(
    journal,
    accountId,
    async (files, afterSeq) => {
      const query = { accountId, kinds: KIND_NUMBERS, stepMs: STEP_MS, afterSeq }
      for (const part of await journal.archive.usageMoney(files, query)) add(part)
    },
    (facts) => {
      for (const part of moneyIn(facts, accountId)) add(part)
    },
  )
  return [...sums.values()].filter(({ amount }) => amount !== 0n)
}

function* moneyIn(facts: SegmentFacts, accountId: string): Generator<UsageMoney> {
  const account = facts.accounts.indexOf(accountId)
  if (account < 0) return
  const prices = new Map<number, Set<string>>()
  facts.chargeRecord.forEach((row, charge) => {
    const [, price] = facts.cells[facts.chargeRateKey[charge] as number] as readonly [string, string, string]
    prices.set(row, (prices.get(row) ?? new Set()).add(price))
  })
  for (const [at, kind] of facts.moveKind.entries()) {
    if (!KIND_NUMBERS.includes(kind) || facts.moveAccount[at] !== account || facts.moveUnit[at] !== 0) continue
    const row = (facts.moveRecord[at] as number) - 1
    const startMs = row < 0 ? null : (facts.startMs[row] as number)
    yield {
      memberId: facts.accounts[facts.moveMember[at] as number] as string,
      startMs: startMs === null ? null : Math.floor(startMs / STEP_MS) * STEP_MS,
      prices: [...(prices.get(row) ?? [])].sort(),
      amount: facts.moveRemaining[at] as bigint,
    }
  }
}
