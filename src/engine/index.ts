export type { SuspendedRecord } from './charging/charge-usage.ts'
export { engineEvents } from './charging/engine-events.ts'
export type { CorrectionSession } from './corrections/correction-session.ts'
export type { EffectiveRecord } from './corrections/effective-records.ts'
export type { PlanOf } from './corrections/try-plan.ts'
export type { ChargingTerms } from './definitions/account-terms.ts'
export type { AccountDefinitions } from './definitions/parties.ts'
export type { CompiledCatalog, CompiledPlan } from './definitions/price-catalog.ts'
export { Engine } from './engine.ts'
export { EngineReads, PARTITION } from './engine-reads.ts'
export type { ChainLink } from './journal/chain-links.ts'
export { readChange, recordsOf } from './journal/change.ts'
export { JournalStore } from './journal/journal-store.ts'
export { KeptHeads } from './journal/kept-heads.ts'
export {
  type OnlineAnswer,
  type OnlineBatch,
  type OnlineRequest,
  REFUND,
  type SessionRequest,
} from './journal/online-request.ts'
export { CODEC_VERSION } from './journal/segment.ts'
export type { UsageCounts } from './journal/usage-counts.ts'
export type { AccountBooks } from './memory/open-balances.ts'
export type { Advice } from './online/advice.ts'
export type { AccountsOutcome } from './partition/account-writes.ts'
export type { OnlineOutcome, OnlineTurn, UsageOutcome } from './partition/commands.ts'
export type { DefinitionSource } from './partition/recover.ts'
export { ANY_TIME, type ChargedRecord } from './ports.ts'
export type { AccountStanding, BalanceReport } from './queries/balance-report.ts'
export type { Memory } from './queries/memory.ts'
export { type TriedPlan, UsageTrial } from './queries/usage-trial.ts'
export type { Acceptance } from './rating/locate-record.ts'
export type { PhaseOf } from './rating/phase-audit.ts'
