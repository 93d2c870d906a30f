import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

/** What has limits above which a second person is needed, as people write it, and where the settings have it. */
const LIMITS = {
  reversals: 'reversal',
  'credit-notes': 'credit_note',
  voids: 'void',
  'debit-notes': 'debit_note',
  refunds: 'refund',
  'write-offs': 'write_off',
} as const

type ByCurrency = Readonly<Record<string, string>>
interface Settings extends Json {
  readonly reversalLimits?: ByCurrency
  readonly documentLimits?: Readonly<Record<string, ByCurrency>>
}

function withLimit(limits: ByCurrency = {}, currency: string, amount: string | undefined): ByCurrency {
  const { [currency]: _, ...others } = limits
  return amount === undefined ? others : { ...others, [currency]: amount }
}

/** What two people have to agree to, and from which amount on. */
export function addApprovalCommands({ program, run }: Cli): void {
  const approval = program.command('approval').description('what waits for a second person')
  addFilters(
    approval
      .command('list')
      .description('what was asked for, by whom, and what became of it')
      .example('--status pending'),
    [
      ...OF_ACCOUNT,
      ['--status <status>', 'pending, applied, rejected or expired'],
      ['--kind <kind>', 'payment, top_up (reversals), credit_note, void, debit_note, write_off or dispute'],
    ],
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/approval-requests', options, (row) => {
        const { id, kind, amount, currency, reason, status, requestedBy, expiresAt } = row
        return {
          kind,
          of: (row['subject'] as Json)['key'],
          amount,
          currency,
          reason,
          status,
          requestedBy,
          expiresAt,
          id,
        }
      }),
    ),
  )
  for (const decision of ['approve', 'reject'] as const)
    approval
      .command(`${decision} <id>`)
      .description(`${decision} what another person has asked for`)
      .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
      .action(async (id: string) =>
        run((client) => client.post(`/v1/approval-requests/${encodeURIComponent(id)}/${decision}`, {})),
      )
  approval
    .command('limit <what> <currency> [amount]')
    .description(
      'above which amount reversals, credit-notes, debit-notes, voids, refunds or write-offs wait for a second person; without an amount there is no limit any more',
    )
    .example('credit-notes EUR 100.00')
    .action(async (what: string, currency: string, amount: string | undefined) =>
      run(async (client) => {
        const name = LIMITS[what as keyof typeof LIMITS]
        if (name === undefined) throw new Error(`limits are of ${Object.keys(LIMITS).join(', ')}, not of "${what}"`)
        const { reversalLimits, documentLimits = {}, ...settings } = await client.get<Settings>('/v1/charging/settings')
        const limits =
          name === 'reversal'
            ? { reversalLimits: withLimit(reversalLimits, currency, amount), documentLimits }
            : {
                ...(reversalLimits === undefined ? {} : { reversalLimits }),
                documentLimits: { ...documentLimits, [name]: withLimit(documentLimits[name], currency, amount) },
              }
        return client.post('/v1/charging/settings', { ...settings, ...limits }, 'PUT')
      }),
    )
}
