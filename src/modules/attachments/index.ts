export { enclosedWith } from './enclosed.ts'
export { attachmentsModule } from './module.ts'
export { listEnclosed } from './store.ts'
