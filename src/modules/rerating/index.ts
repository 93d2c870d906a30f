export { ReRatings } from './jobs.ts'
export { reRatingRoutes } from './routes.ts'
