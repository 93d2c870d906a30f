import { Readable } from 'node:stream'
import type { TestEvent } from 'node:test/reporters'
import { spec } from 'node:test/reporters'

/** What is of interest of a test that fails, and at the end of all. */
const SHOWN = new Set(['test:fail', 'test:diagnostic', 'test:stderr', 'test:stdout', 'test:summary'])

async function* shown(events: AsyncIterable<TestEvent>): AsyncGenerator<TestEvent> {
  for await (const event of events) if (SHOWN.has(event.type)) yield event
}

/** The runner's own report without the tests that pass: of nearly two thousand lines, those that somebody has to read. */
async function* reportFailures(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  yield* Readable.from(shown(events)).compose(new spec())
}

// biome-ignore lint/style/noDefaultExport: the runner takes a reporter by this name alone.
export { reportFailures as default }
