const MOBILE_IN_PAKISTAN = /^\+92(3\d{2})(\d{7})$/

/** A stored number as people write it, where we are sure how; any other as it is. */
export function formatPhone(phone: string): string {
  return phone.replace(MOBILE_IN_PAKISTAN, '+92 $1 $2')
}
