/** What protocols of gateways call: those of `src/adapters`. */
export type { OnlineAnswer } from '../../engine/index.ts'
export { type DecideLines, MAX_REQUESTS } from './online.ts'
