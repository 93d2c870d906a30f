export { onlineChargingModule } from './module.ts'
export { decideWith } from './online.ts'
