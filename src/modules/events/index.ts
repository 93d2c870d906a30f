export { eventsModule } from './module.ts'
export { typesMeant } from './types-meant.ts'
export { viewEvent } from './view.ts'
