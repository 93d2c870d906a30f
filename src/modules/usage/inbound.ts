/** What protocols of usage call: those of `src/adapters`. */
export type { AcceptUsage } from './accept.ts'
export { report as usageReport } from './answers.ts'
