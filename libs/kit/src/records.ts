/** Maps the values of a record and keeps its keys. */
export const mapValues = <Key extends string, Value, Result>(
  record: Readonly<Record<Key, Value>>,
  to: (value: Value, key: Key) => Result,
): { readonly [K in Key]: Result } =>
  Object.fromEntries(Object.entries<Value>(record).map(([key, value]) => [key, to(value, key as Key)])) as Record<
    Key,
    Result
  >;

/** The items, each once, in the order of their first appearance. */
export const unique = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];
