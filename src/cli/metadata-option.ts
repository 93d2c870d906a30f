import { InvalidArgumentError } from 'commander'
import type { Cli } from './cli.ts'
import { queryText } from './client.ts'
import type { CliCommand } from './command.ts'

/** Entries of metadata as options name them; those of a list must all be there. */
export type Entries = Readonly<Record<string, string>>

export function collectEntry(text: string, before: Entries = {}): Entries {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Write it as key=value.')
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) }
}

const FLAGS = '--metadata <key=value>'

/** Adds `--metadata region=eu`, which may be given several times. */
export function addMetadata(command: CliCommand, description: string): CliCommand {
  return command.option(FLAGS, `${description}; may be repeated`, collectEntry)
}

/** What a change makes of entries: `region=` takes one away. */
export function metadataChange(entries: Entries): Readonly<Record<string, string | null>> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, value === '' ? null : value]))
}

/** Adds a command that changes the metadata of what never changes otherwise. */
export function addAnnotate(
  { run }: Pick<Cli, 'run'>,
  group: CliCommand,
  { path, argument, example }: { readonly path: string; readonly argument: string; readonly example: string },
): CliCommand {
  return group
    .command(`annotate <${argument}>`)
    .description('change the metadata: notes of your own, by which lists are narrowed')
    .example(`${example} --metadata order=4711`)
    .requiredOption(FLAGS, 'an entry to set, or with "key=" to take away; may be repeated', collectEntry)
    .action(async (reference: string, { metadata, ...query }: { metadata: Entries }) =>
      run((client) => {
        const address = `${path}/${encodeURIComponent(reference)}${queryText(query)}`
        return client.post(address, { metadata: metadataChange(metadata) }, 'PATCH')
      }),
    )
}
