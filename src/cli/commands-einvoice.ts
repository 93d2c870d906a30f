import { realpath, writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'

export function addEInvoiceCommands({ program, runAlone, isJson }: Cli): void {
  const einvoice = program
    .command('einvoice')
    .description('e-invoices by EN 16931, as UBL or CII files; needs no server')
  einvoice
    .command('read <file>')
    .description('what an e-invoice says: parties, lines, VAT, totals; with --json every field')
    .example('invoice.xml')
    .action(async (file: string) =>
      runAlone(async () => {
        const { readFile, shownDocument } = await import('./einvoice/read-file.ts')
        return shownDocument(await readFile(file))
      }),
    )
  einvoice
    .command('validate <file>')
    .description('which rules an e-invoice breaks, and what to fill in; the exit code is 1 when it is not valid')
    .example('invoice.xml')
    .option(
      '--rules <set>',
      'en16931, peppol, xrechnung, xrechnung-extension or xrechnung-cvd; else what the document names (BT-24)',
    )
    .action(async (file: string, { rules }: { rules?: string }) =>
      runAlone(async () => {
        const { readFile } = await import('./einvoice/read-file.ts')
        const { shownVerdict, verdictOf } = await import('./einvoice/validate-document.ts')
        const verdict = verdictOf(await readFile(file), rules)
        if (!verdict.isValid) process.exitCode = 1
        return shownVerdict(verdict)
      }),
    )
  einvoice
    .command('convert <file>')
    .description('the same e-invoice in the other syntax; what that one has no place for is told on standard error')
    .example('invoice.xml --to cii --output invoice-cii.xml')
    .requiredOption('--to <syntax>', 'ubl or cii')
    .option('-o, --output <file>', 'write it to a file')
    .action(async (file: string, { to, output }: { to: string; output?: string }) =>
      runAlone(async () => {
        const { readFile } = await import('./einvoice/read-file.ts')
        const { convertDocument, syntaxNamed } = await import('./einvoice/convert-document.ts')
        const syntax = syntaxNamed(to)
        const { xml, lost } = convertDocument(await readFile(file), syntax)
        if (output !== undefined) await writeBeside(file, output, xml)
        if (isJson()) return { ...(output === undefined ? { xml } : { output }), lost }
        for (const sentence of lost) console.error(`kvit: ${sentence}`)
        return output ?? xml.trimEnd()
      }),
    )
}

/** A conversion may lose what the other syntax has no place for: the file that it is made of is kept. */
async function writeBeside(file: string, output: string, xml: string): Promise<void> {
  const there = await realpath(output).catch(() => null)
  if (there !== null && there === (await realpath(file)))
    throw new Error(`${output} is the file itself: name another one`)
  await writeFile(output, xml)
}
