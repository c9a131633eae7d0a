/** Members who share conversations. */
export interface Team {
  id: string
  name: string
  /** Those who are members of the workspace now, by id. */
  memberIds: string[]
}
