import type { Cli } from './cli.ts'
import type { Json } from './client.ts'

/** Reversals of payments and top-ups that two people have to agree to, and from which amount on. */
export function addReversalCommands({ program, run }: Cli): void {
  const reversal = program.command('reversal').description('reversals that wait for a second person')
  reversal
    .command('list')
    .description('requests of reversals, with who asked and what became of them')
    .example('--status pending')
    .option('--status <status>', 'pending, applied, rejected or expired')
    .action(async ({ status }: Json) =>
      run((client) => client.list(`/v1/reversal-requests${status === undefined ? '' : `?status=${String(status)}`}`)),
    )
  for (const decision of ['approve', 'reject'] as const)
    reversal
      .command(`${decision} <id>`)
      .description(`${decision} a reversal that another person has asked for`)
      .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
      .action(async (id: string) =>
        run((client) => client.post(`/v1/reversal-requests/${encodeURIComponent(id)}/${decision}`, {})),
      )
  reversal
    .command('limit <currency> [amount]')
    .description(
      'the amount above which reversals wait for a second person; without an amount there is no limit any more',
    )
    .example('EUR 100.00')
    .action(async (currency: string, amount: string | undefined) =>
      run(async (client) => {
        const { reversalLimits = {}, ...settings } = await client.get<{ reversalLimits?: Record<string, string> }>(
          '/v1/charging/settings',
        )
        const { [currency]: _, ...others } = reversalLimits
        const limits = amount === undefined ? others : { ...others, [currency]: amount }
        return client.post('/v1/charging/settings', { ...settings, reversalLimits: limits }, 'PUT')
      }),
    )
}
