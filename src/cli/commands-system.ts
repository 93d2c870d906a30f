import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Cli } from './cli.ts'
import type { Json } from './client.ts'
import { toWhole } from './option-values.ts'
import { formatTable } from './output.ts'

const ROOT = join(import.meta.dirname, '../..')

export function addSystemCommands(cli: Cli): void {
  const { program, run, isJson } = cli
  program
    .command('start')
    .description('run the server until it is told to stop')
    .example('')
    .action(async () => (await import('./serve.ts')).serve())
  program
    .command('doctor')
    .description('look at the whole installation, and say what is wrong and what to do; the exit code is 1 then')
    .example('')
    .action(async () => {
      const { runDoctor } = await import('./doctor/doctor.ts')
      await runDoctor(process.env, isJson())
    })
  program
    .command('completion <shell>')
    .description('print what makes bash, zsh or fish complete commands and options')
    .example('bash')
    .action(async (shell: string) => {
      const { completionScript, SHELLS } = await import('./completion.ts')
      const known = SHELLS.find((name) => name === shell)
      if (known === undefined)
        return program.error(`error: no completion for ${shell}: use one of ${SHELLS.join(', ')}`)
      process.stdout.write(completionScript(program, known))
    })
  program
    .command('check')
    .description('recompute all invariants from the stored facts')
    .option('--head <seq:digest>', 'a head of the journal that was kept outside ("kvit head"): it must still be there')
    .example('')
    .action(async ({ head }: { head?: string }) =>
      run(async (client) => {
        const { checkWithHead } = await import('./check-head.ts')
        const report = await checkWithHead(client, head)
        if (!report.holds) process.exitCode = 1
        if (isJson()) return report
        return formatTable(
          report.results.map(({ invariant, holds, detail }) => ({ '': holds ? '✓' : '✗', invariant, detail })),
        )
      }),
    )
  program
    .command('head')
    .description('the last segment of the journal as SEQ:DIGEST, to be kept outside and compared later')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { seq, digest } = await client.get<{ seq: number; digest: string }>('/v1/journal/head')
        return isJson() ? { seq, digest } : `${seq}:${digest}`
      }),
    )
  program
    .command('archive')
    .description('move the facts of closed journal segments from Postgres to Parquet files')
    .example('')
    .action(async () => run((client) => client.post('/v1/journal/archive', {})))
  for (const script of SCRIPTS) addScript(cli, script)
  addTenantCommands(cli)
}

interface Script {
  readonly name: string
  readonly description: string
  readonly file: string
  readonly example: string
}

const SCRIPTS: readonly Script[] = [
  {
    name: 'test',
    description: 'types, lint, structure and tests; or the test files named',
    file: 'tools/run-tests.ts',
    example: 'test/billing.test.ts',
  },
  {
    name: 'demo',
    description: 'three operators on real data: usage, invoices, payments, proof',
    file: 'src/cli/demo/main.ts',
    example: '',
  },
  {
    name: 'crossing',
    description: 'random accounts in which features of billing meet, each held against pencil and paper',
    file: 'test/crossing/run.ts',
    example: '--seeds 10 --from 100',
  },
  {
    name: 'soak-test',
    description: 'billing while servers are killed and commits are lost, in worlds that seeds decide',
    file: 'test/billing-simulation/run.ts',
    example: '--seeds 10 --from 100',
  },
  {
    name: 'bench',
    description: 'measure records per second to durable commit, beside the floor of this machine',
    file: 'bench/main.ts',
    example: '',
  },
]

/** Scripts that are a program of their own get their arguments as they are. */
function addScript({ program }: Cli, { name, description, file, example }: Script): void {
  program
    .command(name)
    .description(description)
    .example(example)
    .argument('[options...]')
    .allowUnknownOption()
    .action((_options: string[]) => {
      const at = process.argv.indexOf(name)
      runScript(join(ROOT, file), [...process.argv.slice(2, at), ...process.argv.slice(at + 1)])
    })
}

