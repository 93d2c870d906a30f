import type { Calendar, History, Step } from './history.ts'
import { type Finding, type NewTenant, play } from './play.ts'

/** More rounds would only make a story shorter that can be read by now. */
const MAX_ROUNDS = 12

interface Shrunk {
  readonly finding: Finding
  readonly calendar: Calendar
}

/** The same difference with fewer steps and bill runs: what can be left out while it still shows is left out. */
export async function shrink(newTenant: NewTenant, calendar: Calendar, finding: Finding): Promise<Shrunk> {
  const moments = calendar.moments.filter(({ at }) => at <= finding.at)
  let best: Shrunk = { finding, calendar: { ...calendar, moments } }
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const shorter = (await withoutSteps(newTenant, best)) ?? (await withoutBillRun(newTenant, best))
    if (shorter === null) break
    best = shorter
  }
  return best
}

/** Tries the history without each of its steps, side by side; then without all that could go. */
async function withoutSteps(newTenant: NewTenant, { finding, calendar }: Shrunk): Promise<Shrunk | null> {
  const { history } = finding
  const steps = history.steps.filter(({ at }) => at <= finding.at)
  const without = (gone: readonly Step[], name: string): History => {
    return renamed({ ...history, steps: steps.filter((step) => !gone.includes(step)) }, name)
  }
  const singles = steps.map((step, at) => without([step], `${history.name}w${at}`))
  const still = await play(newTenant, calendar, singles)
  if (still.length === 0) return null
  const gone = steps.filter((_, at) => still.some(({ history: { name } }) => name === `${history.name}w${at}`))
  const [all] = await play(newTenant, calendar, [without(gone, `${history.name}x`)])
  const found = all ?? still[0]
  return found === undefined ? null : { finding: found, calendar }
}

async function withoutBillRun(newTenant: NewTenant, { finding, calendar }: Shrunk): Promise<Shrunk | null> {
  for (const gone of calendar.moments.filter(({ billUntil }) => billUntil !== undefined)) {
    const fewer = { ...calendar, moments: calendar.moments.map((one) => (one === gone ? { at: one.at } : one)) }
    const [found] = await play(newTenant, fewer, [finding.history])
    if (found !== undefined) return { finding: found, calendar: fewer }
  }
  return null
}

/** All names of a history begin with its own. */
function renamed(history: History, name: string): History {
  return JSON.parse(JSON.stringify(history).replaceAll(`"${history.name}`, `"${name}`)) as History
}
