import type { Cli } from './cli.ts'
import { Worded } from './output.ts'

interface Report {
  readonly customer: string
  readonly isDone: boolean
  readonly open: readonly string[]
  readonly rows: readonly { kind: string; rows: number; erased: readonly string[]; kept: string }[]
  readonly elsewhere: readonly { where: string; kept: string }[]
}

/** `kvit customer export|erase`: what is known of a person, and taking it away. */
export function addPersonalDataCommands({ program, run }: Cli): void {
  const group = program.group('customer')
  group
    .command('export <reference>')
    .description('everything that is stored of a customer, a row each; its usage is "kvit usage export"')
    .example('olha')
    .action(async (reference: string) =>
      run((client) => client.list(`/v1/customers/${encodeURIComponent(reference)}/personal-data`)),
    )
  group
    .command('erase <reference>')
    .description(
      'erase what need not be known of a customer any longer; documents stay. Without --yes it says what would go',
    )
    .example('olha --yes')
    .option('--yes', 'do it: it cannot be undone')
    .action(async (reference: string, { yes = false }: { yes?: boolean }) =>
      run(async (client) => {
        const path = `/v1/customers/${encodeURIComponent(reference)}/erasure`
        const report = await client.post<Report>(path, { dryRun: !yes })
        return new Worded(report, () => inWords(report))
      }),
    )
}

function inWords({ customer, isDone, open, rows, elsewhere }: Report): string {
  const gone = rows.flatMap(({ kind, rows: count, erased }) =>
    erased.length === 0 ? [] : [`  ${kind} (${count}): ${erased.join(', ')}`],
  )
  const stays = [
    ...rows.map(({ kind, rows: count, kept }) => `  ${kind} (${count}): ${kept}`),
    ...elsewhere.map(({ where, kept }) => `  ${where}: ${kept}`),
  ]
  return [
    isDone ? `customer ${customer} is erased:` : `of customer ${customer} would be erased:`,
    ...gone,
    'what stays, and why:',
    ...stays,
    ...(open.length === 0 ? [] : ['first:', ...open.map((one) => `  ${one}`)]),
    ...(isDone || open.length > 0 ? [] : [`"kvit customer erase ${customer} --yes" does it`]),
  ].join('\n')
}
