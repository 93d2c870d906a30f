import { setTimeout } from 'node:timers/promises'
import type { Cli } from './cli.ts'
import { type Client, type Json, queryText } from './client.ts'
import { addFilters, type Filter, listFiltered, OF_ACCOUNT } from './list-options.ts'

/** How often those who follow events ask for new ones. */
const ASK_EVERY_MS = 1_000
const PAGE = 500

const FILTERS: readonly Filter[] = [
  ['--type <types>', 'of these types, such as invoice.* or payment.recorded,payment.reversed'],
  ['--object <reference>', 'about the thing with this id or code'],
  ...OF_ACCOUNT,
]

/** What people are shown of an event in a line. */
function lineOf({ seq, createdAt, type, objectId, data }: Json): Json {
  return { seq, createdAt, type, object: objectId, data: JSON.stringify(data) }
}

interface TailOptions {
  readonly type?: string
  readonly object?: string
  readonly account?: string
  readonly customer?: string
  /** The id of an event. */
  readonly after?: string
}

/**
 * Events as they happen, each told once.
 * @param tell is given one after another; whoever is done throws
 */
export async function followEvents(
  client: Client,
  { after, ...filters }: TailOptions,
  tell: (event: Json) => void,
): Promise<never> {
  let cursor = after
  if (cursor === undefined) {
    const newest = await client.get<{ items: { id: string }[] }>('/v1/events?order=newest&limit=1')
    cursor = newest.items[0]?.id
  }
  for (;;) {
    const page = await client.get<{ items: (Json & { id: string })[]; nextCursor: string | null }>(
      `/v1/events${queryText({ ...filters, cursor, limit: String(PAGE) })}`,
    )
    for (const event of page.items) tell(event)
    // A page may be empty because none of very many events is meant: its cursor goes on behind them.
    cursor = page.nextCursor ?? page.items.at(-1)?.id ?? cursor
    if (page.nextCursor === null) await setTimeout(ASK_EVERY_MS)
  }
}

export function addEventCommands({ program, run }: Cli): void {
  const event = program.command('event').description('what happened: list, show, tail')
  addFilters(
    event
      .command('list')
      .description('what happened, the newest first')
      .example('--type invoice.issued --limit 10')
      .example('--account 1001 --oldest-first'),
    FILTERS,
    false,
  ).action(async (options: Json) => run((client) => listFiltered(client, '/v1/events', options as never, lineOf)))
  event
    .command('show <id>')
    .description('an event with all that it tells')
    .example('01890000-0000-7000-8000-000000000001')
    .action(async (id: string) => run((client) => client.get(`/v1/events/${encodeURIComponent(id)}`)))
  const tail = event
    .command('tail')
    .description('follow what happens, until it is interrupted: a line of JSON for each event')
    .example("--type 'payment.*'")
    .example('--after 01890000-0000-7000-8000-000000000001')
  for (const [flags, description] of FILTERS) tail.option(flags, description)
  tail
    .option('--after <id>', 'from behind this event on; only what happens from now on unless set')
    .action(async (options: TailOptions) =>
      run((client) => followEvents(client, options, (told) => console.log(JSON.stringify(told)))),
    )
}
