import { doJobs } from '../worker-jobs.ts'
import { parseBody } from './parse-json.ts'

/** Parses large bodies, away from the thread that charges. */
doJobs((bytes: Uint8Array) => parseBody(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