/** The script takes the place of this process, so that interrupts reach it alone; where that cannot be, it runs below it. */
function runScript(script: string, args: readonly string[]): void {
  const line = ['--disable-warning=ExperimentalWarning', script, ...args]
  process.chdir(ROOT)
  if (process.platform !== 'win32' && process.execve !== undefined)
    process.execve(process.execPath, [process.execPath, ...line], process.env)
  process.exitCode = spawnSync(process.execPath, line, { stdio: 'inherit' }).status ?? 1
}

function addTenantCommands({ program, run }: Cli): void {
  const tenant = program.command('tenant').description('tenants')
  tenant
    .command('create <name>')
    .description('make a tenant, whose data nobody else sees')
    .example('main --clock 2026-02-01T06:00:00Z --acceptance-window-days 400')
    .option('--acceptance-window-days <days>', 'how old usage may be')
    .option('--clock <time>', 'a test clock, RFC 3339')
    .action(async (name: string, { acceptanceWindowDays, clock }: { acceptanceWindowDays?: string; clock?: string }) =>
      run((client) => {
        const window =
          acceptanceWindowDays === undefined
            ? {}
            : { acceptanceWindowDays: toWhole('--acceptance-window-days', acceptanceWindowDays) }
        return client.post('/v1/tenants', { name, ...window, ...(clock === undefined ? {} : { clock }) })
      }),
    )
  tenant
    .command('list')
    .description('list tenants')
    .example('')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/tenants')).items))
  tenant
    .command('clock <name> <time>')
    .description('set the test clock, or "real" to follow the real one')
    .example('main 2026-03-01T06:00:00Z')
    .option('--back', 'let it go back: usage of later than the clock waits in suspense then')
    .action(async (name: string, time: string, { back = false }: { back?: boolean }) =>
      run((client) => client.post(`/v1/tenants/${name}`, { clock: time === 'real' ? null : time, back }, 'PATCH')),
    )
  const key = program.command('key').description('API keys')
  key
    .command('create <name>')
    .description('create a key; it is shown once')
    .example('gateway --scope charging:write')
    .requiredOption('--scope <scope...>')
    .option('--expires-at <time>', 'from then on it opens nothing; never unless set')
    .option('--requests-per-second <count>', 'a limit below that of all keys')
    .action(async (name: string, options: { scope: string[]; expiresAt?: string; requestsPerSecond?: string }) =>
      run((client) => {
        const { scope: scopes, expiresAt, requestsPerSecond: most } = options
        const limit = most === undefined ? {} : { requestsPerSecond: Number(most) }
        return client.post('/v1/keys', { name, scopes, ...limit, ...(expiresAt === undefined ? {} : { expiresAt }) })
      }),
    )
  key
    .command('rotate <id>')
    .description('a key that takes the place of another, which goes on for a while; it is shown once')
    .example('KEY --overlap-hours 48')
    .option('--overlap-hours <hours>', 'how long the one before goes on; 24 unless set')
    .option('--expires-at <time>', 'of the new one; never unless set')
    .action(async (id: string, { overlapHours, expiresAt }: { overlapHours?: string; expiresAt?: string }) =>
      run((client) => {
        const overlap = overlapHours === undefined ? {} : { overlapHours: Number(overlapHours) }
        const expiry = expiresAt === undefined ? {} : { expiresAt }
        return client.post(`/v1/keys/${id}/rotate`, { ...overlap, ...expiry })
      }),
    )
  key
    .command('list')
    .description('list keys')
    .example('')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/keys')).items))
  key
    .command('revoke <id>')
    .description('from now on the key opens nothing, nor does any that was made with it')
    .example('KEY')
    .option('--keep-made', 'the keys that it made go on')
    .action(async (id: string, { keepMade = false }: { keepMade?: boolean }) =>
      run((client) => client.post(`/v1/keys/${id}?keepMade=${keepMade}`, undefined, 'DELETE')),
    )
}
