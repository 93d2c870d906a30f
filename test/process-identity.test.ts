import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { DataDirBusy, findRunningServer, lockDataDir } from '../src/platform/data-dir.ts'
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts'
import { readPostmaster, stopPostmaster } from '../src/platform/postmaster.ts'
import { isAlive, isSameProcess, startOf } from '../src/platform/processes.ts'
import { findServerUser } from '../src/platform/server-user.ts'
import { Command, runCommand } from './command-line.ts'

/** A process that has nothing to do with Kvit, and whose number stands in files that a killed Kvit left behind. */
let stranger: ChildProcess
let strangerPid = 0
let folder = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kvit-test-identity-'))
  await chmod(folder, 0o711)
  // As the user who runs Postgres: that one's numbers are the ones that Postgres takes for a postmaster of its own.
  stranger = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e6)'], {
    ...(await findServerUser()),
    cwd: '/',
    stdio: 'ignore',
  })
  await new Promise((resolve) => stranger.once('spawn', resolve))
  strangerPid = stranger.pid as number
})
after(async () => {
  stranger.kill()
  await rm(folder, { recursive: true, force: true })
})

const assertUnharmed = (): void => assert.deepEqual([stranger.exitCode, stranger.signalCode], [null, null])

test('S11: a process is known by its number and its start', {
  skip: startOf(process.pid) === null && 'no starts here',
}, () => {
  const start = startOf(strangerPid)
  assert.ok(isAlive(strangerPid))
  assert.ok(isSameProcess(strangerPid, start))
  assert.ok(!isSameProcess(strangerPid, startOf(process.pid)), 'the same number with another start is another process')
  assert.ok(!isSameProcess(999_999_999, start))
})

test('S11: a lock whose number belongs to a stranger is taken over, with a start and without one', async () => {
  const lock = join(folder, 'kvit.lock')
  for (const text of [`${strangerPid}\n6f1c/1\n`, `${strangerPid}`, '', 'no number', '999999999\n6f1c/1\n']) {
    await writeFile(lock, text)
    const unlock = await lockDataDir(folder)
    assert.equal(Number((await readFile(lock, 'utf8')).split('\n')[0]), process.pid, `taken over from "${text}"`)
    await assert.rejects(lockDataDir(folder), DataDirBusy, 'a lock with its own owner holds')
    await unlock()
  }
  assertUnharmed()
})

test('S11: of many that take a stale lock at once, one has it', async () => {
  await writeFile(join(folder, 'kvit.lock'), `${strangerPid}\n6f1c/1\n`)
  const script = `
    const { lockDataDir } = await import(${JSON.stringify(join(import.meta.dirname, '../src/platform/data-dir.ts'))})
    try { await lockDataDir(process.argv[1]); console.log('mine'); process.stdin.resume() } catch { console.log('busy') }`
  const takers = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['pipe', 'pipe', 'inherit'] }),
  )
  const answers = await Promise.all(
    takers.map(
      (taker) => new Promise<string>((resolve) => taker.stdout.once('data', (bytes) => resolve(String(bytes).trim()))),
    ),
  )
  for (const taker of takers) taker.kill('SIGKILL')
  assert.deepEqual(answers.sort(), ['busy', 'busy', 'busy', 'busy', 'busy', 'mine'])
  await rm(join(folder, 'kvit.lock'), { force: true })
})

test('S11: the root key is not sent to a stranger who has the number and the port of a killed server', async () => {
  const asked: string[] = []
  const listener = createServer((request, response) => {
    asked.push(String(request.headers.authorization))
    response.end('{"items":[]}')
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }
  const dataDir = join(folder, 'server')
  const url = `http://127.0.0.1:${port}`
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'root.key'), 'kvit_root\n')
  const file = join(dataDir, 'server.json')
  for (const start of ['6f1c/1', undefined]) {
    await writeFile(file, JSON.stringify({ pid: strangerPid, start, url, tcpPort: null }))
    assert.equal(await findRunningServer(dataDir), null)
    // The command goes on to bring a server of its own, which it cannot here.
    const { code } = await runCommand(['invoice', 'list'], {
      KVIT_DATA: dataDir,
      DATABASE_URL: 'postgres://nowhere.invalid/db',
    })
    assert.equal(code, 1)
  }
  await writeFile(file, JSON.stringify({ pid: process.pid, start: startOf(process.pid), url, tcpPort: null }))
  assert.equal((await findRunningServer(dataDir))?.url, url)
  listener.close()
  assert.deepEqual(asked, [])
  assertUnharmed()
})

test('S11: a database whose postmaster.pid names a stranger starts, and nobody is signalled', async () => {
  const dataDir = join(folder, 'database')
  const first = await startEmbeddedPostgres(dataDir)
  const client = new pg.Client({ connectionString: first.url })
  await client.connect()
  await client.query('create table kept (n int); insert into kept values (7)')
  await client.end()
  await first.stop()
  const databaseDir = join(dataDir, 'postgres')
  const port =
    1 +
    (await readFile(join(dataDir, 'postgres.json'), 'utf8').then((text) => (JSON.parse(text) as { port: number }).port))
  const seconds = 1_700_000_000
  await writeFile(
    join(databaseDir, 'postmaster.pid'),
    `${strangerPid}\n${databaseDir}\n${seconds}\n${port}\n\n127.0.0.1\n  1 1\nready\n`,
  )
  assert.equal((await readPostmaster(databaseDir))?.isRunning, false)
  const second = await startEmbeddedPostgres(dataDir)
  const again = new pg.Client({ connectionString: second.url })
  await again.connect()
  assert.deepEqual((await again.query('select n from kept')).rows, [{ n: 7 }])
  await again.end()
  const running = await readPostmaster(databaseDir)
  assert.ok(running?.isRunning === true && running.pid !== strangerPid)
  await second.stop()
  assert.ok(!isAlive(running.pid))
  // Whoever is asked to stop a number that has another owner by now does nothing.
  await stopPostmaster(strangerPid, '6f1c/1')
  assertUnharmed()
})

test('S11: the Postgres of a server that was killed is taken over by the next one, and ends with it', async () => {
  const env = { KVIT_DATA: join(folder, 'killed') }
  const first = new Command(['start'], env)
  await first.says('Kvit listens on')
  const before = await readPostmaster(join(env.KVIT_DATA, 'postgres'))
  assert.ok(before?.isRunning)
  first.child.kill('SIGKILL')
  await first.ended
  const second = new Command(['start'], env)
  await second.says('Kvit listens on')
  const after = await readPostmaster(join(env.KVIT_DATA, 'postgres'))
  assert.deepEqual([after?.pid, after?.start], [before.pid, before.start], 'the same Postgres')
  assert.equal((await second.interrupt()).code, 0)
  assert.ok(!isSameProcess(before.pid, before.start))
})
