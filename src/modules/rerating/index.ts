export { ReRatings } from './jobs.ts'
export { reRatingRoutes } from './routes.ts'
export { simulationRoutes } from './simulate-route.ts'
