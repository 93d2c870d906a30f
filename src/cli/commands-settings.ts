import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { suggestSpelling } from '../core/base/suggest-spelling.ts'
import type { Cli } from './cli.ts'
import type { Client, Json } from './client.ts'
import { collectEntry, type Entries } from './metadata-option.ts'
import { Listing } from './output.ts'

const pathOf = (name: string): string => `/v1/settings/${encodeURIComponent(name)}`

interface SetOptions {
  readonly secretFile?: Entries
  readonly removeSecret?: readonly string[]
}

/** Settings of a tenant with their secrets, and the key that all secrets are encrypted with. */
export function addSettingsCommands({ program, run }: Cli): void {
  const settings = program.command('settings').description('what the tenant has set, with secrets that are never shown')
  settings
    .command('list')
    .description('which settings there are, and which are set')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/settings')
        return new Listing(items, ({ name, changedAt, meaning }) => ({ name, changedAt, meaning }))
      }),
    )
  settings
    .command('show <name>')
    .description('what is set; of secrets whether and since when')
    .example('payment-notices')
    .action(async (name: string) =>
      run(async (client) => {
        await assertNamed(client, name)
        return client.get(pathOf(name))
      }),
    )
  settings
    .command('set <name> [values...]')
    .description(
      'set values, such as method=bank; the other values and secrets stay. A value that is JSON is taken as such',
    )
    .example('payment-notices method=bank --secret-file signingSecret=secret.txt')
    .option(
      '--secret-file <field=file>',
      'a secret, out of a file; "-" is the standard input; may be repeated',
      collectEntry,
    )
    .option('--remove-secret <field...>', 'secrets to take away')
    .action(async (name: string, values: string[], { secretFile = {}, removeSecret = [] }: SetOptions) =>
      run(async (client) => {
        const secrets: Record<string, string | null> = Object.fromEntries(removeSecret.map((field) => [field, null]))
        for (const [field, file] of Object.entries(secretFile))
          secrets[field] = (file === '-' ? await textOf(process.stdin) : await readFile(file, 'utf8')).trim()
        await assertNamed(client, name)
        const set = await client.get<{ values: Json | null }>(pathOf(name))
        const changed = values.reduce<Entries>((all, one) => collectEntry(one, all), {})
        const parsed = Object.entries(changed).map(([field, text]) => [field, parsedOr(text)])
        return client.post(pathOf(name), { values: { ...set.values, ...Object.fromEntries(parsed) }, secrets }, 'PUT')
      }),
    )
  settings
    .command('remove <name>')
    .description('remove settings with their secrets')
    .example('payment-notices')
    .action(async (name: string) => run((client) => client.post(pathOf(name), undefined, 'DELETE')))
  program
    .command('secrets')
    .description('the key that secrets are encrypted with')
    .command('rotate')
    .description('make a new key and encrypt all secrets of all tenants with it; the one before stays in the file')
    .example('')
    .action(async () => run((client) => client.post('/v1/secret-keys', {})))
}

/** @throws Error that says which settings there are: a name that no module has is an address that no server has. */
async function assertNamed(client: Client, name: string): Promise<void> {
  const { items } = await client.get<{ items: { name: string }[] }>('/v1/settings')
  const names = items.map((item) => item.name)
  if (!names.includes(name))
    throw new Error(`there are no settings "${name}"${suggestSpelling(name, names)} (there are ${names.join(', ')})`)
}

/** `3` and `["a"]` are JSON; `bank` is a text. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
