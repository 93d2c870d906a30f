import { readFile, writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import { toWhole } from './option-values.ts'
import { formatTable, Progress } from './output.ts'

export function addProofCommands({ program, run, isJson }: Cli): void {
  program
    .command('proof <invoice>')
    .description(
      'the proof of an invoice or credit note: its charges, and the chain from them to a head of the journal',
    )
    .example('LDN-000001 --output proof.json')
    .option('-o, --output <file>', 'write it to a file')
    .option('--head <seq>', 'prove against this segment, whose digest was published; else against the last')
    .action(async (invoice: string, { output, head }: { output?: string; head?: string }) =>
      run(async (client) => {
        const query = head === undefined ? '' : `?head=${toWhole('--head', head)}`
        const working = new Progress(
          `proof of ${invoice}`,
          0,
          'nothing was changed: the same command asks for it again',
        )
        const bytes = await client.download(`/v1/invoices/${encodeURIComponent(invoice)}/proof${query}`)
        working.end()
        if (output === undefined) process.stdout.write(Buffer.concat([bytes, Buffer.from('\n')]))
        else await writeFile(output, bytes)
        return output
      }),
    )
  program
    .command('verify <file>')
    .description('check a proof, offline; the exit code is 1 when a step fails')
    .example('proof.json')
    .option('--head <seq:digest>', 'a head of the journal that was published elsewhere')
    .action(async (file: string, { head }: { head?: string }) => {
      try {
        const { checkProofText, parseHead } = await import('./read-proof.ts')
        const published = head === undefined ? null : parseHead(head)
        const steps = checkProofText(await readFile(file, 'utf8'), published)
        if (steps.some(({ holds }) => !holds)) process.exitCode = 1
        if (isJson()) console.log(JSON.stringify(steps, null, 2))
        else
          console.log(
            formatTable(steps.map(({ step, holds, detail }) => ({ '': holds ? 'ok' : 'FAILED', step, detail }))),
          )
      } catch (error) {
        console.error(`kvit: ${error instanceof Error ? error.message : String(error)}`)
        process.exitCode = 1
      }
    })
}
