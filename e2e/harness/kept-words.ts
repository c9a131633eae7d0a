import type { Page } from '@playwright/test'

/** All that the browser keeps of what people wrote, as one text. */
export function readKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('the browser keeps nothing'))
      })
    const database = await settled(indexedDB.open('sarai'))
    const words = await settled(database.transaction('words').objectStore('words').getAll())
    database.close()
    return JSON.stringify([words, JSON.stringify(localStorage)])
  })
}
