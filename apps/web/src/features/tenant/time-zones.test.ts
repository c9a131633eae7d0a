import { expect, test } from 'vitest'
import { describeZone, listTimeZones, matchesZone } from './time-zones.ts'

test('a city, a country, an offset and a word of the language on screen find a zone', () => {
  for (const query of ['karachi', 'asia kar', 'Asia/Karachi', 'pakistan', 'gmt+5'])
    expect(matchesZone('en', 'Asia/Karachi', query), query).toBe(true)
  expect(matchesZone('en', 'America/New_York', 'america/new_york')).toBe(true)
  expect(matchesZone('ur', 'Asia/Karachi', 'پاکستان')).toBe(true)
  for (const query of ['atlantis', 'gmt+5:45', 'karachi nepal'])
    expect(matchesZone('en', 'Asia/Karachi', query), query).toBe(false)
})

test('a zone that this browser does not know is still there when it is the chosen one', () => {
  expect(listTimeZones('Mars/Olympus')).toContain('Mars/Olympus')
  expect(describeZone('en', 'Mars/Olympus')).toBe('')
  expect(matchesZone('en', 'Mars/Olympus', 'olympus')).toBe(true)
})

test('every zone is there once, and so is UTC', () => {
  const zones = listTimeZones('Asia/Karachi')
  expect(new Set(zones).size).toBe(zones.length)
  expect(zones).toEqual(expect.arrayContaining(['UTC', 'Asia/Karachi', 'Europe/London', 'America/New_York']))
})
