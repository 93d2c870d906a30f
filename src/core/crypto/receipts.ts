/** One output or token transfer that pays a payment request, as far as the chain is known. */
export interface Receipt {
  /** `txid:vout`, or transaction and index of the log. */
  readonly id: string
  readonly amount: bigint
  /** When it was seen first, by our clock. */
  readonly seenAtMs: number
  /** Its place in the best chain; null where it is in none of its blocks. */
  readonly mined: { readonly height: number; readonly timeMs: number } | null
  /** The deepest it ever lay: confirmations that it has lost again are a re-organisation. */
  readonly mostConfirmations: number
  /** Whether its sender signalled that it may be replaced (BIP 125). */
  readonly isReplaceable: boolean
  /** Why it can pay nothing; null while it can. What a payer replaced by a transaction that pays the same request is no double spend. */
  readonly lost: 'double_spent' | 'replaced' | 'dropped' | null
  /** Whether it ever was lost: what came back is not taken on trust again. */
  readonly wasLost: boolean
}

/** What a watcher saw, each of it whole: a re-organisation is one change of the chain, not its blocks one after the other. */
export type Observation =
  | {
      readonly kind: 'seen'
      readonly id: string
      readonly amount: bigint
      readonly atMs: number
      readonly isReplaceable: boolean
    }
  | {
      readonly kind: 'chain'
      readonly tip: number
      /** What left the best chain: it waits again unless it is mined elsewhere by the same change. */
      readonly unmined: readonly string[]
      readonly mined: readonly { readonly id: string; readonly height: number; readonly timeMs: number }[]
      /** Transactions that cannot be mined any more, since the best chain spends their inputs. */
      readonly lost: readonly { readonly id: string; readonly why: 'double_spent' | 'replaced' }[]
    }
  | { readonly kind: 'lost'; readonly id: string; readonly why: 'double_spent' | 'replaced' | 'dropped' }

export interface ChainFacts {
  readonly tip: number
  readonly receipts: ReadonlyMap<string, Receipt>
}

export const NO_FACTS: ChainFacts = { tip: 0, receipts: new Map() }

export function confirmationsOf({ mined }: Receipt, tip: number): number {
  return mined === null ? 0 : Math.max(0, tip - mined.height + 1)
}

/** The facts after an observation. The same observation twice changes nothing; what is not known of is passed over. */
export function observe(facts: ChainFacts, observation: Observation): ChainFacts {
  const receipts = new Map(facts.receipts)
  switch (observation.kind) {
    case 'seen': {
      const { id, amount, atMs, isReplaceable } = observation
      const known = receipts.get(id)
      if (known === undefined)
        receipts.set(id, {
          ...{ id, amount, seenAtMs: atMs, mined: null, mostConfirmations: 0, isReplaceable, lost: null },
          wasLost: false,
        })
      // What was dropped is sent again at times, and what spent the same money may have left the chain.
      else receipts.set(id, { ...known, lost: null })
      return { ...facts, receipts }
    }
    case 'lost': {
      const known = receipts.get(observation.id)
      // What is in a block is lost by a change of the chain only.
      if (known !== undefined && known.mined === null)
        receipts.set(known.id, { ...known, lost: observation.why, wasLost: true })
      return { ...facts, receipts }
    }
    case 'chain':
      return changeChain(receipts, observation)
  }
}

function changeChain(receipts: Map<string, Receipt>, change: Observation & { kind: 'chain' }): ChainFacts {
  const { tip } = change
  const alter = (id: string, fields: Partial<Receipt>): void => {
    const known = receipts.get(id)
    if (known !== undefined) receipts.set(id, { ...known, ...fields })
  }
  for (const id of change.unmined) alter(id, { mined: null })
  // A block decides: whatever was said of a transaction before, it is there.
  for (const { id, height, timeMs } of change.mined) alter(id, { mined: { height, timeMs }, lost: null })
  for (const { id, why } of change.lost) alter(id, { mined: null, lost: why, wasLost: true })
  for (const [id, receipt] of receipts) {
    const now = confirmationsOf(receipt, tip)
    if (now > receipt.mostConfirmations) receipts.set(id, { ...receipt, mostConfirmations: now })
  }
  return { tip, receipts }
}
