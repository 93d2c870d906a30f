export { withBarrings } from './load-barrings.ts'
export { serviceBlocksModule } from './module.ts'
export { liftDunningBlocks, placeDunningBlock } from './service.ts'
export { dunnedAmong } from './store.ts'
