export type { BooksNeeds } from './close-period.ts'
export { booksModule } from './module.ts'
export { type UsageFound, type UsageQuery, type UsageReader, usageReader } from './usage-reader.ts'
export { carryOutWriteOff } from './write-offs.ts'
