import type { Definitions } from './definitions.ts'

/** A time in which a plan version is in force for a subscription; half-open. */
export interface PlanStretch {
  readonly planVersionId: string
  readonly fromMs: number
  readonly untilMs: number
  /** Usage counts anew from here on. */
  readonly restarts: boolean
}

/** When plan versions are in force for a subscription that is not paused, in order; phases of one are one stretch. */
export function planStretches(definitions: Definitions, subscription: number): PlanStretch[] {
  const stretches: PlanStretch[] = []
  let isRestarted = false
  for (const { fromMs, untilMs, plan, isPaused, restarts } of definitions.parties.subscriptions.spansOf(subscription)) {
    isRestarted ||= restarts
    if (isPaused) continue
    const planVersionId = definitions.names.plan(plan).planVersionId
    const last = stretches.at(-1)
    const goesOn = last?.untilMs === fromMs && last.planVersionId === planVersionId && !isRestarted
    if (goesOn) stretches.pop()
    stretches.push(goesOn ? { ...last, untilMs } : { planVersionId, fromMs, untilMs, restarts: isRestarted })
    isRestarted = false
  }
  return stretches
}
