export { Anchors } from './anchors.ts'
export { proofsModule } from './module.ts'
export { type StatedAnchor, stateAnchors } from './state-documents.ts'
