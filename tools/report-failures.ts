import { relative, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'
import { spec } from 'node:test/reporters'

/** What is of interest of a test that fails, and at the end of all. */
const SHOWN = new Set(['test:fail', 'test:diagnostic', 'test:stderr', 'test:stdout', 'test:summary'])
/** Files whose time is told: where the next minute can be saved. */
const SLOWEST = 25

/** How long a file took, loading included, in ms: from when it was begun (`test:dequeue` by its path) until its last test was done. */
class FileTimes {
  readonly #began = new Map<string, number>()
  readonly #took = new Map<string, number>()

  note(event: TestEvent): void {
    if (event.type !== 'test:dequeue' && event.type !== 'test:complete') return
    const { file, name } = event.data
    if (file === undefined) return
    const began = this.#began.get(file)
    if (event.type === 'test:complete') this.#took.set(file, performance.now() - (began ?? 0))
    else if (resolve(name) === file) this.#began.set(file, performance.now())
  }

  lines(): string {
    const slowest = [...this.#took].sort(([, a], [, b]) => b - a).slice(0, SLOWEST)
    const line = ([file, ms]: [string, number]): string =>
      `${(ms / 1000).toFixed(1).padStart(7)} s  ${relative('.', file)}`
    return `The slowest files, two or more beside one another:\n${slowest.map(line).join('\n')}\n`
  }
}

async function* shown(events: AsyncIterable<TestEvent>, times: FileTimes): AsyncGenerator<TestEvent> {
  for await (const event of events) {
    times.note(event)
    if (SHOWN.has(event.type)) yield event
  }
}

/**
 * The runner's own report without the tests that pass: of nearly four thousand lines, those that somebody has to read.
 * Which files took longest is told beside it: the runner's summary stays the last of the output.
 */
async function* reportFailures(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const times = new FileTimes()
  yield* Readable.from(shown(events, times)).compose(new spec())
  console.error(times.lines())
}

// biome-ignore lint/style/noDefaultExport: the runner takes a reporter by this name alone.
export { reportFailures as default }
