import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { stringify } from 'yaml'
import type { Cli } from './cli.ts'
import type { Json } from './client.ts'
import { plansOfModels, readModelPrices } from './model-prices.ts'

/** Plan files and the CSV files of their schedules, under the names by which they refer to one another. */
export async function readPlanFolder(folder: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && /\.(ya?ml|csv)$/.test(entry.name))
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return { name: relative(folder, path), text: await readFile(path, 'utf8') }
    }),
  )
}

interface Change extends Json {
  readonly differences: readonly string[]
}

export function addCatalogCommands({ program, run }: Cli): void {
  const plan = program.command('plan').description('plans, meters and schedules')
  plan
    .command('apply <folder>')
    .description('validate plan files, show what differs, and publish what is new as immutable versions')
    .option('--dry-run', 'only validate and show')
    .action(async (folder: string, { dryRun }: { dryRun?: boolean }) =>
      run(async (client) => {
        const body = { files: await readPlanFolder(folder), dryRun: dryRun === true }
        const { changes, published } = await client.post<{ changes: Change[]; published: boolean }>('/v1/catalog', body)
        if (program.opts<{ json?: boolean }>().json === true) return { changes, published }
        const lines = changes.flatMap(({ kind, code, change, version, differences }) => [
          `${change === 'unchanged' ? ' ' : '+'} ${kind} ${code}${version === undefined ? '' : ` v${version}`}  ${change}`,
          ...differences.map((difference) => `    ${difference}`),
        ])
        return [...lines, published ? 'published' : 'nothing published (dry run)'].join('\n')
      }),
    )
  plan
    .command('from-model-prices <file>')
    .description('turn the price list of language models of the project genai-prices (JSON) into a plan file')
    .requiredOption('--out <file>', 'the YAML file to write')
    .option('--provider <id>', 'only this provider')
    .action(async (file: string, { out, provider }: { out: string; provider?: string }) =>
      run(async () => {
        const all = readModelPrices(await readFile(file, 'utf8'))
        const chosen = all.filter(({ id }) => provider === undefined || id === provider)
        const { meters, plans } = plansOfModels(chosen)
        if (plans.length === 0) throw new Error(`no priced models${provider === undefined ? '' : ` of "${provider}"`}`)
        await writeFile(out, stringify({ meters, plans }, { lineWidth: 0, aliasDuplicateObjects: false }))
        return `${plans.length} plans of ${chosen.flatMap(({ models }) => models).length} models written to ${out}`
      }),
    )
  plan
    .command('list')
    .description('list plan versions')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/plans')
        return items.map(({ code, version, publishedAt, id }) => ({ code, version, publishedAt, id }))
      }),
    )
  plan
    .command('show <code>')
    .description('show a plan')
    .option('--version <number>', 'a version; the newest when absent')
    .action(async (code: string, { version }: { version?: string }) =>
      run(async (client) =>
        JSON.stringify(
          await client.get(`/v1/plans/${code}${version === undefined ? '' : `?version=${version}`}`),
          null,
          2,
        ),
      ),
    )
}
