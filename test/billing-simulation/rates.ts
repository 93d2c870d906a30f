import type { Chance } from '../simulation/chance.ts'

/** How often something happened in a world. */
export interface Counts {
  requests: number
  repeats: number
  crashes: number
  steals: number
  lost: number
  unknown: number
  conflicts: number
  statements: number
}

/** How often something happens to one of a thousand statements. */
export interface Rates {
  lost: number
  unknown: number
  conflict: number
  /** Of a thousand choices: time passes, although somebody has something to do. */
  time: number
  /** Of a thousand steps of a process: one takes a while. */
  slow: number
}
export const CALM: Rates = { lost: 0, unknown: 0, conflict: 0, time: 0, slow: 0 }

export function drawRates(chance: Chance): Rates {
  return {
    lost: chance.pick([0, 3, 20]),
    unknown: chance.pick([0, 3, 20]),
    conflict: chance.pick([0, 1, 5]),
    time: chance.pick([1, 5, 30]),
    slow: chance.pick([0, 3, 20]),
  }
}
