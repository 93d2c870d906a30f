import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Cli } from './cli.ts'
import type { Json } from './client.ts'

const PATHS = { invoice: 'invoices', customer: 'customers', dispute: 'disputes' } as const

/** `kvit attachment …`: files that are kept with documents, customers and disputes. */
export function addAttachmentCommands({ program, run }: Cli): void {
  const attachment = program
    .command('attachment')
    .description('files that are kept with documents, customers and disputes')
  const at = (what: string, reference: string): string => {
    const path = PATHS[what as keyof typeof PATHS]
    if (path === undefined) throw new Error(`files are kept with ${Object.keys(PATHS).join(', ')}, not with "${what}"`)
    return `/v1/${path}/${encodeURIComponent(reference)}/attachments`
  }
  attachment
    .command('add <subject> <reference> <file>')
    .description('keep a file: PDF, PNG, JPEG, XLSX, ODS, XML, CSV or text')
    .example('invoice INV-000001 timesheet.pdf')
    .option('--name <name>', 'that of the file unless set')
    .option('--enclosed', 'it goes out with the document: inside its e-invoice, and by e-mail')
    .action(async (what: string, reference: string, file: string, options: { name?: string; enclosed?: boolean }) =>
      run(async (client) => {
        const { name = basename(file), enclosed = false } = options
        const path = `${at(what, reference)}?name=${encodeURIComponent(name)}${enclosed ? '&enclosed=true' : ''}`
        return client.postRaw(path, await readFile(file), 'application/octet-stream')
      }),
    )
  attachment
    .command('list <subject> <reference>')
    .description('what is kept with an invoice, a customer or a dispute, and what was')
    .example('invoice INV-000001')
    .action(async (what: string, reference: string) =>
      run(async (client) =>
        (await client.get<{ items: Json[] }>(at(what, reference))).items.map(
          ({ id, name, type, bytes, enclosed, addedAt, deleted }) => ({
            ...{ name, type, bytes, enclosed, addedAt, deleted: deleted === null ? '' : (deleted as Json)['at'], id },
          }),
        ),
      ),
    )
  attachment
    .command('download <id> <file>')
    .description('write it as it came')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 timesheet.pdf')
    .action(async (id: string, file: string) =>
      run(async (client) => {
        await writeFile(file, await client.download(`/v1/attachments/${encodeURIComponent(id)}/content`), {
          flag: 'wx',
        })
        return file
      }),
    )
  attachment
    .command('delete <id>')
    .description('take it away; what it was stays known')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --reason "of another customer"')
    .requiredOption('--reason <text>')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`/v1/attachments/${encodeURIComponent(id)}/deletion`, options)),
    )
}
