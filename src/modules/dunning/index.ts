export { dunningModule } from './module.ts'
export type { DunningNeeds, DunningPorts, StepOutcome } from './ports.ts'
