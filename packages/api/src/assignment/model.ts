/** How conversations are handed out. */
export interface AssignmentRule {
  isOn: boolean
  /** Those who take part and are members now, by name. */
  agents: { id: string; name: string; capacity: number }[]
}
