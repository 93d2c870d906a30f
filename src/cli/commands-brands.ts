import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { readBounded } from './bounded-file.ts'
import type { Cli } from './cli.ts'
import type { Client, Json } from './client.ts'
import { Listing, Worded } from './output.ts'

/** Bytes of a file that describes a brand, and of a logo. */
const [MAX_FILE, MAX_LOGO] = [1024 * 1024, 1024 * 1024]
/** A logo may be a file beside the one that describes the brand. The server checks all else. */
const brandFile = z.looseObject({
  logo: z.looseObject({ file: z.string().optional() }).nullable().optional(),
})

interface Brand extends Json {
  readonly key: string
  readonly version: number
  readonly content: Json
}

const pathOf = (key: string): string => `/v1/brands/${encodeURIComponent(key)}`

/** What pages look like. */
export function addBrandCommands({ program, run }: Cli): void {
  const brand = program.command('brand').description('what pages of issuers look like: logo, colours, columns, texts')
  brand
    .command('publish <key> <file>')
    .description('publish a version out of a YAML or JSON file (docs/pages.md); documents of before keep theirs')
    .example('acme brand.yaml')
    .action(async (key: string, file: string) =>
      run(async (client) => {
        const published = await client.post<Brand>(pathOf(key), await readBrand(client, file), 'PUT')
        return new Worded(published, () => `version ${published.version} of brand ${published.key}`)
      }),
    )
  brand
    .command('list')
    .description('the last version of each')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/brands')
        return new Listing(items, ({ key, version, digest, createdAt }) => ({ key, version, digest, createdAt }))
      }),
    )
  brand
    .command('show <key>')
    .description('what a brand says')
    .example('acme --version 1')
    .option('--version <number>', 'an earlier version')
    .action(async (key: string, { version }: { version?: string }) =>
      run(async (client) => client.get(`${pathOf(key)}${version === undefined ? '' : `?version=${version}`}`)),
    )
  brand
    .command('preview <file> <pdf>')
    .description('a sample document as a file would make it look; nothing is published')
    .example('brand.yaml preview.pdf --kind credit_note --language de')
    .option('--kind <kind>', 'invoice, credit_note or debit_note', 'invoice')
    .option('--language <code>', 'of the sample', 'en')
    .action(async (file: string, pdf: string, options: { kind: string; language: string }) =>
      run(async (client) => {
        const body = { content: await readBrand(client, file), ...options }
        await writeFile(pdf, await client.downloadOf('/v1/brand-previews', body))
        return { file: pdf }
      }),
    )
}

/** A brand as a file describes it; its logo is sent first. */
async function readBrand(client: Client, file: string): Promise<Json> {
  const text = (await readBounded(file, MAX_FILE)).toString('utf8')
  const value = brandFile.parse(parse(text))
  const { file: logo, ...rest } = value.logo ?? {}
  if (logo === undefined) return value
  const bytes = await readBounded(join(dirname(file), logo), MAX_LOGO)
  const { digest } = await client.postRaw<{ digest: string }>('/v1/brand-images', bytes, 'application/octet-stream')
  return { ...value, logo: { ...rest, image: digest } }
}
