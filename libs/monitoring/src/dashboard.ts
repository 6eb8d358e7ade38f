/** The Grafana dashboard around the applications' panels, which query the same series as their alerts. */
import {
  LegendDisplayMode,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Panel, Purpose } from '@cost-onprem/kit';

/** Titles and panels. Three panels fill a row. */
type Rows = readonly (readonly [title: string, panels: readonly Panel[]])[];

const source = { type: 'prometheus', uid: '${source}' } as const;

/** A panel's queries have the names A, B, and so on. */
const firstLetter = 65;

const query = ([legend, expression]: readonly [string, string], index: number) =>
  new DataqueryBuilder()
    .refId(String.fromCodePoint(firstLetter + index))
    .datasource(source)
    .expr(expression)
    .legendFormat(legend)
    .range();

const panel = ({ title, unit, lines }: Panel) =>
  new PanelBuilder()
    .title(title)
    .datasource(source)
    .unit(unit)
    .min(0)
    .span(8)
    .height(8)
    .lineWidth(1)
    .fillOpacity(10)
    .legend(new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.List).showLegend(true))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending))
    .targets(Object.entries(lines).map(query));

const build = (rows: Rows, onlyFor: Purpose | undefined) => {
  const dashboard = new DashboardBuilder(`Cost Management on-premise${onlyFor ? `: ${onlyFor.replace('-', ' ')}` : ''}`)
    .uid(`cost-onprem${onlyFor ? `-${onlyFor}` : ''}`)
    .tags(['cost-onprem'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-24h', to: 'now' })
    .refresh('1m')
    .withVariable(new DatasourceVariableBuilder('source').label('Prometheus').type('prometheus'));
  for (const [title, panels] of rows) {
    dashboard.withRow(new RowBuilder(title));
    for (const each of panels) dashboard.withPanel(panel(each));
  }
  return dashboard.build();
};

/**
 * The dashboard in Grafana's JSON.
 * @param onlyFor what its applications are there for, where a cluster may do without that
 */
export const dashboard = (rows: Rows, onlyFor?: Purpose) => ({
  name: `cost-onprem-dashboard${onlyFor ? `-${onlyFor}` : ''}`,
  json: `${JSON.stringify(build(rows, onlyFor), null, 2)}\n`,
});
