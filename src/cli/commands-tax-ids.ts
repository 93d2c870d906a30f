import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'

interface Answer {
  readonly items: readonly Json[]
}

/** `kvit customer check-tax-id|tax-id-checks`: whether tax ids were given to anybody, and what was said of it before. */
export function addTaxIdCommands({ program, run }: Cli): void {
  const group = program.group('customer')
  group
    .command('check-tax-id <customer>')
    .description('ask VIES whether the tax ids of a customer were given to anybody; answers are kept as proof')
    .example('acme --issuer op')
    .option('--tax-id <number>', 'one of them; all when absent')
    .option('--issuer <reference>', 'who asks: VIES gives a number, as proof, to who says that')
    .action(async (customer: string, options: Json) =>
      run(async (client) => {
        const path = `/v1/customers/${encodeURIComponent(customer)}/tax-id-checks`
        return (await client.post<Answer>(path, options)).items.map(shown)
      }),
    )
  addFilters(
    group
      .command('tax-id-checks')
      .description('what VIES said of tax ids, the newest first')
      .example('--customer acme'),
    [
      ['--customer <reference>', 'of this customer'],
      ['--verdict <verdict>', 'valid, invalid or no_answer'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/tax-id-checks', options, (row) => ({ customer: row['customer'], ...shown(row) })),
    ),
  )
}

function shown({ taxId, verdict, consultation, name, address, reason, askedFor, askedAt }: Json): Json {
  return { taxId, verdict, consultation, name, address, reason, askedFor, askedAt }
}
