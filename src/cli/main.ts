import { Command } from 'commander'
import { readConfig } from '../platform/config.ts'
import { packageVersion } from '../platform/http/server.ts'
import type { Cli } from './cli.ts'
import { ApiError, Client, type Json } from './client.ts'
import { addBillingCommands } from './commands-billing.ts'
import { addCatalogCommands } from './commands-catalog.ts'
import { addChargingCommands } from './commands-charging.ts'
import { addCorrectionCommands } from './commands-corrections.ts'
import { addCustomerCommands } from './commands-customers.ts'
import { addDeckCommands } from './commands-deck.ts'
import { addDiscountCommands } from './commands-discounts.ts'
import { addProofCommands } from './commands-proof.ts'
import { addReRatingCommands, addSimulation } from './commands-rerating.ts'
import { addSystemCommands } from './commands-system.ts'
import { addUsageCommands } from './commands-usage.ts'
import { formatTable } from './output.ts'

function show(result: unknown, asJson: boolean): void {
  if (result === undefined) return
  if (asJson) console.log(JSON.stringify(result, null, 2))
  else if (typeof result === 'string') console.log(result)
  else if (Array.isArray(result)) console.log(formatTable(result as Json[]))
  else
    console.log(
      Object.entries(result as Json)
        .map(([name, value]) => `${name.padEnd(20)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
        .join('\n'),
    )
}

function showError(error: unknown, asJson: boolean): void {
  if (error instanceof ApiError && asJson) console.error(JSON.stringify(error.problem, null, 2))
  else console.error(`kvit: ${error instanceof Error ? error.message : String(error)}`)
}

async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('kvit')
    .description('Convergent billing: usage in, settled money out, every amount explained and provable.')
    .version(packageVersion())
    .option('-t, --tenant <name>', 'the tenant to work in', process.env['KVIT_TENANT'] ?? 'main')
    .option('--json', 'print JSON')
    .showHelpAfterError()
  const cli: Cli = {
    program,
    async run(work) {
      const { tenant, json } = program.opts<{ tenant: string; json?: boolean }>()
      const client = new Client(readConfig(process.env), tenant)
      try {
        show(await work(client), json === true)
      } catch (error) {
        showError(error, json === true)
        process.exitCode = 1
      } finally {
        await client.close()
      }
    },
  }
  addSystemCommands(cli)
  addCatalogCommands(cli)
  addDeckCommands(cli)
  addCustomerCommands(cli)
  addUsageCommands(cli)
  addCorrectionCommands(cli)
  addChargingCommands(cli)
  addBillingCommands(cli)
  addDiscountCommands(cli)
  addProofCommands(cli)
  addReRatingCommands(cli)
  addSimulation(cli)
  await program.parseAsync(argv)
}

await main(process.argv)
