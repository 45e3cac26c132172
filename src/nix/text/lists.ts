/**
 * The list without the room that `push` keeps for more at its end. Most lists that a program lives on with have a few
 * elements, and room for seventeen.
 */
export function exact<T>(list: T[]): T[] {
  return list.length > 1 && list.length < 64 ? list.slice() : list;
}
