import { constants, setPriority } from 'node:os'
import { workerData } from 'node:worker_threads'
import type { HeavyThreadData } from './heavy-thread.ts'

// Linux gives each thread a priority of its own; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
// Messages that come meanwhile wait for the module to listen.
await import((workerData as HeavyThreadData).href)
