/** Columns of the tables that our code reads or writes, from the models that Koku declares. */
import type { Column } from './facts.ts';
import { blocksIn, keyword } from './python.ts';
import { argumentsAt, placeIn, type SourceFile } from './source.ts';

/**
 * The models of these tables. The last one is abstract: the tables of rows, which each manifest fills, inherit its
 * columns.
 */
export const models: readonly string[] = [
  'CostUsageReportManifest',
  'CostUsageReportStatus',
  'Customer',
  'OCPUsageReportPeriod',
  'Provider',
  'ProviderAuthentication',
  'Sources',
  'OCPLineItemBase',
];

const field = /^ {4}(\w+) = (?:models\.)?(\w*Field|ForeignKey)\(/gm;

const columnsOf = (file: SourceFile, model: string, body: string, start: number): readonly Column[] => {
  const abstract = /^ {8}abstract = True$/m.test(body);
  // Django's default name: the application, which is the folder in koku/, and the class.
  const table = /^ {8}db_table = ["'](\w+)["']/m.exec(body)?.[1] ?? `${file.path.split('/')[1]}_${model}`.toLowerCase();
  const named = (column: string) => `${abstract ? model : table}.${column}`;
  const fields = [...body.matchAll(field)].map((match) => {
    const [whole, name = '', type = ''] = match;
    const words = argumentsAt(body, match.index + whole.length);
    const column = keyword(words, 'db_column')?.replaceAll(/["']/g, '');
    const reference = /^(ForeignKey|OneToOneField)$/.test(type);
    return {
      key: keyword(words, 'primary_key') === 'True',
      fact: {
        name: named(column ?? (reference ? `${name}_id` : name)),
        model,
        type,
        at: placeIn(file, start + match.index),
      },
    };
  });
  const implicit = { name: named('id'), model, type: 'implicit', at: placeIn(file, start) };
  return [
    ...(abstract || fields.some(({ key }) => key) ? [] : [implicit]),
    ...fields.filter(({ fact }) => fact.type !== 'ManyToManyField').map(({ fact }) => fact),
  ];
};

/** Columns that a file declares for `models`. Skips migrations, because they repeat old columns. */
export const columnsIn = (file: SourceFile): readonly Column[] =>
  /\/migrations\/|(?<!\.py)$/.test(file.path)
    ? []
    : blocksIn(file, String.raw`class (${models.join('|')})\([^)]*\):`).flatMap(
        ({ text, groups: [model = ''], start }) => columnsOf(file, model, text, start),
      );
