import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { systemClock } from '../../platform/clock.ts'
import type { Config } from '../../platform/config.ts'
import { findDatabaseFolder } from '../../platform/database-folder.ts'
import { wrongFiles } from '../../platform/ports.ts'
import { findBinaries, SHARED_HOME } from '../../platform/postgres-binaries.ts'
import { packageVersion } from '../../platform/version.ts'
import { type Finding, note, ok, wrong } from './finding.ts'

const run = promisify(execFile)
const ROOT = join(import.meta.dirname, '../../..')
const NODE_MAJOR = 26
const DAY_MS = 86_400_000
const EXPIRES_SOON_MS = 30 * DAY_MS

/** What is there before any data: Node, packages, the Postgres that Kvit brings, certificates. */
export async function examineInstallation(config: Config): Promise<Finding[]> {
  return [
    examineNode(),
    await examinePackages(),
    ...(config.databaseUrl === null ? [await examineBinaries()] : []),
    ...(config.tls === null ? [] : [await examineCertificate(config.tls, 'KVIT_TLS')]),
    ...(config.tcpTls === null ? [] : [await examineCertificate(config.tcpTls, 'KVIT_TCP')]),
    ...(await findOrphans()),
  ]
}

function examineNode(): Finding {
  const { node } = process.versions
  const detail = `Kvit ${packageVersion()} on Node.js ${node}`
  if (Number(node.split('.')[0]) >= NODE_MAJOR) return ok('node', detail)
  return wrong('node', detail, `start Kvit by the launcher "kvit", which installs Node.js ${NODE_MAJOR}`)
}

async function examinePackages(): Promise<Finding> {
  const wanted = await readFile(join(ROOT, 'package-lock.json'), 'utf8')
  const installed = await readFile(join(ROOT, 'node_modules/.kvit-lock'), 'utf8').catch(() => null)
  if (installed === wanted) return ok('packages', 'those of the lockfile')
  const what = installed === null ? 'were not installed by the launcher' : 'are those of another lockfile'
  return wrong('packages', `the packages ${what}`, 'start any command by the launcher "kvit", which installs them')
}

async function examineBinaries(): Promise<Finding> {
  try {
    const { postgres } = await findBinaries({})
    return ok('postgres binaries', (await run(postgres, ['--version'])).stdout.trim())
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] as string) : String(error)
    return wrong('postgres binaries', why, 'install the packages again (npm ci), or set DATABASE_URL')
  }
}

async function examineCertificate(files: { certFile: string; keyFile: string }, variables: string): Promise<Finding> {
  const mistakes = wrongFiles(files, variables)
  const advice = `correct ${variables}_CERT and ${variables}_KEY`
  if (mistakes.length > 0) return wrong('certificate', mistakes.join('; '), advice)
  const { validTo } = new X509Certificate(await readFile(files.certFile))
  const leftMs = Date.parse(validTo) - systemClock.nowMs()
  if (leftMs < 0) return wrong('certificate', `expired on ${validTo}`, 'put a new one in its place, and start again')
  if (leftMs < EXPIRES_SOON_MS) return note('certificate', `expires on ${validTo}`, 'put a new one in its place')
  return ok('certificate', `valid until ${validTo}`)
}

/** Databases that root's Kvit keeps for data directories that are gone. */
async function findOrphans(): Promise<Finding[]> {
  const names = await readdir(SHARED_HOME).catch(() => [])
  const findings: Finding[] = []
  for (const name of names.filter((entry) => /^database-[0-9a-f]+\.json$/.test(entry))) {
    const folder = join(SHARED_HOME, name.slice(0, -'.json'.length))
    const { dataDir } = JSON.parse(await readFile(join(SHARED_HOME, name), 'utf8').catch(() => '{}')) as {
      dataDir?: string
    }
    if (dataDir === undefined || (await stat(folder).catch(() => null)) === null) continue
    if ((await findDatabaseFolder(dataDir).catch(() => folder)) === folder) continue
    findings.push(
      note(
        'forgotten database',
        `${folder} belonged to ${dataDir}, which does not name it any more`,
        `if that data directory was given up: rm -r ${folder} ${folder}.json`,
      ),
    )
  }
  return findings
}
