import { type Client, type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import { addMetadata } from './metadata-option.ts'
import { Listing } from './output.ts'

/** An option of a list that the API knows as a filter: its flag, and what it is. */
export type Filter = readonly [flags: string, description: string]

export const OF_ACCOUNT: readonly Filter[] = [
  ['--account <reference>', 'of this account'],
  ['--customer <reference>', 'of this customer'],
]
export const OF_CURRENCY: Filter = ['--currency <currency>', 'in this currency']

/** The ends of amounts, both in: `--min-total 100`. */
export function ofAmounts(name: 'amount' | 'total'): readonly Filter[] {
  return [
    [`--min-${name} <decimal>`, 'of this much or more; needs --currency'],
    [`--max-${name} <decimal>`, 'of this much or less; needs --currency'],
  ]
}

/** What every list can be asked. */
const COMMON: readonly Filter[] = [
  ['--text <text>', 'with this in a key or name'],
  ['--created-from <time>', 'made at this time or later'],
  ['--created-until <time>', 'made before this time'],
]

/** Adds the filters to a command that lists something, with how many it shows. @param hasMetadata of what it lists. */
export function addFilters(command: CliCommand, filters: readonly Filter[], hasMetadata = true): CliCommand {
  for (const [flags, description] of [...filters, ...COMMON]) command.option(flags, description)
  if (hasMetadata) addMetadata(command, 'with this entry')
  return command.option('--limit <count>', 'at most so many; all unless set').option('--oldest-first')
}

/**
 * All rows of a list of the API that the options ask for, the newest first.
 * @param columns what people are shown; with `--json` a row is as the API has it.
 */
export async function listFiltered(
  client: Client,
  path: string,
  { limit, oldestFirst, ...filters }: Query,
  columns: (row: Json) => Json,
): Promise<Listing> {
  const most = limit === undefined ? Number.POSITIVE_INFINITY : Number(limit)
  if (limit !== undefined && !(Number.isInteger(most) && most > 0))
    throw new Error(`--limit is a whole number from 1, not ${limit}`)
  const query = queryText({ ...filters, order: oldestFirst === true ? 'oldest' : 'newest' })
  return new Listing(await client.list(`${path}${query}`, most), columns)
}
