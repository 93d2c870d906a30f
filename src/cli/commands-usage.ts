import { readFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import { type Client, type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import type { ExportOptions } from './export-usage.ts'
import { type ImportOptions, importUsage } from './import-usage.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { toJson } from './option-values.ts'

interface Selection {
  readonly reason?: string
  readonly import?: string
  readonly id?: string[]
  readonly note?: string
}

function toSelection({ reason, import: importId, id }: Selection): Json {
  return {
    ...(reason === undefined ? {} : { reason }),
    ...(importId === undefined ? {} : { importId }),
    ...(id === undefined ? {} : { ids: id }),
  }
}

/** A file that begins with a bracket is a JSON array; others are lines. */
async function sendUsage(client: Client, bytes: Buffer): Promise<Json> {
  const isArray = bytes.subarray(0, 1024).toString('utf8').trimStart().startsWith('[')
  return client.postRaw('/v1/usage', bytes, isArray ? 'application/json' : 'application/x-ndjson')
}

export function addUsageCommands({ program, run }: Cli): void {
  const usage = program.command('usage').description('deliver usage')
  usage
    .command('import <files...>')
    .description(
      'deliver CSV or NDJSON files of any size by a mapping: files, folders, patterns, .gz, .zip; a cut-off one is resumed. Ends with 2 where records were suspended, with 1 where a file was refused',
    )
    .example('calls.csv --mapping mapping.yaml')
    .requiredOption('--mapping <file>', 'how rows become usage records')
    .option('--allow-suspended', 'suspended records are no failure: end with 0')
    .option('--skip-complete', 'leave out files that were delivered to their end before')
    .action(async (files: string[], options: ImportOptions) => run((client) => importUsage(client, files, options)))
  usage
    .command('send <file>')
    .description('deliver a small file of usage records as they are: NDJSON or a JSON array')
    .example('records.ndjson')
    .action(async (file: string) => run(async (client) => sendUsage(client, await readFile(file))))
  addFilters(
    usage.command('imports').description('list deliveries of files, the newest first').example('--status open'),
    [
      ['--status <status>', 'open, complete or refused'],
      ['--fingerprint <fingerprint>', 'of this file'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/usage-imports', options, ({ mapping: _mapping, header: _header, ...rest }) => rest),
    ),
  )
  usage
    .command('close <import>')
    .description('close a delivery whose rest will not come; what was charged stays charged')
    .example('019b0000-0000-7000-8000-000000000000 --reason "the carrier sends a corrected file"')
    .requiredOption('--reason <text>', 'why')
    .action(async (id: string, { reason }: { reason: string }) =>
      run(async (client) => {
        const closed = await client.post<Json>(`/v1/usage-imports/${id}/refusal`, { reason })
        const { mapping: _mapping, header: _header, ...rest } = closed
        return rest
      }),
    )
  addReadCommands(usage, run)
  const suspense = program.command('suspense').description('records that cannot be charged yet')
  suspense
    .command('reasons')
    .description('count by reason')
    .example('')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/suspense-reasons')).items))
  addFilters(
    suspense
      .command('list')
      .description('records that wait, the newest first')
      .example('--reason unknown_service --status open')
      .option('--status <status>', 'open, recycled or written_off', 'open'),
    [
      ['--reason <code>', 'for this reason'],
      ['--import <import>', 'of this delivery of a file'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/suspense', options, ({ id, reason, detail, file, importRow, record }) => ({
        ...{ id, reason, detail, file: file ?? '', row: importRow ?? '', record },
      })),
    ),
  )
  suspense
    .command('correct <id>')
    .description('replace an open record by a corrected one; "suspense recycle" charges it')
    .example(
      '7 --record \'{"id":"1","source":"switch","service":"380501112233","type":"call","time":"2026-01-05T10:00:00Z"}\' --note "wrong number"',
    )
    .requiredOption('--record <json>', 'the whole record as JSON')
    .option('--note <text>', 'why')
    .action(async (id: string, { record, note }: { record: string; note?: string }) =>
      run(async (client) => {
        toJson('--record', record)
        const body = `{"record":${record}${note === undefined ? '' : `,"note":${JSON.stringify(note)}`}}`
        return client.patchRaw(`/v1/suspense/${id}`, Buffer.from(body))
      }),
    )
  suspense
    .command('recycle')
    .description('charge suspended records again')
    .example('--reason unknown_service')
    .option('--reason <code>')
    .option('--import <id>')
    .option('--id <id...>')
    .action(async (options: Selection) => run((client) => client.post('/v1/suspense/recycle', toSelection(options))))
  suspense
    .command('write-off')
    .description('give suspended records up')
    .example('--reason too_old --note "agreed with the carrier"')
    .requiredOption('--note <text>', 'why')
    .option('--reason <code>')
    .option('--import <id>')
    .option('--id <id...>')
    .action(async (options: Selection) =>
      run((client) => client.post('/v1/suspense/write-off', { ...toSelection(options), note: options.note })),
    )
}

/** Questions about all the usage that was charged. */
function addReadCommands(usage: CliCommand, run: Cli['run']): void {
  addFilters(
    usage
      .command('gaps [service]')
      .description('which readings of a regular series are missing: of a service, or of all of them, or of some')
      .example('MAC000002 --from 2013-01-01T00:00:00Z --until 2013-02-01T00:00:00Z --step-minutes 30')
      .requiredOption('--from <time>', 'RFC 3339')
      .requiredOption('--until <time>', 'RFC 3339')
      .requiredOption('--step-minutes <minutes>', 'how often a meter should report')
      .option('--type <type>', 'readings of this event type alone'),
    [...OF_ACCOUNT, ['--incomplete', 'only services of which readings are missing']],
    false,
  ).action(async (service: string | undefined, options: Query) =>
    run((client) => {
      if (service === undefined) return listFiltered(client, '/v1/usage-gaps/services', options, gapColumns)
      const { from, until, stepMinutes, type, ...others } = options
      const [other] = Object.keys(others)
      if (other !== undefined)
        throw new Error(`of one service there is nothing to choose: leave SERVICE or --${other} out`)
      return client.get(`/v1/usage-gaps${queryText({ service, from, until, stepMinutes, type })}`)
    }),
  )
  const exported = usage
    .command('export')
    .description(
      'usage of all services as CSV, records as they stand with what they were charged; what waits is in "suspense list"',
    )
    .example('--account 1001 --from 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z --output usage.csv')
    .requiredOption('--from <time>', 'records that begin at this time or later, RFC 3339')
    .requiredOption('--until <time>', 'and before this time')
  for (const [flags, description] of OF_ACCOUNT) exported.option(flags, description)
  exported
    .option('--service <reference>', 'of this service')
    .option('--type <type>', 'of this event type')
    .option('--hours <count>', 'how much of the time is asked for at once', '24')
    .option('-o, --output <file>', 'write it to a file')
    .action(async (options: ExportOptions) =>
      run(async (client) => (await import('./export-usage.ts')).exportUsage(client, options)),
    )
}

/** Of a service: how many readings are missing, and where the first of them are. */
function gapColumns({ service, account, customerName, expected, missing, gaps }: Json): Json {
  const [first] = gaps as readonly { readonly from: string; readonly until: string }[]
  return {
    service,
    account,
    name: customerName,
    expected,
    missing,
    first: first === undefined ? '' : `${first.from}/${first.until}`,
  }
}
