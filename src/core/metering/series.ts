import type { Meter } from '../catalog/plan.ts'
import { Interval } from './interval.ts'
import { Latest } from './latest.ts'
import { LevelChanges } from './level-changes.ts'
import { Maximum } from './maximum.ts'
import type { Series, Window } from './observation.ts'
import { Percentile } from './percentile.ts'
import { TimeWeighted } from './time-weighted.ts'
import { UniqueCount } from './unique-count.ts'

/** Whether the quantity of a meter is the sum of what its records say; all others keep a series of observations. */
export function isAdditive({ aggregator }: Meter): boolean {
  return aggregator === 'sum' || aggregator === 'count'
}

/** Whether a record may change the quantity of periods that it does not lie in: they begin with what was observed before. */
export function runsOn({ aggregator }: Pick<Meter, 'aggregator'>): boolean {
  return aggregator === 'time_weighted' || aggregator === 'interval'
}

/** What a meter keeps of one counter's period. A new aggregator is one file and one line here. */
export function newSeries(meter: Meter, window: Window): Series {
  switch (meter.aggregator) {
    case 'max':
      return new Maximum()
    case 'latest':
      return new Latest()
    case 'unique_count':
      return new UniqueCount()
    case 'percentile':
      return new Percentile(meter)
    case 'time_weighted':
      return meter.changes === true ? new LevelChanges(meter, window) : new TimeWeighted(meter, window)
    case 'interval':
      return new Interval(meter, window)
    case 'sum':
    case 'count':
      throw new Error(`meter ${meter.code} adds up: it keeps no series`)
  }
}
