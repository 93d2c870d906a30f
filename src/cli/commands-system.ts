import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { startApp } from '../main.ts'
import { readConfig } from '../platform/config.ts'
import type { Cli } from './cli.ts'
import type { Json } from './client.ts'
import { formatTable } from './output.ts'

/**
 * Buffers of requests and segments count towards the size at which garbage is collected. Without it V8 collects all of it
 * whenever 64 MB of them have come and gone, which is several times a second.
 */
const MEMORY_FLAG = '--external-memory-accounted-in-global-limit'
const ROOT = join(import.meta.dirname, '../..')

export function addSystemCommands(cli: Cli): void {
  const { program, run } = cli
  program
    .command('start')
    .description('run the server until it is told to stop')
    .action(async () => {
      setFlagsFromString(MEMORY_FLAG)
      const app = await startApp(readConfig(process.env))
      console.log(
        `Kvit listens on ${app.url}\n  API reference   ${app.url}/reference\n  root key        in root.key of the data directory`,
      )
      const stop = (): void => void app.close().then(() => process.exit(0))
      process.once('SIGINT', stop)
      process.once('SIGTERM', stop)
    })
  program
    .command('check')
    .description('recompute all invariants from the stored facts')
    .action(async () =>
      run(async (client) => {
        const report = await client.get<{
          holds: boolean
          results: { invariant: string; holds: boolean; detail: string }[]
        }>('/v1/check')
        if (!report.holds) process.exitCode = 1
        if (program.opts<{ json?: boolean }>().json === true) return report
        return formatTable(
          report.results.map(({ invariant, holds, detail }) => ({ '': holds ? '✓' : '✗', invariant, detail })),
        )
      }),
    )
  program
    .command('archive')
    .description('move the facts of closed journal segments from Postgres to Parquet files')
    .action(async () => run((client) => client.post('/v1/journal/archive', {})))
  addScript(cli, 'test', 'types, lint, structure and tests; or the test files named', 'tools/run-tests.ts')
  addScript(cli, 'demo', 'three operators on real data: usage, invoices, payments, proof', 'src/cli/demo/main.ts')
  addScript(
    cli,
    'bench',
    'measure records per second to durable commit, beside the floor of this machine',
    'bench/main.ts',
  )
  addTenantCommands(cli)
}

/** Scripts that are a program of their own get their arguments as they are. */
function addScript({ program }: Cli, name: string, description: string, script: string): void {
  program
    .command(name)
    .description(description)
    .argument('[options...]')
    .allowUnknownOption()
    .action((_options: string[]) => {
      const at = process.argv.indexOf(name)
      process.exitCode = runScript(join(ROOT, script), [...process.argv.slice(2, at), ...process.argv.slice(at + 1)])
    })
}

function runScript(script: string, args: readonly string[]): number {
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    stdio: 'inherit',
    cwd: ROOT,
  })
  return status ?? 1
}

function addTenantCommands({ program, run }: Cli): void {
  const tenant = program.command('tenant').description('tenants')
  tenant
    .command('create <name>')
    .option('--acceptance-window-days <days>', 'how old usage may be')
    .option('--clock <time>', 'a test clock, RFC 3339')
    .action(async (name: string, { acceptanceWindowDays, clock }: { acceptanceWindowDays?: string; clock?: string }) =>
      run((client) => {
        const window = acceptanceWindowDays === undefined ? {} : { acceptanceWindowDays: Number(acceptanceWindowDays) }
        return client.post('/v1/tenants', { name, ...window, ...(clock === undefined ? {} : { clock }) })
      }),
    )
  tenant
    .command('list')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/tenants')).items))
  tenant
    .command('clock <name> <time>')
    .description('set the test clock, or "real" to follow the real one')
    .action(async (name: string, time: string) =>
      run((client) => client.post(`/v1/tenants/${name}`, { clock: time === 'real' ? null : time }, 'PATCH')),
    )
  const key = program.command('key').description('API keys')
  key
    .command('create <name>')
    .description('create a key; it is shown once')
    .requiredOption('--scope <scope...>')
    .action(async (name: string, { scope }: { scope: string[] }) =>
      run((client) => client.post('/v1/keys', { name, scopes: scope })),
    )
  key.command('list').action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/keys')).items))
  key
    .command('revoke <id>')
    .action(async (id: string) => run((client) => client.post(`/v1/keys/${id}`, undefined, 'DELETE')))
}
