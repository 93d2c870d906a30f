import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeDatabase } from '../src/platform/database-folder.ts'
import { NOT_KEPT, startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'

/**
 * Everything that must hold before a change lands: types, format, lint, structure, dead code, tests. The tests share one
 * Postgres, each file in a database of its own. Arguments name test files, and flags go to the
 * test runner of Node (`./kvit test test/lists.test.ts --test-name-pattern=T6`); without any file, all steps run.
 */
const ROOT = join(import.meta.dirname, '..')
const BIN = join(ROOT, 'node_modules/.bin')
const given = process.argv.slice(2)
const only = given.filter((argument) => !argument.startsWith('--'))
/** For the test runner of Node, as `--test-name-pattern=M4`. */
const passedOn = given.filter((argument) => argument.startsWith('--'))

function run(title: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): boolean {
  const startedMs = performance.now()
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', env })
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1)
  console.error(`${status === 0 ? 'ok' : 'FAILED'}  ${title}  (${seconds} s)`)
  return status === 0
}

function testFiles(): string[] {
  return ['src', 'test', 'bench'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => join(folder, name)),
  )
}

async function runTests(files: readonly string[]): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-test-'))
  const postgres = await startEmbeddedPostgres(folder, undefined, NOT_KEPT)
  try {
    const env = {
      ...process.env,
      KVIT_TEST_DATABASE_URL: postgres.url,
      // What one file has made for all others, such as the description of the API.
      KVIT_TEST_FOLDER: folder,
      // Each file is a process that reads most of the product: what one has compiled, the next need not.
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/kvit'),
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    }
    const reporter = isWhole ? [`--test-reporter=${join(ROOT, 'tools/report-failures.ts')}`] : []
    const flags = [
      '--test',
      ...reporter,
      '--test-timeout=600000',
      // One more than there are cores: some of them wait for what comes a second later.
      `--test-concurrency=${availableParallelism() + 1}`,
      // They replace those above, such as a longer time for a test that was asked for more than usual.
      ...passedOn,
    ]
    // Nothing is printed behind the runner's own summary.
    return spawnSync(process.execPath, [...flags, ...files], { cwd: ROOT, stdio: 'inherit', env }).status === 0
  } finally {
    await postgres.stop()
    await removeDatabase(folder)
    await rm(folder, { recursive: true, force: true })
  }
}

const isWhole = only.length === 0
if (isWhole)
  console.error(`${testFiles().length} files of tests: about 20 minutes on two cores; only what fails is printed`)
const checks = isWhole && [
  run('types', join(BIN, 'tsc'), []),
  run('types of the console', join(BIN, 'tsc'), ['-p', 'packages/web']),
  run('format and lint', join(BIN, 'biome'), ['check', '--error-on-warnings']),
  run('type-aware lint', join(BIN, 'oxlint'), [
    '--type-aware',
    '--deny-warnings',
    'src',
    'test',
    'bench',
    'packages',
    'tools',
  ]),
  run('dead code', join(BIN, 'knip'), []),
]
const passed = await runTests(isWhole ? testFiles() : only)
process.exitCode = passed && (checks === false || checks.every(Boolean)) ? 0 : 1
