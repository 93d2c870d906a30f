import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Cli } from './cli.ts'
import type { Client, Json } from './client.ts'
import { formatTable } from './output.ts'
import { readMapping } from './usage-import.ts'

interface DeckReport extends Json {
  readonly counts: Readonly<Record<string, number>>
  readonly differences: readonly Json[]
}

interface ImportOptions {
  readonly mapping: string
  readonly effectiveFrom: string
  readonly add?: boolean
  readonly dryRun?: boolean
}

export async function importDeck(client: Client, file: string, options: ImportOptions): Promise<DeckReport> {
  return client.post<DeckReport>('/v1/rate-decks', {
    mapping: await readMapping(options.mapping),
    effectiveFrom: options.effectiveFrom,
    mode: options.add === true ? 'add' : 'replace',
    file: { name: basename(file), text: await readFile(file, 'utf8') },
    dryRun: options.dryRun === true,
  })
}

function describe({ counts, differences }: DeckReport): string {
  const summary = Object.entries(counts)
    .map(([change, count]) => `${count} ${change}`)
    .join(', ')
  const total = Object.entries(counts).reduce((sum, [change, n]) => (change === 'unchanged' ? sum : sum + n), 0)
  const more = total > differences.length ? [`… ${total - differences.length} more`] : []
  return [summary, ...(differences.length === 0 ? [] : [formatTable(differences)]), ...more].join('\n')
}

export function addDeckCommands({ program, run, isJson }: Cli): void {
  const deck = program.command('deck').description('rate decks: prefixes of numbers and what they cost')
  deck
    .command('import <file>')
    .description("import a carrier's CSV file as the next version of a deck, whole or not at all")
    .example('rates.csv --mapping deck.yaml --effective-from 2026-03-01 --dry-run')
    .requiredOption('--mapping <file>', 'a YAML file that says which column is what')
    .requiredOption('--effective-from <day>', 'the day from which the version is in force')
    .option('--add', 'add to the version in force on that day instead of replacing it')
    .option('--dry-run', 'only validate and show what would differ')
    .action(async (file: string, options: ImportOptions) =>
      run(async (client) => {
        const report = await importDeck(client, file, options)
        if (isJson()) return report
        const { code, version, rows, repeated, skipped, imported } = report
        const head = `${code} version ${version}: ${rows} prefixes, ${repeated} repeated and ${skipped} skipped rows`
        return `${head}\n${describe(report)}\n${imported === true ? 'imported' : 'nothing imported (dry run)'}`
      }),
    )
  deck
    .command('list')
    .description('list the versions of all decks')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/rate-decks')
        return items.map(({ code, version, name, effectiveFrom, rowCount, fileName }) => ({
          code,
          version,
          name,
          effectiveFrom,
          rowCount,
          fileName,
        }))
      }),
    )
  deck
    .command('lookup <code> <number>')
    .description('what a number costs')
    .example('carrier 380501112233 --at 2026-02-10T12:00:00Z')
    .option('--at <time>', 'a time such as 2026-02-10T12:00:00Z; now when absent')
    .action(async (code: string, number: string, { at }: { at?: string }) =>
      run(async (client) => client.get(`/v1/rate-decks/${code}/lookup?${queryOf({ number, at })}`)),
    )
  deck
    .command('diff <code>')
    .description('what differs between two versions of a deck, or between two decks')
    .example('carrier --version 3 --base-version 2')
    .option('--version <number>', 'a version; the newest when absent')
    .option('--base <code>', 'the deck to compare with; the same one when absent')
    .option('--base-version <number>', 'its version')
    .option('--limit <number>', 'differences of each kind', '100')
    .action(async (code: string, options: { version?: string; base?: string; baseVersion?: string; limit: string }) =>
      run(async (client) => {
        const report = await client.get<DeckReport>(`/v1/rate-decks/${code}/diff?${queryOf(options)}`)
        return isJson() ? report : describe(report)
      }),
    )
}

function queryOf(given: Readonly<Record<string, string | undefined>>): string {
  return new URLSearchParams(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()
}
