import { readConfig } from '../platform/config.ts'
import type { Cli } from './cli.ts'
import { Client } from './client.ts'
import { CliCommand } from './command.ts'
import { COMMAND_GROUPS, wordsOf } from './command-groups.ts'
import { Interrupted, unlessInterrupted, whenInterrupted } from './interrupts.ts'
import { show, showError } from './output.ts'

/** The program with the commands that a call needs; with all of them when there are no words. */
export async function createProgram(words: readonly string[] | null): Promise<CliCommand> {
  const program = new CliCommand('kvit')
    .description('Convergent billing: usage in, settled money out, every amount explained and provable.')
    .option('-t, --tenant <name>', 'the tenant to work in', process.env['KVIT_TENANT'] || 'main')
    .option('--json', 'print JSON')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\n"kvit --version" tells the version; "kvit help COMMAND" tells about a command.')
  const cli: Cli = {
    program,
    isWanted: (...wanted) => words === null || wanted.every((word, at) => words[at] === word),
    run: async (work) => runWithClient(program, work),
  }
  for (const group of COMMAND_GROUPS) {
    if (words === null || group.words.includes(words[0] as string)) await (await group.load())(cli)
  }
  return program
}

export async function runProgram(argv: readonly string[]): Promise<void> {
  const program = await createProgram(wordsOf(argv.slice(2)))
  await program.parseAsync(argv)
}

async function runWithClient(program: CliCommand, work: (client: Client) => Promise<unknown>): Promise<void> {
  const { tenant, json } = program.opts<{ tenant: string; json?: boolean }>()
  let client: Client | undefined
  try {
    client = new Client(readConfig(process.env), tenant, undefined, whenInterrupted())
    show(await unlessInterrupted(work(client)), json === true)
  } catch (error) {
    if (error instanceof Interrupted) await endInOrder(error, client)
    showError(error, json === true)
    process.exitCode = 1
  } finally {
    await client?.close()
  }
}

/** What the interrupted work still waits for, such as input, is not waited for. */
async function endInOrder({ exitCode }: Interrupted, client: Client | undefined): Promise<never> {
  await client?.close()
  process.exit(exitCode)
}
