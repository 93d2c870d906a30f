export { type ApprovalAsked, askApproval } from './ask.ts'
export { approvalsModule } from './module.ts'
export type { ApprovalNeeds, CarryOut } from './ports.ts'
export { type ApprovalRequest, approvalRequestAnswer, toRequestView } from './request.ts'
