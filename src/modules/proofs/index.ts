export { Anchors } from './anchors.ts'
export { checkProofs } from './checks.ts'
export { proofRoutes } from './routes.ts'
export { type StatedAnchor, stateAnchors } from './state-documents.ts'
