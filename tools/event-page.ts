import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EVENT_TYPES } from '../src/app/event-types.ts'

/**
 * The table of all events in `docs/events.md`, as the catalogue describes them. `node tools/event-page.ts` writes it into the
 * page; a test fails where the two differ.
 */
export const EVENT_PAGE = join(import.meta.dirname, '../docs/events.md')
const BEGIN = '<!-- events: written by tools/event-page.ts -->\n'
const END = '<!-- end of events -->'

function tableOfEvents(): string {
  const rows = EVENT_TYPES.toSorted((a, b) => (a.type < b.type ? -1 : 1)).map(({ type, objectKind, meaning, data }) => {
    const fields = Object.keys(data.shape).map((name) => `\`${name}\``)
    return `| \`${type}\` | ${objectKind} | ${meaning} | ${fields.join(', ')} |`
  })
  return ['| type | about | what happened | `data` |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

/** The page with the table as it should be. */
export function withTable(page: string): string {
  const [from, to] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)]
  return `${page.slice(0, from)}\n${tableOfEvents()}\n${page.slice(to)}`
}

if (import.meta.main) writeFileSync(EVENT_PAGE, withTable(readFileSync(EVENT_PAGE, 'utf8')))
