export { personalDataModule } from './module.ts'
