import type { Cli } from './cli.ts'
import type { Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { Worded } from './output.ts'
import type { RateList } from './tax/own-rates.ts'

export function addTaxCommands(cli: Cli): void {
  const { program, runAlone } = cli
  const tax = program
    .command('tax')
    .description('how a supply is taxed and why, tax rates, and tax ids; needs no server, but for own rates')
  tax
    .command('decide <file>')
    .description('the taxes of a case: seller, buyer, lines and day in a YAML or JSON file (docs/tax.md)')
    .example('case.yaml')
    .action(async (file: string) =>
      runAlone(async () => {
        const { readCaseFile } = await import('./tax/read-case.ts')
        const { decideCase } = await import('./tax/decide-case.ts')
        const { shownCase } = await import('./tax/describe-case.ts')
        const decided = decideCase(await readCaseFile(file))
        if (decided.undecided.length > 0) process.exitCode = 1
        return shownCase(decided)
      }),
    )
  tax
    .command('rates')
    .description('the rates that come with Kvit, with where they are from')
    .example('--country FI --on 2026-01-01')
    .option('--country <code>', 'of one country, such as DE')
    .option('--on <day>', 'those that hold on a day; else all that ever held')
    .action(async (options: { country?: string; on?: string }) =>
      runAlone(async () => (await import('./tax/list-rates.ts')).listRates(options)),
    )
  tax
    .command('id-check <id>')
    .description('whether form and check digits of a tax id are right; the exit code is 1 when they are not')
    .example('DE136695976')
    .option('--country <code>', 'for an id that is written without its prefix, such as UA')
    .action(async (id: string, { country }: { country?: string }) =>
      runAlone(async () => {
        const { checkedId, shownVerdict } = await import('./tax/check-id.ts')
        const verdict = checkedId(id, country)
        if (!verdict.isValid) process.exitCode = 1
        return shownVerdict(verdict)
      }),
    )
  addRateCommands(cli, tax)
}

/** Rates of a tenant: its own, and those that come with Kvit. */
function addRateCommands({ run }: Cli, tax: CliCommand): void {
  addFilters(
    tax
      .command('answers')
      .description('what an engine of tax outside was asked and has said, the newest first')
      .example('--state asked'),
    [
      ['--account <reference>', 'of this account'],
      ['--state <state>', 'asked, answered or own_rules'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/tax-answers',
        options,
        ({ account, taxClass, suppliedOn, state, taxes, reference, reason }) => {
          const rates = (taxes as { name: string; percent: string }[] | null)?.map(
            ({ name, percent }) => `${name} ${percent} %`,
          )
          return { account, taxClass, suppliedOn, state, rates: rates?.join(', ') ?? null, reference, reason }
        },
      ),
    ),
  )
  const rate = tax.command('rate').description('the rates that a tenant’s documents are taxed with')
  rate
    .command('add <file>')
    .description('add rates of your own out of a YAML or JSON file with source, asOf and rates (docs/tax.md)')
    .example('rates.yaml')
    .action(async (file: string) =>
      run(async (client) => {
        const { readRateFile, sendRates } = await import('./tax/own-rates.ts')
        const report = await sendRates(client, await readRateFile(file))
        return new Worded(report, () => `rates added: ${report.added}; there before as they are: ${report.known}`)
      }),
    )
  rate
    .command('list')
    .description('all rates with where they are from')
    .example('--country US --on 2026-01-01')
    .option('--country <code>', 'of one country, such as DE')
    .option('--on <day>', 'those that hold on a day; else all that ever held')
    .option('--own', 'own rates alone')
    .action(async (options: { country?: string; on?: string; own?: boolean }) =>
      run(async (client) => {
        const { describeRates } = await import('./tax/own-rates.ts')
        const given = Object.entries(options).map(([name, value]) => [name, String(value)])
        const found = await client.get<RateList>(`/v1/tax-rates?${new URLSearchParams(given)}`)
        return new Worded(found, () => describeRates(found))
      }),
    )
}
