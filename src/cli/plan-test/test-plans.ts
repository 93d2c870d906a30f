import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type Config, readConfig } from '../../platform/config.ts'
import { ApiError, Client, type Json } from '../client.ts'
import { importDeck } from '../commands-deck.ts'
import { CASES_FILE, listFolder, readPlanFolder } from '../plan-folder.ts'
import { readCases } from './cases-file.ts'
import type { Difference } from './compare.ts'
import { CaseRun } from './run-case.ts'

/** What came of one case. */
export interface CaseResult {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly passed: boolean
  readonly differences: readonly Difference[]
  /** What kept the case from being run. */
  readonly error: string | null
}

/** A file of cases, and the folder whose plans it is about. */
export interface CasesSource {
  readonly file: string
  readonly folder: string
}

/** Before anything that a case tells: its clock moves on from here. */
const BEFORE_ALL = '1970-01-02T00:00:00Z'

/** A server that lives as long as the test: nothing of the user's is touched. */
async function withTestServer<T>(work: (server: { url: string; rootKey: string }) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kvit-plan-test-'))
  const config: Config = { ...readConfig({}), dataDir, port: 0, tcpPort: null, logLevel: 'silent' }
  const { startApp } = await import('../../app/start.ts')
  try {
    const app = await startApp(config)
    try {
      return await work(app)
    } finally {
      await app.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** The files of cases that are meant: those of a folder, the one that stands beside a plan file, or the one itself. */
export async function findCases(path: string): Promise<CasesSource[]> {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new Error(`there is no ${path}`)
  if (found.isDirectory()) {
    const files = (await listFolder(path)).filter((file) => CASES_FILE.test(file))
    if (files.length === 0)
      throw new Error(
        `no cases in ${path}: write those of NAME.yaml into NAME.cases.yaml beside it (docs/plan-files.md)`,
      )
    return files.map((file) => ({ file, folder: path }))
  }
  const file = CASES_FILE.test(path) ? path : path.replace(/\.(ya?ml)$/, '.cases.$1')
  if (file === path && !CASES_FILE.test(path)) throw new Error(`${path} is no plan file: a YAML file is needed`)
  if ((await stat(file).catch(() => null)) === null)
    throw new Error(`no cases beside ${path}: write them into ${basename(file)} (docs/plan-files.md)`)
  return [{ file, folder: dirname(file) }]
}

/** Runs the cases of a file, each in a tenant of its own. @param onResult is told of each as it ends. */
export async function runCases(
  server: { readonly url: string; readonly rootKey: string },
  { file, folder }: CasesSource,
  onResult: (result: CaseResult) => void = () => undefined,
): Promise<CaseResult[]> {
  const { cases, decks, zone, lineOf } = readCases(file, await readFile(file, 'utf8'))
  const files = await readPlanFolder(folder)
  const results: CaseResult[] = []
  for (const [index, one] of cases.entries()) {
    const result = { file, line: lineOf(index), name: one.name }
    const client = Client.at(server.url, server.rootKey, tenantName(file, index))
    try {
      await client.post('/v1/tenants', { name: client.tenant, clock: BEFORE_ALL, acceptanceWindowDays: 36_500 })
      for (const deck of decks) await importDeckOf(client, dirname(file), deck)
      await client.post('/v1/catalog', { files })
      const currency = String((await client.get<{ content: Json }>(`/v1/plans/${one.plan}`)).content['currency'])
      const differences = await new CaseRun(client, one, zone, currency).run()
      results.push({ ...result, passed: differences.length === 0, differences, error: null })
    } catch (error) {
      if (!(error instanceof Error)) throw error
      results.push({ ...result, passed: false, differences: [], error: messageOf(error) })
    }
    onResult(results.at(-1) as CaseResult)
  }
  return results
}

async function importDeckOf(
  client: Client,
  folder: string,
  { file, mapping, from }: { file: string; mapping: string; from: string },
): Promise<void> {
  await importDeck(client, join(folder, file), { mapping: join(folder, mapping), effectiveFrom: from })
}

let tenants = 0
function tenantName(file: string, index: number): string {
  const base = basename(file)
    .replace(/\.cases\.ya?ml$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '-')
  return `${`t${++tenants}-${base}`.slice(0, 24)}-${index + 1}`
}

function messageOf(error: Error): string {
  const code = error instanceof ApiError ? ` (${String(error.problem['code'])})` : ''
  return `${error.message}${code}`
}

/** A case as a line, with what differs below. */
export function describeResult({ file, line, name, passed, differences, error }: CaseResult): string {
  const near = relative('.', file)
  const head = `${passed ? '✓' : '✗'} ${near.startsWith('..') ? resolve(file) : near}:${line}: ${name}`
  const width = Math.max(0, ...differences.map(({ what }) => what.length))
  const told = differences.map(
    ({ what, expected, got }) => `    ${what.padEnd(width)}  expected ${expected}, got ${got}`,
  )
  return [head, ...told, ...(error === null ? [] : [`    ${error.replaceAll('\n', '\n    ')}`])].join('\n')
}

/** Runs all cases that some paths name. @param isShown whether each is printed as it ends. */
export async function testPlans(
  paths: readonly string[],
  isShown: boolean,
): Promise<{ results: CaseResult[]; text: string }> {
  const sources = (await Promise.all(paths.map(findCases))).flat()
  // All files are read before the first case runs: a mistake in the last one is told at once.
  for (const { file } of sources) readCases(file, await readFile(file, 'utf8'))
  const results = await withTestServer(async (server) => {
    const all: CaseResult[] = []
    for (const source of sources)
      all.push(...(await runCases(server, source, (result) => isShown && console.log(describeResult(result)))))
    return all
  })
  const failed = results.filter(({ passed }) => !passed).length
  const count = `${results.length} case${results.length === 1 ? '' : 's'}`
  return { results, text: failed === 0 ? `${count}, all as expected` : `${count}, ${failed} not as expected` }
}
