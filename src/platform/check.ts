/** One invariant, recomputed from stored facts. */
export interface CheckResult {
  readonly invariant: string
  readonly holds: boolean
  /** What was compared, or the first things that break it. */
  readonly detail: string
}

/** An invariant that holds when nothing breaks it. */
export function checkNone(invariant: string, broken: readonly string[], compared = ''): CheckResult {
  return {
    invariant,
    holds: broken.length === 0,
    detail: broken.length === 0 ? compared : broken.slice(0, 5).join('; '),
  }
}

export function checkEqual(invariant: string, left: unknown, right: unknown): CheckResult {
  const holds = String(left) === String(right)
  return { invariant, holds, detail: holds ? String(left) : `${left} is not ${right}` }
}
