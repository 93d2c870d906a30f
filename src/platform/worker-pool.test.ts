import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { WorkerPool } from './worker-pool.ts'

const jobs = new URL('worker-jobs.ts', import.meta.url).href
/** Answers with the number by which Linux knows the thread of the job. */
const TELLS_ITS_NUMBER = `
  import { readlinkSync } from 'node:fs'
  import { doJobs } from '${jobs}'
  doJobs(() => readlinkSync('/proc/thread-self').split('/').at(-1))`

/** How far each thread of this process goes behind others: 0 is the ordinary, 19 the most. */
function nicenessOfThreads(): Map<string, number> {
  const threads = readdirSync('/proc/self/task')
  return new Map(threads.map((number) => [number, nicenessOf(readFileSync(`/proc/self/task/${number}/stat`, 'utf8'))]))
}

function nicenessOf(stat: string): number {
  // Behind the name, which may have spaces: the state, and then 15 numbers before this one.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])
}

const isLinux = process.platform === 'linux'

test('threads of a pool go behind the one that charges', { skip: isLinux ? false : 'only Linux has it' }, async (t) => {
  const pool = new WorkerPool({
    title: 'numbers',
    file: new URL(`data:text/javascript,${encodeURIComponent(TELLS_ITS_NUMBER)}`),
    threads: 1,
    limits: { atOnceOfOwner: 1, waiting: 1, waitingOfOwner: 1 },
    deadlineMs: 600_000,
    maxHeapMb: 64,
  })
  t.after(async () => pool.close())
  const own = nicenessOfThreads().get(String(process.pid)) ?? Number.NaN
  const number = String(await pool.run('somebody', () => ({ message: null })))
  const after = nicenessOfThreads()
  assert.equal(after.get(number), Math.max(own, 10))
  assert.equal(after.get(String(process.pid)), own)
})
