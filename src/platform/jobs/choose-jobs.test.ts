import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Candidate, chooseJobs } from './choose-jobs.ts'

const DAY_MS = 86_400_000

/** `w3` waits and is due on day 3, `r3` runs, `l3` was left; those in capitals are scheduled. */
function candidate(name: string, place: number): Candidate {
  const state = name[0]?.toLowerCase() === 'w' ? 'waiting' : 'running'
  return {
    id: `${name}#${place}`,
    kind: 'test',
    state,
    dueAt: new Date(Number(name.slice(1)) * DAY_MS),
    isScheduled: name[0] !== name[0]?.toLowerCase(),
    fence: 0n,
    isLeft: name[0]?.toLowerCase() === 'l',
    isCancelAsked: false,
  }
}

const CASES: readonly [rule: string, seen: string, resting: string, chosen: string][] = [
  ['what was asked for at once waits for nothing', 'w1 r1 w2 R1 W1', '', 'w1 w2 W1'],
  ['what runs is not begun again, what was left is', 'r1 l1 l2', '', 'l1 l2'],
  ['of those that are scheduled the earliest go first, all for one time together', 'W1 W1 W2 W3', '', 'W1 W1'],
  ['while one for an earlier time runs, none for a later time is begun', 'R1 W1 W2 w3', '', 'W1 w3'],
  ['one for an earlier time that this process cannot do now holds the later ones, too', 'W1 W2 w2', 'W1', 'w2'],
  ['one that was left holds the later ones until it is done', 'L1 W2', '', 'L1'],
]

for (const [rule, seen, resting, chosen] of CASES)
  test(rule, () => {
    const candidates = seen.split(' ').map(candidate)
    const names = chooseJobs(candidates, ({ id }) => resting.split(' ').includes(id.split('#')[0] ?? ''))
    assert.equal(names.map(({ id }) => id.split('#')[0]).join(' '), chosen)
  })
