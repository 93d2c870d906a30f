/** The place of a measure that a rate element does not have. */
export const NONE = -1

/** Places in the aggregate of a rate element, after the measures of its model. */
export interface ElementMeasures {
  /** Of the number of sessions that cost a fee, and of what bounds and maximum costs of records changed. */
  readonly sessionsAt: number
  readonly adjustedAt: number
  /** Of what counters of before the maximum cost had a measure began with, up to `adjustedAt`; see `measuresOf`. */
  readonly formerAt: number
  /** How many integers the aggregate has. */
  readonly measures: number
}

/**
 * Where a rate element has its measures. A maximum cost got one of its own later: its counters had one or two measures, and those
 * that began with other usage had them twice, such as `[130n, 80n]`. Places for these stay free, so that such a counter
 * reads as it was: `[130n, 80n, -28n]` began with 80, and its records cost 28 less than their units. A counter that begins
 * with other usage now has all three twice.
 */
export function measuresOf(ofModel: number, hasFee: boolean, hasBounds: boolean, cutsUnits: boolean): ElementMeasures {
  const sessionsAt = hasFee ? ofModel : NONE
  const counted = ofModel + (hasFee ? 1 : 0)
  if (hasBounds) return { sessionsAt, adjustedAt: counted, formerAt: NONE, measures: counted + 1 }
  if (!cutsUnits) return { sessionsAt, adjustedAt: NONE, formerAt: NONE, measures: counted }
  return { sessionsAt, adjustedAt: 2 * counted, formerAt: counted, measures: 2 * counted + 1 }
}
