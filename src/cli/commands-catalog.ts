import { readFile, writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Client, Json } from './client.ts'
import { addAnnotate } from './metadata-option.ts'
import { Worded } from './output.ts'
import { readPlanFiles } from './plan-folder.ts'

interface Change extends Json {
  readonly differences: readonly string[]
}

/** Publishes a folder, or shows what that would change. */
async function applyFolder(
  client: Client,
  folder: string,
  options: { dryRun: boolean; availableFrom?: string | undefined },
  isJson: boolean,
): Promise<Json | string> {
  const body = { files: await readPlanFiles(folder), ...options }
  const { changes, published } = await client.post<{ changes: Change[]; published: boolean }>('/v1/catalog', body)
  if (isJson) return { changes, published }
  const lines = changes.flatMap(({ kind, code, change, version, differences }) => [
    `${change === 'unchanged' ? ' ' : '+'} ${kind} ${code}${version === undefined ? '' : ` v${version}`}  ${change}`,
    ...differences.map((difference) => `    ${difference}`),
  ])
  return [...lines, published ? 'published' : 'nothing published (dry run)'].join('\n')
}

async function writeYaml(value: unknown): Promise<string> {
  const { stringify } = await import('yaml')
  return stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** What `plan apply` reads back as the same version. Further currencies are versions of their own. */
export async function exportPlan(client: Client, code: string, version: string | undefined): Promise<string> {
  const query = version === undefined ? '' : `?version=${version}`
  const { content, metadata } = await client.get<ExportedPlan>(`/v1/plans/${code}${query}`)
  const read = new Set(content.prices.map(({ meter }) => meter))
  const { items } = await client.get<{ items: Json[] }>('/v1/meters')
  const meters = items.filter((meter) => read.has(meter['code']))
  const notes = Object.keys(metadata).length === 0 ? {} : { metadata }
  return writeYaml({ meters, plans: [{ ...content, ...notes }] })
}

interface ExportedPlan {
  readonly content: Json & { readonly prices: readonly Json[] }
  readonly metadata: Json
}

function versionOf(text: string): { plan: string; planVersion: number } {
  const [, plan, version] = /^(.+)@(\d+)$/.exec(text) ?? []
  if (plan === undefined) throw new Error(`write a plan and its version, such as mobile@2, instead of "${text}"`)
  return { plan, planVersion: Number(version) }
}

/** Page by page until all are moved; what is told adds up all pages. */
async function migrate(client: Client, request: Json & { dryRun: boolean }): Promise<Json> {
  const items: Json[] = []
  const refused: Json[] = []
  for (let cursor: string | null = null; ; ) {
    const page: Migrated = await client.post<Migrated>('/v1/plan-migrations', {
      ...request,
      ...(cursor === null ? {} : { cursor }),
    })
    items.push(...page.items)
    refused.push(...page.refused)
    cursor = page.nextCursor
    if (cursor === null) return { dryRun: request.dryRun, moved: items.length, refused, items }
  }
}

interface Migrated extends Json {
  readonly items: Json[]
  readonly refused: Json[]
  readonly nextCursor: string | null
}

export function addCatalogCommands({ program, run, isJson }: Cli): void {
  const plan = program.command('plan').description('plans, meters and schedules')
  plan
    .command('apply <path>')
    .description(
      'validate plan files of a folder, or one file, show what differs, and publish what is new as immutable versions',
    )
    .example('examples/london-electricity/plans --dry-run')
    .option('--dry-run', 'only validate and show')
    .option('--available-from <time>', 'when new subscriptions begin to get these versions')
    .action(async (folder: string, { dryRun, availableFrom }: { dryRun?: boolean; availableFrom?: string }) =>
      run(async (client) => applyFolder(client, folder, { dryRun: dryRun === true, availableFrom }, isJson())),
    )
  plan
    .command('test <path...>')
    .description(
      'run the cases beside plan files: what customers would be billed, on a server that lives as long as that',
    )
    .example('examples/plans/mobile.yaml')
    .action(async (paths: string[]) =>
      run(async () => {
        const { testPlans } = await import('./plan-test/test-plans.ts')
        const { results, text } = await testPlans(paths, !isJson())
        if (results.some(({ passed }) => !passed)) process.exitCode = 1
        return isJson() ? results : text
      }),
    )
  plan
    .command('diff <path>')
    .description('show what applying plan files would publish')
    .example('examples/london-electricity/plans')
    .action(async (folder: string) => run(async (client) => applyFolder(client, folder, { dryRun: true }, isJson())))
  plan
    .command('export <code>')
    .description('a published plan as a plan file, with the meters that it reads')
    .example('basic --version 2')
    .option('--version <number>', 'a version; the newest when absent')
    .action(async (code: string, { version }: { version?: string }) =>
      run(async (client) => exportPlan(client, code, version)),
    )
  plan
    .command('migrate <from> <to>')
    .description('move subscriptions from one plan version to another, such as mobile@1 to mobile@2')
    .example('mobile@1 mobile@2 --at period_end --dry-run')
    .requiredOption('--at <when>', 'now, period_end, term_end or a time')
    .option('--dry-run', 'only show what it would cost')
    .action(async (from: string, to: string, { at, dryRun }: { at: string; dryRun?: boolean }) =>
      run(async (client) => migrate(client, { from: versionOf(from), to: versionOf(to), at, dryRun: dryRun === true })),
    )
  plan
    .command('from-model-prices <file>')
    .description('turn the price list of language models of the project genai-prices (JSON) into a plan file')
    .example('prices.json --out plans/models.yaml --provider openai')
    .requiredOption('--out <file>', 'the YAML file to write')
    .option('--provider <id>', 'only this provider')
    .action(async (file: string, { out, provider }: { out: string; provider?: string }) =>
      run(async () => {
        const { plansOfModels, readModelPrices } = await import('./model-prices.ts')
        const all = readModelPrices(await readFile(file, 'utf8'))
        const chosen = all.filter(({ id }) => provider === undefined || id === provider)
        const { meters, plans } = plansOfModels(chosen)
        if (plans.length === 0) throw new Error(`no priced models${provider === undefined ? '' : ` of "${provider}"`}`)
        await writeFile(out, await writeYaml({ meters, plans }))
        return `${plans.length} plans of ${chosen.flatMap(({ models }) => models).length} models written to ${out}`
      }),
    )
  addAnnotate({ run }, plan, { path: '/v1/plans', argument: 'code', example: 'basic' }).option(
    '--version <number>',
    'a version; the newest when absent',
  )
  plan
    .command('list')
    .description('list plan versions')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items } = await client.get<{ items: Json[] }>('/v1/plans')
        return items.map(({ code, version, publishedAt, id }) => ({ code, version, publishedAt, id }))
      }),
    )
  plan
    .command('show <code>')
    .description('show a plan')
    .example('basic --version 2')
    .option('--version <number>', 'a version; the newest when absent')
    .action(async (code: string, { version }: { version?: string }) =>
      run(async (client) => {
        const found = await client.get(`/v1/plans/${code}${version === undefined ? '' : `?version=${version}`}`)
        return new Worded(found, () => JSON.stringify(found, null, 2))
      }),
    )
}
