import { access, constants, readFile, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { findOwner, findRunningServer } from '../../platform/data-dir.ts'
import { findDatabaseFolder } from '../../platform/database-folder.ts'
import { whyNotListening } from '../../platform/ports.ts'
import { KEY_FILE } from '../../platform/secrets/key-file.ts'
import { type Finding, note, ok, wrong } from './finding.ts'

const GIB = 2 ** 30
const MIN_FREE_BYTES = GIB
const LOW_FREE_SHARE = 0.05
const ANSWER_TIMEOUT_MS = 5_000
/** Files with secrets, which nobody but their owner may read. */
const SECRET_FILES = ['root.key', 'postgres.json', KEY_FILE]

/** The data directory, who works in it, its keys, its disk, and the ports. */
export async function examineDataDirectory(config: Config): Promise<Finding[]> {
  const { dataDir } = config
  const found = await stat(dataDir).catch(() => null)
  if (found === null)
    return [
      note('data directory', `${dataDir} is not there`, 'the first start makes it; if there was one, see KVIT_DATA'),
      await examineDisk('disk', await nearest(dataDir)),
      ...(await examinePorts(config)),
    ]
  if (!found.isDirectory())
    return [wrong('data directory', `${dataDir} is no directory`, 'set KVIT_DATA to another one')]
  const databaseDir = await findDatabaseFolder(dataDir).catch(() => dataDir)
  return [
    await examineAccess(dataDir, found),
    await examineLock(dataDir),
    ...(await Promise.all(SECRET_FILES.map(async (name) => examineSecret(dataDir, name)))).flat(),
    await examineDisk('disk', dataDir),
    ...(databaseDir.startsWith(dataDir) ? [] : [await examineDisk('disk of the database', await nearest(databaseDir))]),
    ...(await examinePorts(config)),
  ]
}

async function examineAccess(dataDir: string, { uid, mode }: { uid: number; mode: number }): Promise<Finding> {
  const me = process.getuid?.()
  const detail = `${dataDir}, mode ${(mode & 0o777).toString(8)}, of user ${uid}`
  const canWrite = await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!canWrite) return wrong('data directory', `${detail} may not be written by this user`, 'run as its owner')
  if ((mode & 0o022) !== 0) return wrong('data directory', `${detail}: others may write it`, `chmod go-w ${dataDir}`)
  if (me !== undefined && me !== uid)
    return note('data directory', `${detail}, and this is user ${me}`, 'run as its owner, who then can write all of it')
  if ((mode & 0o044) !== 0) return note('data directory', `${detail}: others may list it`, `chmod go-r ${dataDir}`)
  return ok('data directory', detail)
}

async function examineLock(dataDir: string): Promise<Finding> {
  const owner = await findOwner(dataDir)
  if (owner !== null) return ok('lock', `process ${owner} works in it`)
  const isLeft = await readFile(join(dataDir, 'kvit.lock')).then(
    () => true,
    () => false,
  )
  return isLeft
    ? note('lock', 'left by a process that is gone', 'the next start takes it over')
    : ok('lock', 'nobody works in it')
}

async function examineSecret(dataDir: string, name: string): Promise<Finding[]> {
  const file = join(dataDir, name)
  const found = await stat(file).catch(() => null)
  if (found === null) return []
  const mode = (found.mode & 0o777).toString(8)
  if ((found.mode & 0o077) === 0) return [ok(name, `mode ${mode}`)]
  return [wrong(name, `mode ${mode}: others may read it`, `chmod 600 ${file}, and make a new key if somebody did`)]
}

async function examineDisk(check: string, folder: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(folder)
  const [free, all] = [bavail * bsize, blocks * bsize]
  const detail = `${(free / GIB).toFixed(1)} of ${(all / GIB).toFixed(1)} GiB free at ${folder}`
  if (free < MIN_FREE_BYTES) return wrong(check, detail, 'make room: without it nothing can be committed')
  return free < all * LOW_FREE_SHARE ? note(check, detail, 'make room soon') : ok(check, detail)
}

/** The folder itself, or the nearest one above it that is there. */
async function nearest(folder: string): Promise<string> {
  const isThere = (await stat(folder).catch(() => null)) !== null
  return isThere || dirname(folder) === folder ? folder : nearest(dirname(folder))
}

async function examinePorts(config: Config): Promise<Finding[]> {
  const server = await findRunningServer(config.dataDir)
  if (server !== null) return [await examineServer(server.url)]
  const { host, port, tcpPort } = config
  const examine = async (variable: string, wanted: number): Promise<Finding> => {
    const why = await whyNotListening(variable, host, wanted)
    if (why === null) return ok(variable, `${wanted === 0 ? 'a free port' : `port ${wanted}`} of ${host} can be used`)
    const [what = '', advice = ''] = why.split(/: (?=[^:]*$)/)
    return wrong(variable, what, advice)
  }
  return [await examine('KVIT_PORT', port), ...(tcpPort === null ? [] : [await examine('KVIT_TCP_PORT', tcpPort)])]
}

async function examineServer(url: string): Promise<Finding> {
  try {
    const { status } = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    if (status === 200) return ok('server', `ready at ${url}`)
    return wrong(
      'server',
      `${url} is not ready (${status})`,
      'wait until it has recovered; its log says what it waits for',
    )
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return wrong('server', `${url} does not answer (${why})`, 'see its log, and start it again')
  }
}
