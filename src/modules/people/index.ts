export { peopleModule } from './module.ts'
export { People } from './people.ts'
