export type { Acceptance, SuspendedRecord } from './charge-usage.ts'
export type { UsageOutcome } from './commands.ts'
export type { AccountDefinitions, ChargingTerms, CompiledCatalog, CompiledPlan } from './definitions.ts'
export { type CounterSnapshot, Engine } from './engine.ts'

export type { DefinitionSource } from './recover.ts'
export type { UsageCounts } from './segment.ts'
export type { ChargedRecord } from './usage-records.ts'
