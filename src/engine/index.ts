export type { ChargingTerms } from './account-terms.ts'
export type { AccountsOutcome } from './account-writes.ts'
export type { Advice } from './advice.ts'
export type { AccountStanding, BalanceReport } from './balance-report.ts'
export type { ChainLink } from './chain-links.ts'
export { readChange, recordsOf } from './change.ts'
export type { Acceptance, SuspendedRecord } from './charge-usage.ts'
export type { OnlineOutcome, OnlineTurn, UsageOutcome } from './commands.ts'
export type { CorrectionDesk } from './correction-desk.ts'
export type { AccountDefinitions, CompiledCatalog, CompiledPlan } from './definitions.ts'
export { type CounterSnapshot, Engine } from './engine.ts'
export { EngineReads, PARTITION } from './engine-reads.ts'
export { JournalStore } from './journal-store.ts'
export { KeptHeads } from './kept-heads.ts'
export type { Memory } from './memory.ts'
export {
  type OnlineAnswer,
  type OnlineBatch,
  type OnlineRequest,
  REFUND,
  type SessionRequest,
} from './online-request.ts'
export type { AccountBooks } from './open-balances.ts'
export type { PhaseOf } from './phase-audit.ts'
export { ANY_TIME, type ChargedRecord } from './ports.ts'
export type { DefinitionSource } from './recover.ts'
export { CODEC_VERSION } from './segment.ts'
export type { StandingRecord } from './standing-records.ts'
export type { PlanOf } from './try-plan.ts'
export type { UsageCounts } from './usage-counts.ts'
export { type TriedPlan, UsageTrial } from './usage-trial.ts'
