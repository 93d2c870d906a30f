import { type Handed, hand, keepHanded, type SendContext, takeNext } from './send-batch.ts'

/** What a turn of a channel has found. */
interface Turn {
  /** The channel takes nothing for now. */
  readonly isAway: boolean
  /** It has answered at all. */
  readonly hasAnswered: boolean
}

/** It is not the message: the channel takes none for now. */
function isAwayFor({ answer }: Handed): boolean {
  return answer.outcome === 'failed' && (answer.reason === 'unavailable' || answer.reason === 'too_many')
}

/**
 * Sends what is due of a channel, `lanes` messages at the same time. As soon as some have been answered, those answers are committed together, and as many
 * others are taken together: with one that is slow the others go on, and while all goes well a transaction is there for several messages.
 * @param isTrial the channel was away: the first answer ends the turn
 */
export async function sendTurn(
  context: SendContext,
  { lanes, isTrial, closing }: { readonly lanes: number; readonly isTrial: boolean; readonly closing: AbortSignal },
): Promise<Turn> {
  const underWay = new Set<Promise<void>>()
  const answered: Handed[] = []
  let [isAway, isOver, hasAnswered] = [false, false, false]
  let fault: { readonly error: unknown } | null = null
  const send = (begun: Parameters<typeof hand>[1]): void => {
    const sending = hand(context, begun)
      .then((handed) => void answered.push(handed))
      .catch((error: unknown) => {
        fault ??= { error }
      })
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
  }
  for (;;) {
    const handed = answered.splice(0)
    await keepHanded(context, handed).catch((error: unknown) => {
      fault ??= { error }
    })
    isAway ||= handed.some(isAwayFor)
    hasAnswered ||= handed.length > 0
    isOver ||= isAway || closing.aborted || fault !== null || (isTrial && hasAnswered)
    // What was answered and is not kept yet is under way, too: whoever is killed leaves no more than so many of which nobody knows.
    const free = lanes - underWay.size - answered.length
    if (!isOver && free > 0) {
      const { begun, isMore, isAny } = await takeNext(context, free).catch((error: unknown) => {
        fault ??= { error }
        return { begun: [], isAny: false, isMore: false }
      })
      for (const one of begun) send(one)
      isOver = !isAny
      if (isMore) continue
    }
    if (underWay.size === 0 && answered.length === 0) break
    if (answered.length === 0) await Promise.race(underWay)
  }
  if (fault !== null) throw (fault as { readonly error: unknown }).error
  return { isAway, hasAnswered }
}
