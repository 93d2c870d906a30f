import { readConfig } from '../platform/config.ts'
import type { Cli } from './cli.ts'
import { Client } from './client.ts'
import { CliCommand } from './command.ts'
import { COMMAND_GROUPS, namedWords, wordsOf } from './command-groups.ts'
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
  const isJson = (): boolean => program.opts<{ json?: boolean }>().json === true
  const cli: Cli = {
    program,
    isWanted: (...wanted) => words === null || wanted.every((word, at) => words[at] === word),
    run: async (work) => runWithClient(program, work),
    runAlone: async (work) => runAlone(isJson, work),
    isJson,
  }
  for (const group of COMMAND_GROUPS) {
    if (words === null || group.words.includes(words[0] as string)) await (await group.load())(cli)
  }
  return program
}

export async function runProgram(argv: readonly string[]): Promise<void> {
  const args = argv.slice(2)
  const program = await createProgram(wordsOf(args))
  await program.parseAsync(meant(program, args), { from: 'user' })
}

/**
 * Help about a command that there is not is answered as the command would be: `kvit evnts --help`, `kvit help evnts`.
 * `kvit help invoice list` is `kvit invoice list --help`.
 */
function meant(program: CliCommand, args: readonly string[]): readonly string[] {
  const words = namedWords(args)
  if (words[0] === undefined) return args
  if (!program.commands.some((command) => command.name() === words[0])) return [words[0]]
  return args[0] === 'help' ? [...words, '--help'] : args
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

async function runAlone(isJson: () => boolean, work: () => Promise<unknown>): Promise<void> {
  try {
    show(await work(), isJson())
  } catch (error) {
    // What was done, and what is left of it, was told at once.
    if (error instanceof Interrupted) process.exitCode = error.exitCode
    else {
      showError(error, isJson())
      process.exitCode = 1
    }
  }
}

/** What the interrupted work still waits for, such as input, is not waited for. */
async function endInOrder({ exitCode }: Interrupted, client: Client | undefined): Promise<never> {
  await client?.close()
  process.exit(exitCode)
}
