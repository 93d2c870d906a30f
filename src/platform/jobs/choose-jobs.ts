/** A job that may be taken, or is under way, as one look sees it. */
export interface Candidate {
  readonly id: string
  readonly kind: string
  readonly state: 'waiting' | 'running'
  readonly dueAt: Date
  readonly isScheduled: boolean
  readonly fence: bigint
  /** Running, and left: its process is gone, or has let its lease run out. */
  readonly isLeft: boolean
  readonly isCancelAsked: boolean
}

/**
 * Which jobs of a tenant may be begun now. Those that are scheduled run in the order of time: one for 1 March waits until
 * all for 1 February are done or given up. A job that is to run at once waits for none of them.
 * @param candidates in the order in which they are due
 * @param isResting of those that this process has under way, or cannot do at the moment
 */
export function chooseJobs(
  candidates: readonly Candidate[],
  isResting: (candidate: Candidate) => boolean,
): Candidate[] {
  const earliest = candidates.find(({ isScheduled }) => isScheduled)?.dueAt.getTime()
  return candidates.filter((candidate) => {
    const isFree = (candidate.state === 'waiting' || candidate.isLeft) && !isResting(candidate)
    return isFree && (!candidate.isScheduled || candidate.dueAt.getTime() === earliest)
  })
}
